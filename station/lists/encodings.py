"""Letters of a text file: Unicode, or what Vietnamese Windows wrote before it.

What would read as nonsense is refused, not guessed.
"""

import codecs
import unicodedata
from typing import Final

from station.lists.problems import UnknownEncoding
from station.text import clean

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST = 10_000_000

# TCVN 5712:1993, VN3: what fonts like .VnTime show for these bytes.
_VN3: Final = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadae"
            "b5b6b7b8b9bbbcbdbec6c7c8c9cacb"
            "cccecfd0d1d2d3d4d5d6d7d8dcddde"
            "dfe1e2e3e4e5e6e7e8e9eaebecedee"
            "eff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_LETTERS: Final = frozenset("".join(_VN3.values()) + "".join(_VN3.values()).upper())
_VIETNAMESE: Final = 0.9  # of the letters beyond ASCII, in a text that is Vietnamese


def decode(data: bytes) -> str:
    """The text, composed; raises UnknownEncoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _composed(_strictly(data, encoding))
    if _looks_wide(data):
        return _composed(_strictly(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _older(data)
    return _composed(_from_vn3(text) if _is_vn3(text) else text)


def vn3_to_unicode(text: str) -> str:
    """A cell typed in an old font, as people read it; any other text as it is."""
    return _composed(_from_vn3(text) if _is_vn3(text) else text)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error


def _looks_wide(data: bytes) -> bool:
    """UTF-16 without its mark: every other byte of ASCII is zero."""
    sample = data[:400]
    return len(sample) >= 4 and sample.count(0) * 3 > len(sample)


def _older(data: bytes) -> str:
    """Of both old encodings the one that reads as Vietnamese; neither is no answer."""
    vn3 = _from_vn3(data.decode("latin-1"))
    windows = _composed(data.decode("cp1258", errors="replace"))
    best = max((vn3, windows), key=_share)
    if _share(best) < _VIETNAMESE or "\ufffd" in best:
        raise UnknownEncoding
    return best


def _share(text: str) -> float:
    """How many of the characters beyond ASCII are Vietnamese letters where one can stand."""
    beyond = [place for place, c in enumerate(text) if c > "\x7f"]
    fits = sum(text[place] in _LETTERS and _stands_well(text, place) for place in beyond)
    return fits / len(beyond) if beyond else 1.0


def _stands_well(text: str, place: int) -> bool:
    """A capital within small letters, as every second letter of a misread word is, stands badly."""
    before = text[place - 1 : place]
    return not (text[place].isupper() and before.isalpha() and before.islower())


def _from_vn3(text: str) -> str:
    return "".join(_VN3.get(ord(c), c) if ord(c) < 256 else c for c in text)


def _is_vn3(text: str) -> bool:
    """Whether letters of an old font came through as what their bytes mean elsewhere."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond or any(ord(c) > 255 for c in beyond) or _reads(text):
        return False
    return _share(_from_vn3(text)) >= _VIETNAMESE


def _reads(text: str) -> bool:
    """Whether it can be kept as it is: old encodings leave marks that the domain refuses."""
    try:
        for line in text[:_LONGEST].splitlines():
            clean(line, _LONGEST)
    except ValueError:
        return False
    return True


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
