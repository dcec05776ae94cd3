"""Today: what waits for an official, each line leading to where it is settled."""

from msgspec import Struct

from station.words import _, _n
from sync.central.officials.roles import EVERYBODY, STEERING, WITH_CASES
from sync.central.programme import points_seen, waiting
from sync.central.programme.listing import COUNTED_UP_TO, Counted
from sync.central.programme.waiting import Due, Waiting
from sync.central.site.console.names import Names
from sync.central.site.rendering import day, number
from sync.central.site.visiting import Page, Roles, Shown, Visit, shows
from sync.central.web.asking import Nowhere

OFFERS, GIFTS = "/dieu-phoi/tang-may", "/dieu-phoi/tang-truc-tiep"
APPLICATIONS, ALIKE = "/dieu-phoi/ho-so", "/dieu-phoi/ho-so/trung"
ALLOTMENT, DISPUTES = "/dieu-phoi/phan-bo", "/dieu-phoi/tranh-chap"
RIGHTS, POINTS = "/dieu-phoi/quyen", "/dieu-phoi/diem"


class Line(Struct, frozen=True):
    """Something that waits."""

    words: str
    count: str
    since: str  # how long the oldest waits
    address: str
    roles: Roles
    overdue: bool = False
    waits: bool = True


@shows("GET", "/dieu-phoi", roles=EVERYBODY)
def desk(visit: Visit[Nowhere]) -> Shown:
    """Show what waits for this role; what waits for nobody of it is told without a link."""
    names = Names(visit)
    found = waiting.waiting(visit.engine, visit.today)
    silent = points_seen.silent(visit.engine, names.points, visit.now_s)
    lines = [line for line in _lines(found, silent, names) if line.waits]
    role = visit.official.role
    values = {
        "here": "desk",
        "mine": [line for line in lines if role in line.roles],
        "others": [line for line in lines if role not in line.roles],
    }
    return Page("console/desk.html", values)


def _lines(found: Waiting, silent: int, names: Names) -> tuple[Line, ...]:
    return (
        _rights(found.rights),
        _counted(_("Offers to assign"), found.offers, names, OFFERS, STEERING),
        _counted(_("Direct gifts: ask the guardian"), found.gifts, names, GIFTS, WITH_CASES),
        Line(
            _("Applications that may be of one pupil"),
            _most(found.likenesses),
            "",
            ALIKE,
            WITH_CASES,
            waits=bool(found.likenesses),
        ),
        _counted(_("Applications to approve"), found.applications, names, APPLICATIONS, WITH_CASES),
        _counted(_("Approved, no point has them"), found.unallotted, names, ALLOTMENT, STEERING),
        Line(
            _("Records of two points that cannot both be"),
            _most(found.disputes),
            "",
            DISPUTES,
            STEERING,
            waits=bool(found.disputes),
        ),
        Line(
            _("Points not heard of for a week"),
            number(silent),
            "",
            POINTS,
            EVERYBODY,
            waits=bool(silent),
        ),
    )


def _counted(words: str, found: Counted, names: Names, address: str, roles: Roles) -> Line:
    since = names.age(found.oldest_s) if found.count else ""
    return Line(words, _most(found.count), since, address, roles, waits=bool(found.count))


def _rights(due: Due) -> Line:
    since = ""
    if due.overdue:
        late = _n("{count} is overdue", "{count} are overdue", due.overdue)
        since = late.format(count=due.overdue)
    elif due.next_on:
        since = _("the next by {day}").format(day=day(due.next_on))
    return Line(
        _("People's requests about their data"),
        number(due.count),
        since,
        RIGHTS,
        WITH_CASES,
        overdue=bool(due.overdue),
        waits=bool(due.count),
    )


def _most(count: int) -> str:
    """A count as far as it was counted."""
    return f"{number(COUNTED_UP_TO)}+" if count > COUNTED_UP_TO else number(count)


VIEWS = (desk,)
