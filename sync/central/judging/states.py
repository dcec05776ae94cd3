"""What the rules remember of a device and of a case: small frozen values, packed one a code."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct, structs

from station.ledger import ChainId

_DEVICE = re.compile(r"[0-9]{10}", re.ASCII)
_CASE = re.compile(r"H[0-9]{10}", re.ASCII)

UNKNOWN, APPROVED, REFUSED = 0, 1, 2  # what the Department's document says of a case


def is_device(code: str) -> bool:
    """Whether the rules keep the state of a device under this code."""
    return _DEVICE.fullmatch(code) is not None


def is_case(code: str) -> bool:
    """Whether the rules keep the state of a case under this code."""
    return _CASE.fullmatch(code) is not None


class Ruling(Struct, frozen=True):
    """What the rules say of one event."""

    outcome: str
    rule: str | None = None
    other: bytes = b""  # the event it contradicts
    station: int | None = None  # whose that is


class Place(Struct, frozen=True, array_like=True):
    """A point that has or had the device."""

    station: int
    received: bytes = b""  # the event by which it was taken in from a donor
    balance: int = 0  # receptions and arrivals less departures: above 0 it is there
    brought: bytes = b""  # the last event that brought it


class Move(Struct, frozen=True, array_like=True):
    """A departure without its arrival, or an arrival without its departure."""

    origin: int
    target: int
    chain: ChainId
    event: bytes


class Hold(Struct, frozen=True, array_like=True):
    """A reservation or a handover, until it ends."""

    case: str  # "" where a school passes the device on
    device: str
    head: str  # of its set, or the device itself
    chain: ChainId
    event: bytes
    claimed: bool = False  # it was kept for this case before it was given
    handed: bool = False  # it was handed over; else only the signed line was told of


class Ended(Struct, frozen=True, array_like=True):
    """The end of a reservation or handover whose beginning another chain of the point may tell."""

    chain: ChainId
    case: str
    given: bool
    begun: bool = False  # the beginning came meanwhile; a signed line may still come


class Doubt(Struct, frozen=True, array_like=True):
    """A disputed fact that is accepted once nothing contradicts it any more."""

    rule: str
    device: str
    chain: ChainId
    event: bytes


class Device(Struct, frozen=True, array_like=True):
    """Where a device is, whose it is, and who wants to know."""

    places: tuple[Place, ...] = ()
    departures: tuple[Move, ...] = ()
    arrivals: tuple[Move, ...] = ()
    head: str = ""  # of the set it belongs to
    claim: Hold | None = None  # the reservation that counts
    void: tuple[Hold, ...] = ()  # reservations that do not
    given: tuple[Hold, ...] = ()
    ended: tuple[Ended, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    followers: tuple[int, ...] = ()  # points that get its events
    answered: tuple[tuple[bytes, Move], ...] = ()  # arrivals with the departures they ended


class Case(Struct, frozen=True, array_like=True):
    """What is kept and given for one pupil."""

    document: int = UNKNOWN
    entered: bool = False  # a point entered it from paper
    claims: tuple[Hold, ...] = ()
    given: tuple[Hold, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether a reservation for it counts."""
        return self.document == APPROVED or (self.document == UNKNOWN and self.entered)


State = Device | Case
Told = tuple[ChainId, bytes]  # an event by its chain and hash

NEW_DEVICE: Final = Device()
NEW_CASE: Final = Case()
_encoder = msgspec.msgpack.Encoder()
_devices = msgspec.msgpack.Decoder(Device)
_cases = msgspec.msgpack.Decoder(Case)


def packed(state: State) -> bytes:
    """The bytes a state is kept as."""
    return _encoder.encode(state)


def unpacked(code: str, state: bytes) -> State:
    """Read a kept state; no bytes are those of a code that nobody told anything of."""
    if is_device(code):
        return _devices.decode(state) if state else NEW_DEVICE
    return _cases.decode(state) if state else NEW_CASE


class Docket:
    """The states that a batch touches, and what comes of judging it."""

    def __init__(self, states: dict[str, State], *, late: bool = False) -> None:
        self._devices = {c: state for c, state in states.items() if isinstance(state, Device)}
        self._cases = {c: state for c, state in states.items() if isinstance(state, Case)}
        self.late = late  # what a laptop says may be older than what its point said since
        self._changed: set[str] = set()
        self.cleared: list[Told] = []  # disputed facts that nothing contradicts any more
        self.closed: list[Told] = []  # void claims that nobody needs to look at any more
        self.followed: list[tuple[str, int]] = []  # devices and the points that follow them now

    def device(self, code: str) -> Device:
        """The state of a device."""
        return self._devices[code]

    def case(self, code: str) -> Case:
        """The state of a case."""
        return self._cases[code]

    def put_device(self, code: str, device: Device) -> None:
        """Change the state of a device."""
        if device != self._devices[code]:
            self._devices[code] = device
            self._changed.add(code)

    def put_case(self, code: str, case: Case) -> None:
        """Change the state of a case."""
        if case != self._cases[code]:
            self._cases[code] = case
            self._changed.add(code)

    def clear(self, chain: ChainId, event: bytes) -> None:
        """Nothing contradicts this event any more."""
        self.cleared.append((chain, event))

    def close(self, chain: ChainId, event: bytes) -> None:
        """Nobody needs to look at this claim any more."""
        self.closed.append((chain, event))

    def follow(self, code: str, station: int) -> None:
        """From now on this point gets the events of the device, and those that there are."""
        device = self.device(code)
        if station not in device.followers:
            self.put_device(code, structs.replace(device, followers=(*device.followers, station)))
            self.followed.append((code, station))

    def changes(self) -> Iterable[tuple[str, State]]:
        """The states that are not what they were."""
        states: dict[str, State] = {**self._devices, **self._cases}
        return ((code, states[code]) for code in sorted(self._changed))
