"""Applications: listed, found, approved or refused one by one, and given to a point."""

from typing import Any

from msgspec import Struct

from station.reference import ReasonUse
from station.words import _, language
from sync.central.officials.roles import APPROVING, STEERING, WITH_CASES
from sync.central.programme import allotting, approving, seen
from sync.central.programme.allotting import InUse, OverQuota, Promised, Wish
from sync.central.programme.applications import ApplicationState, age_on
from sync.central.programme.approving import Decided, OpenLikeness
from sync.central.programme.deciding import ChangedMeanwhile, NothingThere
from sync.central.programme.likenesses import LikenessState
from sync.central.programme.listing import written
from sync.central.programme.seen import Among, ApplicationSeen
from sync.central.site.console import common
from sync.central.site.console.common import OfOne, by
from sync.central.site.console.names import Names
from sync.central.site.visiting import GoTo, NoSuchPage, Page, Shown, Visit, shows

LIST, ONE = "/dieu-phoi/ho-so", "/dieu-phoi/ho-so/ma/{code}"
DECISION = 60  # characters of a decision's number


class WhichApplications(Struct, frozen=True):
    """Which list, and where it goes on."""

    trang_thai: str = ApplicationState.WAITING
    truong: str = ""
    xa: str = ""
    chua_giao: str = ""  # anything: those that no point has
    sau: str = ""


def state_words() -> dict[str, str]:
    """How applications stand."""
    return {
        ApplicationState.WAITING: _("Waiting"),
        ApplicationState.APPROVED: _("Approved"),
        ApplicationState.REFUSED: _("Refused"),
        ApplicationState.WITHDRAWN: _("Withdrawn"),
        ApplicationState.MERGED: _("Merged"),
    }


# ---- lists ----


@shows("GET", LIST, where=WhichApplications, roles=WITH_CASES)
def application_list(visit: Visit[WhichApplications]) -> Shown:
    """List the applications in a state, of a school or commune, oldest first."""
    where = visit.where
    if where.trang_thai not in set(ApplicationState):
        raise NoSuchPage
    among = Among(where.trang_thai, where.truong, where.xa, bool(where.chua_giao))
    page = seen.applications(visit.engine, among, common.place(where.sau))
    return _list(visit, page.rows, written(page.after))


@shows("POST", LIST, where=WhichApplications, roles=WITH_CASES)
def find_applications(visit: Visit[WhichApplications]) -> Shown:
    """Find applications; what was looked for stands in no address."""
    words = visit.typed.line("words", required=True, limit=100)
    if visit.typed.errors:
        return _list(visit, (), "", searched=True, status=422)
    found = seen.found_applications(visit.engine, visit.own, words)
    if len(found) == 1:
        return GoTo(common.address(visit, ONE, found[0].code))
    return _list(visit, found, "", searched=True)


def _list(
    visit: Visit[WhichApplications],
    rows: tuple[Any, ...],
    after: str,
    *,
    searched: bool = False,
    status: int = 200,
) -> Page:
    where = visit.where
    query = {
        "trang_thai": where.trang_thai,
        "truong": where.truong,
        "xa": where.xa,
        "chua_giao": where.chua_giao,
    }
    values = {
        "here": "applications",
        "where": where,
        "query": query,
        "states": state_words(),
        "rows": rows,
        "after": after,
        "searched": searched,
        "names": Names(visit),
    }
    return Page("console/applications.html", values, status=status)


# ---- one ----


@shows("GET", ONE, where=OfOne, roles=WITH_CASES)
def application_page(visit: Visit[OfOne]) -> Shown:
    """Show one application; that it was looked at is noted."""
    return _one(visit)


def _one(visit: Visit[OfOne], status: int = 200) -> Page:
    try:
        found = seen.application(visit.engine, visit.own, visit.where.code, by(visit))
    except NothingThere as error:
        raise NoSuchPage from error
    names = Names(visit)
    row, role = found.row, visit.official.role
    waits = row.state == ApplicationState.WAITING
    approved = row.state == ApplicationState.APPROVED
    decided = approved or row.state == ApplicationState.REFUSED
    values = {
        "here": "applications",
        "application": row,
        "details": found.details,
        "pupil": found.pupil,
        "age": _age(visit, found),
        "likenesses": found.likenesses,
        "doubtful": _is_doubtful(found),
        "consents": found.consents,
        "may_decide": waits and role in APPROVING,
        "may_allot": approved and role in STEERING,
        "may_undo": decided and row.station is None and role in APPROVING,
        "reasons": _reasons(visit, ReasonUse.REFUSE_APPLICATION),
        "overrides": _reasons(visit, ReasonUse.OVER_QUOTA),
        "states": state_words(),
        "names": names,
        "done": _done(visit.where.xong, names.point(row.station)),
    }
    return Page("console/application.html", values, status=status)


def _age(visit: Visit[Any], found: ApplicationSeen) -> int | None:
    born_on = found.details.born_on if found.details else None
    return None if born_on is None else age_on(born_on, visit.today)


def _is_doubtful(found: ApplicationSeen) -> bool:
    return any(pair.state == LikenessState.OPEN for pair in found.likenesses)


def _done(code: str, point: str) -> str:
    return {
        "approved": _("Approved. The Department can give it to a point now."),
        "refused": _("Refused. Whoever registered it is told by their channel."),
        "taken_back": _("Taken back: it waits again."),
        "allotted": _("Given to {point}: the pupil's name and contact go there, and nowhere else."),
        "freed": _("Taken back from the point: the pupil's data leave it."),
    }.get(code, "").format(point=point)


def _reasons(visit: Visit[Any], use: ReasonUse) -> list[tuple[str, str]]:
    return [(reason.id, reason.word(language())) for reason in visit.reference.reasons(use)]


# ---- decisions of the Department of Education ----


@shows("POST", f"{ONE}/duyet", where=OfOne, roles=APPROVING)
def approve_application(visit: Visit[OfOne]) -> Shown:
    """Approve it by a decision."""
    decision = read_decision(visit)
    if decision is None:
        return _one(visit, status=422)
    code, seen_ = visit.where.code, common.seen(visit)
    return _decided(
        visit,
        "approved",
        lambda: approving.approve(visit.engine, code, decision, seen_, by(visit)),
    )


def read_decision(visit: Visit[Any]) -> Decided | None:
    """The decision that a form names; None where something is wrong with it."""
    number = visit.typed.line("decision", required=True, limit=DECISION)
    day = visit.typed.day("decided_on", required=True)
    if day is not None and day > visit.today:
        visit.typed.fail("decided_on", _("This day is still to come."))
    return None if visit.typed.errors or day is None else Decided(number, day)


@shows("POST", f"{ONE}/tu-choi", where=OfOne, roles=APPROVING)
def refuse_application(visit: Visit[OfOne]) -> Shown:
    """Refuse it for a coded reason."""
    reasons = [id_ for id_, _word in _reasons(visit, ReasonUse.REFUSE_APPLICATION)]
    reason = visit.typed.choice("reason", reasons, required=True)
    if reason is None:
        return _one(visit, status=422)
    code, seen_ = visit.where.code, common.seen(visit)
    return _decided(
        visit, "refused", lambda: approving.refuse(visit.engine, code, reason, seen_, by(visit))
    )


@shows("POST", f"{ONE}/lai", where=OfOne, roles=APPROVING)
def take_decision_back(visit: Visit[OfOne]) -> Shown:
    """Let it wait again."""
    code, seen_ = visit.where.code, common.seen(visit)
    return _decided(
        visit, "taken_back", lambda: approving.take_back(visit.engine, code, seen_, by(visit))
    )


# ---- allotment of one case ----


@shows("POST", f"{ONE}/giao", where=OfOne, roles=STEERING)
def allot_application(visit: Visit[OfOne]) -> Shown:
    """Give the case to a point."""
    names = Names(visit)
    station = visit.typed.choice("station", [str(n) for n in names.points], required=True)
    overrides = [id_ for id_, _word in _reasons(visit, ReasonUse.OVER_QUOTA)]
    reason = visit.typed.choice("override", overrides)
    if station is None or visit.typed.errors:
        return _one(visit, status=422)
    code, seen_ = visit.where.code, common.seen(visit)
    return _decided(
        visit,
        "allotted",
        lambda: allotting.allot_one(
            visit.engine, code, Wish("", int(station), 1, reason), seen_, by(visit)
        ),
    )


@shows("POST", f"{ONE}/thu-hoi", where=OfOne, roles=STEERING)
def free_application(visit: Visit[OfOne]) -> Shown:
    """Take the case back from its point."""
    code = visit.where.code
    return _decided(visit, "freed", lambda: allotting.take_back(visit.engine, code, by(visit)))


def _decided(visit: Visit[OfOne], what: str, act: common.Deciding) -> Shown:
    try:
        act()
    except (NothingThere, ChangedMeanwhile) as error:
        common.missed(visit, error)
    except OpenLikeness:
        visit.typed.fail("decision", _("First say whether it is the same pupil's as another one."))
    except OverQuota as error:
        text = _("The school may be given {count} more. Raise its quota, or name why it gets more.")
        visit.typed.fail("override", text.format(count=error.left))
    except InUse:
        visit.typed.fail("seen", _("A device is kept for this pupil there, or was given already."))
    except Promised:
        visit.typed.fail("seen", _("A donor gives a device directly to this pupil."))
    if visit.typed.errors:
        return _one(visit, status=409)
    return common.done(visit, ONE.format(code=visit.where.code), what)


VIEWS = (
    application_list, find_applications, application_page, approve_application,
    refuse_application, take_decision_back, allot_application, free_application,
)  # fmt: skip
