"""A one-time code is read however it is spaced, typed slowly or scanned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.sync.enrol_code import EnrolCodeLine, digits_of, grouped_code

CODE = "1234567890123456"
digits = st.text("0123456789", max_size=16)


@pytest.fixture
def line(qtbot: QtBot, look: None) -> EnrolCodeLine:
    line = EnrolCodeLine()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    return line


@pytest.mark.parametrize(
    "raw", [CODE, "1234 5678 9012 3456", " 1234-5678-9012-3456\r\n", "1234.5678.9012.3456"]
)
def test_a_whole_code_is_known_however_it_is_spaced(raw: str) -> None:
    assert digits_of(raw) == CODE


@pytest.mark.parametrize("raw", ["", CODE[:-1], CODE + "7", "12345678901234a6", "١" * 16])
def test_anything_else_is_no_code(raw: str) -> None:
    assert digits_of(raw) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(raw: str) -> None:
    told = digits_of(raw)
    assert told is None or (len(told) == 16 and told.isascii() and told.isdigit())


@given(digits)
def test_grouping_loses_no_digit(typed: str) -> None:
    assert grouped_code(typed).replace(" ", "") == typed


def test_digits_stand_in_groups_while_they_are_typed(line: EnrolCodeLine) -> None:
    QTest.keyClicks(line, "12345678x")

    assert line.text() == "1234 5678"
    assert line.digits == "12345678"


def test_typing_spaces_too_changes_nothing(line: EnrolCodeLine) -> None:
    QTest.keyClicks(line, "1234 5678 9012 3456 99")

    assert line.text() == "1234 5678 9012 3456"


def test_a_digit_put_in_between_stands_where_it_was_typed(line: EnrolCodeLine) -> None:
    QTest.keyClicks(line, "12346789")
    line.setCursorPosition(4)

    QTest.keyClicks(line, "5")

    assert line.digits == "123456789"
    QTest.keyClicks(line, "0")
    assert line.digits == "1234506789"
