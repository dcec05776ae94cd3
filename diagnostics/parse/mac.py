"""Hardware addresses of network adapters, whichever way a system writes them."""

import re

from station.placeholders import fact

_WRITTEN = re.compile(r"[0-9a-f]{2}([:-]?)[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}")


def mac_address(text: str) -> str | None:
    """Six bytes as aa:bb:cc:dd:ee:ff, out of 54-EE-75-00-00-01 or 54EE75000001."""
    said = text.strip().lower()
    if not _WRITTEN.fullmatch(said):
        return None
    digits = said.replace(":", "").replace("-", "")
    return fact(":".join(digits[at : at + 2] for at in range(0, len(digits), 2)))


def own_address(of_chip: str | None, in_use: str | None) -> str | None:
    """The adapter's own address: one that looks for networks shows made-up ones until it joined."""
    return mac_address(of_chip or "") or mac_address(in_use or "")
