import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.station.test_codes import LAYOUT
from tests.ui.input_method import InputMethod
from ui.scan_check.judging import TEST_TEXT, Attempt, End, Method, judge
from ui.scan_check.words import advice


def arrived(text: str) -> str:
    """What stands in the field after these keys."""
    field = ""
    for key in text:
        field = field[:-1] if key == "\b" else field + key
    return field


@pytest.mark.parametrize(("engine", "method"), [("telex", Method.TELEX), ("vni", Method.VNI)])
@pytest.mark.parametrize("preamble", ["", "~"])
def test_the_input_method_that_is_on_is_named(engine: str, method: Method, preamble: str) -> None:
    text = arrived(InputMethod(engine).keys_for(preamble + TEST_TEXT))

    finding = judge(Attempt(text, End.ENTER, 5))

    assert finding.method is method
    assert finding.known
    assert not finding.clean
    assert "Ctrl+Shift" in advice(finding)


def test_the_layout_of_windows_is_named() -> None:
    text = "".join(LAYOUT.get(character, character) for character in TEST_TEXT)

    assert judge(Attempt(text, End.ENTER, 5)).method is Method.LAYOUT


@pytest.mark.parametrize("preamble", ["", "~", "/#"])
def test_a_clean_scan_tells_preamble_end_and_speed(preamble: str) -> None:
    finding = judge(Attempt(preamble + TEST_TEXT, End.TAB, 8.4))

    assert (finding.method, finding.preamble, finding.end) == (Method.NONE, preamble, End.TAB)
    assert finding.works
    assert advice(finding) == ""


@pytest.mark.parametrize(
    ("end", "speed", "word"), [(End.NONE, 5, "Enter"), (End.ENTER, 60, "faster")]
)
def test_a_scanner_that_is_not_heard_everywhere_is_told_what_to_change(
    end: End, speed: float, word: str
) -> None:
    finding = judge(Attempt(TEST_TEXT, end, speed))

    assert not finding.works
    assert word in advice(finding)


def test_a_label_proves_the_scanner_and_leaves_the_input_method_open() -> None:
    finding = judge(Attempt("0120003457", End.ENTER, 5))

    assert finding.works
    assert finding.method is Method.UNKNOWN


def test_caps_lock_is_seen() -> None:
    assert judge(Attempt(TEST_TEXT.lower(), End.ENTER, 5)).caps


@given(st.text(max_size=60))
def test_any_text_is_judged_and_none_is_called_clean_but_the_test(text: str) -> None:
    finding = judge(Attempt(text, End.ENTER, 5))

    assert not finding.clean or TEST_TEXT in text.upper()
