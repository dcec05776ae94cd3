from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import icons
from ui.elided import ElidedLabel
from ui.theme import LIGHT, Role, Tone, font, words

ICONS = sorted(
    path.stem for path in Path("resources/icons").glob("*.svg") if "style-" not in path.stem
)


def contrast(ink: str, ground: str) -> float:
    """The contrast ratio of WCAG 2."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product([LIGHT.text, LIGHT.muted, LIGHT.primary], [LIGHT.ground, LIGHT.surface]),
        *product([LIGHT.text, LIGHT.primary], [LIGHT.tint, LIGHT.hover]),
        (LIGHT.surface, LIGHT.primary),
        (LIGHT.surface, LIGHT.pressed),
        (LIGHT.undo, LIGHT.text),
        (LIGHT.fail, LIGHT.ground),
        *((tone.ink, tone.ground) for tone in Tone),
    ],
)
def test_words_can_be_read_on_their_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_borders_of_fields_can_be_seen() -> None:
    assert contrast(LIGHT.edge, LIGHT.surface) >= 2.9


def test_figures_stand_in_columns(qapp: QApplication) -> None:
    figures = QFontMetricsF(font(Role.BODY))

    assert QFontInfo(font(Role.BODY)).family() == "Inter"
    assert len({figures.horizontalAdvance(4 * digit) for digit in "0123456789"}) == 1


def test_strong_words_are_drawn_stronger(qapp: QApplication) -> None:
    usual, strong = QFontMetricsF(font(Role.BODY)), QFontMetricsF(font(Role.STRONG))

    assert strong.horizontalAdvance("Tiếp nhận") > usual.horizontalAdvance("Tiếp nhận")


def test_what_people_typed_is_no_markup(qtbot: QtBot) -> None:
    label = words("<h1>Lan</h1>")
    qtbot.addWidget(label)

    assert label.sizeHint().width() > words("h1Lanh1").sizeHint().width()


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, LIGHT.fail, 96).toImage()
    colours = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }

    assert colours == {LIGHT.fail}


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    assert icons.icon("today") is icons.icon("today")


def test_a_long_line_is_cut_and_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("Máy tính xách tay " * 10)
    qtbot.addWidget(label)
    label.resize(120, 20)
    assert label.toolTip() == label.text()

    label.setText("RAM")
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 120
