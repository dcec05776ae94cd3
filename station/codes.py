"""The codes on labels and papers: how they are made, grouped, read and refused.

A device code is ten digits SSSNNNNNNC: point, number, check digit. Lots, cases, offers, labelled
things and bench pairings carry one letter before ten digits, papers two. Only digits and B H L M V
are used, because Vietnamese input methods rewrite other letters while a scanner types. The check
digit (Damm) covers the letters too: their ordinal stands before the digits, a device code's being
0, which Damm ignores. So no lost, added or misread letter turns a valid code into a valid code of
another kind.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Final

from msgspec import Struct
from stdnum import damm

DIGITS: Final = 10
LAST_POINT: Final = 899
FIRST_OF_PROGRAMME: Final = 900  # offers and cases that the programme's service numbers itself
LAST_OF_PROGRAMME: Final = 999
LAST_NUMBER: Final = 999_999

_PREFIXES: Final = ("", "B", "H", "L", "M", "V", "BB")  # each at its ordinal, for ever


class CodeKind(StrEnum):
    """What a code stands for."""

    DEVICE = "device"
    LOT = "lot"
    CASE = "case"
    OFFER = "offer"
    PART = "part"
    PAIRING = "pairing"
    PAPER = "paper"

    @property
    def letter(self) -> str:
        """The letter or letters before the digits; empty for a device."""
        return _LETTERS_OF.get(self, "")


_LETTERS_OF: Final[Mapping[CodeKind, str]] = {
    CodeKind.LOT: "L",
    CodeKind.CASE: "H",
    CodeKind.OFFER: "M",
    CodeKind.PART: "V",
    CodeKind.PAIRING: "B",
    CodeKind.PAPER: "BB",
}
_OF_PROGRAMME: Final = frozenset({CodeKind.CASE, CodeKind.OFFER})
_KIND_OF: Final[Mapping[str, CodeKind]] = {kind.letter: kind for kind in CodeKind}


class Code(Struct, frozen=True):
    """A valid code. `text` is what events and databases keep."""

    kind: CodeKind
    text: str
    point: int | None  # None for a pairing
    number: int


class BadCode(ValueError):
    """No valid code. `raw` is what was read; it may be anything, so no message shows it."""

    code: ClassVar[str] = "bad_code"

    def __init__(self, raw: str) -> None:
        super().__init__(self.code)
        self.raw = raw


class EmptyScan(BadCode):
    """Nothing but spaces and the scanner's own additions."""

    code = "empty_scan"


class NotAscii(BadCode):
    """An input method or a Vietnamese keyboard layout changed what the scanner typed."""

    code = "not_ascii"


class ControlCharacters(BadCode):
    """Control characters inside: two scans run together, or a scanner set up for other data."""

    code = "control_characters"


class NotACode(BadCode):
    """Something else, such as a serial number."""

    code = "not_a_code"


class UnknownPrefix(BadCode):
    """No kind of code begins with this letter."""

    code = "unknown_prefix"

    def __init__(self, raw: str, letter: str) -> None:
        super().__init__(raw)
        self.letter = letter


class WrongLength(BadCode):
    """Too many or too few digits; both figures count digits only."""

    code = "wrong_length"

    def __init__(self, raw: str, expected: int, got: int) -> None:
        super().__init__(raw)
        self.expected, self.got = expected, got


class WrongCheckDigit(BadCode):
    """A digit or the letter was misread or mistyped."""

    code = "wrong_check_digit"


class NoSuchPoint(BadCode):
    """Points are numbered from 001 to 899; 900 to 999 stand for the programme, on M and H alone."""

    code = "no_such_point"


class NoSuchNumber(BadCode):
    """Numbers run from 000001 to 999999."""

    code = "no_such_number"


def make(kind: CodeKind, point: int, number: int) -> str:
    """The code of this kind with this number, given out by this point."""
    if kind is CodeKind.PAIRING:
        raise ValueError("a pairing code names no point; use make_pairing")
    body = f"{point:03d}{number:06d}"
    _require_in_range(kind, body, point, number)
    return _checked(kind, body)


def make_pairing(nine_digits: str) -> str:
    """The pairing code around nine random digits."""
    if not re.fullmatch(r"[0-9]{9}", nine_digits):
        raise ValueError("a pairing code holds exactly nine digits")
    return _checked(CodeKind.PAIRING, nine_digits)


def parse(text: str) -> Code:
    """Read a code as events and databases keep it: no spaces, capital letter."""
    return _read(text, raw=text)


def parse_scan(raw: str) -> Code:
    """Read what a scanner or a person typed, whatever stands around the code.

    Give it the characters as they came: normalised, those of the Vietnamese layout change places.
    """
    inner = raw.strip(_SUFFIXES)
    if inner.isascii():
        return _read_scan(inner, raw)
    try:
        return _read_scan(keys_of_layout(inner), raw)
    except (EmptyScan, ControlCharacters, NotACode, UnknownPrefix, WrongLength) as error:
        raise NotAscii(raw) from error


def keys_of_layout(text: str) -> str:
    """The figures of the keys that Windows' own Vietnamese layout typed this text with."""
    return text.translate(_LAYOUT)


def is_of_layout(text: str) -> bool:
    """Whether all that is foreign in it may come from that layout."""
    return not text.isascii() and keys_of_layout(text).isascii()


def _read_scan(inner: str, raw: str) -> Code:
    if not inner.isascii():
        raise NotACode(raw)
    if any(character < " " or character == "\x7f" for character in inner):
        raise ControlCharacters(raw)
    inner = _AIM.sub("", inner.strip(_PREAMBLES)).strip(_PREAMBLES)
    if not inner:
        raise EmptyScan(raw)
    return _read(_last_segment(inner).translate(_NO_SEPARATORS).upper(), raw)


def grouped(text: str) -> str:
    """The code as people read it: "012 000345 7", "L 012 000041 7", "BB 012 000001 7"."""
    letter, digits = text[:-DIGITS], text[-DIGITS:]
    return f"{letter} {digits[:3]} {digits[3:9]} {digits[9:]}".lstrip()


_SUFFIXES: Final = " \t\r\n\x02\x03"  # some scanners frame what they read by STX and ETX
_PREAMBLES: Final = "-/*~ "  # a preamble set on the scanner; Code 39 adds the stars
_AIM: Final = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")  # which symbology it was, such as ]C1
_NO_SEPARATORS: Final = str.maketrans("", "", " .-")
_LAYOUT: Final = str.maketrans(
    # the keys 1 to 4 and 0, plain and with Shift or Caps Lock; 5 to 9 are combining marks
    "ăâêôđĂÂÊÔĐ\N{COMBINING GRAVE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}"
    "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}ưƯơƠ\N{DONG SIGN}",
    "123401234056789[[]]=",
)
_SHAPE: Final = re.compile(r"(BB|[A-Z]?)([0-9]+)")


def _last_segment(text: str) -> str:
    """The code out of a tracking address; the text itself when it is none."""
    path = re.split(r"[?#]", text, maxsplit=1)[0] if "/" in text else text
    return path.rstrip("/").rpartition("/")[2]


def _read(text: str, raw: str) -> Code:
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise NotACode(raw)
    letter, digits = shape.groups()
    if letter not in _KIND_OF:
        raise UnknownPrefix(raw, letter)
    if len(digits) != DIGITS:
        raise WrongLength(raw, DIGITS, len(digits))
    kind = _KIND_OF[letter]
    if _damm(kind, digits):
        raise WrongCheckDigit(raw)
    if kind is CodeKind.PAIRING:
        return Code(kind, text, None, int(digits[:-1]))
    point, number = int(digits[:3]), int(digits[3:-1])
    _require_in_range(kind, raw, point, number)
    return Code(kind, text, point, number)


def _require_in_range(kind: CodeKind, raw: str, point: int, number: int) -> None:
    last = LAST_OF_PROGRAMME if kind in _OF_PROGRAMME else LAST_POINT
    if not 1 <= point <= last:
        raise NoSuchPoint(raw)
    if not 1 <= number <= LAST_NUMBER:
        raise NoSuchNumber(raw)


def _checked(kind: CodeKind, body: str) -> str:
    return f"{kind.letter}{body}{_damm(kind, body)}"


def _damm(kind: CodeKind, digits: str) -> int:
    """The Damm sum over the kind's ordinal and the digits; 0 when the last one checks the rest."""
    return int(damm.checksum(f"{_PREFIXES.index(kind.letter)}{digits}"))
