"""Who stands behind an id or at the start of a name, from the lists in `resources/hardware`.

Makers only: the names of PCI and USB devices are printed by lspci and lsusb from their own lists.
"""

import re
from functools import cache
from importlib import resources

_FOLDER = resources.files("resources").joinpath("hardware")
_SUFFIX = (
    r"(?:Corporation|Corp\.?|Incorporated|Inc\.?|Limited|Ltd\.?|Company|Co\.?|GmbH|AG|\[[^\]]*\])"
)
_COMPANY = re.compile(  # lists of other years spelled makers otherwise: nVidia, ATI, Hynix
    rf"(?:[^ ]++ ){{1,6}}?(?:{_SUFFIX}(?=[ ,]|$))(?:,? (?:{_SUFFIX}(?=[ ,]|$)))*", re.IGNORECASE
)
_LONGEST = 128  # of a maker's name and a device's together, nearly


def pnp_maker(pnp_id: str | None) -> str | None:
    """Who was given this id, such as Dell Inc. for DEL; None when nobody registered it."""
    return None if pnp_id is None else _makers("pnp-ids.tsv").get(pnp_id)


def pci_maker(pci_id: str | None) -> str | None:
    """Who was given the first half of an id such as 8086:1916."""
    return None if pci_id is None else _makers("pci-makers.tsv").get(pci_id[:4])


def split_maker(text: str) -> tuple[str | None, str]:
    """The maker at the start of a PCI name and the device after it; lspci puts no mark between."""
    words = text.split(" ")
    known = _maker_names()
    for count in range(min(len(words), 12), 0, -1):
        start = " ".join(words[:count])
        if start.casefold() in known:
            return start, " ".join(words[count:])
    company = _COMPANY.match(text[:_LONGEST])
    if company is None:
        return None, text
    return company[0], text[company.end() :].strip()


@cache
def _makers(name: str) -> dict[str, str]:
    """A whole list, read when it is first asked for."""
    lines = _FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


@cache
def _maker_names() -> frozenset[str]:
    return frozenset(name.casefold() for name in _makers("pci-makers.tsv").values())
