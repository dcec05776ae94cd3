"""Which device a report speaks of: several witnesses, a score with its reasons, a person's word.

No single witness decides. A board, a network card or a disk may have been exchanged, a firmware may
give a placeholder, and a careless maker gives one serial number to a whole batch. So each witness
that agrees adds weight, one that is found on several devices adds less, one that contradicts takes
away, and silence says nothing: two machines without any serial number are never the same machine.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from station.device import Device
from station.events import MachineFact
from station.text import fold


class WitnessKind(StrEnum):
    """What can tell one machine from another."""

    SERIAL = "serial"  # of the system or of its chassis: the sticker's number
    UUID = "uuid"
    BOARD = "board"
    DISK = "disk"
    MAC = "mac"


class Witness(Struct, frozen=True, order=True):
    """One mark of a machine, written so that equal marks are equal texts."""

    kind: WitnessKind
    value: str

    @property
    def mark(self) -> str:
        """As one text, for an index."""
        return f"{self.kind}:{self.value}"


class Reason(Struct, frozen=True):
    """Why a device is, or is not, the one that was read."""

    kind: WitnessKind | None  # None: maker and model
    agrees: bool
    value: str = ""
    shared_by: int = 1  # how many devices carry this very mark


class Match(Struct, frozen=True):
    """How much speaks for one device."""

    code: str
    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_strong(self) -> bool:
        """Enough to propose it first; a person still confirms."""
        return self.score >= STRONG


STRONG = 50
POSSIBLE = 20
_WEIGHTS = {  # Our own estimate: what stays with a machine for life weighs most.
    WitnessKind.SERIAL: 60,
    WitnessKind.UUID: 50,
    WitnessKind.BOARD: 40,
    WitnessKind.DISK: 30,
    WitnessKind.MAC: 25,
}
_OF_THE_BOARD = (WitnessKind.SERIAL, WitnessKind.UUID, WitnessKind.BOARD)  # go with it, all three
_CONTRADICTION = 30  # once: another board says another number in all three places
_SAME_MODEL, _OTHER_MODEL = 5, 30


def witnesses_of(fact: MachineFact) -> frozenset[Witness]:
    """The marks that a report gives."""
    return frozenset(_witnesses(fact))


def marks_of_device(device: Device) -> frozenset[Witness]:
    """What a device is known by: its sticker, its latest report, every disk ever seen in it."""
    marks = set(_witnesses(device.machine)) if device.machine else set()
    marks.update(_mark(WitnessKind.SERIAL, device.serial))
    for disk in device.disks or ():
        marks.update(_mark(WitnessKind.DISK, disk.serial))
        marks.update(_mark(WitnessKind.DISK, disk.wwn))
    return frozenset(marks)


def matches(fact: MachineFact, devices: Iterable[Device]) -> tuple[Match, ...]:
    """The devices this report may be of, the likeliest first; none without a common mark.

    `devices` are all that carry any of the report's marks, so that a shared mark is seen to be one.
    """
    candidates = tuple(devices)
    told = witnesses_of(fact)
    known = {device.code: marks_of_device(device) for device in candidates}
    holders = Counter(mark for marks in known.values() for mark in marks)
    scored = (_match(fact, told, device, known[device.code], holders) for device in candidates)
    likely = (match for match in scored if match.score >= POSSIBLE)
    return tuple(sorted(likely, key=lambda match: (-match.score, match.code)))


def contradicts(fact: MachineFact, device: Device) -> bool:
    """Whether the report tells another serial number, and nothing outweighs that."""
    known = marks_of_device(device)
    match = _match(fact, witnesses_of(fact), device, known, dict.fromkeys(known, 1))
    other = any(r.kind is WitnessKind.SERIAL and not r.agrees for r in match.reasons)
    return other and not match.is_strong


def _match(
    fact: MachineFact,
    told: frozenset[Witness],
    device: Device,
    known: frozenset[Witness],
    holders: Mapping[Witness, int],
) -> Match:
    common = (told & known) - _second_marks(fact, known)
    reasons = (*_agreements(common, holders), *_contradictions(told, known))
    if not any(reason.agrees for reason in reasons):
        return Match(device.code, 0, reasons)
    reasons += tuple(_model(fact, device))
    score = sum(_weight(reason) for reason in reasons)
    if not all(reason.agrees for reason in reasons if reason.kind):
        score -= _CONTRADICTION
    return Match(device.code, max(0, score), reasons)


def _second_marks(fact: MachineFact, known: frozenset[Witness]) -> frozenset[Witness]:
    """The wide names of disks that agree by their serial number: one disk is one witness."""
    marks = [
        (set(_mark(WitnessKind.DISK, disk.serial)), set(_mark(WitnessKind.DISK, disk.wwn)))
        for disk in fact.disks or ()
    ]
    return frozenset(wwn for serial, wide in marks if serial & known for wwn in wide - serial)


def _agreements(common: frozenset[Witness], holders: Mapping[Witness, int]) -> Iterator[Reason]:
    for witness in sorted(common, key=lambda w: (-_WEIGHTS[w.kind], w)):
        yield Reason(witness.kind, agrees=True, value=witness.value, shared_by=holders[witness])


def _contradictions(told: frozenset[Witness], known: frozenset[Witness]) -> Iterator[Reason]:
    """Kinds of which both sides speak and nothing agrees."""
    for kind in _OF_THE_BOARD:
        ours = {w.value for w in known if w.kind is kind}
        theirs = {w.value for w in told if w.kind is kind}
        if ours and theirs and not ours & theirs:
            yield Reason(kind, agrees=False, value=min(theirs))


def _model(fact: MachineFact, device: Device) -> Iterator[Reason]:
    """Words of a sticker and of a firmware seldom agree wholly: a common one is enough."""
    ours, theirs = _words(device.maker, device.model), _words(fact.maker, fact.model)
    if ours and theirs:
        yield Reason(None, agrees=bool(ours & theirs))


def _weight(reason: Reason) -> int:
    if reason.kind is None:
        return _SAME_MODEL if reason.agrees else -_OTHER_MODEL
    return _WEIGHTS[reason.kind] // reason.shared_by if reason.agrees else 0


def _witnesses(fact: MachineFact) -> Iterator[Witness]:
    yield from _mark(WitnessKind.SERIAL, fact.serial)
    yield from _mark(WitnessKind.SERIAL, fact.chassis_serial)
    yield from _mark(WitnessKind.UUID, fact.uuid)
    yield from _mark(WitnessKind.BOARD, fact.board_serial)
    for mac in fact.macs:
        yield from _mark(WitnessKind.MAC, mac)
    for disk in fact.disks or ():
        yield from _mark(WitnessKind.DISK, disk.serial)
        yield from _mark(WitnessKind.DISK, disk.wwn)


def _mark(kind: WitnessKind, value: str | None) -> Iterator[Witness]:
    """Case, spaces and leading signs are written variously by stickers, bridges and firmware."""
    folded = "".join(fold(value).split()) if value else ""
    if folded:
        yield Witness(kind, folded)


def _words(*texts: str | None) -> set[str]:
    return {word for text in texts if text for word in fold(text).split()}
