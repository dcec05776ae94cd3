"""A pairing code as a barcode on the screen, its modules as whole pixels."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

QUIET = 10  # modules left and right, as the symbology asks
HEIGHT = 64
MODULE = 3  # pixels


class Barcode(QWidget):
    """Code 128; scanners read it from a screen where theirs is an imager."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.setObjectName("barcode")
        self.setAccessibleName(code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        from labels.symbols import code128_modules  # noqa: PLC0415 -- loads the QR maker too

        self._modules = code128_modules(code)

    @override
    def sizeHint(self) -> QSize:
        return QSize((len(self._modules) + 2 * QUIET) * MODULE, HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize((len(self._modules) + 2 * QUIET) * 2, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        whole = len(self._modules) + 2 * QUIET
        module = max(1, min(MODULE, self.width() // whole))
        left = (self.width() - whole * module) // 2 + QUIET * module
        for place, dark in enumerate(self._modules):
            if dark == "1":
                painter.fillRect(left + place * module, 0, module, HEIGHT, QColor("black"))
        painter.end()
