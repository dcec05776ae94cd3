"""Our own few icons, drawn from SVG in any colour of the theme and kept once drawn."""

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import LIGHT


@cache
def icon(name: str, colour: str = LIGHT.text) -> QIcon:
    """Give the icon `resources/icons/<name>.svg` in a colour, for buttons and entries."""
    return QIcon(pixmap(name, colour, 24))


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """Draw one icon at a size in logical pixels, as sharp as the screen can show it."""
    ratio = _ratio()
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


def svg(name: str, colour: str) -> bytes:
    """Give an icon's SVG with its ink replaced."""
    file = resources.files("resources").joinpath("icons", f"{name}.svg")
    return file.read_text(encoding="utf-8").replace("currentColor", colour).encode()


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
