import unicodedata
from itertools import product

import pytest
from bogo import core as bogo
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import damm

from station.codes import (
    FIRST_OF_PROGRAMME,
    LAST_OF_PROGRAMME,
    BadCode,
    Code,
    CodeKind,
    ControlCharacters,
    EmptyScan,
    NoSuchNumber,
    NoSuchPoint,
    NotACode,
    NotAscii,
    UnknownPrefix,
    WrongCheckDigit,
    WrongLength,
    grouped,
    is_of_layout,
    make,
    make_pairing,
    parse,
    parse_scan,
)

LETTERS = ("", "B", "H", "L", "M", "V", "BB")
NUMBERED = [kind for kind in CodeKind if kind is not CodeKind.PAIRING]

numbered_codes = st.builds(
    make, st.sampled_from(NUMBERED), st.integers(1, 899), st.integers(1, 999_999)
)
pairing_codes = st.builds(make_pairing, st.text("0123456789", min_size=9, max_size=9))
codes = numbered_codes | pairing_codes


def refused(text: str) -> bool:
    try:
        parse(text)
    except BadCode:
        return True
    return False


def test_a_device_code_holds_point_number_and_check_digit() -> None:
    assert make(CodeKind.DEVICE, 12, 345) == "0120003457"
    assert parse("0120003457") == Code(CodeKind.DEVICE, "0120003457", 12, 345)


def test_a_lot_code_carries_its_letter() -> None:
    text = make(CodeKind.LOT, 12, 41)

    assert text.startswith("L012000041")
    assert parse(text) == Code(CodeKind.LOT, text, 12, 41)


def test_a_papers_code_carries_two_letters_and_is_no_devices() -> None:
    text = make(CodeKind.PAPER, 12, 1)

    assert text.startswith("BB012000001")
    assert parse(text) == Code(CodeKind.PAPER, text, 12, 1)
    assert text[-1] not in {
        make(kind, 12, 1)[-1] for kind in NUMBERED if kind is not CodeKind.PAPER
    }


@pytest.mark.parametrize("kind", [CodeKind.CASE, CodeKind.OFFER])
def test_the_programme_numbers_offers_and_cases_itself(kind: CodeKind) -> None:
    for point in (FIRST_OF_PROGRAMME, LAST_OF_PROGRAMME):
        assert parse(make(kind, point, 1)).point == point


@pytest.mark.parametrize("kind", [CodeKind.DEVICE, CodeKind.LOT, CodeKind.PART, CodeKind.PAPER])
def test_everything_else_is_numbered_by_a_point(kind: CodeKind) -> None:
    with pytest.raises(NoSuchPoint):
        make(kind, FIRST_OF_PROGRAMME, 1)


def test_a_pairing_code_names_no_point() -> None:
    text = make_pairing("904123456")

    assert parse(text) == Code(CodeKind.PAIRING, text, None, 904123456)
    with pytest.raises(ValueError, match="names no point"):
        make(CodeKind.PAIRING, 12, 1)


@pytest.mark.parametrize("digits", ["", "12345678", "1234567890", "12345678a", "12345678٣"])
def test_a_pairing_code_wants_nine_digits(digits: str) -> None:
    with pytest.raises(ValueError, match="nine digits"):
        make_pairing(digits)


def test_a_code_is_grouped_for_reading() -> None:
    assert grouped("0120003457") == "012 000345 7"
    assert grouped(make(CodeKind.LOT, 12, 41))[:-1] == "L 012 000041 "
    assert grouped(make(CodeKind.PAPER, 12, 1))[:-1] == "BB 012 000001 "


@pytest.mark.parametrize(("point", "number"), [(0, 1), (900, 1), (1000, 1), (-1, 1)])
def test_no_code_is_made_for_a_point_that_cannot_exist(point: int, number: int) -> None:
    with pytest.raises(NoSuchPoint):
        make(CodeKind.DEVICE, point, number)


@pytest.mark.parametrize("number", [0, 1_000_000, -1])
def test_no_code_is_made_for_a_number_that_does_not_fit(number: int) -> None:
    with pytest.raises(NoSuchNumber):
        make(CodeKind.DEVICE, 12, number)


@given(codes)
def test_any_single_wrong_digit_is_caught(text: str) -> None:
    first = len(text) - 10
    for place, digit in product(range(first, len(text)), "0123456789"):
        if digit != text[place]:
            assert refused(text[:place] + digit + text[place + 1 :])


@given(codes)
def test_any_two_swapped_neighbours_are_caught(text: str) -> None:
    for place in range(len(text) - 1):
        a, b = text[place], text[place + 1]
        if a != b:
            assert refused(text[:place] + b + a + text[place + 2 :])


@given(codes)
def test_a_lost_added_or_exchanged_letter_is_caught(text: str) -> None:
    letter, digits = text[:-10], text[-10:]
    for other in (*LETTERS, *map("".join, product("BHLMV", repeat=2))):
        if other != letter:
            assert refused(other + digits)


@given(codes)
def test_a_code_reads_back_from_its_grouping(text: str) -> None:
    assert parse_scan(grouped(text)).text == text
    assert parse(text).text == text


PREAMBLES = [
    "",
    " ",
    "-",
    "/",
    "*",
    "\x02",
    "~",
    "]C1",
    "-]C1",
    "]Q3",
    "https://maytinhcu.example/t/",
    "x/",
]
SUFFIXES = [
    "",
    "\x03",
    "\x03\r",
    "~",
    "\r",
    "\n",
    "\r\n",
    "\t",
    " ",
    "*",
    "/",
    "/\r\n",
    "-\t",
    "\r\n\r\n",
]


@given(codes, st.sampled_from(PREAMBLES), st.sampled_from(SUFFIXES), st.booleans())
def test_a_code_is_found_between_preamble_and_suffix(
    text: str, preamble: str, suffix: str, lower: bool
) -> None:
    scanned = f"{preamble}{text}{suffix}"

    assert parse_scan(scanned.lower() if lower else scanned).text == text


@given(codes, st.sampled_from(["?from=label", "#top", "/?a=/b/c", "/#x/y"]))
def test_a_tracking_address_may_carry_more_after_the_code(text: str, rest: str) -> None:
    assert parse_scan(f"https://maytinhcu.example/t/{text}{rest}").text == text


@pytest.mark.parametrize("separator", [" ", ".", "-", "  "])
@given(text=codes)
def test_groups_may_be_typed_with_separators(separator: str, text: str) -> None:
    assert parse_scan(grouped(text).replace(" ", separator)).text == text


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", EmptyScan),
        (" \r\n", EmptyScan),
        ("]C1\r\n", EmptyScan),
        ("**", EmptyScan),
        ("đêôàêẽ", NotAscii),
        ("0120003457\u0300", NotAscii),
        ("٠١٢٠٠٠٣٤٥٧", NotAscii),
        ("0120003457\r\n0120003457\r\n", ControlCharacters),
        ("0120\x021234", ControlCharacters),
        ("\x0201200034\x03", WrongLength),
        ("0120003457\x00", ControlCharacters),
        ("8XK2F32", NotACode),
        ("https://maytinhcu.example/", NotACode),
        ("L", NotACode),
        ("LL0120003457", NotACode),
        ("BBB0120003457", NotACode),
        ("B B0120003457", WrongCheckDigit),
        ("BB", NotACode),
        ("BB0120003457", WrongCheckDigit),
        ("BB012000345", WrongLength),
        ("0120003451", WrongCheckDigit),
        ("L0120003457", WrongCheckDigit),
        ("0000000000", NoSuchPoint),
        ("0120000002", NoSuchNumber),
    ],
)
def test_each_wrong_input_has_its_own_refusal(raw: str, refusal: type[BadCode]) -> None:
    with pytest.raises(refusal) as caught:
        parse_scan(raw)

    assert type(caught.value) is refusal
    assert caught.value.raw == raw


def test_a_refused_length_says_how_many_digits_were_read() -> None:
    with pytest.raises(WrongLength) as caught:
        parse_scan("8935049510123\r\n")

    assert (caught.value.expected, caught.value.got) == (10, 13)


def test_a_refused_letter_is_named() -> None:
    with pytest.raises(UnknownPrefix) as caught:
        parse_scan("f0120003457")

    assert caught.value.letter == "F"


def test_what_was_read_never_stands_in_the_message() -> None:
    with pytest.raises(BadCode) as caught:
        parse_scan("Nguyen Van A 0912345678")

    assert str(caught.value) == "not_a_code"
    assert "Nguyen" not in repr(caught.value)


@pytest.mark.parametrize("body", ["000000001", "900000001", "999999999"])
def test_a_point_that_cannot_exist_is_refused_even_with_a_right_check_digit(body: str) -> None:
    with pytest.raises(NoSuchPoint):
        parse(body + damm.calc_check_digit(body))


def test_every_refusal_has_a_stable_code_of_its_own() -> None:
    stable = [refusal.code for refusal in BadCode.__subclasses__()]

    assert len(set(stable)) == len(stable) == 9
    assert BadCode.code not in stable


@given(st.text() | st.text("0123456789BHLMV]C/-*?#. \r\n\t"))
@example("/?")
@example("//")
@example("]C")
def test_any_text_is_a_code_or_refused(raw: str) -> None:
    try:
        code = parse_scan(raw)
    except BadCode:
        return
    assert parse(code.text) == code


INPUT_METHODS = {
    "telex": bogo.get_telex_definition,
    "simple telex": lambda: bogo.get_telex_definition(w_shorthand=False, brackets_shorthand=False),
    "vni": bogo.get_vni_definition,
}


def typed_through(method: str, text: str) -> str:
    """What arrives when an input method without spelling check sees each character."""
    return str(
        bogo.process_sequence(text, rules=INPUT_METHODS[method](), skip_non_vietnamese=False)
    )


@pytest.mark.parametrize("method", INPUT_METHODS)
@given(text=codes, lower=st.booleans())
def test_every_code_passes_unchanged_through_an_input_method(
    method: str, text: str, lower: bool
) -> None:
    typed = text.lower() if lower else text

    assert typed_through(method, typed) == typed
    assert typed_through(method, grouped(typed)) == grouped(typed)


@pytest.mark.parametrize(("method", "text"), [("telex", "XW7"), ("vni", "A1"), ("vni", "D9")])
def test_the_input_method_of_these_tests_rewrites_unsafe_letters(method: str, text: str) -> None:
    assert typed_through(method, text) != text


LAYOUT = dict(
    zip(
        "1234567890",
        ["ă", "â", "ê", "ô", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323", "đ"],
        strict=True,
    )
)


@given(text=codes, capital=st.booleans(), suffix=st.sampled_from(["", "\r", "\t"]))
def test_what_windows_own_vietnamese_layout_made_of_a_code_is_read_back_exactly(
    text: str, capital: bool, suffix: str
) -> None:
    typed = "".join(LAYOUT.get(character, character) for character in text)
    raw = (typed.upper() if capital else typed) + suffix

    assert parse_scan(raw).text == text
    assert is_of_layout(raw)


@given(text=codes, place=st.integers(0, 9), other=st.sampled_from("0123456789"))
def test_the_check_digit_decides_under_that_layout_too(text: str, place: int, other: str) -> None:
    at = len(text) - 10 + place
    wrong = text[:at] + other + text[at + 1 :]
    typed = "".join(LAYOUT.get(character, character) for character in wrong)

    if wrong == text:
        assert parse_scan(typed).text == text
    else:
        with pytest.raises(BadCode):
            parse_scan(typed)


@given(text=codes)
def test_a_normalised_scan_of_that_layout_is_never_another_code(text: str) -> None:
    typed = "".join(LAYOUT.get(character, character) for character in text)

    try:
        read = parse_scan(unicodedata.normalize("NFC", typed))
    except BadCode:
        return
    assert read.text == text


@pytest.mark.parametrize("raw", ["đô", "Đoàn", "ăâê", "dụM670", "0120003457đ"])
def test_vietnamese_words_are_no_code_of_that_layout(raw: str) -> None:
    with pytest.raises(NotAscii):
        parse_scan(raw)
