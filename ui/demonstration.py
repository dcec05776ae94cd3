"""A day at the point, walked through in the real window: the demonstration and the end-to-end test.

A walk-in laptop (this very machine), an office's lot of twenty desktops with monitors, a tablet
that still hangs on a Google account; one laptop goes all the way to a pupil, with printed minutes,
and the ledger to a real service process on this machine. People and serial numbers are invented.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QTableView, QWidget

from diagnostics.diagnose import diagnose
from station.device import Device, DiskState, Stage
from station.ledger import Moment
from station.operators import Role
from station.people import OperatorName
from station.reference import load
from station.release import Gate, gate
from station.store.engine import sqlite_url
from station.store.store import SqlStore, open_store
from station.words import _
from ui import opening
from ui.app import App, local_time
from ui.command import prepare
from ui.demonstration_others import publish, receive_elsewhere
from ui.device.page import DevicePage
from ui.giving.handover_page import HandoverPage
from ui.hand import Hand, NothingHappened
from ui.opening import DEMONSTRATION_KEY, FirstPoint
from ui.paperwork.names import paper_name
from ui.places import Places
from ui.service_process import ServiceProcess
from ui.settings import Settings
from ui.workplace import Workplace

STATION = 12
LEAD = OperatorName(opening.FIRST_OPERATOR, "Phạm Thị Mai", Role.LEAD)
CLERK = OperatorName("op.2", "Lê Thị Lan", Role.INTAKE)
TECHNICIAN = OperatorName("op.3", "Nguyễn Văn Minh", Role.BENCH)
GIVER = OperatorName("op.4", "Trần Ngọc Hoa", Role.HANDOVER)
DESKTOPS = 20
MINUTES = "handover-minutes"
PAGE_KEYS = {
    "today": Qt.Key.Key_F2,
    "intake": Qt.Key.Key_F3,
    "stock": Qt.Key.Key_F5,
    "handover": Qt.Key.Key_F6,
    "sync": Qt.Key.Key_F7,
}


@dataclass(frozen=True)
class Step:
    """One thing that was done, and how long the window took."""

    name: str
    seconds: float


@dataclass(frozen=True)
class Sticker:
    """What a clerk reads under a laptop."""

    maker: str
    model: str
    serial: str


@dataclass
class Result:
    """What the day left behind, for whoever compares it."""

    folder: Path
    database: str
    service: str = ""
    laptop: str = ""
    tablet: str = ""
    case: str = ""
    lot: tuple[str, ...] = ()
    labels: list[Path] = field(default_factory=list)
    minutes: list[Path] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


PRINTING_PAGES = (
    "settings",
    "printers",
    "prints",
    "labels",
    "blanks",
    "shelves",
    "sending",
    "waste",
    "words",
)


class Day:
    """The day's steps, in order. Each acts through widgets only, as the people at the point do."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder, self._tell = folder, tell
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._service = ServiceProcess(folder / "central.sqlite")
        self._database = sqlite_url(folder / "station.db")
        self.result = Result(folder, self._database)
        self._pictures = 0
        self._papers: list[Path] = []  # in the order in which they became ready
        self._reader: SqlStore
        self._app: App
        self._hand: Hand
        self._work: Workplace

    def run(self) -> Result:
        """Walk through the whole day; raises NothingHappened where the window does not follow."""
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("start the central service", self._start_service),
            ("open the app and sign in", self._open),
            ("enrol the point by the Department's one-time code", self._enrol),
            ("see what the Department published for this point", self._published),
            ("receive a walk-in laptop and print its label", self._walk_in),
            ("receive an office's lot: desktops with monitors, a tablet with a lock", self._lot),
            ("check the laptop: facts of this machine, then by hand", self._check),
            ("repair, erase, install", self._repair),
            ("kit, grade, release", self._release),
            ("put the locked tablet on hold", self._hold),
            ("find a donor and a device", self._find),
            ("enter a pupil's case and keep the laptop for it", self._reserve),
            ("look at laptops that go to schools", self._look_at_lending),
            ("hand over and print the minutes", self._hand_over),
            ("send the ledger to the service", self._send),
            ("print the minutes again, with the service's number", self._print_again),
            ("send that they were printed again", self._send),
            ("see what another point's slip leaves to settle", self._settle),
            ("look at what is printed, and where", self._look_at_printing),
        )
        try:
            for name, act in steps:
                self._step(name, act)
        finally:
            self._close()
        return self.result

    # ---- the steps ----

    def _start_service(self) -> None:
        self.result.service = self._service.start()

    def _open(self) -> None:
        self._found_store()
        settings = Settings(database=self._database, service=self.result.service, open_papers=False)
        places = Places(self._folder, self._folder / "state")
        self._app = App(settings, places, keys=lambda: DEMONSTRATION_KEY)
        self._app.start()
        door = Hand(QWidget())
        self._choose_name(door, CLERK)
        door.until(lambda: self._app.workplace is not None, "the window")
        if self._app.workplace is None:
            raise NothingHappened("the window")
        self._work = self._app.workplace
        self._work.printing.ready.connect(self._papers.append)
        self._hand = Hand(self._work.window)
        self._hand.wake()
        self._work.window.warn("demonstration", _("Demonstration store: nothing here is real."))
        self._picture("empty")

    def _enrol(self) -> None:
        self._sign_in(LEAD)
        hand = self._hand
        self._go("sync")
        hand.find("enrolCode", QWidget).setFocus()
        hand.scan(self._service.one_time_code(STATION))
        self._picture("enrol")
        hand.until(lambda: self._store().enrolment().grant is not None, "the enrolment")
        self._sign_in(CLERK)

    def _published(self) -> None:
        publish(self._service, STATION, self._folder)
        hand = self._hand
        hand.until(lambda: not self._work.syncing.running, "the end of an earlier round")
        self._go("sync")
        hand.click("syncNow")
        hand.until(lambda: bool(self._store().expected_offers()), "the offer")
        hand.until(lambda: not self._work.syncing.running, "the end of the round")
        self._go("intake")
        hand.click("expectedArrivals")
        hand.rest(0.3)
        self._work.window.make_way()
        self._picture("expected")
        hand.click("leaveExpected")

    def _walk_in(self) -> None:
        self._go("intake")
        hand = self._hand
        hand.type_in("donorName", "Nguyễn Thị Hòa")
        hand.type_in("donorPhone", "0912345678")
        hand.tick("mayProcess")
        hand.choose("kind", "laptop")
        sticker = _sticker()
        hand.type_in("maker", sticker.maker)
        hand.type_in("model", sticker.model)
        for _again in range(2):  # the second scan confirms the first
            hand.scan_into("serial", sticker.serial)
        hand.choose("condition", "good")
        hand.tick("kit.charger")
        self._picture("intake")
        hand.click("receive")
        (self.result.laptop,) = self._received()
        self._print_labels()
        self._picture("received")

    def _lot(self) -> None:
        hand = self._hand
        hand.click("nextIntake")
        hand.type_in("donorName", "Công ty TNHH Hòa Bình")
        hand.tick("donorOrganisation")
        hand.tick("mayProcess")
        hand.choose("kind", "desktop")
        hand.type_in("maker", "HP")
        hand.type_in("model", "ProDesk 400 G3")
        for number in range(1, DESKTOPS + 1):
            hand.scan_into("serial", f"8CG700{number:04d}")
            hand.click("addMonitor")
            hand.scan_into("serial", f"CN0M{number:04d}")
            hand.click("anotherLikeThis")
        hand.choose("kind", "tablet")
        hand.type_in("maker", "Samsung")
        hand.type_in("model", "Galaxy Tab A 8.0")
        hand.scan_into("serial", "R52N80ABCDE")
        hand.tick("lock.google-account")
        self._picture("lot")
        hand.click("receive")
        self.result.lot = self._received()
        self.result.tablet = self.result.lot[-1]
        self._print_labels()
        self._picture("lot-received")

    def _check(self) -> None:
        self._sign_in(TECHNICIAN)
        hand = self._hand
        self._scan(self.result.laptop)
        hand.until(lambda: self._shown_device() == self.result.laptop, "the laptop's page")
        hand.click("take_to_bench")
        hand.click("run_diagnostics")
        hand.until(lambda: bool(self._device().checks), "the report")
        hand.act("enter_checks")
        hand.click("all_passed")
        hand.tick("cam.frames.fail")
        self._picture("checks-by-hand")
        hand.click("confirm")
        hand.until(lambda: self._device().check("kbd.matrix") is not None, "checks by hand")
        hand.alone()
        self._picture("checked")
        hand.click("open_reports")
        hand.find("print_sheet", QWidget)  # shown once the reports are there
        self._picture("reports")
        hand.click("reports_back")

    def _repair(self) -> None:
        hand = self._hand
        hand.act("record_work")
        hand.choose("work", "clean")
        hand.type_in("note", "Vệ sinh quạt, thay keo tản nhiệt")
        self._picture("work")
        hand.click("confirm")
        hand.until(lambda: bool(self._stale()), "the work")
        hand.act("enter_checks")
        for check in self._stale():
            hand.tick(f"{check}.pass")
        hand.click("confirm")
        hand.until(lambda: not self._stale(), "the repeated checks")
        self._erase_every_disk()
        hand.act("record_system")
        hand.choose("system", "xubuntu")
        hand.choose("licence", "free-system")
        hand.tick("first_boot")
        self._picture("system")
        hand.click("confirm")
        hand.until(lambda: self._device().system is not None, "the system")

    def _release(self) -> None:
        hand = self._hand
        hand.act("check_kit")
        for item in ("charger", "webcam-usb", "wifi-usb"):
            hand.tick(f"kit.{item}")
        hand.click("confirm")
        hand.until(lambda: self._device().kit_missing is not None, "the kit")
        hand.act("confirm_grade")
        hand.tick("grade.b")
        hand.click("confirm")
        hand.until(lambda: self._device().grade is not None, "the grade")
        self._picture("device")
        self._sign_in(LEAD)
        if self._gate().open:  # this machine's firmware names it nowhere: the lead lets that go
            hand.act("make_ready_with_exception")
            hand.choose("condition", self._gate().open[0])
            hand.choose("reason", "no-tool-here")
            self._picture("exception")
            hand.click("confirm")
        else:
            hand.click("make_ready")
        hand.until(lambda: self._device().stage is Stage.READY, "ready")
        self._picture("ready")

    def _hold(self) -> None:
        hand = self._hand
        self._scan(self.result.tablet)
        hand.until(lambda: self._shown_device() == self.result.tablet, "the tablet's page")
        hand.act("put_on_hold")
        hand.choose("reason", "waiting-for-unlock")
        hand.click("confirm")
        hand.until(lambda: self._device(self.result.tablet).hold is not None, "the hold")
        self._picture("tablet")

    def _find(self) -> None:
        hand = self._hand
        self._go("stock")
        self._picture("stock")
        box = self._work.window.scan_box
        box.setFocus()
        QTest.keyClicks(box, "nguyen thi hoa", Qt.KeyboardModifier.NoModifier, 60)
        strip = hand.find("donorStrip", QWidget)
        hand.until(strip.isVisible, "the donor")
        table = hand.find("stockTable", QTableView)
        hand.until(lambda: table.model().rowCount() == 1, "the donor's device")
        self._picture("donor-found")
        box.clear()
        hand.press(Qt.Key.Key_Escape)

    def _reserve(self) -> None:
        self._sign_in(GIVER)
        hand = self._hand
        self._go("handover")
        hand.click("enterCase")
        hand.choose("caseLevel", "primary")
        hand.choose("caseSchool", "truong-th-go-dau")
        hand.type_in("pupilName", "Trần Văn An")
        hand.type_in("pupilClass", "4A")
        hand.type_in("guardian", "Trần Văn Bình")
        self._picture("case")
        hand.click("recordCase")
        hand.until(lambda: bool(self._entered()), "the case")
        self.result.case = self._entered()[0]
        hand.until(lambda: self._is_listed(self.result.case), "the case in its list")
        self._scan(self.result.laptop)
        self._scan(self.result.case)
        self._picture("match")
        hand.click("keepForPupil")
        hand.until(lambda: self._device().stage is Stage.RESERVED, "the reservation")

    def _look_at_lending(self) -> None:
        self._sign_in(LEAD)
        hand = self._hand
        self._go("handover")
        hand.click("lentLaptopsOpen")
        hand.rest(0.3)
        self._picture("lending")
        hand.click("lendLaptop")
        hand.rest(0.3)
        self._picture("lend")
        for _dialog in range(2):
            hand.press(Qt.Key.Key_Escape)
            hand.rest(0.2)
        hand.alone()
        self._sign_in(GIVER)
        self._go("handover")

    def _hand_over(self) -> None:
        hand = self._hand
        hand.until(self._promised, "the laptop among the promised ones")
        self._scan(self.result.laptop)
        hand.type_in("receiverName", "Trần Văn Bình")
        self._picture("handing-over")
        hand.click("handOver")
        hand.until(lambda: self._device().stage is Stage.HANDED_OVER, "the hand-over")
        self.result.minutes.append(self._printed("minutes"))
        self._picture("handed-over")

    def _send(self) -> None:
        hand = self._hand
        self._go("sync")
        hand.until(lambda: not self._work.syncing.running, "the end of an earlier round")
        hand.click("syncNow")
        hand.until(lambda: self._store().sync_state().waiting == 0, "the service's answer")
        hand.until(lambda: not self._work.syncing.running, "the end of the sending")
        hand.rest(0.3)  # the page asks the store once more
        self._picture("synced")
        self._go("today")
        self._picture("today")

    def _settle(self) -> None:
        receive_elsewhere(self.result.tablet, self._service, self.result.service, self._folder)
        self._sign_in(LEAD)
        hand = self._hand
        self._go("sync")
        hand.until(lambda: not self._work.syncing.running, "the end of an earlier round")
        hand.click("syncNow")
        hand.until(lambda: bool(self._store().tasks()), "the task")
        hand.until(lambda: not self._work.syncing.running, "the end of the round")
        hand.until(hand.find("syncTasks", QWidget).isVisible, "the page's count")
        self._work.window.make_way()  # what was said of a paper is read by now
        self._picture("to-settle")
        self._work.window.show_page("tasks")
        hand.rest(0.5)
        self._picture("tasks")

    def _print_again(self) -> None:
        hand = self._hand
        (paper,) = (
            paper
            for paper in self._store().papers_about(self.result.laptop)
            if paper.paper == MINUTES
        )
        self._scan(paper.code)
        self._picture("paper")
        hand.click("printPaperAgain")
        hand.click("printPreviewed")
        self.result.minutes.append(self._printed("minutes"))
        hand.press(Qt.Key.Key_Escape)
        self._go("handover")
        self._scan(self.result.laptop)
        self._picture("given-device")

    # ---- what several steps do ----

    def _erase_every_disk(self) -> None:
        hand = self._hand
        while left := self._dirty():
            hand.act("record_erasure")
            if not left[0].serial:  # a virtual disk tells none; a person reads it on the label
                hand.type_in("disk_serial", f"DISK{len(left):04d}")
            hand.choose("method", "overwrite")
            hand.tick("passed")
            self._picture("erasure")
            hand.click("confirm")
            hand.until(partial(self._fewer_than, len(left)), "the erasure")

    def _dirty(self) -> list[DiskState]:
        return [disk for disk in self._device().disks or () if not disk.clean]

    def _fewer_than(self, dirty: int) -> bool:
        return len(self._dirty()) < dirty

    def _received(self) -> tuple[str, ...]:
        hand = self._hand
        shown = hand.find("receivedCodes", QWidget)
        labels = shown.findChildren(QLabel)
        return tuple(
            label.objectName().removeprefix("code.")
            for label in labels
            if label.objectName().startswith("code.")
        )

    def _print_labels(self) -> None:
        self._hand.click("printLabels")
        self.result.labels.append(self._printed("labels"))

    def _printed(self, kind: str) -> Path:
        """The newest PDF of a kind, once it lies in the folder."""
        known = {*self.result.labels, *self.result.minutes}
        name = paper_name(MINUTES)

        def fresh() -> list[Path]:
            return [
                file
                for file in self._papers
                if file.name.startswith(name) is (kind == "minutes") and file not in known
            ]

        self._hand.until(lambda: bool(fresh()), f"a PDF of {kind}")
        return fresh()[-1]

    def _look_at_printing(self) -> None:
        for page in PRINTING_PAGES:
            self._work.window.show_page(page)
            self._hand.rest(0.5)
            self._picture(page)

    def _go(self, page: str) -> None:
        self._hand.alone()
        self._hand.wake()
        self._hand.press(PAGE_KEYS[page])
        self._hand.until(lambda: self._work.window.current_page == page, page)
        self._hand.rest(0.1)

    def _scan(self, code: str) -> None:
        self._hand.alone()
        self._hand.scan(code)
        self._hand.rest(0.3)

    def _sign_in(self, name: OperatorName) -> None:
        self._hand.alone()
        self._hand.click("operator")
        self._choose_name(self._hand, name)
        self._hand.until(lambda: self._work.desk.operator.id == name.id, name.name)
        self._hand.alone()

    def _choose_name(self, hand: Hand, name: OperatorName) -> None:
        names = hand.find("operatorNames", QListWidget)
        (item,) = names.findItems(name.name, Qt.MatchFlag.MatchStartsWith)
        names.setCurrentItem(item)
        hand.click("signIn")

    def _entered(self) -> list[str]:
        """The cases that were entered by hand, not those of the Department."""
        return [case.code for case in self._store().cases(waiting=True) if not case.allotted]

    def _is_listed(self, case: str) -> bool:
        page = self._work.window.page("handover")
        lines = page.match.cases.model.lines if isinstance(page, HandoverPage) else ()
        return case in {line.case.code for line in lines}

    def _promised(self) -> bool:
        tables = self._work.window.findChildren(QTableView, "promisedDevices")
        return any(table.model().rowCount() for table in tables)

    def _shown_device(self) -> str:
        page = self._work.window.page("device")
        opened = page.opened if isinstance(page, DevicePage) else None
        return opened.device.code if opened else ""

    def _device(self, code: str = "") -> Device:
        device = self._store().device(code or self.result.laptop)
        if device is None:
            raise NothingHappened(code)
        return device

    def _gate(self) -> Gate:
        return gate(self._device(), self._store().reference, Moment(local_time()))

    def _stale(self) -> list[str]:
        return [check.result.check for check in self._device().checks if check.stale]

    def _store(self) -> SqlStore:
        return self._reader

    def _found_store(self) -> None:
        when = Moment(local_time())
        first = FirstPoint(STATION, LEAD.name)
        opening.found_point(self._database, DEMONSTRATION_KEY, load(), first, when).close()
        self._reader = open_store(self._database, DEMONSTRATION_KEY, load())
        for name in (CLERK, TECHNICIAN, GIVER):
            self._reader.add_operator(name)

    def _picture(self, name: str) -> None:
        self._pictures += 1
        self._hand.picture(self._folder / "screenshots" / f"{self._pictures:02d}-{name}.png")

    def _step(self, name: str, act: Callable[[], None]) -> None:
        begun = time.perf_counter()
        act()
        step = Step(name, time.perf_counter() - begun)
        self.result.steps.append(step)
        self._tell(f"{step.seconds:6.2f} s  {step.name}")

    def _close(self) -> None:
        if hasattr(self, "_app"):
            self._app.close()
        if hasattr(self, "_reader"):
            self._reader.close()
        self._service.stop()


def _sticker() -> Sticker:
    """What the sticker under this very machine says; made up where its firmware is silent."""
    told = diagnose().report.machine.system
    return Sticker(
        told.manufacturer or "Dell", told.model or "Latitude E7450", told.serial_number or "8XK2F32"
    )


def main(arguments: list[str] | None = None) -> int:
    """Walk through the day; 0 when everything happened."""
    parser = argparse.ArgumentParser(prog="python -m ui.demonstration", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/demonstration"))
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    asked = parser.parse_args(arguments)
    qt = prepare(["demonstration"], Settings(language=asked.language))
    result = Day(asked.out, _say).run()
    _say(f"pictures and papers: {result.folder}")
    qt.quit()
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the demonstration talks to the terminal


if __name__ == "__main__":
    sys.exit(main())
