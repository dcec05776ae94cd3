"""Việc cần làm: all kinds of work in one list, people first, then what stands longest."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from station.device import Device, Stage
from station.ledger import Moment
from station.offer import OVER, PickUp
from station.paper import Paper
from station.ports import HereCount, PointStore
from station.reference import Reference, Table
from station.words import _, _n
from ui.coded_words import coded
from ui.day_words import age_words
from ui.gate_words import next_step
from ui.offers.acts import OfferAct, next_act
from ui.offers.call_lines import CallLine, topic_words
from ui.offers.expected import ExpectedLine
from ui.paperwork.unsigned import unsigned_papers
from ui.theme import Tone

LISTED = 50  # devices of one stage; the figures above the list count all of them
PEOPLE = 20  # calls, and appointments; their page has all of them

# A pupil without a machine waits first, then the bench, then what only has to be picked up.
TO_DO = (
    Stage.IN_REPAIR_FOR_PUPIL,
    Stage.ON_BENCH,
    Stage.RECEIVED,
    Stage.RESERVED,
    Stage.WITH_SCHOOL,
    Stage.IN_TRANSIT,
)


class Leads(StrEnum):
    """Where a line is settled."""

    DEVICE = "device"
    OFFER = "offer"
    CALL = "call"
    PAPERS = "papers"  # that must come back signed
    HOLD = "hold"  # everything that is on hold for a reason
    PAGE = "page"  # where something was begun


class WorkLine(Struct, frozen=True):
    """One thing to do: about what, the next step, and how long it waits."""

    leads: Leads
    code: str  # of papers "", of what is on hold the reason's id, of what was begun its page
    what: str
    tone: Tone
    step: str
    since: date
    part: str = ""  # of the day, where it is agreed

    @property
    def key(self) -> str:
        """Tells it from the other lines."""
        return f"{self.leads} {self.code} {self.step}"


def work_lines(
    expected: Iterable[ExpectedLine],
    calls: Iterable[CallLine],
    counts: Collection[HereCount],
    store: PointStore,
    when: Moment,
) -> tuple[WorkLine, ...]:
    """People who wait for us, papers that are awaited, what is on hold, a line a reason.

    Then devices in the order of `TO_DO`; of each kind the oldest first.
    """
    reference, today = store.reference, when.day
    arrivals = [_arrival(line, reference, today) for line in expected if _is_due(line, today)]
    ringing = [_call(line, reference, today) for line in calls]
    people = sorted((*arrivals, *ringing), key=lambda line: line.since)
    papers = _papers(unsigned_papers(store, today))
    held = _held(counts, reference, today)
    return (*people[: 2 * PEOPLE], *papers, *held, *_devices(counts, store, when))


def waiting_words(line: WorkLine, today: date) -> str:
    """How long it waits, or for which part of today it is agreed."""
    return line.part or age_words(line.since, today)


def _is_due(line: ExpectedLine, today: date) -> bool:
    offer = line.offer
    if offer.pick_up in OVER:
        return offer.pick_up is PickUp.ARRIVED
    if offer.pick_up is PickUp.UNREACHABLE:
        return not offer.calls  # else the call itself is a line
    if offer.pick_up in {PickUp.NEW, PickUp.COLLECTED}:
        return True
    return offer.expected_on is not None and offer.expected_on <= today


def _arrival(line: ExpectedLine, reference: Reference, today: date) -> WorkLine:
    offer, late = line.offer, line.expected_on is not None and line.expected_on < today
    agreed = offer.part is not None and line.expected_on == today
    part = coded(Table.DAY_PARTS, offer.part, reference).lower() if agreed and offer.part else ""
    if offer.pick_up is None:
        step = _("To be brought today") if not late else _("Not come yet: ask")
    elif offer.pick_up is PickUp.UNREACHABLE:
        step = _("Never reached: close it?")
    else:
        step = _fetch_words(next_act(offer))
    return WorkLine(
        leads=Leads.OFFER,
        code=line.code,
        what=line.donor.name or _("name not here"),
        tone=Tone.WARN if late or offer.pick_up is PickUp.NEW else Tone.UNKNOWN,
        step=step,
        since=line.expected_on or offer.entered_on or today,
        part=part,
    )


def _fetch_words(act: OfferAct) -> str:
    return {
        OfferAct.AGREE: _("Pick-up: agree on a day"),
        OfferAct.COLLECT: _("Pick-up: go and fetch it"),
        OfferAct.ARRIVE: _("Pick-up: on its way here"),
        OfferAct.RECEIVE: _("Pick-up: receive it"),
    }[act]


def _call(line: CallLine, reference: Reference, today: date) -> WorkLine:
    due = line.due or line.call.planned_on or today
    return WorkLine(
        leads=Leads.CALL,
        code=line.subject.code,
        what=line.donor.name or _("name not here"),
        tone=Tone.FAIL if due < today else Tone.WARN,
        step=_("Call: {topic}").format(topic=topic_words(line, reference).lower()),
        since=min(due, today),
    )


def _papers(papers: tuple[Paper, ...]) -> Iterator[WorkLine]:
    """One line for all: they come back in piles."""
    if not papers or papers[0].on is None:
        return
    count = len(papers)
    yield WorkLine(
        leads=Leads.PAPERS,
        code="",
        what=_n("{count} paper", "{count} papers", count).format(count=count),
        tone=Tone.WARN,
        step=_("Attach the signed copies"),
        since=papers[0].on,
    )


def _held(counts: Iterable[HereCount], reference: Reference, today: date) -> Iterator[WorkLine]:
    """How many wait for what, most of them first."""
    devices, oldest = Counter[str](), dict[str, date]()
    for count in counts:
        if count.hold:
            devices[count.hold] += count.devices
            since = count.oldest_since or today
            oldest[count.hold] = min(since, oldest.get(count.hold, since))
    for reason, number in devices.most_common():
        yield WorkLine(
            leads=Leads.HOLD,
            code=reason,
            what=_n("{count} device", "{count} devices", number).format(count=number),
            tone=Tone.WARN,
            step=_("On hold: {reason}").format(
                reason=coded(Table.REASONS, reason, reference).lower()
            ),
            since=oldest[reason],
        )


def _devices(counts: Iterable[HereCount], store: PointStore, when: Moment) -> Iterator[WorkLine]:
    present = {count.stage for count in counts}
    for stage in (stage for stage in TO_DO if stage in present):
        for device in store.longest_waiting((stage,), LISTED):
            if device.head is None and not device.hold:
                yield _device(device, store.reference, when)


def _device(device: Device, reference: Reference, when: Moment) -> WorkLine:
    tone, step = next_step(device, reference, when)
    machine = device.name or coded(Table.KINDS, device.kind, reference)
    since = device.since or when.day
    return WorkLine(Leads.DEVICE, device.code, machine, tone, step, since)
