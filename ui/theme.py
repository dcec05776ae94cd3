"""The look in one value: colours, sizes and type, and the one style sheet made of them."""

import logging
from dataclasses import asdict, dataclass
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

logger = logging.getLogger(__name__)

FAMILY = "Inter"


@dataclass(frozen=True)
class Tokens:
    """Colours by their use; text and muted keep 4.5:1 on every ground they stand on."""

    ground: str = "#F4F6F8"
    surface: str = "#FFFFFF"
    line: str = "#DFE5EA"
    edge: str = "#8A97A3"  # borders of fields, 3:1 on the surface
    text: str = "#16212B"
    muted: str = "#5A6773"
    primary: str = "#0B6670"
    pressed: str = "#084F57"
    tint: str = "#E3F1F2"
    hover: str = "#EDF2F5"
    ok: str = "#1B7444"
    ok_ground: str = "#E5F4EB"
    warn: str = "#8A5A00"
    warn_ground: str = "#FFF3D6"
    fail: str = "#B3261E"
    fail_ground: str = "#FDEBE9"
    unknown: str = "#55626E"
    unknown_ground: str = "#EDF0F3"
    undo: str = "#8FD3DA"  # the one link on the dark message line


LIGHT = Tokens()


class Tone(Enum):
    """What a verdict tells the eye; an icon and a word always stand with it."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"

    @property
    def ink(self) -> str:
        """The colour of the word and its icon."""
        return str(getattr(LIGHT, self.value))

    @property
    def ground(self) -> str:
        """The colour behind them."""
        return str(getattr(LIGHT, f"{self.value}_ground"))


class Role(Enum):
    """What a piece of text is, as (pixels, weight)."""

    BODY = (14, 400)
    STRONG = (14, 600)
    MUTED = (13, 400)
    HINT = (12, 400)
    CHIP = (13, 600)
    CARD_TITLE = (15, 600)
    SCAN = (18, 400)
    PAGE_TITLE = (22, 600)
    FIGURE = (26, 600)
    # on the laptop under test: the same hand at twice the size
    FAR_TEXT = (19, 400)
    FAR_STRONG = (19, 600)
    FAR_TITLE = (27, 600)
    FAR_CODE = (30, 600)
    FAR_ANSWER = (42, 700)


QUIET = {Role.MUTED, Role.HINT}


def apply(app: QApplication) -> None:
    """Dress the whole application."""
    _load_family()
    app.setStyle("Fusion")
    app.setPalette(_palette())
    app.setFont(font(Role.BODY))
    app.setFont(font(Role.MUTED), "QHeaderView")  # type: ignore[arg-type]  # the stub says bytes, Qt takes str
    app.setFont(font(Role.MUTED), "QToolTip")  # type: ignore[arg-type]  # the same
    app.setStyleSheet(style_sheet(LIGHT))


def font(role: Role) -> QFont:
    """Give the font of a text role."""
    return QFont(_font(role))


@cache
def _font(role: Role) -> QFont:
    pixels, weight = role.value
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    # One variable file holds all weights: Qt's FreeType engine moves along its axis only when told.
    made.setVariableAxis(QFont.Tag("wght"), weight)
    made.setFeature(QFont.Tag("tnum"), 1)  # figures of one width, so that codes stand in columns
    return made


def words(text: str = "", role: Role = Role.BODY, parent: QWidget | None = None) -> QLabel:
    """Show plain text in one of the roles; what people typed is never read as markup."""
    label = QLabel(parent)
    dress(label, role)
    label.setText(text)
    return label


def dress(label: QLabel, role: Role) -> None:
    """Give a label the type and colour of a role."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font(role))
    label.setProperty("quiet", role in QUIET)


def style_sheet(tokens: Tokens) -> str:
    """Fill the tokens into the one style sheet."""
    folder = Path(str(resources.files("resources")))
    sheet = Template((folder / "style.qss").read_text(encoding="utf-8"))
    return sheet.substitute(asdict(tokens), icons=(folder / "icons").as_posix())


def _load_family() -> None:
    """Register Inter straight from its package: discovering it by entry points costs more."""
    file = resources.files("fontpkg_inter").joinpath("files", "Inter[opsz,wght].ttf")
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        logger.warning("cannot load %s, the system font stands in", file)


def _palette() -> QPalette:
    """Tell the parts Fusion draws itself the same colours."""
    palette = QPalette(QColor(LIGHT.ground))
    for role, colour in {
        QPalette.ColorRole.Window: LIGHT.ground,
        QPalette.ColorRole.Base: LIGHT.surface,
        QPalette.ColorRole.AlternateBase: LIGHT.ground,
        QPalette.ColorRole.Text: LIGHT.text,
        QPalette.ColorRole.WindowText: LIGHT.text,
        QPalette.ColorRole.ButtonText: LIGHT.text,
        QPalette.ColorRole.PlaceholderText: LIGHT.muted,
        QPalette.ColorRole.Highlight: LIGHT.primary,
        QPalette.ColorRole.HighlightedText: LIGHT.surface,
        QPalette.ColorRole.Link: LIGHT.primary,
    }.items():
        palette.setColor(role, QColor(colour))
    return palette
