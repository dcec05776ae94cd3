"""What people typed stands in a tooltip as they typed it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from tests.station.conftest import LEAD
from tests.ui.desks import NAMES
from ui.elided import ElidedLabel
from ui.line_table import Column, LineTable
from ui.tips import plain

HOSTILE = 'Hòa <img src="//evil.example/x.png"> <b>&amp; con</b>\nÔng'


def seen(tip: str) -> tuple[str, bool]:
    """What a tooltip shows of this, and whether it shows a picture."""
    shown = QTextDocument()
    shown.setHtml(tip)
    return shown.toPlainText(), "￼" in shown.toPlainText()


def test_markup_in_a_name_is_shown_as_text_and_fetches_nothing() -> None:
    assert seen(plain(HOSTILE)) == (HOSTILE, False)
    assert plain(NAMES[LEAD]) == NAMES[LEAD]
    assert plain("2 < 3 & 4") == "2 < 3 & 4"


def test_tables_and_cut_lines_keep_to_it(qtbot: QtBot) -> None:
    table = LineTable[str]((Column("Donor", str),))
    table.show_lines([HOSTILE])
    line = ElidedLabel(HOSTILE)
    qtbot.addWidget(line)
    line.resize(40, 20)
    line.show()

    assert seen(table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)) == (HOSTILE, False)
    assert table.index(0, 0).data() == HOSTILE
    assert seen(line.toolTip()) == (HOSTILE, False)
