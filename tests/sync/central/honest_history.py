"""A history that really happened: what points, laptops, devices and pupils' cases did, in order.

Each act is one event of the chain that wrote it. The chains may then arrive in any order, but
what a laptop wrote never before what its point had written when it was lent.
"""

from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

from station import events as e
from station.ledger import ChainId, Header

STATIONS = (12, 13, 14)
LENDER = STATIONS[0]  # the point whose laptop goes to schools
DEVICES = ("0120000010", "0120000029", "0130000013")
CASES = ("H0120000019", "H0120000028")
ALONE, OUT, HOME = 0, 1, 2
BY = st.integers(ALONE, HOME)

_hashes = count(1)


def event(chain: ChainId, seq: int, subject: str, said: e.Said) -> e.Event:
    """An event of a chain, with a hash that no other has."""
    kind = type(said).__name__
    header = Header(1, chain, seq, subject, b"", kind, 1_633_928_400_000, 420)
    return e.Event(next(_hashes).to_bytes(32), header, said)


def is_laptop(chain: ChainId) -> bool:
    """Each time the laptop goes out it writes a chain of its own."""
    return chain.number > 1


@dataclass
class Truth:
    """Where one device really is, and for whom it is kept or to whom it was given."""

    at: int | None = None
    sent: tuple[int, int] | None = None
    case: str | None = None
    given: bool = False
    out: bool = False  # with the laptop


@dataclass
class History:
    """The world, and what was written down of it."""

    devices: dict[str, Truth] = field(default_factory=lambda: {d: Truth() for d in DEVICES})
    chains: dict[ChainId, list[e.Event]] = field(default_factory=dict)
    behind: dict[ChainId, int] = field(default_factory=dict)  # what the lender wrote before
    laptop: ChainId | None = None  # out at a school

    def write(self, station: int, device: str, said: e.Said) -> None:
        """The PC notes it, or the laptop that has the device."""
        out = self.laptop if self.devices[device].out else None
        chain = out or ChainId(station, 1)
        noted = self.chains.setdefault(chain, [])
        noted.append(event(chain, len(noted) + 1, device, said))

    def last_of(self, station: int, device: str, kind: type[e.Said]) -> bool:
        """Whether the last thing that this chain wrote of the device is of this kind."""
        out = self.laptop if self.devices[device].out else None
        noted = self.chains.get(out or ChainId(station, 1), ())
        own = [one.said for one in noted if one.header.subject == device]
        return bool(own) and isinstance(own[-1], kind)

    def lend(self, device: str) -> None:
        """The laptop takes the device along; if it is at home, it goes out now."""
        if self.laptop is None:
            self.laptop = ChainId(LENDER, 2 + len(self.behind))
            self.behind[self.laptop] = len(self.chains.get(ChainId(LENDER, 1), ()))
            self.devices[device].out = True
        elif self.behind[self.laptop] == len(self.chains.get(ChainId(LENDER, 1), ())):
            self.devices[device].out = True  # still the same day

    def come_home(self) -> None:
        """The laptop is back, and what it wrote is known at the PC."""
        self.laptop = None
        for truth in self.devices.values():
            truth.out = False

    def free_cases(self) -> list[str]:
        """Cases that nothing is kept for or was given to."""
        taken = {truth.case for truth in self.devices.values()}
        return [case for case in CASES if case not in taken]


def step(history: History, device: str, choice: int, by: int) -> None:
    """What may happen next to this device; `choice` picks one of it."""
    truth = history.devices[device]
    if by == HOME:
        history.come_home()
    elif by == OUT and (truth.at or (truth.sent or (0, 0))[1]) == LENDER:
        history.lend(device)
    if truth.sent is not None:
        _arrive(history, device)
    elif truth.at is None:
        truth.at = STATIONS[choice % 3]
        history.write(truth.at, device, e.Received(kind="laptop"))
    elif truth.given:
        (_confirm, _return, _withdraw)[choice % 3](history, device)
    elif truth.case is not None:
        (_hand_over, _release)[choice % 2](history, device)
    else:
        (_work, _send, _reserve)[choice % 3](history, device, choice)


def finished(history: History) -> History:
    """Everything that was begun comes to an end."""
    history.come_home()
    for device, truth in history.devices.items():
        if truth.sent is not None:
            _arrive(history, device)
        if truth.case is not None and not truth.given:
            _release(history, device)
    return history


def _work(history: History, device: str, _choice: int) -> None:
    history.write(_here(history, device), device, e.TakenToBench())


def _send(history: History, device: str, choice: int) -> None:
    here = _here(history, device)
    there = [station for station in STATIONS if station != here][choice % 2]
    history.write(here, device, e.SentTo(place=f"point-{there:03d}"))
    truth = history.devices[device]
    truth.at, truth.sent, truth.out = None, (here, there), False


def _arrive(history: History, device: str) -> None:
    truth = history.devices[device]
    assert truth.sent is not None
    there, here = truth.sent
    said = e.ArrivedFrom(place=f"point-{there:03d}", here=f"point-{here:03d}")
    history.write(here, device, said)
    truth.at, truth.sent = here, None


def _reserve(history: History, device: str, choice: int) -> None:
    if free := history.free_cases():
        case = free[choice % len(free)]
        history.write(_here(history, device), device, e.Reserved(case=case))
        history.devices[device].case = case


def _release(history: History, device: str) -> None:
    truth = history.devices[device]
    assert truth.case is not None
    said = e.ReservationReleased(case=truth.case, reason="other")
    history.write(_here(history, device), device, said)
    truth.case = None


def _hand_over(history: History, device: str) -> None:
    truth, here = history.devices[device], _here(history, device)
    assert truth.case is not None
    history.write(here, device, e.HandedOver(to="school", case=truth.case))
    truth.given = True


def _confirm(history: History, device: str) -> None:
    truth = history.devices[device]
    assert truth.case is not None
    said = e.HandoverConfirmed(case=truth.case, result="signed")
    history.write(_here(history, device), device, said)


def _return(history: History, device: str) -> None:
    truth = history.devices[device]
    said = e.ReturnedToStock(reason="other", case=truth.case)
    history.write(_here(history, device), device, said)
    truth.case, truth.given = None, False


def _withdraw(history: History, device: str) -> None:
    """It was recorded by mistake, and nothing came since: the device is kept as before."""
    truth, here = history.devices[device], _here(history, device)
    assert truth.case is not None
    if not history.last_of(here, device, e.HandedOver):
        return
    history.write(here, device, e.HandoverWithdrawn(case=truth.case))
    truth.given = False


def _here(history: History, device: str) -> int:
    here = history.devices[device].at
    assert here is not None
    return here


@st.composite
def honest_histories(draw: st.DrawFn) -> History:
    """Anything that three points and a laptop may do with three devices and two cases."""
    history = History()
    steps = st.tuples(st.sampled_from(DEVICES), st.integers(0, 5), BY)
    for device, choice, by in draw(st.lists(steps, max_size=45)):
        step(history, device, choice, by)
    return finished(history)


@st.composite
def arrivals(draw: st.DrawFn, history: History) -> list[e.Event]:
    """The events of all chains in some order in which they may arrive."""
    waiting = {chain: list(noted) for chain, noted in history.chains.items()}
    arrived = dict.fromkeys(waiting, 0)
    order: list[e.Event] = []
    while any(waiting.values()):
        lent = arrived.get(ChainId(LENDER, 1), 0)
        may = [c for c, noted in waiting.items() if noted and lent >= history.behind.get(c, 0)]
        chain = draw(st.sampled_from(sorted(may)))
        burst = draw(st.integers(1, 6))
        order += waiting[chain][:burst]
        arrived[chain] += len(waiting[chain][:burst])
        waiting[chain] = waiting[chain][burst:]
    return order
