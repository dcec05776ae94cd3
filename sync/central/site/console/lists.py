"""Approved lists as files: read, looked at line by line, and taken only then."""

from typing import Any

from msgspec import Struct

from station.lists.problems import UnreadableList
from station.lists.words import LIST_PROBLEMS
from station.sheets import Sheet, as_xlsx
from station.words import _, _n
from sync.central.officials.roles import APPROVING
from sync.central.programme import pupil_list, taking_lists
from sync.central.programme.deciding import ChangedMeanwhile, NothingThere
from sync.central.programme.pupil_list import NoHeader, Trouble
from sync.central.programme.taking_lists import Brought, Fate
from sync.central.site.console import common
from sync.central.site.console.applications import read_decision
from sync.central.site.console.common import by
from sync.central.site.console.names import Names
from sync.central.site.visiting import File, GoTo, NoSuchPage, Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

BRING, ONE = "/dieu-phoi/ho-so/danh-sach", "/dieu-phoi/ho-so/danh-sach/{code}"
TEMPLATE = "/dieu-phoi/ho-so/danh-sach-mau"
LARGEST_LIST = 4 * 2**20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50


class OfList(Struct, frozen=True):
    """One list, which of its lines, and what was done last."""

    code: str
    loai: str = ""
    trang: str = "1"
    xong: str = ""
    moi: str = ""
    duyet: str = ""
    con: str = ""


@shows("GET", BRING, roles=APPROVING)
def list_form(visit: Visit[Nowhere]) -> Shown:
    """Ask for a file and the decision."""
    return _form(visit)


def _form(visit: Visit[Nowhere], status: int = 200) -> Page:
    return Page("console/list_form.html", {"here": "applications", "names": Names(visit)}, status)


@shows("GET", TEMPLATE, roles=APPROVING)
def list_template(_visit: Visit[Nowhere]) -> Shown:
    """A file to fill in: its heads, and one invented line."""
    heads = (
        _("Full name of the pupil"), _("Birth date"), _("Personal number"), _("School"), _("Class"),
        _("Level"), _("Commune"), _("Address"), _("Parent or guardian"), _("Relation"),
        _("Phone"), _("Need"), _("Kind of device"), _("May be published"), _("Case code"),
    )  # fmt: skip
    example = (
        "Nguyễn Văn Ví Dụ", "31/12/2015", "", "Trường Tiểu học …", "5A", "Tiểu học", "Xã …", "",
        "Trần Thị Ví Dụ", "mẹ", "", "", "laptop", "có", "",
    )  # fmt: skip
    sheet = Sheet(_("List"), heads, (example,), widths=(26, 12, 16, 24, 8, 10, 16, 24, 24))
    return File(as_xlsx([sheet]), XLSX, "danh-sach-mau.xlsx")


@shows("POST", BRING, roles=APPROVING, largest=LARGEST_LIST)
def bring_list(visit: Visit[Nowhere]) -> Shown:
    """Read a file; nothing of it counts yet."""
    names = Names(visit)
    decision = read_decision(visit)
    school = visit.typed.choice("school", names.schools)
    if not visit.typed.ticked("consented"):
        visit.typed.fail("consented", _("Without the families' consents no list may be brought."))
    upload = visit.typed.files.get("file")
    if upload is None or not upload.body:
        visit.typed.fail("file", _("Choose a file."))
    if visit.typed.errors or decision is None or upload is None:
        return _form(visit, status=422)
    try:
        read = pupil_list.read_list(upload.body, visit.reference, visit.today, school)
    except NoHeader:
        visit.typed.fail(
            "file", _("No row of this file names the columns: it needs the pupil's full name.")
        )
        return _form(visit, status=422)
    except UnreadableList as error:
        visit.typed.fail("file", LIST_PROBLEMS.get(error.code, LIST_PROBLEMS["unreadable_list"])())
        return _form(visit, status=422)
    code = taking_lists.bring(visit.engine, visit.own, read, decision, by(visit))
    return GoTo(common.address(visit, ONE, code))


@shows("GET", ONE, where=OfList, roles=APPROVING)
def list_page(visit: Visit[OfList]) -> Shown:
    """Show what would become of each line."""
    return _one(visit)


def _one(visit: Visit[OfList], status: int = 200) -> Page:
    where = visit.where
    try:
        found = taking_lists.brought(visit.engine, visit.own, where.code)
    except NothingThere as error:
        raise NoSuchPage from error
    lines = found.lines or ()
    looked = taking_lists.looked(visit.engine, visit.own, lines)
    counts = taking_lists.counts(looked)
    chosen = where.loai if where.loai in set(Fate) else _first(counts)
    shown = [one for one in looked if one.fate == chosen]
    first = (common.whole(where.trang, least=1) - 1) * PAGE
    values = {
        "here": "applications",
        "brought": found,
        "may_take": found.lines is not None and (counts[Fate.NEW] or counts[Fate.REGISTERED]),
        "is_open": found.lines is not None,
        "counts": {fate: count for fate, count in counts.items() if count},
        "fates": fate_words(),
        "chosen": chosen,
        "lines": shown[first : first + PAGE],
        "next": common.whole(where.trang, least=1) + 1 if first + PAGE < len(shown) else None,
        "troubles": trouble_words(),
        "stops": pupil_list.STOPS,
        "names": Names(visit),
        "done": _done(where, found),
    }
    return Page("console/list.html", values, status=status)


def _first(counts: Any) -> str:
    """What a person must look at comes first."""
    order = (
        Fate.WRONG, Fate.DOUBTFUL, Fate.OTHER, Fate.UNKNOWN, Fate.OVER, Fate.TWICE, Fate.NEW,
        Fate.REGISTERED, Fate.APPROVED,
    )  # fmt: skip
    return next((fate for fate in order if counts[fate]), Fate.NEW)


@shows("POST", f"{ONE}/nhan", where=OfList, roles=APPROVING)
def take_list(visit: Visit[OfList]) -> Shown:
    """Register and approve what can be."""
    code = visit.where.code
    try:
        done = taking_lists.take(visit.engine, visit.own, visit.reference, code, by(visit))
    except (NothingThere, ChangedMeanwhile) as error:
        common.missed(visit, error)
        return _one(visit, status=409)
    return common.done(
        visit,
        ONE.format(code=code),
        "part" if done.more else "taken",
        moi=str(done.new),
        duyet=str(done.registered),
        con=str(done.left),
    )


@shows("POST", f"{ONE}/bo", where=OfList, roles=APPROVING)
def leave_list(visit: Visit[OfList]) -> Shown:
    """Forget the list."""
    try:
        taking_lists.leave(visit.engine, visit.where.code, by(visit))
    except (NothingThere, ChangedMeanwhile) as error:
        common.missed(visit, error)
        return _one(visit, status=409)
    return common.done(visit, ONE.format(code=visit.where.code), "left")


def _done(where: OfList, found: Brought) -> str:
    if where.xong == "left":
        return _("The list was left: nothing of it was kept.")
    if where.xong == "part" and found.taken_s is None:
        new = common.whole(where.moi) + common.whole(where.duyet)
        part = _n("{count} pupil is approved so far.", "{count} pupils are approved so far.", new)
        return f"{part.format(count=new)} {_('Take the list once more to go on.')}"
    if where.xong != "taken" or found.taken_s is None:
        return ""
    new, approved, left = (common.whole(one) for one in (where.moi, where.duyet, where.con))
    told = (
        _n("{count} pupil is new and approved", "{count} pupils are new and approved", new),
        _n("{count} known one is approved", "{count} known ones are approved", approved),
        _n("{count} line was left", "{count} lines were left", left),
    )
    counts = (new, approved, left)
    said = (words.format(count=count) for words, count in zip(told, counts, strict=True))
    return f"{'; '.join(said)}."


def fate_words() -> dict[str, str]:
    """What becomes of lines."""
    return {
        Fate.NEW: _("New: will be registered and approved"),
        Fate.REGISTERED: _("Registered: will be approved"),
        Fate.APPROVED: _("Approved already: nothing is done"),
        Fate.DOUBTFUL: _("Several alike: say first which is which"),
        Fate.OVER: _("Refused or withdrawn before: look at it"),
        Fate.UNKNOWN: _("No application has this code"),
        Fate.OTHER: _("The code is another pupil's"),
        Fate.TWICE: _("Stands in the list before"),
        Fate.WRONG: _("Must be put right in the file"),
    }


def trouble_words() -> dict[str, str]:
    """What is wrong with lines."""
    return {
        Trouble.NO_NAME: _("no name"),
        Trouble.NOT_A_NAME: _("this is no name"),
        Trouble.NO_LEVEL: _("level not known"),
        Trouble.NO_SCHOOL: _("no school"),
        Trouble.NOT_TOLD_APART: _("neither birth date nor personal number"),
        Trouble.BAD_TEXT: _("letters that cannot be read"),
        Trouble.AGE: _("age does not fit"),
        Trouble.NOT_A_DAY: _("birth date cannot be read, such as 31/12/2015"),
        Trouble.NOT_A_NUMBER: _("personal number has not 12 digits and is left out"),
        Trouble.NOT_A_PHONE: _("phone number cannot be read and is left out"),
        Trouble.NOT_A_CODE: _("this is no case code"),
        Trouble.SCHOOL_UNKNOWN: _("school not on the programme's list: kept as written"),
        Trouble.UNIT_UNKNOWN: _("commune not known and left out"),
        Trouble.NOBODY_TO_TELL: _("neither guardian nor phone"),
    }


VIEWS = (list_form, list_template, bring_list, list_page, take_list, leave_list)
