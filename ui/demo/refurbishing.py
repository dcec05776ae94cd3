"""What becomes of one invented device between the donor and the shelf."""

from collections.abc import Generator
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from typing import Any, Final

from diagnostics.judge.machine import judge
from diagnostics.judge.policy import JudgePolicy
from diagnostics.report import Report, encode, identity
from diagnostics.shelf import Arrival, Shelf, Way
from station import bench, intake, labelling, release, stock, transfer
from station import events as e
from station.checks import CheckResult, Outcome
from station.device import Device
from station.ledger import Moment
from station.machine import Machine
from station.operators import Operator
from station.ports import PointStore
from station.reference import Reference
from station.refusals import UnknownDevice
from station.release import gate
from ui.demo.calendar import Act, Calendar, Life, Turn
from ui.demo.invented import Model, machine, mended
from ui.demo.people import CLERK, KHANG, MINH, acting

FREE_SYSTEM: Final = "xubuntu"
STOCK: Final = "50x30"


class Now(Enum):
    """How far a device is when somebody looks."""

    WAITS = auto()  # nobody took it to the bench yet
    BEGUN = auto()  # somebody looked at it
    NEARLY = auto()  # all that is left is its grade


class Workshop:
    """Tells lives of devices; the reports they leave lie in a folder."""

    def __init__(
        self, calendar: Calendar, reference: Reference, reports: Shelf, rules: JudgePolicy
    ) -> None:
        self._calendar, self._reference = calendar, reference
        self._reports, self._rules = reports, rules
        self.shelves: tuple[str, ...] = ()

    def life(
        self, code: str, model: Model, serial: str, arrived: datetime, *, in_set: bool = False
    ) -> Life:
        """From the counter to the shelf, or to where it ends instead."""
        rng, calendar = self._calendar.rng, self._calendar
        by, fate = self._somebody(), rng.random()
        yield from self._labelled(code, by, arrived)
        at = calendar.later(arrived, rng.choice((0.5, 1, 2, 3)))
        if fate < 0.03 and not in_set:
            yield at, acting(CLERK), partial(_send_away, code)
            return
        yield from self._looked_at(code, model, serial, by, at)
        if fate < 0.16 and not in_set:
            yield from self._given_up(code, by, at, fate)
            return
        at = yield from self._mended(code, model, serial, by, calendar.later(at, 0.3))
        yield from self._made_ready(code, by, at)

    def unfinished(self, code: str, model: Model, serial: str, arrived: datetime, now: Now) -> Life:
        """As far as it came by now: the board of the bench shows a day's work."""
        calendar, by = self._calendar, self._somebody()
        yield from self._labelled(code, by, arrived)
        if now is Now.WAITS:
            return
        at = self._begun_by_now(arrived)
        yield from self._looked_at(code, model, serial, by, at)
        if now is Now.NEARLY:
            yield from self._mended(code, model, serial, by, calendar.later(at, 0.3))

    def _somebody(self) -> Operator:
        return acting(self._calendar.rng.choice((MINH, MINH, KHANG)))

    def _labelled(self, code: str, by: Operator, arrived: datetime) -> Life:
        if self._is_old(arrived):
            yield self._calendar.soon(arrived), by, _label(code)

    def _looked_at(self, code: str, model: Model, serial: str, by: Operator, at: datetime) -> Life:
        yield at, by, partial(bench.take_to_bench, code)
        if model.processor:
            yield from self._report(code, model, serial, by, self._calendar.soon(at))

    def _begun_by_now(self, arrived: datetime) -> datetime:
        """Whoever took it did so yesterday at the latest, and not before it came."""
        calendar = self._calendar
        at = calendar.later(arrived, calendar.rng.choice((0.5, 1, 2, 3)))
        return max(min(at, calendar.now - timedelta(days=1)), arrived + timedelta(hours=1))

    def _is_old(self, arrived: datetime) -> bool:
        """What came in this hour is not labelled yet."""
        return (self._calendar.now - arrived).total_seconds() > 5_400

    def _report(self, code: str, model: Model, serial: str, by: Operator, at: datetime) -> Life:
        report = self._judged(machine(model, serial, self._calendar.rng), at)
        yield at, by, _record(code, report, ())

    def _given_up(self, code: str, by: Operator, at: datetime, fate: float) -> Life:
        later = self._calendar.later(at, 1)
        if fate < 0.06:
            hold = bench.PutOnHold(device=code, reason="waiting-for-part")
            yield later, by, partial(bench.put_on_hold, hold)
            return
        if fate < 0.075:
            hold = bench.PutOnHold(device=code, reason="waiting-for-unlock")
            yield later, by, partial(bench.put_on_hold, hold)
            return
        reason = self._calendar.rng.choice(("not-worth-repair", "harvested", "too-old"))
        yield later, by, partial(stock.retire, stock.Retire(device=code, reason=reason))

    def _mended(
        self, code: str, model: Model, serial: str, by: Operator, at: datetime
    ) -> Generator[Turn, Any, datetime]:
        """What the gate asks for but a grade, in the order in which a technician does it."""
        soon = self._calendar.soon
        if model.processor:
            at = soon(at, 40)
            work = "replace-disk" if model.rotational else "clean"
            if model.rotational:
                yield at, by, partial(_take_out_disks, code)
            yield at, by, partial(bench.record_work, bench.RecordWork(device=code, work=work))
            at = soon(at, 40)
            yield from self._tried(code, serial, by, at, model)
            at = self._calendar.later(at, 0.4)
            yield at, by, partial(_erase_all, code)
            at = soon(at, 30)
            system = bench.RecordSystem(
                device=code, system=FREE_SYSTEM, licence="free-system", first_boot_seen=True
            )
            yield at, by, partial(bench.record_system, system)
        if model.kind == "tablet":
            at = soon(at, 20)
            yield at, by, partial(_reset, code)
        at = soon(at, 20)
        yield at, by, partial(_confirm, code, serial)
        at = soon(at, 20)
        yield at, by, partial(self._check_by_hand, code)
        kit = self._reference.release_policy(at.date()).rules(model.kind).kit
        at = soon(at, 25)
        yield at, by, partial(bench.check_kit, bench.CheckKit(device=code, present=kit))
        return at

    def _made_ready(self, code: str, by: Operator, at: datetime) -> Life:
        soon = self._calendar.soon
        grade = self._calendar.rng.choice(("a", "b", "b", "b", "c"))
        at = soon(at, 25)
        yield at, by, partial(bench.confirm_grade, bench.ConfirmGrade(device=code, grade=grade))
        at = self._calendar.later(at, 0.3)
        yield at, by, partial(release.make_ready, release.MakeReady(device=code))
        yield soon(at), by, partial(self._put_away, code)

    def _tried(self, code: str, serial: str, by: Operator, at: datetime, model: Model) -> Life:
        """Measured once more, whole: what the first report complained of was seen to."""
        facts = mended(model, serial, self._calendar.rng)
        report = self._judged(facts, at)
        seen = {result.check for result in report.results}
        asked = self._reference.release_policy(at.date()).rules(model.kind).checks
        passed = tuple(CheckResult(check, Outcome.PASS) for check in asked if check not in seen)
        yield at, by, _record(code, report, passed)

    def _judged(self, facts: Machine, at: datetime) -> Report:
        report = Report(
            machine=facts,
            findings=judge(facts, (), self._rules),
            policy=self._rules.id,
            profile="standard",
            millis=int(at.timestamp()) % 1_000_000,
        )
        self._reports.put(encode(report), Arrival(Way.LAN, int(at.timestamp() * 1000)))
        return report

    def _check_by_hand(self, code: str, store: PointStore, by: Operator, when: Moment) -> None:
        """Whatever the gate still asks and a person may judge."""
        device = _device(store, code)
        rules = self._reference.release_policy(when.day).rules(device.kind)
        for name in gate(device, self._reference, when).open:
            if name in rules.by_hand:
                tried = bench.EnterCheck(device=code, result=CheckResult(name, Outcome.PASS))
                bench.enter_check(tried, store, by, when)

    def _put_away(self, code: str, store: PointStore, by: Operator, when: Moment) -> None:
        shelf = self._calendar.rng.choice(self.shelves)
        command = labelling.PutOnShelf(device=code, shelf=shelf)
        labelling.put_on_shelf(command, store, by, when)


def _record(code: str, report: Report, more: tuple[CheckResult, ...]) -> Act:
    command = bench.RecordChecks(
        device=code,
        report=bytes.fromhex(identity(encode(report))),
        machine=report.machine,
        results=(*report.results, *more),
        policy=report.policy,
    )
    return partial(bench.record_checks, command)


def _label(code: str) -> Act:
    return lambda store, by, when: labelling.record_label(code, store, by, when, stock=STOCK)


def _send_away(code: str, store: PointStore, by: Operator, when: Moment) -> None:
    transfer.send(transfer.Send(device=code, place="point-013"), store, by, when)


def _erase_all(code: str, store: PointStore, by: Operator, when: Moment) -> None:
    for disk in _device(store, code).disks or ():
        if not disk.clean:
            command = bench.RecordErasure(
                device=code,
                disk=e.DiskId(serial=disk.serial, wwn=disk.wwn),
                method="overwrite",
                passed=True,
                verified_permille=1000,
            )
            bench.record_erasure(command, store, by, when)


def _reset(code: str, store: PointStore, by: Operator, when: Moment) -> None:
    """A tablet's own memory, known by the tablet's serial number."""
    device = _device(store, code)
    command = bench.RecordErasure(
        device=code, disk=e.DiskId(serial=device.serial), method="factory-reset", passed=True
    )
    bench.record_erasure(command, store, by, when)


def _confirm(code: str, serial: str, store: PointStore, by: Operator, when: Moment) -> None:
    """Scan the serial number once more; a lock the donor took off is gone."""
    device = _device(store, code)
    if device.serial_confirmed and not device.locks:
        return
    again = intake.Describe(device=code, serial=serial, serial_known_by="second-scan", locks=())
    intake.describe(again, store, by, when)


def _take_out_disks(code: str, store: PointStore, by: Operator, when: Moment) -> None:
    for disk in _device(store, code).disks or ():
        if not disk.removed:
            out = bench.RemoveStorage(
                device=code, disk=e.DiskId(serial=disk.serial, wwn=disk.wwn), destiny="destroyed"
            )
            bench.remove_storage(out, store, by, when)


def _device(store: PointStore, code: str) -> Device:
    device = store.device(code)
    if device is None:
        raise UnknownDevice(code)
    return device
