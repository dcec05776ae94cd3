"""A spooler that behaves as Windows' is documented to: jobs with numbers, flags and an end."""

from collections.abc import Callable
from typing import Any

INVALID_PARAMETER, ACCESS_DENIED, NO_SUCH_PRINTER = 87, 5, 1801


class WindowsError_(Exception):  # noqa: N801 -- pywintypes.error, which carries Windows' number
    """What pywin32 raises: (number, function, message)."""

    def __init__(self, winerror: int, function: str) -> None:
        super().__init__(winerror, function, "…")
        self.winerror, self.funcname = winerror, function


class WindowsSpooler:
    """One printer called "XP-365B". `printed` is what came out of it.

    Whoever looks at a job lets time go on: `events` are what happens at each look.
    """

    def __init__(self) -> None:
        self.printed: list[bytes] = []
        self.jobs: dict[int, dict[str, Any]] = {}
        self.printer_status = 0
        self.events: list[Callable[[], None]] = []
        self.takes_at_once = 1 << 20
        self.full_after: int | None = None
        self._open: dict[int, int | None] = {}
        self._numbers = 0

    def print_job(self, number: int = 1) -> None:
        """The printer takes the job; the spooler forgets it."""
        self.printed.append(bytes(self.jobs.pop(number)["data"]))

    def flag(self, status: int, number: int = 1) -> None:
        """The spooler says something of a job."""
        self.jobs[number]["Status"] = status

    def OpenPrinter(self, printer: str, /) -> int:  # noqa: N802
        if printer != "XP-365B":
            raise WindowsError_(NO_SUCH_PRINTER, "OpenPrinter")
        self._open[handle := len(self._open) + 1] = None
        return handle

    def ClosePrinter(self, handle: int, /) -> None:  # noqa: N802
        del self._open[handle]
        self._open[-handle] = None

    def GetPrinter(self, handle: int, level: int, /) -> dict[str, Any]:  # noqa: N802
        assert (level, handle in self._open) == (2, True)
        return {"Status": self.printer_status}

    def StartDocPrinter(self, handle: int, level: int, info: tuple[str, None, str], /) -> int:  # noqa: N802
        assert (level, info[1:]) == (1, (None, "RAW"))
        self._numbers += 1
        self.jobs[self._numbers] = {"Status": 0x08, "pDocument": info[0], "data": bytearray()}
        self._open[handle] = self._numbers
        return self._numbers

    def WritePrinter(self, handle: int, data: bytes, /) -> int:  # noqa: N802
        spooled = self.jobs[self._job(handle)]["data"]
        taken = data[: self.takes_at_once]
        if self.full_after is not None and len(spooled) + len(taken) > self.full_after:
            raise WindowsError_(112, "WritePrinter")  # the disk is full
        spooled += taken
        return len(taken)

    def EndDocPrinter(self, handle: int, /) -> None:  # noqa: N802
        self.jobs[self._job(handle)]["Status"] = 0x10

    def AbortPrinter(self, handle: int, /) -> None:  # noqa: N802
        del self.jobs[self._job(handle)]

    def GetJob(self, handle: int, job: int, level: int, /) -> dict[str, Any]:  # noqa: N802
        assert (level, handle in self._open) == (1, True)
        if self.events:
            self.events.pop(0)()
        if job not in self.jobs:
            raise WindowsError_(INVALID_PARAMETER, "GetJob")
        return self.jobs[job]

    def SetJob(self, handle: int, job: int, level: int, info: None, command: int, /) -> None:  # noqa: N802
        assert (level, info, command, handle in self._open) == (0, None, 5, True)
        del self.jobs[job]

    def _job(self, handle: int) -> int:
        number = self._open[handle]
        assert number is not None
        return number
