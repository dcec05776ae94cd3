"""The first page: what this is, a code to look up, and the ways in."""

from station.codes import BadCode, CodeKind, parse_scan
from station.words import _
from sync.central.site.rendering import linked
from sync.central.site.visiting import GoTo, Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere


@shows("GET", "/")
def home(_visit: Visit[Nowhere]) -> Shown:
    """Say what this is."""
    return Page("home.html", {"typed_code": ""})


@shows("POST", "/tra-cuu")
def look_up(visit: Visit[Nowhere]) -> Shown:
    """Go to the page of the code that was typed or scanned, as it stands on a label."""
    typed = visit.typed.raw("code")
    try:
        code = parse_scan(typed)
    except BadCode:
        visit.typed.fail("code", _("This is no code of a device: it has ten digits."))
        return Page("home.html", {"typed_code": typed[:60]}, status=422)
    if code.kind is not CodeKind.DEVICE:
        visit.typed.fail("code", _("This code is not that of a device."))
        return Page("home.html", {"typed_code": typed[:60]}, status=422)
    return GoTo(linked(f"/t/{code.text}", visit.language))


VIEWS = (home, look_up)
