"""So many distinct labels of 50 x 30 mm to one PDF, in a process of its own: seconds, peak MB."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from labels.draw import write_labels
from labels.imposition import imposed
from labels.stocks import stock_named
from station.codes import CodeKind, make
from station.printed import Label

POINT = 12


def labels(count: int) -> Iterator[Label]:
    """Code128, QR and two lines of Vietnamese."""
    for number in range(1, count + 1):
        code = make(CodeKind.DEVICE, POINT, number)
        yield Label(
            code=code,
            qr=f"https://maytinhcu.example/t/{code}",
            kind="Máy tính xách tay",
            name=f"Máy số {number} Nguyễn Thị Hòa",
            programme="",
        )


def main(count: int, file: Path) -> None:
    """Draw them, and say what it took."""
    stock = stock_named("50x30")
    begun = time.process_time()
    with file.open("wb") as out:
        write_labels(out, imposed(labels(count), stock), stock)
    seconds = time.process_time() - begun
    status = Path("/proc/self/status").read_text("ascii")
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    print(seconds, int(peak) * 1024 / 1e6)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
