"""Điều phối: what waits for an official, each line leading to where it is settled."""

from sync.central.officials.roles import EVERYBODY
from sync.central.site.visiting import Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere


@shows("GET", "/dieu-phoi", roles=EVERYBODY)
def desk(_visit: Visit[Nowhere]) -> Shown:
    """Show what waits."""
    return Page("desk.html", {"here": "desk"})


VIEWS = (desk,)
