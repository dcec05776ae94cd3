"""Typed text: what is accepted of it, how it is found again and how names are ordered."""

import re
import unicodedata
from typing import ClassVar, Final

LONGEST_DEVICE_WORD: Final = 64
MOST_SEARCHED: Final = 100  # characters of a search; more tells nothing


class BadText(ValueError):
    """The typed text is refused. No message shows it; `code` says why."""

    code: ClassVar[str] = "bad_text"

    def __init__(self) -> None:
        super().__init__(self.code)


class TooLong(BadText):
    """More characters than the field holds."""

    code = "too_long"

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class ControlCharacter(BadText):
    """A character that is no text: NUL, a control key, half a character, a writing direction."""

    code = "control_character"


class LegacyEncoding(BadText):
    """Vietnamese in an old or broken encoding: TCVN3, VNI-Windows, misread UTF-8."""

    code = "legacy_encoding"


class NotADeviceWord(BadText):
    """Not a maker, model or serial number such as an event may name."""

    code = "not_a_device_word"


class PhoneInAWord(BadText):
    """Somebody's telephone number where the device's own words are asked for."""

    code = "phone_in_a_word"


class Placeholder(BadText):
    """What a maker writes where no serial number is, such as "Default string"."""

    code = "placeholder"


class NotAPhone(BadText):
    """No telephone number that could be called."""

    code = "not_a_phone"


class PhoneAsName(BadText):
    """A telephone number where a name should be."""

    code = "phone_as_name"


def fold(text: str) -> str:
    """The search key: no marks, no capitals, d for đ, single spaces, nothing invisible."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    kept = (c for c in apart if unicodedata.category(c) not in _INVISIBLE)
    return " ".join("".join(kept).replace("đ", "d").split())


def search_words(text: str) -> tuple[str, ...]:
    """What a person searches for: folded words in any order, a spaced phone number as one."""
    readable = "".join(c if c.isprintable() else " " for c in text[:MOST_SEARCHED])
    joined = re.sub(r"[ .]", "", readable)
    return (joined,) if joined.isdecimal() else tuple(dict.fromkeys(fold(readable).split()))


_INVISIBLE: Final = {"Mn", "Cf"}  # marks and format characters


def clean(text: str, limit: int, *, multiline: bool = False) -> str:
    """What people typed, composed (NFC) and trimmed; raises BadText where it cannot be kept."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if not multiline:
        composed = re.sub(r"[ \t\n]+", " ", composed)  # pasted from a table or a letter
    if len(composed) > limit:
        raise TooLong(limit)
    if any(_is_control(c) and not (multiline and c in "\n\t") for c in composed):
        raise ControlCharacter
    if _LEGACY.search(composed):
        raise LegacyEncoding
    return composed if fold(composed) else ""  # nothing but invisible characters


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in _CONTROL or character in _DIRECTIONS


_CONTROL: Final = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Sequences that old encodings leave behind and that neither Vietnamese nor French, Spanish or
# Portuguese names contain. One in a text is enough to refuse it.
_LEGACY: Final = re.compile(
    r"""
      [A-Za-z][µ¸¶¹¨¬]                       # TCVN3: Hoµ, ho¸, Th¹nh, S¬n
    | [A-LN-Za-z]ª                          # TCVN3: Lª (but the Spanish Mª)
    | [B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]ß     # TCVN3: Gß, Hßa (a German ß follows a vowel)
    | (?<![A-Z])[A-Z][ÆÇËÎÏÑÖØÜÞ][a-z]      # TCVN3: DÇu
    | [A-Za-z][©«¼½¾÷][a-z]                 # TCVN3: TuÊn, c«ng, th¾ng
    | (?<!\w)[®§][^\W\d_A-Z]                # TCVN3: ®iÖn, §øc
    | [a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ](?![A-Z])  # TCVN3: NguyÔn, TrÇn, ThÞ
    | (?i:
        [aeouyôö]ø | a[âáàåãäèê] | e[âáàåä] | eã(?!o) | o[âåä]  # VNI-Windows: Hoøa, Traàn
      | [aeyôö][ùõ] | (?<!q)u[ùõ] | (?<=[a-zñ])où | [auyôö]û | [yôö]ï | öô  # Thuùy, Ñöùc
      )
    | á[º»] | Ä[‘\x91] | Æ[°¡] | Ã[\xa0-\xbf] | \ufffd  # UTF-8 misread, or lost
    """,
    re.VERBOSE,
)


def looks_like_phone(text: str) -> bool:
    """Whether a Vietnamese phone number stands anywhere in the text."""
    return _PHONE.search(unicodedata.normalize("NFKC", text)) is not None  # wide digits too


_PHONE: Final = re.compile(
    r"""
    (?: (?<![0-9A-Za-z]) | (?<=[đĐ][tT]) | (?<=[zZ]alo) )  # not in a serial; SĐT0912... counts
    \(?(?: 0 | (?:\+|00)?84[ .-]?0? )
    (?: [ .,/-]? [35789] (?:[ .,/-]{0,2}\d){8}  # mobile
      | [ .-]? 2 (?:[ .()-]{0,2}\d){9} )        # landline with its area code
    (?![0-9A-Za-z])
    """,
    re.VERBOSE,
)


def device_word(text: str) -> str:
    """A maker or model as events may name it; raises NotADeviceWord, TooLong or PhoneInAWord."""
    if looks_like_phone(text):
        raise PhoneInAWord
    return serial_word(text)


def serial_word(text: str) -> str:
    """A serial number as events may name it: it may look like a phone number."""
    word = text.strip()
    if len(word) > LONGEST_DEVICE_WORD:
        raise TooLong(LONGEST_DEVICE_WORD)
    if not _DEVICE_WORD.fullmatch(word):
        raise NotADeviceWord
    return word


_DEVICE_WORD: Final = re.compile(
    rf"[A-Za-z0-9][A-Za-z0-9 ./+()_#&',-]{{0,{LONGEST_DEVICE_WORD - 1}}}"
)

SyllableKey = tuple[tuple[int, ...], tuple[int, ...]]


def sort_key(name: str) -> tuple[SyllableKey, ...]:
    """Order persons as Vietnamese lists do: by tên, the last word, then by the words before it."""
    *family, given = unicodedata.normalize("NFD", name.lower()).split() or [""]
    return tuple(_syllable_key(word) for word in (given, *family))


def _syllable_key(word: str) -> SyllableKey:
    """Letters decide first, then tones; where in the syllable the tone stands does not matter."""
    letters = unicodedata.normalize("NFC", "".join(c for c in word if c not in _TONES))
    ranks = tuple(_RANK.get(letter, len(_ALPHABET) + ord(letter)) for letter in letters)
    return ranks, tuple(_TONES.index(c) for c in word if c in _TONES)


_ALPHABET: Final = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; none comes first
