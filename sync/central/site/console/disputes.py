"""What two points recorded that cannot both be: both sides in words, and the Department's word."""

from msgspec import Struct

from station import events
from station.rule_words import RuleWords, rule_words
from station.words import _
from sync.central.database import writing
from sync.central.keeping import disputes
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.central.officials.roles import STEERING
from sync.central.problems import Refused
from sync.central.programme import disputes_seen
from sync.central.programme.disputes_seen import Dispute, Key, Side
from sync.central.site.console import common
from sync.central.site.console.names import Names
from sync.central.site.visiting import NoSuchPage, Page, Shown, Visit, shows
from sync.wire import Decision

LIST, ONE = "/dieu-phoi/tranh-chap", "/dieu-phoi/tranh-chap/{station}/{event}"
DECISIONS = ("leave", "recover", "assign")


class WhichDisputes(Struct, frozen=True):
    """Where the list goes on, and what was done last."""

    sau: str = ""
    xong: str = ""


class OfDispute(Struct, frozen=True):
    """One dispute, by the point whose event it is and the event."""

    station: str
    event: str

    @property
    def key(self) -> Key:
        """As the database has it; raises NoSuchPage."""
        return _key(self.station, self.event)


def _key(station: str, event: str) -> Key:
    if not (station.isascii() and station.isdecimal() and len(station) <= 3):
        raise NoSuchPage
    try:
        return int(station), bytes.fromhex(event)
    except ValueError as error:
        raise NoSuchPage from error


class Told(Struct, frozen=True):
    """A dispute in words."""

    dispute: Dispute
    rule: RuleWords
    own: str
    other: str
    address: str


@shows("GET", LIST, where=WhichDisputes, roles=STEERING)
def dispute_list(visit: Visit[WhichDisputes]) -> Shown:
    """List what nobody settled yet."""
    station, _dash, event = visit.where.sau.partition("-")
    after = _key(station, event) if visit.where.sau else (0, b"")
    found, more = disputes_seen.listed(visit.engine, after)
    last = found[-1] if found else None
    names = Names(visit)
    values = {
        "here": "disputes",
        "lines": [_told(one, names) for one in found],
        "after": f"{last.station}-{last.event.hex()}" if more and last else "",
        "names": names,
        "done": _("Decided. Both points are told.") if visit.where.xong else "",
    }
    return Page("console/disputes.html", values)


@shows("GET", ONE, where=OfDispute, roles=STEERING)
def dispute_page(visit: Visit[OfDispute]) -> Shown:
    """Show both sides."""
    return _one(visit)


@shows("POST", ONE, where=OfDispute, roles=STEERING)
def decide_dispute(visit: Visit[OfDispute]) -> Shown:
    """Decide what is to be done; both points are told."""
    decision = visit.typed.choice("decision", DECISIONS, required=True)
    if decision is None:
        return _one(visit, status=422)
    station, event = visit.where.key
    try:
        disputes.decide(visit.engine, Decision(station, event, decision))
    except Refused as error:
        raise NoSuchPage from error
    with writing(visit.engine) as connection:
        about = f"{station:03d}-{event.hex()[:16]}"
        name = visit.official.name
        acts.note(connection, name, Act.DISPUTE_DECIDED, visit.now_s, about=about, detail=decision)
    return common.done(visit, LIST, decision)


def _one(visit: Visit[OfDispute], status: int = 200) -> Page:
    found = disputes_seen.one(visit.engine, visit.where.key)
    if found is None:
        raise NoSuchPage
    names = Names(visit)
    values = {
        "here": "disputes",
        "told": _told(found, names),
        "decisions": [(one, names.decision(one)) for one in DECISIONS],
        "names": names,
    }
    return Page("console/dispute.html", values, status=status)


def _told(one: Dispute, names: Names) -> Told:
    rule = rule_words(one.rule, one.outcome)
    address = ONE.format(station=one.station, event=one.event.hex())
    return Told(one, rule, _side(one.own, names), _side(one.other, names), address)


def _side(side: Side, names: Names) -> str:
    if side.station is None:
        return _("No other point recorded anything.")
    point = names.point(side.station)
    if side.kind is None:
        return _("{point}: its record has not come yet.").format(point=point)
    sentence = _kinds().get(side.kind, _("recorded something ({kind})").format(kind=side.kind))
    on = f"{side.on:%d/%m/%Y}" if side.on else ""
    return _("{point}, on {day}: {what}").format(point=point, day=on, what=sentence)


def _kinds() -> dict[str, str]:
    """What each kind of record says, in few words."""
    said = {
        events.Received: _("took the device in"),
        events.Reserved: _("keeps the device for a pupil"),
        events.HandedOver: _("handed the device over"),
        events.HandoverConfirmed: _("the pupil signed for the device"),
        events.GivenDirectly: _("a donor gave the device directly"),
        events.SentTo: _("sent the device to another place"),
        events.ArrivedFrom: _("the device arrived from another place"),
        events.TakenBackForRepair: _("took the device back for repair"),
        events.GivenBack: _("gave the repaired device back"),
        events.ReturnedToStock: _("took the device back into stock"),
        events.Retired: _("retired the device"),
    }
    return {kind.__name__: words for kind, words in said.items()}


VIEWS = (dispute_list, dispute_page, decide_dispute)
