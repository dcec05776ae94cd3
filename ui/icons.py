"""Our own few icons, drawn from SVG in any colour of the theme and kept once drawn."""

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import LIGHT

BUTTON_ICON = QSize(24, 18)  # the picture at the left, then the gap that no style sheet can set


@cache
def icon(name: str, colour: str = LIGHT.text) -> QIcon:
    """Give the icon `resources/icons/<name>.svg` in a colour."""
    return QIcon(pixmap(name, colour, 24))


@cache
def button_icon(name: str, colour: str) -> QIcon:
    """Give an icon of `BUTTON_ICON`'s size, with room between it and the words after it."""
    return QIcon(_draw(name, colour, BUTTON_ICON.height(), BUTTON_ICON.width()))


@cache
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """Draw one icon at a size in logical pixels, as sharp as the screen can show it."""
    return _draw(name, colour, size, size)


def _draw(name: str, colour: str, size: int, width: int) -> QPixmap:
    ratio = _ratio()
    drawn = QPixmap(round(width * ratio), round(size * ratio))
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
