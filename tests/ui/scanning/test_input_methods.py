"""Telex and VNI between the scanner and the window: no wrong code, and no field left spoilt."""

from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from station.codes import CodeKind, make, parse_scan
from tests.ui.input_method import METHODS, InputMethod
from tests.ui.keyboard import HAND_MS, press, scan, type_by_hand
from ui.scan_routes import looks_like_code
from ui.scanning.box import ScanBox
from ui.scanning.catcher import ScanCatcher
from ui.scanning.serial_field import SerialLine

L = TypeVar("L", bound=QLineEdit)

KINDS = [kind for kind in CodeKind if kind is not CodeKind.PAIRING]
codes = st.builds(make, st.sampled_from(KINDS), st.integers(1, 899), st.integers(1, 999_999))
BY_HAND = ["", "an ", "du", "Nguyen", "sd", "a", "1"]
fewer = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def focused(qtbot: QtBot, field: L) -> L:
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


class Form:
    """A field with the focus, and what is heard while one types there."""

    def __init__(self, qtbot: QtBot) -> None:
        self.field = focused(qtbot, QLineEdit())
        self.caught: list[str] = []
        self.rewritten: list[str] = []
        catcher = ScanCatcher(looks_like_code, self.field)
        catcher.caught.connect(self.caught.append)
        catcher.rewritten.connect(self.rewritten.append)

    def begin_anew(self) -> None:
        self.field.clear()
        self.caught.clear()
        self.rewritten.clear()


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    return Form(qtbot)


@pytest.mark.parametrize("method", METHODS)
@given(code=codes, before=st.sampled_from(BY_HAND), preamble=st.sampled_from(["", "/", "-"]))
@fewer
def test_a_scan_through_an_input_method_is_right_or_told_and_the_field_is_as_before(
    form: Form, method: str, code: str, before: str, preamble: str
) -> None:
    form.begin_anew()
    engine = InputMethod(method)

    type_by_hand(engine.keys_for(before))
    stood = form.field.text()
    scan(engine.keys_for(preamble + code) + "\r")

    assert form.field.text() == stood
    assert len(form.caught) + len(form.rewritten) == 1
    assert [parse_scan(raw).text for raw in form.caught] == [code] * len(form.caught)
    if preamble or not before:
        assert form.caught  # nothing can melt with what stood there


@pytest.fixture
def box(qtbot: QtBot) -> ScanBox:
    return focused(qtbot, ScanBox(looks_like_code))


@pytest.mark.parametrize("method", METHODS)
@given(code=codes, before=st.sampled_from(BY_HAND))
@fewer
def test_the_scan_box_reads_the_right_code_or_none(
    box: ScanBox, method: str, code: str, before: str
) -> None:
    read, rewritten = list[str](), list[str]()
    box.scanned.connect(read.append)
    box.rewritten.connect(rewritten.append)
    engine = InputMethod(method)

    type_by_hand(engine.keys_for(before))
    scan(engine.keys_for(code) + "\r")
    box.scanned.disconnect(read.append)
    box.rewritten.disconnect(rewritten.append)

    assert len(read) + len(rewritten) == 1
    assert [parse_scan(raw).text for raw in read] == [code] * len(read)
    assert box.text() == ""


@pytest.mark.parametrize(
    ("method", "serial"), [("telex", "5CG7DD2ASX"), ("vni", "PF1A2D9XYZ"), ("telex", "8XKW2F3")]
)
def test_a_serial_number_that_was_rewritten_is_not_taken(
    qtbot: QtBot, method: str, serial: str
) -> None:
    line = focused(qtbot, SerialLine())
    line.setText("OLD1")
    read, told = list[str](), list[bool]()
    line.scanned.connect(read.append)
    line.rewritten.connect(lambda: told.append(True))

    scan(InputMethod(method).keys_for(serial) + "\r")

    assert (read, told, line.text()) == ([], [True], "OLD1")


def test_what_was_taken_back_is_no_code_though_its_check_digit_is_right(form: Form) -> None:
    type_by_hand("a")
    scan("79\b\b\b2790000015\r")

    assert (form.caught, form.rewritten) == ([], ["2790000015"])
    assert form.field.text() == "a"


def test_a_word_that_a_macro_writes_out_stays_in_its_field(form: Form) -> None:
    type_by_hand("tn")
    scan("\b\bTây Ninh\r")

    assert (form.field.text(), form.caught, form.rewritten) == ("Tây Ninh", [], [])


def test_a_hand_that_corrects_itself_is_no_input_method(form: Form) -> None:
    press("01200034\b\b3457\r", HAND_MS)

    assert (form.field.text(), form.caught, form.rewritten) == ("0120003457", [], [])
