"""Three points, the Department and a bad line, in any order.

Devices are things: they lie in one place, whatever the ledgers say. People look at the thing before
them and at their own screen. In an honest programme nobody allots a case twice and no store is
lost; then no dispute may remain. In the others everything may happen that does happen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from typing_extensions import override

from station import consent, delegating, handover, returns, settling, transfer
from station.codes import CodeKind, make
from station.device import Stage
from station.documents import CASE, AllottedCase
from station.ledger import ChainId, Moment
from station.operators import Operator
from station.ports import DeviceFilter, Store
from station.reference import UnknownReference
from station.refusals import Refusal
from station.store.engine import sqlite_url
from station.store.store import SqlStore, create_delegated_store
from sync import wire
from tests.station import life
from tests.station.conftest import KEY, LEAD, NOON
from tests.sync import converged
from tests.sync.counted_alike import assert_counted_alike
from tests.sync.points import Point, a_ready_monitor, to_the_shelf
from tests.sync.programme import Programme

T = TypeVar("T")
C = TypeVar("C")
K = TypeVar("K", int, str)

STATIONS = (11, 12, 13)
ROUNDS = 12  # until nobody has news, at most
EVENING = NOON.at + timedelta(hours=8)
SCHOOL = "truong-th-go-dau"
points_ = st.sampled_from(STATIONS)
which = st.integers(0, 7)
WORK = (
    "receive",
    "work_on",
    *("reserve", "give") * 2,
    "release",
    "hand_over",
    "give_at_a_school",
    "take_back",
    *("send", "arrive", "bring") * 2,
    "withdraw_consent",
    *("lend", "give_from_the_laptop", "come_home"),
)
acts = st.tuples(st.sampled_from(WORK), points_, which, which)
LINE = ("push", "push", "pull", "pull", "people", "whole_round")
MISTAKES = ("allot twice", "take back", "withdraw approval")
GIVEN = (Stage.HANDED_OVER, Stage.WITH_SCHOOL)
lasting = st.none() | st.integers(0, 6)  # questions until the line fails


def first_days(store: SqlStore) -> None:
    """What each point did before the service existed."""
    station = store.standing().chain.station
    for n in range(3):
        a_ready_monitor(store, f"OLD-{station}-{n}")


def first_cases(station: int) -> tuple[str, ...]:
    """The pupils' cases each point was allotted before."""
    return tuple(make(CodeKind.CASE, 1, station + n) for n in (0, 20, 40))


def after_some_weeks(programme: Programme, points: Mapping[int, Point]) -> None:
    """The points have spoken with the service, and know of cases."""
    for station, point in points.items():
        for case in first_cases(station):
            programme.publish(station, CASE, case, AllottedCase(level="primary", school=SCHOOL))
        point.whole_round()


class ThreePoints(RuleBasedStateMachine):
    """Nobody loses a device, the line is bad, and people only know what reached them."""

    programme: ClassVar[Programme]
    honest: ClassVar[bool] = True
    seen: ClassVar[Counter[str]] = Counter()  # how much of what the histories held

    def __init__(self) -> None:
        super().__init__()
        self.began = self.programme.begun()
        self.points = self.began.__enter__()
        self.acknowledged = converged.Acknowledged()
        self.lies: dict[str, int] = {}  # devices at a point
        self.travels: dict[str, tuple[int, int]] = {}  # from where to where
        self.given: set[str] = set()
        self.laptops: dict[int, SqlStore] = {}
        self.along: dict[int, str] = {}  # what each laptop took along
        self.cases = {case: {station} for station in STATIONS for case in first_cases(station)}
        self.backups: dict[int, Path] = {}
        self.restored: set[int] = set()
        self.numbers = 100
        for station, point in self.points.items():
            for row in point.store.longest_waiting(tuple(Stage)):
                self.lies[row.code] = station

    def teardown(self) -> None:
        """Everybody comes home and online; then all that must hold is asked."""
        try:
            for station in tuple(self.laptops):
                self.come_home(station, 0, 0)
            self.until_quiet()
            self.look()
        finally:
            self.began.__exit__(None, None, None)

    # ---- people ----

    def act(
        self, station: int, use_case: Callable[[C, Store, Operator, Moment], T], command: C
    ) -> T | None:
        """Somebody tries; what their screen knows may forbid it."""
        try:
            return use_case(command, self.points[station].store, LEAD, NOON)
        except (Refusal, UnknownReference):
            return None

    def here(self, station: int, n: int, *stages: Stage) -> str | None:
        """A device that lies here and is in one of these stages by this point's screen."""
        lying = sorted(code for code, place in self.lies.items() if place == station)
        store = self.points[station].store
        return pick([c for c in lying if (d := store.device(c)) and d.stage in stages], n)

    @rule(acts=st.lists(acts, min_size=1, max_size=8))
    def people_work(self, acts: list[tuple[str, int, int, int]]) -> None:
        """Some acts at some points, as far as each point's screen lets them."""
        for what, station, n, m in acts:
            getattr(self, what)(station, n, m)

    def receive(self, station: int, _n: int, _m: int) -> None:
        """A monitor comes in."""
        self.numbers += 1
        store = self.points[station].store
        code = life.receive(store, kind="monitor", serial=f"NEW-{self.numbers}", note="Màn hình")
        self.lies[code] = station

    def work_on(self, station: int, n: int, _m: int) -> None:
        """From the bench to the shelf."""
        if device := self.here(station, n, Stage.RECEIVED):
            with suppress(Refusal):
                to_the_shelf(self.points[station].store, device)

    def reserve(self, station: int, n: int, m: int) -> None:
        """A device is kept for a pupil."""
        device = self.here(station, n, Stage.READY)
        case = pick([c.code for c in self.points[station].store.cases(waiting=True)], m)
        if device and case:
            self.act(station, handover.reserve, handover.Reserve(device=device, case=case))

    def give(self, station: int, n: int, m: int) -> None:
        """From the shelf to the pupil on one day."""
        self.reserve(station, n, m)
        self.hand_over(station, n, m)

    def release(self, station: int, n: int, _m: int) -> None:
        """Kept no more."""
        if device := self.here(station, n, Stage.RESERVED):
            command = handover.ReleaseReservation(device=device, reason="case-moved")
            self.act(station, handover.release_reservation, command)

    def hand_over(self, station: int, n: int, _m: int) -> None:
        """To the pupil."""
        device = self.here(station, n, Stage.RESERVED)
        known = self.points[station].store.device(device) if device else None
        if device and known and known.case:
            command = handover.HandOver(device=device, case=known.case)
            if self.act(station, handover.hand_over, command):
                self._given(device)

    def give_at_a_school(self, station: int, n: int, m: int) -> None:
        """By the school; its line is signed, or the pupil was absent."""
        if device := self.here(station, n, Stage.RESERVED):
            batch = handover.HandOverBatch(school=SCHOOL, devices=(device,))
            if self.act(station, handover.hand_over_batch, batch):
                self._given(device)
                result = ("signed", "proxy", "absent")[m % 3]
                line = handover.ConfirmHandover(device=device, result=result)
                self.act(station, handover.confirm_handover, line)

    def _given(self, device: str) -> None:
        del self.lies[device]
        self.given.add(device)

    def take_back(self, station: int, n: int, _m: int) -> None:
        """A pupil brings it back to the point that gave it, as far as that point knows."""
        store = self.points[station].store
        known = ((code, store.device(code)) for code in sorted(self.given))
        given = [code for code, device in known if device and device.stage in GIVEN]
        if device := pick(given, n):
            command = returns.ReturnToStock(device=device, reason="no-longer-needed")
            if self.act(station, returns.return_to_stock, command):
                self.given.discard(device)
                self.lies[device] = station

    def withdraw_consent(self, station: int, n: int, _m: int) -> None:
        """A donor whose row is here, wherever it was written, wants to be forgotten."""
        store = self.points[station].store
        donors = {d.donor for r in store.devices(DeviceFilter()) if (d := r.device).donor}
        if donor := pick(sorted(filter(None, donors)), n):
            command = consent.PurgePerson(person=donor, reason="consent-withdrawn")
            self.act(station, consent.purge_person, command)

    # ---- devices travel ----

    def send(self, station: int, n: int, m: int) -> None:
        """To another point; nobody knows when it will be there."""
        device, to = self.here(station, n, Stage.READY, Stage.RECEIVED), STATIONS[m % 3]
        if device and to != station:
            command = transfer.Send(device=device, place=f"point-{to:03d}")
            if self.act(station, transfer.send, command):
                del self.lies[device]
                self.travels[device] = (station, to)

    def arrive(self, _station: int, n: int, _m: int) -> None:
        """The thing is there, whatever reached this point of its papers."""
        if device := pick(sorted(self.travels), n):
            self._arrived(device, *self.travels[device])

    def _arrived(self, device: str, sender: int, here: int) -> None:
        command = transfer.Arrive(device=device, place=f"point-{sender:03d}", kind="monitor")
        if self.act(here, transfer.arrive, command):
            del self.travels[device]
            self.lies[device] = here

    def bring(self, station: int, n: int, m: int) -> None:
        """On its way for an hour; the papers may take days."""
        before = set(self.travels)
        self.send(station, n, m)
        for device in self.travels.keys() - before:
            self._arrived(device, *self.travels[device])

    # ---- a laptop at a school ----

    def lend(self, station: int, n: int, _m: int) -> None:
        """A laptop takes a reserved device along; one laptop a point is enough."""
        device = self.here(station, n, Stage.RESERVED)
        if device and station not in self.laptops:
            command = delegating.Delegate(devices=(device,), expires=EVENING)
            if said := self.act(station, delegating.delegate, command):
                self.laptops[station] = a_laptop(self.points[station], said.chain)
                self.along[station] = device
                del self.lies[device]

    def give_from_the_laptop(self, station: int, _n: int, _m: int) -> None:
        """The pupil gets it at school, without any line."""
        if laptop := self.laptops.get(station):
            known = laptop.device(self.along[station])
            if known and known.case:
                command = handover.HandOver(device=known.code, case=known.case)
                with suppress(Refusal):
                    handover.hand_over(command, laptop, LEAD, NOON)

    def come_home(self, station: int, _n: int, _m: int) -> None:
        """What the laptop wrote becomes the point's, and its device is here again or given."""
        laptop = self.laptops.pop(station, None)
        if laptop is None:
            return
        device = self.along.pop(station)
        seen, home = laptop.device(device), laptop.brought_home()
        given = seen is not None and seen.stage is Stage.HANDED_OVER
        laptop.close()
        if given:
            self.given.add(device)
        else:
            self.lies[device] = station
        with suppress(Refusal):
            self.points[station].store.adopt_chain(home)
        ended = delegating.EndDelegation(
            chain=home.entries[-1].header.chain, reason=delegating.RETURNED
        )
        self.act(station, delegating.end_delegation, ended)

    # ---- the Department ----

    @rule(station=points_)
    def allot(self, station: int) -> None:
        """A pupil's case is given to a point."""
        self.numbers += 1
        code = make(CodeKind.CASE, 1, self.numbers)
        self.cases[code] = {station}
        self._publish(station, code)

    def _publish(self, station: int, code: str, *, approved: bool = True) -> None:
        body = AllottedCase(level="primary", school=SCHOOL, approved=approved)
        self.publish(station, code, body)

    def publish(self, station: int, code: str, body: AllottedCase | None) -> None:
        """Say it to the service."""
        self.programme.publish(station, CASE, code, body)

    # ---- the line ----

    @rule(what=st.sampled_from(LINE), station=points_, lasts=lasting, lose=st.booleans())
    def sync(self, what: str, station: int, lasts: int | None, *, lose: bool) -> None:
        """A part of a round, or all of it, until the line fails."""
        point = self.points[station]
        with point.line(lasts, lose_answer=lose):
            getattr(point, what)()
        self.acknowledged.read(point)

    @rule(station=points_)
    def start_again(self, station: int) -> None:
        """The program is closed and opened."""
        self.points[station].close()
        self.points[station].open()

    # ---- what must hold ----

    def until_quiet(self) -> None:
        """Everybody syncs until nobody has news."""
        before: list[Any] = []
        for _ in range(ROUNDS):
            for point in self.points.values():
                point.whole_round()
                self.acknowledged.read(point)
            after = [point.mark() for point in self.points.values()]
            if after == before:
                return
            before = after
        raise AssertionError("it never becomes quiet")

    def look(self) -> None:
        """Both ends hold the same, and what the rules promise."""
        engine, points = self.programme.engine, self.points
        kept = converged.kept_by(engine)
        self.seen.update(converged.told_apart(kept))
        self.seen["stores put back"] += len(self.restored)
        converged.assert_once_and_in_order(kept)
        converged.assert_all_arrived(points.values(), kept, self.acknowledged, self.restored)
        converged.assert_outcomes(kept)
        converged.assert_one_winner(kept)
        converged.assert_disputes_are_tasks(engine, points)
        if self.honest:
            left = converged.open_disputes(engine)
            assert not left, [(k.event, k.rule) for k in kept if k.entry.hash in left]
            assert_counted_alike(engine, points.values())
        converged.assert_followers_agree(engine, points, kept, self.restored)
        converged.assert_people_where_needed(engine, points, kept)
        converged.assert_stores_are_sound(points.values())


class ThreePointsAndTrouble(ThreePoints):
    """The same, with cases allotted twice, stores lost, and people who decide."""

    honest = False

    @rule(pair=st.permutations(STATIONS), n=which, hand_over=st.booleans())
    def two_points_for_one_pupil(self, pair: list[int], n: int, *, hand_over: bool) -> None:
        """The case was given to another point, and the first one has not heard of it."""
        first, second, _ = pair
        if case := pick([c.code for c in self.points[first].store.cases(waiting=True)], n):
            self.cases.setdefault(case, set()).add(second)
            self._publish(second, case)
            self.points[second].pull()
            for station in (first, second):
                self._keep(station, n, case, hand_over=hand_over)

    def _keep(self, station: int, n: int, case: str, *, hand_over: bool) -> None:
        if device := self.here(station, n, Stage.READY):
            keep = handover.Reserve(device=device, case=case)
            give = handover.HandOver(device=device, case=case)
            kept = self.act(station, handover.reserve, keep)
            if kept and hand_over and self.act(station, handover.hand_over, give):
                self._given(device)

    @rule(what=st.sampled_from(MISTAKES), n=which, m=which)
    def the_department_errs(self, what: str, n: int, m: int) -> None:
        """Cases are given twice, taken back, or no longer approved."""
        case = one_of(self.cases, n)
        if what == "allot twice":
            self.cases[case].add(STATIONS[m % 3])
            self._publish(STATIONS[m % 3], case)
        elif station := pick(sorted(self.cases[case]), m):
            if what == "take back":
                self.publish(station, case, None)
                self.cases[case].discard(station)
            else:
                self._publish(station, case, approved=False)

    @precondition(lambda self: self.travels)
    @rule(n=which, elsewhere=points_)
    def arrive_elsewhere(self, n: int, elsewhere: int) -> None:
        """The lorry drove to the wrong point."""
        if device := pick(sorted(self.travels), n):
            sender, _ = self.travels[device]
            self._arrived(device, sender, elsewhere)

    @rule(station=points_, n=which, decision=st.sampled_from(["noted", "leave", "recover"]))
    def settle(self, station: int, n: int, decision: str) -> None:
        """The lead of one of the points decides."""
        if task := pick(self.points[station].store.tasks(), n):
            command = settling.Settle(event=task.event, decision=decision)
            self.act(station, settling.settle, command)

    @rule(n=which, decision=st.sampled_from(["leave", "recover", "assign"]))
    def decide(self, n: int, decision: str) -> None:
        """The Department decides."""
        if dispute := pick(self.programme.disputes(), n):
            self.programme.decide(wire.Decision(dispute.station, dispute.event, decision))

    @rule(station=points_)
    def back_up(self, station: int) -> None:
        """Somebody copies the store."""
        file = self.points[station].file.with_name(f"backup-{station}.db")
        self.points[station].copy_to(file)
        self.backups[station] = file

    @precondition(lambda self: self.backups)
    @rule(n=which)
    def lose_the_disk(self, n: int) -> None:
        """And later has to put the copy back."""
        station = one_of(self.backups, n)
        self.points[station].put_back(self.backups[station])
        self.restored.add(station)


class ThreePointsAndALostService(ThreePoints):
    """The same as an honest programme, but the service's database is put back to an older one."""

    def __init__(self) -> None:
        super().__init__()
        self.saved = self.programme.rows()
        self.published: dict[tuple[int, str], AllottedCase | None] = {}

    @override
    def publish(self, station: int, code: str, body: AllottedCase | None) -> None:
        super().publish(station, code, body)
        self.published[station, code] = body

    @rule()
    def back_the_service_up(self) -> None:
        self.saved = self.programme.rows()

    @rule()
    def lose_the_service(self) -> None:
        """The Department publishes again what it published; nobody else is told."""
        self.programme.put_back(self.saved)
        self.acknowledged = converged.Acknowledged(lost=self.acknowledged)
        for (station, code), body in self.published.items():
            self.programme.publish(station, CASE, code, body)


def a_laptop(point: Point, chain: ChainId) -> SqlStore:
    """The store on a laptop that is lent to a school."""
    along = point.store.taken_along(chain)
    url = sqlite_url(point.file.with_name(f"laptop-{chain.number}.db"))
    return create_delegated_store(url, KEY, point.store.reference, along, by=LEAD, when=NOON)


def one_of(among: Iterable[K], n: int) -> K:
    """One of them, of which there is at least one."""
    there = sorted(among)
    return there[n % len(there)]


def pick(among: Sequence[T], n: int) -> T | None:
    """One of them, if there is any."""
    return among[n % len(among)] if among else None
