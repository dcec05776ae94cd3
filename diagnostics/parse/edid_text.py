"""The short texts of an EDID: up to 13 characters, ended by a line feed."""

import re

from station.placeholders import fact

_END = b"\n"
_PADDING = bytes(range(0x21))  # spaces, and the controls some makers end a text with
_TEXTS = re.compile(rb"([ -~]+)(?:[^ -~]([ -~]+))?")


def descriptor_texts(data: bytes) -> tuple[str, ...]:
    """The texts of one descriptor that say something: mostly one, none where it holds numbers.

    Panels made for Dell hold two, its part number and theirs, with a byte for the revision between.
    """
    texts = _TEXTS.fullmatch(data.split(_END)[0].rstrip(_PADDING))
    said = (fact(text.decode("ascii")) for text in texts.groups(b"")) if texts else ()
    return tuple(text for text in said if text is not None)
