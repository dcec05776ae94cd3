"""What counts must add up to, by a plain second reading; and any history at all, made up."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

from hypothesis import strategies as st

from station import events as e
from station import ledger
from station.counting import STOCK, CaseFacts, Count, Measure, counted
from station.events import Event
from station.ledger import ChainId, Header, Occurred
from station.moves import as_it_happened

CODE = "0120003457"
CASES = ("H9010000011", "H9010000022")
FACTS = {
    CASES[0]: CaseFacts("primary", "truong-th-go-dau", "25654"),
    CASES[1]: CaseFacts("lower-secondary", "truong-thcs-go-dau", "25657"),
}
FIRST = date(2021, 10, 1)

CAME = (Measure.RECEIVED, Measure.ARRIVED, Measure.RETURNED)
WENT = (Measure.GIVEN, Measure.RETIRED, Measure.SENT)


def commune(station: int, day: date) -> str:
    """Where the points lie: one moved."""
    return f"unit-{station}" if day < FIRST + timedelta(days=20) else f"unit-{station}-new"


def counts_of(items: Iterable[Event]) -> tuple[Count, ...]:
    """The counts of the device that these events are about."""
    return counted(as_it_happened(CODE, items), FACTS.get, commune)


def assert_adds_up(counts: Iterable[Count]) -> None:
    """The identity, at each point, up to every day; and there is never less than nothing."""
    by_day: dict[tuple[int, date], Counter[Measure]] = {}
    for count in counts:
        by_day.setdefault((count.station, count.day), Counter())[count.measure] += count.devices
    for station in {station for station, _ in by_day}:
        days = [by_day[key] for key in sorted(by_day) if key[0] == station]
        for up_to in accumulate(days, lambda a, b: Counter({m: a[m] + b[m] for m in Measure})):
            came = sum(up_to[m] for m in CAME)
            assert came == sum(up_to[m] for m in (*WENT, *STOCK))
            assert all(up_to[m] >= 0 for m in STOCK)


def assert_cells_add_up(counts: Iterable[Count]) -> None:
    """What goes away is counted under the names under which it came."""
    left: Counter[tuple[object, ...]] = Counter()
    for c in sorted(counts, key=lambda one: one.day):
        if c.measure in STOCK:
            left[c.station, c.measure, c.unit, c.kind] += c.devices
    assert set(left.values()) <= {0, 1}


def whole(counts: Iterable[Count]) -> Counter[tuple[int, Measure]]:
    """All counts, without their days."""
    sums: Counter[tuple[int, Measure]] = Counter()
    for count in counts:
        sums[count.station, count.measure] += count.devices
    return +sums


class Written:
    """Chains of events about one device, with whatever hashes they have."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._last: dict[ChainId, tuple[int, bytes]] = {}

    def say(
        self, said: e.Said, day: int = 0, station: int = 12, chain: int = 1, *, seen: bool = True
    ) -> Event:
        """One more event; `seen`: its writer knew the last one of the device."""
        of = ChainId(station, chain)
        seq, prev = self._last.get(of, (0, ledger.NO_HASH))
        known = self.events[-1].hash if seen and self.events else b""
        header = Header(
            ledger.FORMAT, of, seq + 1, CODE, known, type(said).__name__,
            1_633_000_000_000 + len(self.events) * 1_000, 420,
            Occurred(FIRST + timedelta(days=day)),
        )  # fmt: skip
        entry = ledger.write(header, e.encode(said), prev, bytes(16))
        self._last[of] = (seq + 1, entry.hash)
        self.events.append(Event(entry.hash, header, said))
        return self.events[-1]


RECEIVED = e.Received(kind="laptop", donor_kind="person")
_said = st.sampled_from(
    [
        RECEIVED,
        e.Received(kind="desktop", donor_kind="organisation"),
        e.Described(kind="tablet"),
        e.TakenToBench(),
        e.MadeReady(policy="release-2021-09-10"),
        *(e.Reserved(case=case) for case in CASES),
        *(e.HandedOver(to="pupil", case=case) for case in CASES),
        e.HandedOver(to="school", school="truong-th-go-dau", case=CASES[0]),
        *(e.HandoverConfirmed(case=CASES[0], result=r) for r in ("signed", "proxy", "absent")),
        e.HandoverConfirmed(case=CASES[0], result="undelivered", back=True),
        e.LineReopened(case=CASES[0]),
        e.HandoverWithdrawn(case=CASES[0]),
        e.TakenBackForRepair(case=CASES[0], reason="broke-in-use"),
        e.GivenBack(case=CASES[0]),
        e.ReturnedToStock(reason="no-longer-needed"),
        e.SentTo(place="point-011"),
        e.ArrivedFrom(place="point-012", here="point-011", kind="laptop"),
        e.Retired(reason="too-old"),
        e.GivenDirectly(kind="laptop", case=CASES[1]),
        e.DirectGiftWithdrawn(case=CASES[1]),
        e.EnteredByMistake(),
    ]
)
_line = st.tuples(_said, st.integers(0, 30), st.sampled_from([11, 12]), st.integers(1, 2))


@st.composite
def any_history(draw: st.DrawFn) -> list[Event]:
    """Events in no sensible order, some of them withdrawn or corrected later."""
    written = Written()
    for said, day, station, chain in draw(st.lists(_line, max_size=25)):
        written.say(said, day, station, chain, seen=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 3)) if written.events else 0):
        wrong = draw(st.sampled_from(written.events))
        written.say(e.ActWithdrawn(target=wrong.hash, target_kind=wrong.header.kind))
    return written.events
