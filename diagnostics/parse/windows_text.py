"""Text as Windows' tools write it: UTF-16 with or without its mark, UTF-8, stray NULs.

What is in an old code page cannot be told apart from another; its letters beyond ASCII become
U+FFFD, which no fact may hold.
"""

import codecs

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import LARGEST

_MARKS = (  # a file says how it is written
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1024


def decoded(data: bytes) -> str:
    """The text, without NULs; raises UnreadableReport for what no tool would have written."""
    if len(data) > LARGEST:
        raise UnreadableReport("longer than any of Windows' reports")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(data[len(mark) :], encoding)
    return _plain(data, _unmarked(data[:_SAMPLE]))


def _plain(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace").replace("\0", "")


def _unmarked(sample: bytes) -> str:
    """In UTF-16, every other byte of English text is zero."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) * 2 > half:
        return "utf-16-le"
    if half and sample[0::2].count(0) * 2 > half:
        return "utf-16-be"
    return "utf-8"
