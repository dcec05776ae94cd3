"""Cần gọi lại người tặng: who must be asked what, what came of it, and when the point gives up."""

from datetime import date, timedelta

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import CodeKind
from station.device import Device, OpenCall
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note
from station.offer import Offer
from station.operators import Operator
from station.people import Donor
from station.ports import Store, Work
from station.reference import CallResult, Unreached

NOT_NEEDED = "not-needed"


class PlanCall(Struct, frozen=True, kw_only=True):
    """The donor of a device or offer must be asked something."""

    code: str
    about: str
    due: date | None = None  # None: at once
    note: str = ""


class NoteCall(Struct, frozen=True, kw_only=True):
    """What came of ringing."""

    code: str
    about: str
    result: str
    again_on: date | None = None  # None: the programme's habit, where one must ring again
    note: str = ""


class CallNoted(Struct, frozen=True):
    """What a try led to."""

    event: e.Event
    again_on: date | None  # None: settled
    follows: Unreached | None = None  # nobody was ever reached: what follows of that
    held: bool = False  # the device was put on hold for it
    proposed: str | None = None  # what the donor said at intake should become of it


def plan_call(command: PlanCall, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that somebody must ring the donor."""
    require_duty(by, e.CallPlanned)
    with store.transaction(by, when) as work:
        subject = _subject(work, command.code)
        if isinstance(subject, Device):
            subject.require(e.CallPlanned)
        _require_phone(work, subject)
        topic = work.reference.call_topic(command.about)
        _guard_ahead(work, command.due)
        note = kept_note(work, command.note)
        said = e.CallPlanned(about=topic.id, due=command.due, note=note)
        return work.record(subject.code, said)


def plan_again(code: str, call: OpenCall, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a call goes on as it stood: what was noted of it was a slip."""
    require_duty(by, e.CallPlanned)
    with store.transaction(by, when) as work:
        said = e.CallPlanned(
            about=call.about, due=call.due, tries=call.tries, since=call.planned_on
        )
        return work.record(_subject(work, code).code, said)


def note_call(command: NoteCall, store: Store, by: Operator, when: Moment) -> CallNoted:
    """Record what came of ringing; after the last try in vain also that the point gives up."""
    require_duty(by, e.CallMade)
    with store.transaction(by, when) as work:
        return note_in(work, command)


def note_in(work: Work, command: NoteCall) -> CallNoted:
    """The same within an act that says more, such as how a pick-up stands."""
    subject = _subject(work, command.code)
    call = _open_call(subject, command.about)
    result = work.reference.call_result(command.result)
    _guard_ahead(work, command.again_on)
    again = None if result.settles else command.again_on or _habit(work)
    event = _record(work, command, result, again)
    if not result.unanswered or not (result.settles or _is_last(work, call)):
        return CallNoted(event, again)
    if again is not None:
        _give_up(work, command)
    return _unreached(work, subject, call, event)


def _record(work: Work, command: NoteCall, result: CallResult, again: date | None) -> e.Event:
    said = e.CallMade(
        about=command.about,
        result=result.id,
        again_on=again,
        unanswered=result.unanswered,
        note=kept_note(work, command.note),
    )
    return work.record(command.code, said)


def _is_last(work: Work, call: OpenCall) -> bool:
    """Whether this try is on the last day that the programme asks for."""
    new = call.tried_on != work.when.day
    return call.tries + new >= work.reference.programme.calls.most_days


def _give_up(work: Work, command: NoteCall) -> None:
    results = work.reference.tables.call_results.values()
    by_rule = next(result.id for result in results if result.by_rule)
    work.record(command.code, e.CallMade(about=command.about, result=by_rule))


def _unreached(work: Work, subject: Device | Offer, call: OpenCall, event: e.Event) -> CallNoted:
    """A device that cannot go on without its donor is held; all else a person decides."""
    topic = work.reference.call_topic(call.about)
    follows, held, proposed = topic.unreached, False, None
    if isinstance(subject, Device):
        proposed = _wish(work, subject.code) if follows is Unreached.WISH else None
        held = follows is Unreached.HOLD and not subject.hold and subject.allows(e.PutOnHold)
        if held and topic.hold is not None:
            work.record(subject.code, e.PutOnHold(reason=topic.hold))
    return CallNoted(event, None, follows, held, proposed)


def _wish(work: Work, code: str) -> str | None:
    """What the donor said at intake, should it turn out hopeless."""
    said = (event.said for event in work.events_about(code))
    return next((one.if_hopeless for one in said if isinstance(one, e.Received)), None)


def _subject(work: Work, code: str) -> Device | Offer:
    """Raises UnknownDevice or UnknownOffer."""
    return work.offer(code) if code[:1] == CodeKind.OFFER.letter else work.device(code)


def _open_call(subject: Device | Offer, about: str) -> OpenCall:
    for call in subject.calls:
        if call.about == about:
            return call
    raise refusals.NoSuchCall(subject.code, about)


def _require_phone(work: Work, subject: Device | Offer) -> None:
    donor = work.content(subject.donor) if subject.donor else None
    if not (isinstance(donor, Donor) and donor.phone):
        raise refusals.NobodyToCall(subject.code)


def _habit(work: Work) -> date:
    return work.when.day + timedelta(days=work.reference.programme.calls.again_after_days)


def _guard_ahead(work: Work, day: date | None) -> None:
    if day is not None and day < work.when.day:
        raise refusals.DayHasPassed(day)
    guards.guard_planned(work, day)
