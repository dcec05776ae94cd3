r"""Names for the numbers of PCI and USB devices, from the lists pci.ids and usb.ids.

A list has a line `8086  Intel Corporation` for each maker, followed by lines that begin with a tab,
`\t2a42  Mobile 4 Series …`, for its devices, and with two tabs for their variants (pci.ids(5)).
"""

import re
from dataclasses import dataclass

_NEXT_MAKER = re.compile(r"^[^\t\n#]", re.MULTILINE)


@dataclass(frozen=True)
class Names:
    """What a list calls a maker and its device; None: it does not know."""

    maker: str | None = None
    device: str | None = None


def names_of(ids: str, maker: str, device: str) -> Names:
    """Look up two numbers of four hex digits each, in small letters."""
    ids = f"\n{ids}"
    at = ids.find(f"\n{maker}  ") + 1
    if not at:
        return Names()
    end = ids.find("\n", at)
    if end < 0:
        return Names(ids[at + 6 :].strip() or None)
    following = _NEXT_MAKER.search(ids, end + 1)
    below = ids[end : following.start() if following else len(ids)]
    return Names(ids[at + 6 : end].strip() or None, _device(below, device))


def _device(below: str, device: str) -> str | None:
    at = below.find(f"\n\t{device}  ")
    return None if at < 0 else below[at + 1 :].partition("\n")[0][7:].strip() or None
