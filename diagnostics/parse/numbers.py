"""Numbers as tools and kernels write them: digits, or nothing that counts."""

import re

_NUMBER = re.compile(r"[0-9]{1,18}")  # more digits would leave what every reader holds


def whole_number(text: str | None) -> int | None:
    """A number of zero or more, in digits alone."""
    said = (text or "").strip()
    return int(said) if _NUMBER.fullmatch(said) else None


def amount(text: str | None) -> int | None:
    """A number above zero: of a size or a capacity, zero says that nobody measured it."""
    return whole_number(text) or None
