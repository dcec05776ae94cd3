"""The log of officials: who did what, and whose data they looked at."""

from datetime import datetime

from msgspec import Struct

from station.codes import BadCode, grouped, parse
from station.words import _
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.central.officials.roles import STEERING
from sync.central.site.console.names import Names
from sync.central.site.visiting import NoSuchPage, Page, Shown, Visit, shows

MOST_CODE = 100


class WhichActs(Struct, frozen=True):
    """About which code, and where the list goes on."""

    ve: str = ""
    truoc: str = ""


@shows("GET", "/dieu-phoi/nhat-ky", where=WhichActs, roles=STEERING)
def act_list(visit: Visit[WhichActs]) -> Shown:
    """List the last acts, newest first."""
    where = visit.where
    before = None
    if where.truoc:
        if not (where.truoc.isascii() and where.truoc.isdecimal() and len(where.truoc) < 16):
            raise NoSuchPage
        before = int(where.truoc)
    about = _code(where.ve)
    found = acts.listed(visit.engine, about, before)
    values = {
        "here": "acts",
        "acts": found,
        "about": where.ve[:MOST_CODE],
        "words": act_words(),
        "subject": _subject,
        "before": found[-1].position if len(found) == acts.PAGE else None,
        "moment": lambda at_s: _moment(visit, at_s),
        "names": Names(visit),
    }
    return Page("console/log.html", values)


def _code(typed: str) -> str | None:
    """The code as acts have it, however it was written."""
    if not typed.strip():
        return None
    try:
        return parse(typed.replace(" ", "").upper()).text
    except BadCode:
        return typed.strip()[:MOST_CODE]


def _subject(about: str | None) -> str:
    if about is None:
        return ""
    try:
        parse(about)
    except BadCode:
        return about
    return grouped(about)


def _moment(visit: Visit[WhichActs], at_s: int) -> str:
    return f"{datetime.fromtimestamp(at_s, visit.reference.programme.zone):%d/%m/%Y %H:%M}"


def act_words() -> dict[str, str]:
    """What each kind of act is called."""
    return {
        Act.SIGNED_IN: _("signed in"),
        Act.SIGNED_OUT: _("signed out"),
        Act.PASSWORD_CHANGED: _("changed the password"),
        Act.SAW_PERSON: _("looked at somebody's data"),
        Act.EXPORTED: _("took a file along"),
        Act.OFFER_ASSIGNED: _("assigned an offer"),
        Act.OFFER_DECLINED: _("declined an offer"),
        Act.GIFT_DECIDED: _("decided about a direct gift"),
        Act.APPROVED: _("approved an application"),
        Act.REFUSED: _("refused an application"),
        Act.LIST_BROUGHT: _("brought a list"),
        Act.LIKENESS_DECIDED: _("said whether two are one pupil's"),
        Act.ALLOTTED: _("gave a case to a point"),
        Act.QUOTA_SET: _("set a quota"),
        Act.RULE_SET: _("set which point is nearest"),
        Act.DISPUTE_DECIDED: _("decided a dispute"),
        Act.RIGHTS_ANSWERED: _("answered a request"),
        Act.PERSON_PURGED: _("erased somebody's data"),
        Act.PERIOD_CLOSED: _("closed a period"),
    }


VIEWS = (act_list,)
