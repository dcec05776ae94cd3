"""Points: when each was heard of, what it has and for how long, what is open there."""

from sync.central.officials.roles import EVERYBODY
from sync.central.programme import points_seen
from sync.central.site.console.names import Names
from sync.central.site.visiting import Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere


@shows("GET", "/dieu-phoi/diem", roles=EVERYBODY)
def point_list(visit: Visit[Nowhere]) -> Shown:
    """Show every point."""
    names = Names(visit)
    found = points_seen.points(visit.engine, names.points, visit.today)
    values = {
        "here": "points",
        "points": found,
        "silent": {one.station for one in found if one.is_silent(visit.now_s)},
        "old_days": points_seen.OLD_DAYS,
        "names": names,
    }
    return Page("console/points.html", values)


VIEWS = (point_list,)
