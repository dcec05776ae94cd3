"""The first page: what this is, a code to look up, and the ways in."""

from station.codes import BadCode, CodeKind, parse_scan
from station.words import _
from sync.central.numbers import showing
from sync.central.site.rendering import linked
from sync.central.site.visiting import GoTo, Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere


@shows("GET", "/")
def home(visit: Visit[Nowhere]) -> Shown:
    """Say what this is."""
    return _page(visit)


@shows("POST", "/tra-cuu")
def look_up(visit: Visit[Nowhere]) -> Shown:
    """Go to the page of the code that was typed or scanned, as it stands on a label."""
    typed = visit.typed.raw("code")
    try:
        code = parse_scan(typed)
    except BadCode:
        visit.typed.fail("code", _("This is no code of a device: it has ten digits."))
        return _page(visit, typed[:60], 422)
    if code.kind is not CodeKind.DEVICE:
        visit.typed.fail("code", _("This code is not that of a device."))
        return _page(visit, typed[:60], 422)
    return GoTo(linked(f"/t/{code.text}", visit.language))


def _page(visit: Visit[Nowhere], typed_code: str = "", status: int = 200) -> Page:
    said = showing.shown(visit.engine)
    return Page("home.html", {"typed_code": typed_code, "said": said}, status=status)


VIEWS = (home, look_up)
