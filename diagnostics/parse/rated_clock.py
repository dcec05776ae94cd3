"""The clock that a processor's maker put into its name."""

import re

_RATED = re.compile(r"(?<![\w.])([0-9]{1,4}(?:\.[0-9]{1,3})?) ?([GM])Hz", re.IGNORECASE)


def rated_mhz(name: str | None) -> int | None:
    """The 2800 of `Intel(R) Core(TM) i5-2300 CPU @ 2.80GHz`; older names have no @ before it."""
    rated = _RATED.search(name or "")
    if rated is None:
        return None
    return round(float(rated[1]) * (1000 if rated[2] in "gG" else 1)) or None
