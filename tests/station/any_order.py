"""The use cases in any order, on a real store, with plain books kept beside it.

After every act: a refused one changed nothing at all, a recorded one is entered in the books, which
fail where it should not have happened. After every step: the store shows what the books show.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import func, select

from station import (
    batches,
    bench,
    codes,
    correction,
    delegating,
    direct_gifts,
    handover,
    intake,
    labelling,
    packing,
    paperwork,
    release,
    returns,
    sets,
    stock,
    transfer,
    withdrawing,
)
from station import events as e
from station.checks import CheckResult, Outcome
from station.codes import CodeKind
from station.counting import MEASURES, STOCK, Measure, counted
from station.labelled import ItemRole
from station.ledger import Moment, Occurred
from station.moves import as_it_happened
from station.operators import Operator
from station.people import Donor, Person, Pupil
from station.ports import DeviceFilter, Store
from station.reference import UnknownReference
from station.refusals import Refusal
from station.store import tables as t
from station.store import upkeep
from station.store.engine import sqlite_url
from station.store.entries import COLUMNS, item_of, items_about
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN, new_store
from tests.station.counted_lives import assert_adds_up, whole
from tests.station.plain_books import HERE, Books

C = TypeVar("C")
UseCase = Callable[[C, Store, Operator, Moment], object]

ANY = 6
which = st.integers(0, ANY)  # of the devices or cases there are
operators = st.sampled_from([LEAD, LEAD, LEAD, CLERK, TECHNICIAN, GIVER])
disks = st.sampled_from([e.DiskId(serial="WX71A345"), e.DiskId(serial="OTHER-1")])
KITS = {
    "laptop": ("charger",),
    "desktop": ("power-cord", "video-cable", "keyboard", "mouse"),
    "monitor": ("power-cord", "video-cable"),
    "tablet": ("charger", "usb-cable"),
}
kinds = st.sampled_from(sorted(KITS))
checks = st.sampled_from(["cam.frames", "dsp.pixels", "kbd.matrix", "phys.visual", "mem.size"])
works = st.sampled_from(["clean", "replace-keyboard", "add-memory", "reinstall-system"])
parts = st.sampled_from(["ram-ddr3-4gb", "ssd-120gb"])
waivers = st.sampled_from(["dsp.pixels", "cam.frames", "kit", "serial", "erasure", "locks"])
GONE = "no-longer-needed"


class AnyOrder(RuleBasedStateMachine):
    """People at a point doing whatever comes to their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="station-"))
        self.store = new_store(sqlite_url(self.folder / "station.db"))
        self.books = Books()
        self.devices: list[str] = []
        self.cases: list[str] = []
        self.shelves: list[str] = []
        self.at_hand = ""  # a device that several acts in a row are about
        self.read_up_to = self.serials = self.answers = 0
        self.when = NOON
        self.news()

    def teardown(self) -> None:
        """The ledger holds together, a rebuild gives the same tables, and the counts add up."""
        try:
            assert verify(self.store.engine).sound
            self.count()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    def count(self) -> None:
        """Counted by its events alone, each device is where the store shows it."""
        for device in (row.device for row in self.store.devices(DeviceFilter(), limit=1000)):
            with self.store.engine.connect() as connection:
                history = as_it_happened(device.code, items_about(connection, device.code))
            counts = counted(history, lambda _case: None, lambda _station, _day: "")
            assert_adds_up(counts)
            home = self.books.came_home(device.code)
            expected = Measure.IN_WORK if home else MEASURES[device.stage]
            assert {measure for _, measure in whole(counts)} & {*STOCK} == {expected} & {*STOCK}

    # ---- acting ----

    def act(self, use_case: UseCase[C], command: C, by: Operator = LEAD) -> None:
        """Do it; a refusal leaves no trace, anything recorded goes into the books."""
        before = self.picture()
        try:
            use_case(command, self.store, by, self.when)
        except (Refusal, UnknownReference):
            assert self.picture() == before
        self.books.read(self.news(), by)

    def picture(self) -> tuple[object, ...]:
        """Everything a refusal must leave alone."""
        with self.store.engine.connect() as connection:
            kept = [
                connection.execute(select(func.count()).select_from(table)).scalar()
                for table in (t.people, t.attachment, t.chain_key)
            ]
            return upkeep.fingerprint(connection), kept, self.store.standing()

    def news(self) -> list[e.Event]:
        """What was recorded since somebody last asked."""
        wanted = select(*COLUMNS).where(t.log.c.position > self.read_up_to)
        with self.store.engine.connect() as connection:
            rows = connection.execute(wanted.order_by(t.log.c.position)).all()
        self.read_up_to = max([self.read_up_to, *(row.position for row in rows)])
        return [item for item in map(item_of, rows) if isinstance(item, e.Event)]

    def a_device(self, n: int, *stages: str) -> str:
        """Mostly a device in one of these stages, if there is one; sometimes any."""
        if self.at_hand:
            return self.at_hand
        fitting = [device for device in self.devices if self.books.stage[device] in stages]
        chosen = fitting if fitting and n < ANY else self.devices
        return chosen[n % len(chosen)]

    def a_case(self, n: int) -> str:
        """Mostly a case that waits, if there is one; sometimes any."""
        waiting = [case for case in self.cases if case not in self.books.case_of.values()]
        chosen = waiting if waiting and n < ANY else self.cases
        return chosen[n % len(chosen)]

    def serial(self) -> str:
        self.serials += 1
        return f"SN{self.serials:04d}"

    @rule(days=st.integers(0, 5))
    def another_day(self, days: int) -> None:
        """What comes next stands on a paper of that day; 0 is now."""
        day = NOON.day - timedelta(days=days)
        self.when = Moment(NOON.at, Occurred(day)) if days else NOON

    # ---- intake ----

    @initialize()
    def a_first_day(self) -> None:
        """Somebody has a laptop, a school has another; a set, a laptop and memory are here."""
        for to_school in (False, True):
            self.enter_case()
            self.receive("laptop", confirmed=True)
            self.give(1, 1, to_school=to_school)
        self.enter_case()
        self.receive_a_set()
        self.receive("laptop", confirmed=False)
        self.receive_parts()
        self.label_a_charger(0, LEAD)
        for _ in range(2):
            self.label_a_shelf()

    @rule(kind=kinds, confirmed=st.booleans())
    def receive(self, kind: str, *, confirmed: bool) -> None:
        known_by = "second-scan" if confirmed else "typed"
        new = intake.NewDevice(kind=kind, serial=self.serial(), serial_known_by=known_by)
        self.act(intake.receive_device, intake.ReceiveDevice(device=new, donor=life.HOA), CLERK)
        self.devices = list(self.books.stage)

    @rule()
    def receive_a_set(self) -> None:
        new = tuple(
            intake.NewDevice(
                kind=kind, serial=self.serial(), serial_known_by="second-scan", belongs_to=head
            )
            for kind, head in (("desktop", None), ("monitor", 0))
        )
        self.act(intake.receive_lot, intake.ReceiveLot(devices=new), CLERK)
        self.devices = list(self.books.stage)

    @rule(n=which, doubled=st.booleans())
    def receive_what_is_known(self, n: int, *, doubled: bool) -> None:
        device = self.store.device(self.a_device(n))
        assert device is not None
        new = intake.NewDevice(
            kind="laptop",
            code=None if doubled else device.code,
            serial=device.serial if doubled else self.serial(),
        )
        if doubled and device.stage == "retired":
            return  # it may come again, under a new code
        self.act(intake.receive_lot, intake.ReceiveLot(devices=(new,), donor=life.HOA), LEAD)
        assert list(self.books.stage) == self.devices

    @rule(
        n=which,
        by=operators,
        kind=st.none() | kinds,
        locks=st.none() | st.sampled_from([(), ("google-account",)]),
    )
    def describe(
        self, n: int, by: Operator, kind: str | None, locks: tuple[str, ...] | None
    ) -> None:
        command = intake.Describe(device=self.a_device(n), kind=kind, locks=locks)
        self.act(intake.describe, command, by)

    @rule(n=which, m=which, by=operators, twice=st.booleans())
    def read_the_sticker(self, n: int, m: int, by: Operator, *, twice: bool) -> None:
        """Another maker, or another's serial number, is read on a second look."""
        other = self.store.device(self.a_device(m))
        command = intake.Describe(
            device=self.a_device(n),
            maker="Acer",
            serial=other.serial if other and m % 2 else self.serial(),
            serial_known_by="second-scan" if twice else "typed",
        )
        self.act(intake.describe, command, by)

    @rule(by=operators, count=st.integers(0, 2))
    def turn_away(self, by: Operator, count: int) -> None:
        command = intake.RefuseItem(kind="desktop", reason="too-broken", count=count)
        self.act(intake.refuse_item, command, by)

    @rule(n=which)
    def print_a_label(self, n: int) -> None:
        self.act(labelling.record_label, self.a_device(n))

    # ---- labels ----

    @rule(by=operators, count=st.integers(0, 3))
    def set_codes_aside(self, by: Operator, count: int) -> None:
        command = labelling.ReserveCodes(of=CodeKind.DEVICE, count=count, purpose="roll")
        self.act(labelling.reserve_codes, command, by)

    @precondition(lambda self: self.books.aside)
    @rule(n=which, by=operators)
    def receive_under_a_label_of_a_roll(self, n: int, by: Operator) -> None:
        roll = sorted(self.books.aside)
        new = intake.NewDevice(kind="laptop", code=roll[n % len(roll)], serial=self.serial())
        self.act(intake.receive_device, intake.ReceiveDevice(device=new), by)
        self.devices = list(self.books.stage)

    @rule(n=st.none() | which, by=operators)
    def label_a_charger(self, n: int | None, by: Operator) -> None:
        device = None if n is None else self.a_device(n)
        command = labelling.LabelItem(role=ItemRole.ACCESSORY, item="charger", device=device)
        self.act(labelling.label_item, command, by)

    def label_a_shelf(self) -> None:
        command = labelling.LabelItem(role=ItemRole.SHELF, name="Kệ A3")
        labelling.label_item(command, self.store, CLERK, NOON)
        self.shelves.append(self.news()[-1].header.subject)

    @rule(i=which, n=st.none() | which, by=operators)
    def pair(self, i: int, n: int | None, by: Operator) -> None:
        items = [*self.books.owner, self.shelves[0]]
        device = None if n is None else self.a_device(n)
        command = labelling.PairItem(item=items[i % len(items)], device=device)
        self.act(labelling.pair_item, command, by)

    @rule(n=which, i=which, by=operators)
    def put_on_shelf(self, n: int, i: int, by: Operator) -> None:
        places = [*self.shelves, *self.books.owner] if i == ANY else self.shelves
        command = labelling.PutOnShelf(device=self.a_device(n), shelf=places[i % len(places)])
        self.act(labelling.put_on_shelf, command, by)

    # ---- papers ----

    @rule(several=st.lists(which, max_size=3), by=operators, told=st.booleans())
    def make_a_paper(self, several: list[int], by: Operator, *, told: bool) -> None:
        def make(about: tuple[str, ...], store: Store, by: Operator, when: Moment) -> None:
            new = (paperwork.NewPaper(paper="receipt", about=about),)
            paperwork.make_papers(new, lambda _place, code: code.encode(), store, by, when)

        strange = () if told else (codes.make(CodeKind.LOT, 12, 999_999),)
        self.act(make, (*(self.a_device(n) for n in several), *strange), by)

    @precondition(lambda self: self.books.papers)
    @rule(n=which, by=operators)
    def print_again(self, n: int, by: Operator) -> None:
        papers = sorted(self.books.papers)
        self.act(paperwork.reprint_paper, papers[n % len(papers)], by)

    @precondition(lambda self: self.books.papers)
    @rule(n=which, m=which, by=operators)
    def attach(self, n: int, m: int, by: Operator) -> None:
        papers = sorted(self.books.papers)
        command = paperwork.AttachSignedCopy(
            code=papers[n % len(papers)], scan=b"%PDF-" + bytes([m]), media="pdf"
        )
        self.act(paperwork.attach_signed_copy, command, by)

    # ---- the bench ----

    @rule(n=which, by=operators)
    def take_to_bench(self, n: int, by: Operator) -> None:
        self.act(bench.take_to_bench, self.a_device(n, "received", "ready"), by)

    @rule(n=which, disk=disks, own=st.booleans(), outcome=st.sampled_from(Outcome))
    def report(self, n: int, disk: e.DiskId, *, own: bool, outcome: Outcome = Outcome.PASS) -> None:
        known = self.store.device(self.a_device(n, "on_bench", "in_repair_for_pupil"))
        assert known is not None
        serial = (known.serial if own else None) or "ELSEWHERE"
        command = bench.RecordChecks(
            device=known.code,
            report=f"{self.serial()}".encode().ljust(32),
            machine=life.machine(serial=serial, disk=disk.serial or ""),
            results=tuple(CheckResult(check, outcome) for check in life.MEASURED),
            policy="judge-2021-09-10",
        )
        self.act(bench.record_checks, command)

    @rule(n=which, by=operators, check=checks, outcome=st.sampled_from(Outcome))
    def try_by_hand(self, n: int, by: Operator, check: str, outcome: Outcome) -> None:
        result = CheckResult(check, outcome)
        self.act(
            bench.enter_check,
            bench.EnterCheck(
                device=self.a_device(n, "on_bench", "in_repair_for_pupil"), result=result
            ),
            by,
        )

    @rule(n=which, disk=disks, passed=st.booleans())
    def erase(self, n: int, disk: e.DiskId, *, passed: bool) -> None:
        command = bench.RecordErasure(
            device=self.a_device(n, "on_bench", "in_repair_for_pupil"),
            disk=disk,
            method="overwrite",
            passed=passed,
        )
        self.act(bench.record_erasure, command)

    @rule(n=which, disk=disks)
    def remove_disk(self, n: int, disk: e.DiskId) -> None:
        command = bench.RemoveStorage(
            device=self.a_device(n, "on_bench", "in_repair_for_pupil"),
            disk=disk,
            destiny="destroyed",
        )
        self.act(bench.remove_storage, command)

    @rule(n=which, booted=st.booleans())
    def install(self, n: int, *, booted: bool) -> None:
        command = bench.RecordSystem(
            device=self.a_device(n, "on_bench", "in_repair_for_pupil"),
            system="xubuntu",
            licence="free-system",
            first_boot_seen=booted,
        )
        self.act(bench.record_system, command)

    @rule(n=which, by=operators, work=works, fitted=st.lists(parts, max_size=2))
    def do_work(self, n: int, by: Operator, work: str, fitted: list[str]) -> None:
        command = bench.RecordWork(
            device=self.a_device(n, "on_bench", "in_repair_for_pupil"),
            work=work,
            parts=tuple(fitted),
            note="Đã thay",
        )
        self.act(bench.record_work, command, by)

    @rule(item=parts, out_of=st.none() | which, into=st.none() | which)
    def move_part(self, item: str, out_of: int | None, into: int | None) -> None:
        command = bench.MovePart(
            item=item,
            out_of=None if out_of is None else self.a_device(out_of),
            into=None if into is None else self.a_device(into),
        )
        self.act(bench.move_part, command)

    @rule(item=parts, count=st.integers(1, 3))
    def receive_parts(self, item: str = "ram-ddr3-4gb", count: int = 2) -> None:
        stock.receive_parts(item, count, self.store, TECHNICIAN, NOON)
        self.books.stock[item] += count
        self.news()

    @rule(item=parts, quantity=st.integers(-1, 4))
    def count_the_drawer(self, item: str, quantity: int) -> None:
        def count(quantity: int, store: Store, by: Operator, when: Moment) -> None:
            stock.count_parts(item, quantity, store, by, when)
            self.books.stock[item] = quantity

        self.act(count, quantity, TECHNICIAN)

    @rule(n=which, found=st.booleans())
    def count_the_shelf(self, n: int, *, found: bool) -> None:
        def count(device: str, store: Store, by: Operator, when: Moment) -> None:
            stock.count_device(device, store, by, when, found=found)

        self.act(count, self.a_device(n), GIVER)

    @rule(n=which, by=operators, missing=st.booleans())
    def check_kit(self, n: int, by: Operator, *, missing: bool) -> None:
        known = self.store.device(self.a_device(n))
        assert known is not None
        present = KITS[known.kind][1:] if missing else KITS[known.kind]
        self.act(bench.check_kit, bench.CheckKit(device=known.code, present=present), by)

    @rule(n=which, by=operators)
    def grade(self, n: int, by: Operator) -> None:
        self.act(
            bench.confirm_grade,
            bench.ConfirmGrade(
                device=self.a_device(n, "on_bench", "in_repair_for_pupil"), grade="b"
            ),
            by,
        )

    @rule(n=which)
    def put_on_hold(self, n: int) -> None:
        self.act(bench.put_on_hold, bench.PutOnHold(device=self.a_device(n), reason="safety"))

    @rule(n=which, by=operators)
    def resume(self, n: int, by: Operator) -> None:
        self.act(bench.resume, self.a_device(n), by)

    @rule(n=which, by=operators, waived=st.lists(waivers, max_size=2))
    def make_ready(self, n: int, by: Operator, waived: list[str]) -> None:
        overrides = tuple(e.Override(condition, "fit-for-purpose") for condition in waived)
        command = release.MakeReady(device=self.a_device(n, "on_bench"), overrides=overrides)
        self.act(release.make_ready, command, by)

    @rule(n=which)
    def refurbish(self, n: int) -> None:
        """Everything at once that leads a device, or a whole set, through the gate."""
        head = self.a_device(n, "received", "on_bench")
        members = [member for member, of in self.books.head_of.items() if of == head]
        for self.at_hand in (head, *members):
            self.act(bench.take_to_bench, self.at_hand)
            self.report(n, life.DISK, own=True)
            for check in (*life.BY_HAND, "usb.ports", "bat.health", "tch.touch", "sys.setup"):
                self.try_by_hand(n, TECHNICIAN, check, Outcome.PASS)
            self.erase(n, life.DISK, passed=True)
            self.install(n, booted=True)
            self.check_kit(n, TECHNICIAN, missing=False)
            self.grade(n, TECHNICIAN)
            self.make_ready(n, LEAD, [])
        self.at_hand = ""

    # ---- sets ----

    @rule(n=which, m=which)
    def join(self, n: int, m: int) -> None:
        self.act(sets.join_set, sets.JoinSet(head=self.a_device(n), member=self.a_device(m)))

    @rule(n=which, by=operators)
    def part(self, n: int, by: Operator) -> None:
        self.act(sets.part_set, self.a_device(n), by)

    # ---- cases ----

    @rule()
    def enter_case(self) -> None:
        entered = handover.EnterCase(level="primary", pupil=Pupil(name="Trần Văn An"))
        self.cases.append(handover.enter_case(entered, self.store, GIVER, NOON).header.subject)
        self.news()

    @rule(n=which, m=which, by=operators)
    def reserve(self, n: int, m: int, by: Operator) -> None:
        self.act(
            handover.reserve,
            handover.Reserve(device=self.a_device(n, "ready"), case=self.a_case(m)),
            by,
        )

    @rule(n=which, by=operators)
    def release_reservation(self, n: int, by: Operator) -> None:
        command = handover.ReleaseReservation(
            device=self.a_device(n, "reserved"), reason="better-match"
        )
        self.act(handover.release_reservation, command, by)

    @rule(n=which, m=which, by=operators)
    def hand_over(self, n: int, m: int, by: Operator) -> None:
        device = self.a_device(n, "reserved")
        case = self.books.case_of.get(device) if m < ANY else None
        command = handover.HandOver(
            device=device, case=case or self.a_case(m), receiver=Person("Trần Thị Bình")
        )
        self.act(handover.hand_over, command, by)

    @rule(several=st.lists(which, max_size=3))
    def hand_over_batch(self, several: list[int]) -> None:
        devices = tuple(self.a_device(n, "reserved") for n in several)
        command = handover.HandOverBatch(school="truong-th-go-dau", devices=devices)
        self.act(handover.hand_over_batch, command)

    @rule(n=which, result=st.sampled_from(["signed", "proxy", "absent", "undelivered"]))
    def confirm(self, n: int, result: str) -> None:
        command = handover.ConfirmHandover(device=self.a_device(n, "with_school"), result=result)
        self.act(handover.confirm_handover, command)

    @rule(n=which, by=operators, into=st.booleans())
    def pack(self, n: int, by: Operator, *, into: bool) -> None:
        device = self.a_device(n, "reserved")
        if into:
            self.act(packing.pack, packing.Pack(device=device), by)
        else:
            self.act(packing.unpack, device, by)

    @rule(n=which, m=which, by=operators, kept=st.booleans())
    def promise(self, n: int, m: int, by: Operator, *, kept: bool) -> None:
        device = self.a_device(n, "received", "on_bench", "ready")
        if kept:
            chosen = direct_gifts.Promise(device=device, case=self.a_case(m))
            self.act(direct_gifts.promise, chosen, by)
        else:
            freed = direct_gifts.ReleasePromise(device=device, reason="better-match")
            self.act(direct_gifts.release_promise, freed, by)

    @rule(several=st.lists(which, min_size=1, max_size=2), by=operators, lines=st.booleans())
    def take_back_what_was_said(self, several: list[int], by: Operator, *, lines: bool) -> None:
        devices = tuple(self.a_device(n, "handed_over", "with_school") for n in several)
        self.act(batches.reopen_lines if lines else batches.withdraw_handover, devices, by)

    @rule(several=st.lists(which, min_size=1, max_size=3), home=st.booleans())
    def confirm_from_paper(self, several: list[int], *, home: bool) -> None:
        devices = [self.a_device(n, "with_school") for n in several]
        known = self.store.device(devices[0])
        assert known is not None
        command = batches.ConfirmBatch(
            batch=known.batch or "",
            signed=tuple(devices[1:]),
            home=(batches.HomeLine(devices[0], "absent" if home else "signed"),),
        )
        self.act(batches.confirm_batch, command)

    @rule(n=which, ago=st.integers(1, 4), by=operators, rows=st.booleans())
    def take_an_act_back(self, n: int, ago: int, by: Operator, *, rows: bool) -> None:
        """The last thing that was recorded, or one a little before."""
        stages = ("in_repair_for_pupil", "received", "retired") if rows else ("on_bench", "ready")
        own = self.books.history[self.a_device(n, *stages)]
        command = withdrawing.Withdraw(events=(own[-min(ago, len(own))].hash,))
        self.act(withdrawing.withdraw, command, by)

    @rule(n=which, m=which)
    def keep(self, n: int, m: int) -> None:
        """Everything at once that leads to a reservation."""
        self.refurbish(n)
        self.reserve(1, m, GIVER)

    @rule(n=which, m=which, kept=st.booleans(), by=operators)
    def lend(self, n: int, m: int, by: Operator, *, kept: bool) -> None:
        """A laptop takes a device along, sometimes one that is kept for a pupil."""
        if kept:
            self.keep(n, m)
        device = self.a_device(n, "ready", "reserved", "with_school")
        until = self.when.at + timedelta(hours=8)
        self.act(delegating.delegate, delegating.Delegate(devices=(device,), expires=until), by)

    @precondition(lambda self: self.books.lent)
    @rule(n=which, by=operators, how=st.sampled_from([delegating.REVOKED, delegating.RETURNED]))
    def end_a_loan(self, n: int, by: Operator, how: str) -> None:
        """The laptop was lost; it cannot be home, as nothing of it came."""
        chains = sorted(set(self.books.lent.values()))
        chain = chains[n % len(chains)]
        self.act(delegating.end_delegation, delegating.EndDelegation(chain=chain, reason=how), by)

    @rule(n=which, m=which, to_school=st.booleans())
    def give(self, n: int, m: int, *, to_school: bool) -> None:
        """Everything at once that leads to a pupil."""
        self.keep(n, m)
        if to_school:
            self.hand_over_batch([1])
        else:
            self.hand_over(1, m, GIVER)

    @rule(n=which, m=which, locks=st.sampled_from([(), ("google-account",)]), kind=kinds)
    def look_again(self, n: int, m: int, locks: tuple[str, ...], kind: str) -> None:
        """Somebody sees, just before it goes out, that the device is not what it was."""
        self.at_hand = self.a_device(n, "ready", "reserved")
        self.describe(n, LEAD, kind, locks)
        self.check_kit(n, LEAD, missing=bool(m % 2))
        self.reserve(n, m, LEAD)
        self.hand_over(n, m, LEAD)
        self.at_hand = ""

    @rule(n=which, m=which)
    def mix_up(self, n: int, m: int) -> None:
        """Two pupils stand at the desk and one device is scanned for the other."""
        self.keep(n, m)
        self.keep(m, n)
        self.hand_over(n, ANY, LEAD)

    @rule(n=which, work=works)
    def rework(self, n: int, work: str) -> None:
        """One more repair, and straight back to the shelf."""
        self.at_hand = self.a_device(n, "ready")
        self.take_to_bench(n, LEAD)
        self.do_work(n, LEAD, work, [])
        self.make_ready(n, LEAD, [])
        self.at_hand = ""

    @rule(n=which, leave=st.booleans())
    def hesitate(self, n: int, *, leave: bool) -> None:
        """Stop, change one's mind, go on."""
        self.at_hand = self.a_device(n, "received", "reserved", "in_repair_for_pupil")
        self.put_on_hold(n)
        (self.retire if leave else self.give_back)(n, LEAD)
        self.resume(n, LEAD)
        self.at_hand = ""

    # ---- coming back, travelling, leaving ----

    @rule(n=which, consent=st.booleans())
    def take_back(self, n: int, *, consent: bool) -> None:
        command = returns.TakeBackForRepair(
            device=self.a_device(n, "handed_over"),
            reason="broke-in-use",
            erasure_consent_by=Person("Trần Thị Bình") if consent else None,
        )
        self.act(returns.take_back_for_repair, command)

    @rule(n=which, by=operators)
    def give_back(self, n: int, by: Operator) -> None:
        self.act(
            returns.give_back, returns.GiveBack(device=self.a_device(n, "in_repair_for_pupil")), by
        )

    @rule(n=which, by=operators)
    def return_to_stock(self, n: int, by: Operator) -> None:
        command = returns.ReturnToStock(
            device=self.a_device(n, "handed_over", "with_school", "in_repair_for_pupil"),
            reason=GONE,
        )
        self.act(returns.return_to_stock, command, by)

    @rule(n=which, by=operators)
    def send(self, n: int, by: Operator) -> None:
        self.act(transfer.send, transfer.Send(device=self.a_device(n), place="point-011"), by)

    @rule(several=st.lists(which, max_size=3), by=operators)
    def send_together(self, several: list[int], by: Operator) -> None:
        devices = tuple(self.a_device(n, "received", "ready") for n in several)
        command = transfer.SendTogether(devices=devices, place="point-011")
        self.act(transfer.send_together, command, by)

    @rule(several=st.lists(which, max_size=2), by=operators)
    def give_waste(self, several: list[int], by: Operator) -> None:
        devices = tuple(self.a_device(n, "retired") for n in several)
        command = stock.GiveWaste(devices=devices, receiver=Donor("Xanh"))
        self.act(stock.give_waste, command, by)

    @rule(n=which, by=operators)
    def arrive(self, n: int, by: Operator) -> None:
        self.act(
            transfer.arrive,
            transfer.Arrive(device=self.a_device(n, "in_transit"), place="point-011"),
            by,
        )

    @rule(n=which, by=operators)
    def retire(self, n: int, by: Operator) -> None:
        self.act(stock.retire, stock.Retire(device=self.a_device(n), reason="too-old"), by)

    # ---- what is said later ----

    @rule(
        n=which,
        line=st.integers(0, 40),
        by=operators,
        kind=kinds,
        passed=st.booleans(),
        outcome=st.sampled_from(Outcome),
    )
    def correct(
        self, n: int, line: int, by: Operator, kind: str, *, passed: bool, outcome: Outcome
    ) -> None:
        """Somebody finds that an earlier event said something wrong."""
        tried = CheckResult(("cam.frames", "kbd.matrix")[line % 2], outcome)
        fields: dict[type[e.Said] | type[None], dict[str, Any]] = {
            e.Received: {"kind": kind},
            e.Described: {"maker": "Dell"} if passed else {"locks": []},
            e.CheckEnteredByHand: {"result": tried},
            e.StorageErased: {"passed": passed},
            e.StorageRemoved: {"disk": {"serial": "OTHER-1"} if passed else {}},
            e.SystemInstalled: {"first_boot_seen": passed, "licence": "sticker"},
            e.KitChecked: {"present": KITS[kind]},
            e.HandoverConfirmed: {"result": "signed" if passed else "absent"},
            e.Counted: {"found": passed},
        }
        history = self.books.history[self.a_device(n)]
        wrong = history[line % len(history)]
        command = correction.Correct(
            event=wrong.hash, fields=fields.get(type(wrong.said), {"grade": "a"}), reason="mistyped"
        )
        self.act(correction.correct, command, by)

    @precondition(lambda self: self.store.unanswered(1))
    @rule(n=st.integers(0, 100), outcome=st.sampled_from([e.ACCEPTED, e.DISPUTED, e.VOID]))
    def answer(self, n: int, outcome: str) -> None:
        """The service answers up to some event; a claim may be void, a fact may not."""
        waiting = [e.read(entry) for entry in self.store.unanswered(1_000)]
        claims = [event for event in waiting if isinstance(event.said, e.Reserved)]
        sought = claims if claims and n % 2 else waiting
        last = sought[n % len(sought)]
        if outcome == e.VOID and last not in claims:
            outcome = e.DISPUTED
        before = waiting[: waiting.index(last)]
        verdicts = [e.Verdict(event.hash, e.ACCEPTED, 0) for event in before]
        self.answers += 1
        verdicts.append(e.Verdict(last.hash, outcome, self.answers, "case-has-device"))
        for _again in range(2):  # an answer given again says nothing new
            self.store.note_verdicts(verdicts)
        self.news()
        if outcome == e.VOID:
            self.books.void(last.hash)

    @rule()
    def rebuild(self) -> None:
        before = self.picture()
        upkeep.rebuild(self.store.engine)
        assert self.picture() == before

    # ---- what must hold ----

    @invariant()
    def every_device_stands_where_the_books_say(self) -> None:
        shown = [row.device for row in self.store.devices(DeviceFilter(), limit=1000)]
        assert {device.code: device.stage.value for device in shown} == self.books.stage
        assert {device.code for device in shown if device.hold} == self.books.held
        for device in shown:
            assert device.head == self.books.head_of.get(device.code)
            assert device.lent_to == self.books.lent.get(device.code)
            assert device.case == self.books.case_of.get(device.code)
            waste = device.code in self.books.waste
            place = "" if waste else _place(device.stage.value, device.case, device.school)
            assert device.place == ("point-012" if self.books.came_home(device.code) else place)
            assert device.shelf == self.books.shelf_of.get(device.code)

    @invariant()
    def every_device_is_in_one_place(self) -> None:
        members: dict[str, str] = {}
        for row in self.store.devices(DeviceFilter(), limit=1000):
            for member in row.device.members:
                assert member not in members, "in two sets"
                members[member] = row.device.code
        assert members == self.books.head_of

    @invariant()
    def no_case_has_two_devices_that_are_no_set(self) -> None:
        given: dict[str, str] = {}
        for waiting in (True, False):
            for case in self.store.cases(waiting=waiting):
                assert waiting != bool(case.devices)
                for device in case.devices:
                    assert device not in given, "given twice"
                    given[device] = case.code
        assert given == self.books.case_of

    @invariant()
    def whatever_is_here_without_a_label_is_told(self) -> None:
        here = {code for code, stage in self.books.stage.items() if stage in HERE.split()}
        bare = {device.code for device in self.store.unlabelled(1000)}
        assert bare == here - self.books.labelled
        assert self.store.count_unlabelled() == len(bare)

    @invariant()
    def every_labelled_thing_is_where_the_books_say(self) -> None:
        for device in self.devices:
            things = {item.code for item in self.store.items_of(device)}
            assert things == {code for code, owner in self.books.owner.items() if owner == device}
        for shelf in self.shelves:
            there = {device.code for device in self.store.on_shelf(shelf)}
            assert there == {code for code, on in self.books.shelf_of.items() if on == shelf}

    @invariant()
    def a_code_that_was_set_aside_is_used_or_free(self) -> None:
        unused = sum(known.unused for known in self.store.reserved(CodeKind.DEVICE))
        assert unused == len(self.books.aside - self.books.stage.keys())

    @invariant()
    def the_stock_is_what_was_counted(self) -> None:
        shown = {part.item: part.quantity for part in self.store.parts()}
        moved = dict.fromkeys(shown, 0)  # from machine to machine: known, and never in the drawer
        assert shown == moved | {i: n for i, n in self.books.stock.items() if n or i in shown}


def _place(stage: str, case: str | None, school: str | None) -> str:
    away = {"in_transit": "", "with_school": school, "handed_over": case}
    return away.get(stage, "point-012") or ""
