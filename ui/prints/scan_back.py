"""Whether a test label that was printed can be scanned: what arrived, judged and worded."""

from typing import Final

from msgspec import Struct

from station import codes
from station.codes import BadCode, CodeKind
from station.reference import Reference
from station.words import _
from ui.wording import explain

CODE: Final = codes.make(CodeKind.DEVICE, codes.LAST_POINT, codes.LAST_NUMBER)
"""No device has it: the last number of the last point."""


class Heard(Struct, frozen=True):
    """What came of a scan."""

    right: bool
    sentence: str


def judge_scan(raw: str, reference: Reference) -> Heard:
    """Say whether this is the test label, and what is wrong with the scan where it is not."""
    try:
        code = codes.parse_scan(raw)
    except BadCode as error:
        return Heard(False, f"{_arrived(raw)} {explain(error, reference)}")
    if code.text == CODE:
        return Heard(True, _("The label was read as it was printed."))
    other = _("This is the label of {code}, not the test label. Scan the test label.")
    return Heard(False, other.format(code=codes.grouped(code.text)))


def judge_typed(text: str) -> Heard:
    """Characters that did not end as a scan does."""
    told = _(
        "{arrived} They came without Enter at their end, or too slowly for a scanner. Set the"
        " scanner to send Enter (CR) after each code."
    )
    return Heard(False, told.format(arrived=_arrived(text)))


def _arrived(raw: str) -> str:
    shown = "".join(character if character.isprintable() else "□" for character in raw.strip())
    return _("This arrived: “{text}”.").format(text=shown)
