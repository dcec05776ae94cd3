"""The makers behind three-letter PNP ids, from the list in `resources/hardware`.

PCI and USB names are not looked up: lspci and lsusb print them from the list they come with.
"""

from functools import cache
from importlib import resources

_LIST = resources.files("resources").joinpath("hardware", "pnp-ids.tsv")


def pnp_maker(pnp_id: str | None) -> str | None:
    """Who was given this id, such as Dell Inc. for DEL; None when nobody registered it."""
    return None if pnp_id is None else _makers().get(pnp_id)


@cache
def _makers() -> dict[str, str]:
    """The whole list, read when the first screen asks."""
    lines = _LIST.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)
