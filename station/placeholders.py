"""What firmware, drives and batteries say when they have nothing to say. None of it is a fact.

On four desktops in ten the maker or the model is one of these, so taking them for facts would make
strangers look like the same machine.
"""

import re

_WORDS = frozenset(
    {
        "",
        "(none)",
        "0123456789",
        "01234567890",
        "123456789",
        "1234567890",
        "asset tag",
        "base board asset tag",
        "base board version",
        "baseboard product name",
        "chassis asset tag",
        "chassis manufacture",
        "chassis manufacturer",
        "chassis serial number",
        "chassis version",
        "default",
        "default string",
        "empty",
        "fill by oem",
        "invalid",
        "n/a",
        "na",
        "no asset information",
        "no asset tag",
        "no enclosure",
        "none",
        "not applicable",
        "not available",
        "not defined",
        "not installed",
        "not present",
        "not provided",
        "not settable",
        "not specified",
        "null",
        "o.e.m",
        "o.e.m.",
        "oem",
        "serial number",
        "serial#",
        "sku",
        "sku number",
        "standard",
        "system manufacturer",
        "system name",
        "system product name",
        "system serial number",
        "system sku",
        "system sku#",
        "system version",
        "to be filled",
        "undefined",
        "unknow",
        "unknown",
        "unspecified",
    }
)
_FILLED = re.compile(r"to ?be ?filled|filled by o\.?e\.?m")  # by O.E.M., however spaced
_PATTERNS = re.compile(
    r"""
    type\d\ -\ .*                   # HP: "Type2 - Board Serial Number"
    | [0\W_]+                       # zeros, dashes, dots; also a UUID or MAC of zeros
    | [f\W]{4,} | [x\W]{2,}         # all ones, all crosses
    | (eui|naa|wwn|0x|uuid)[.x]?0+  # a wide name of zeros
    | (asset|atn|bsn|csn|mb|sn)-?0?123456789[0-9]*  # ASUS: "MB-1234567890" on board after board
    | <.*>                          # dmidecode: <BAD INDEX>, <OUT OF SPEC>
    """,
    re.VERBOSE,
)
_SHARED_UUIDS = frozenset(  # boards that were never given their own
    {
        "00020003-0004-0005-0006-000700080009",
        "03000200-0400-0500-0006-000700080009",
        "12345678-1234-5678-90ab-cddeefaabbcc",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    }
)


def fact(text: str | None) -> str | None:
    """The text with its spaces put right, or None when it says nothing or is damaged."""
    if text is None:
        return None
    said = " ".join(text.strip("\0").split())
    if _says_nothing(said.casefold()):
        return None
    return said if said.isprintable() and "\N{REPLACEMENT CHARACTER}" not in said else None


def _says_nothing(folded: str) -> bool:
    if folded in _WORDS or folded in _SHARED_UUIDS:
        return True
    if "filled" in folded and _FILLED.search(folded):
        return True
    return _PATTERNS.fullmatch(folded) is not None
