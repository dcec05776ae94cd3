import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import scan, type_by_hand
from ui.scanning.box import SEARCH_PAUSE_MS, ScanBox

CODE = "0120003457"


def is_code(raw: str) -> bool:
    return raw.isdigit() and len(raw) == 10


Said = list[tuple[str, str]]


@pytest.fixture
def box(qtbot: QtBot) -> ScanBox:
    box = ScanBox(is_code)
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    return box


@pytest.fixture
def said(box: ScanBox) -> Said:
    said: Said = []
    box.scanned.connect(lambda raw: said.append(("scanned", raw)))
    box.searched.connect(lambda words: said.append(("searched", words)))
    return said


@pytest.mark.parametrize("suffix", ["\r", "\t", "\r\n", "\n"])
def test_a_scan_is_told_and_the_box_is_empty_again(
    box: ScanBox, said: Said, qtbot: QtBot, suffix: str
) -> None:
    scan(CODE + suffix)
    qtbot.wait(SEARCH_PAUSE_MS * 2)

    assert said == [("scanned", CODE)]
    assert box.text() == ""
    assert box.hasFocus()


def test_capital_letters_and_addresses_are_scanned_whole(box: ScanBox, said: Said) -> None:
    scan("HTTPS://x.vn/L0000417\r")

    assert said == [("scanned", "HTTPS://x.vn/L0000417")]


def test_a_scan_leaves_out_what_was_typed_before_it(box: ScanBox, said: Said) -> None:
    type_by_hand("ngu")
    scan(CODE + "\r")

    assert said == [("scanned", CODE)]
    assert box.text() == ""


def test_a_code_typed_by_hand_is_as_good_as_a_scan(box: ScanBox, said: Said) -> None:
    type_by_hand(CODE + "\r")

    assert said == [("scanned", CODE)]


def test_a_name_is_searched_after_a_pause_and_stays(box: ScanBox, said: Said, qtbot: QtBot) -> None:
    type_by_hand("Hòa")
    assert said == []

    qtbot.waitUntil(lambda: said == [("searched", "Hòa")])
    assert box.text() == "Hòa"


def test_enter_searches_at_once_and_only_once(box: ScanBox, said: Said, qtbot: QtBot) -> None:
    type_by_hand("Hòa\r")
    assert said == [("searched", "Hòa")]

    qtbot.wait(SEARCH_PAUSE_MS * 2)
    assert said == [("searched", "Hòa")]


def test_escape_empties_the_box_and_takes_the_search_back(
    box: ScanBox, said: Said, qtbot: QtBot
) -> None:
    type_by_hand("Lan\r\x1b")

    assert box.text() == ""
    assert said == [("searched", "Lan"), ("searched", "")]


def test_tab_after_typing_moves_on(qtbot: QtBot, box: ScanBox, said: Said) -> None:
    type_by_hand("Lan\t")

    assert box.text() == "Lan"
    assert ("scanned", "Lan") not in said


def test_enter_in_the_empty_box_says_nothing(box: ScanBox, said: Said) -> None:
    type_by_hand("\r")

    assert said == []


def test_input_methods_stay_on_for_names(box: ScanBox) -> None:
    assert box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
