"""Codes out of a camera's pictures. No camera and no window: what is decoded, and told once."""

from typing import Final

from PySide6.QtGui import QImage

SAME_S: Final = 2.0  # a code that stays before the camera is one scan


class Repeats:
    """Lets a code through once while it stays in the picture."""

    def __init__(self) -> None:
        self._last, self._at = "", 0.0

    def is_new(self, text: str, at: float) -> bool:
        """Whether this is told: another code, or the same one after it was away."""
        new = text != self._last or at - self._at >= SAME_S
        self._last, self._at = text, at
        return new


def read_code(picture: QImage) -> str | None:
    """The text of the first code in the picture; None where nothing can be read."""
    import zxingcpp  # noqa: PLC0415 -- loads with the first picture

    if picture.isNull():
        return None
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = memoryview(grey.constBits()).cast("B", shape=[grey.height(), grey.bytesPerLine()])
    found = zxingcpp.read_barcodes(rows)
    return found[0].text if found else None
