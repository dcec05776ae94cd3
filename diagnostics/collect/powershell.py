"""Windows' own classes, all asked by one PowerShell process that every section shares."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from threading import Lock
from typing import Generic, TypeVar

from diagnostics.collect.run_tool import run_tool
from diagnostics.endings import ReadingFailed
from diagnostics.parse.cim import report_of
from diagnostics.parse.windows_text import decoded
from diagnostics.parse.wmi_machine import WANTED, WmiReport

T = TypeVar("T")

POWERSHELL = ("powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive")
_SCRIPT = "facts.ps1"
_NAMESPACES = (  # by the start of a class's name; all others are of root/cimv2
    ("Battery", "root/wmi"),
    ("WmiMonitor", "root/wmi"),
    ("MSFT_PhysicalDisk", "root/Microsoft/Windows/Storage"),
    ("MSFT_NetAdapter", "root/StandardCimv2"),
    ("Win32_Tpm", "root/cimv2/Security/MicrosoftTpm"),
    ("Win32_EncryptableVolume", "root/cimv2/Security/MicrosoftVolumeEncryption"),
)
_FILTERS = {  # a machine has hundreds of these
    "Win32_PnPEntity": (
        "PNPClass=''Camera'' OR PNPClass=''Image'' OR PNPClass=''SecurityDevices'' "
        "OR Service=''usbvideo'' OR Service=''MEIx64'' OR Service=''TeeDriverW10x64''"
    ),
    "Win32_NetworkAdapter": "MACAddress IS NOT NULL",
}
_OURS = "Station"  # what the script finds without a class


class Once(Generic[T]):
    """A slow question that several ask at the same time: asked once, answered to all."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._answers: list[T] = []
        self._failure: ReadingFailed | None = None

    def __call__(self) -> T:
        """The answer, or the same failure again."""
        with self._lock:
            if not self._answers and self._failure is None:
                self._try()
            if self._failure is not None:
                raise type(self._failure)(*self._failure.args)
            return self._answers[0]

    def _try(self) -> None:
        try:
            self._answers.append(self._ask())
        except ReadingFailed as failed:
            self._failure = failed


def read_classes(powershell: Sequence[str], limit_s: float) -> tuple[WmiReport, bytes]:
    """Ask for every class that some section wants; the report and the JSON it was read from."""
    command = [*powershell, "-Command", script()]
    data = run_tool(command, limit_s).text.encode()
    return report_of(decoded(data)), data


def script() -> str:
    """The list of what is wanted, and the program that asks for it."""
    body = files("resources").joinpath("collectors", _SCRIPT).read_text("utf-8")
    return f"$wanted = @({', '.join(_wanted())})\n{body}"


def _wanted() -> list[str]:
    """One PowerShell table a class, with the properties of all the sections that read it."""
    properties: dict[str, dict[str, None]] = {}  # a set that keeps its order
    for classes in WANTED.values():
        for name, names in classes.items():
            properties.setdefault(name, {}).update(dict.fromkeys(names))
    asked = {name: names for name, names in properties.items() if not name.startswith(_OURS)}
    return [_table(name, tuple(names)) for name, names in asked.items()]


def _table(name: str, properties: Sequence[str]) -> str:
    listed = ",".join(f"'{wanted}'" for wanted in properties)
    namespace = next((n for start, n in _NAMESPACES if name.startswith(start)), "root/cimv2")
    condition = _FILTERS.get(name, "")
    return f"@{{c='{name}';n='{namespace}';f='{condition}';p=@({listed})}}"
