"""Labels and papers on their way out: drawn off the window's thread, kept as PDF, opened to print.

Print queues and label printers are a later issue; today a PDF goes to the system's own viewer.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from station.device import Device
from station.ports import PointStore
from ui import papers

KEPT_DAYS = 7


class PrintFolder:
    """Writes PDFs under names that tell what they are and never overwrite another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def labels(self, devices: Sequence[Device], store: PointStore) -> Path:
        """One page of 50x30 mm for each device."""
        from labels.draw import device_labels_pdf  # noqa: PLC0415 -- reportlab loads on first use

        described = [papers.device_label(device, store.reference) for device in devices]
        return self._write(f"labels-{devices[0].code}", device_labels_pdf(described))

    def minutes(self, devices: Sequence[str], of: str, store: PointStore, reprint: int) -> Path:
        """The handover minutes of a case or a batch, from the ledger's own events."""
        from labels.minutes import handover_minutes_pdf  # noqa: PLC0415 -- the same

        described = papers.handover_minutes(store, tuple(devices), of, reprint=reprint)
        return self._write(f"minutes-{of}", handover_minutes_pdf(described))

    def _forget_old(self) -> None:
        """Papers name people and can be printed again from the ledger: none stays for long."""
        oldest = time.time() - KEPT_DAYS * 86_400
        for file in self._folder.glob("*.pdf"):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._forget_old()
        for number in range(1, 10_000):
            file = self._folder / f"{name}-{number}.pdf"
            try:
                file.touch(mode=0o600, exist_ok=False)  # minutes name a pupil
            except FileExistsError:
                continue
            file.write_bytes(content)
            return file
        raise FileExistsError(str(self._folder / name))
