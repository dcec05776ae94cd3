"""A robot's day at the demonstration point: the real window, keys and scans, 300 devices.

They are received visit by visit and labelled, opened at the bench, their reports read; some are
made ready by doing what the page proposes, and given to pupils, packed by scans. Prints one line:
how many devices were received, made ready and given, what `loop_meter.Blocks` holds, and the
memory at the end in MB.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from typing_extensions import override

from diagnostics.judge.machine import judge
from diagnostics.judge.policy import JudgePolicy, load
from diagnostics.report import Report, encode
from station.device import Device, Stage
from tests.bench.clock import megabytes
from tests.bench.loop_meter import LoopMeter
from tests.bench.waiting import rest, wait_until
from tests.ui.opened_app import opened
from ui.command import prepare
from ui.demo.invented import Model, full_name, mended, models, serial
from ui.demo.people import LEAD
from ui.device.acts import BenchAct
from ui.device.page import DevicePage
from ui.giving.handover_page import HandoverPage
from ui.hand import NO_MODIFIER, Hand
from ui.settings import Settings
from ui.workplace import Workplace

DEVICES = 300
VISIT = 12  # devices of one donor
READY_EACH = 4  # of a visit, go all the way to the shelf
GIVEN_EACH = 2  # of these, to a pupil
SEED = 300
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ANSWERS = 3  # an act, what the page asks once it was recorded, and what that leads to
PROPOSALS = 20  # more than any device needs to become ready
TYPED = ("dell", "prodesk", "nguyen", "012 0001")


class Robot(Hand):
    """A hand that leaves the loop to the app while it waits."""

    def __init__(self, work: Workplace) -> None:
        super().__init__(work.window)
        self.work = work

    @override
    def until(self, condition: Callable[[], bool], what: str) -> None:
        wait_until(condition, what)

    @override
    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.wake()
        super().press(key, modifier)

    def go(self, key: Qt.Key, page: str) -> None:
        """To a page by its key."""
        self.alone()
        self.press(key)
        self.until(lambda: self.work.window.current_page == page, page)
        self.settle()

    def settle(self) -> None:
        """Wait for the store's answers, and for what they led to."""
        for _round in range(ANSWERS):
            answers: list[bool] = []
            self.work.desk.ask(lambda _store: True, answers.append, print, owner=self.work)
            self.until(lambda: bool(answers), "the store's answer")  # noqa: B023 -- within the round


class Day:
    """What the robot does, and what came of it."""

    def __init__(self, robot: Robot, folder: Path) -> None:
        self._robot, self._folder = robot, folder
        self._rng = Random(SEED)  # noqa: S311 -- the same day each time
        self._rules: JudgePolicy = load()
        self.received = self.ready = self.given = 0

    def run(self, devices: int) -> None:
        """Visit after visit, all the way, with a look around in between."""
        while self.received < devices:
            count = min(VISIT, devices - self.received)
            kind = ("laptop", "desktop")[self.received // VISIT % 2]
            model, numbers = self._rng.choice(models(kind)), self._numbers(count)
            codes = self._receive(model, numbers)
            for code in codes:
                self._take_to_bench(code)
            ready = [
                code
                for code, number in list(zip(codes, numbers, strict=True))[:READY_EACH]
                if self._refurbish(code, model, number)
            ]
            self._look_around()
            for code in ready[:GIVEN_EACH]:
                self._give(code)

    # ---- the counter ----

    def _receive(self, model: Model, numbers: Sequence[str]) -> tuple[str, ...]:
        robot = self._robot
        robot.go(Qt.Key.Key_F3, "intake")
        if self.received:
            robot.click("nextIntake")
        robot.type_in("donorName", full_name(self._rng))
        robot.tick("mayProcess")
        robot.choose("kind", model.kind)
        robot.type_in("maker", model.maker)
        robot.type_in("model", model.model)
        robot.scan_into("serial", numbers[0])
        robot.click("anotherLikeThis")
        for number in numbers[1:]:
            robot.scan(number)
            rest(1)
        robot.press(Qt.Key.Key_Return, CTRL)
        cells = robot.find("receivedCodes", QWidget)
        robot.settle()
        robot.click("printLabels")
        codes = [label.objectName() for label in cells.findChildren(QLabel)]
        codes = [name.removeprefix("code.") for name in codes if name.startswith("code.")]
        self.received += len(codes)
        return tuple(codes)

    def _numbers(self, count: int) -> list[str]:
        return [f"{serial(self._rng)}{self.received + number:03d}" for number in range(count)]

    # ---- the bench ----

    @property
    def _page(self) -> DevicePage:
        page = self._robot.work.window.page("device")
        assert isinstance(page, DevicePage)
        return page

    @property
    def _device(self) -> Device:
        opened = self._page.opened
        assert opened is not None
        return opened.device

    def _open(self, code: str) -> None:
        robot, window = self._robot, self._robot.work.window
        robot.alone()
        if window.current_page not in {"device", "bench"}:
            robot.go(Qt.Key.Key_F4, "bench")
        robot.scan(code)
        robot.until(lambda: window.current_page == "device" and self._shows(code), code)

    def _shows(self, code: str) -> bool:
        opened = self._page.opened
        return opened is not None and opened.device.code == code

    def _take_to_bench(self, code: str) -> None:
        self._open(code)
        self._robot.press(Qt.Key.Key_Return, CTRL)
        self._robot.until(lambda: self._device.stage is Stage.ON_BENCH, "on the bench")

    def _refurbish(self, code: str, model: Model, number: str) -> bool:
        """Read its report, then do what the page proposes, until it is ready."""
        self._open(code)
        self._bring_report(model, number)
        for _proposal in range(PROPOSALS):
            self._robot.settle()
            if self._device.stage is Stage.READY:
                self.ready += 1
                return True
            if not self._follow(self._page.head.primary.objectName(), number):
                return False
        return False

    def _bring_report(self, model: Model, number: str) -> None:
        facts = mended(model, number, self._rng)
        report = Report(
            machine=facts,
            findings=judge(facts, (), self._rules),
            policy=self._rules.id,
            profile="standard",
            millis=self._rng.randrange(10**6),
        )
        file = self._folder / "brought.json"
        file.write_bytes(encode(report))
        self._page.doing.reports.bring(self._device, file)
        self._robot.until(lambda: bool(self._device.checks), "the report")

    def _follow(self, proposal: str, number: str) -> bool:
        """Do it; False where the robot would have to think."""
        filled: dict[str, Callable[[], None]] = {
            BenchAct.ENTER_CHECKS: partial(self._robot.click, "all_passed"),
            BenchAct.RECORD_ERASURE: self._fill_erasure,
            BenchAct.RECORD_SYSTEM: self._fill_system,
            BenchAct.CHECK_KIT: self._fill_kit,
            BenchAct.CONFIRM_GRADE: self._fill_grade,
        }
        robot, before = self._robot, self._page.opened
        if proposal == BenchAct.DESCRIBE:
            robot.scan(number)
        elif proposal == BenchAct.MAKE_READY:
            robot.press(Qt.Key.Key_Return, CTRL)
        elif proposal in filled:
            robot.press(Qt.Key.Key_Return, CTRL)
            filled[proposal]()
            robot.click("confirm")
            robot.alone()
        else:
            return False
        robot.until(lambda: self._page.opened is not before, proposal)
        return True

    def _fill_erasure(self) -> None:
        self._robot.choose("method", "overwrite")
        self._robot.tick("passed")

    def _fill_system(self) -> None:
        self._robot.choose("system", "xubuntu")
        self._robot.choose("licence", "free-system")
        self._robot.tick("first_boot")

    def _fill_kit(self) -> None:
        robot, reference = self._robot, self._robot.work.desk.reference
        policy = reference.release_policy(robot.work.desk.now().day)
        for item in policy.rules(self._device.kind).kit:
            robot.tick(f"kit.{item}")

    def _fill_grade(self) -> None:
        self._robot.tick("grade.b")
        self._robot.find("reason", QComboBox).setCurrentIndex(0)  # where another was proposed

    # ---- giving ----

    @property
    def _giving(self) -> HandoverPage:
        page = self._robot.work.window.page("handover")
        assert isinstance(page, HandoverPage)
        return page

    def _give(self, code: str) -> None:
        """Kept for the first pupil of the list, packed by two scans, taken by the school."""
        robot = self._robot
        robot.go(Qt.Key.Key_F6, "handover")
        robot.press(Qt.Key.Key_1, ALT)
        match = self._giving.match
        robot.until(lambda: bool(match.cases.model.lines), "a case that waits")
        robot.scan(match.cases.model.lines[0].case.code)
        robot.scan(code)
        robot.until(lambda: match.devices.chosen is not None, "the device among the ready")
        robot.click("keepForPupil")
        robot.settle()
        robot.press(Qt.Key.Key_3, ALT)
        school = self._giving.school
        robot.scan(code)
        robot.until(lambda: school.at_hand == code, "the device among the promised")
        robot.scan(code)
        robot.settle()
        robot.click("handOverBatch")
        robot.settle()
        self.given += 1

    # ---- between ----

    def _look_around(self) -> None:
        """Today, the board, and a search typed by hand."""
        robot, window = self._robot, self._robot.work.window
        robot.go(Qt.Key.Key_F2, "today")
        robot.go(Qt.Key.Key_F4, "bench")
        robot.go(Qt.Key.Key_F5, "stock")
        robot.type_in("scanBox", self._rng.choice(TYPED))
        robot.settle()
        robot.press(Qt.Key.Key_Escape)
        window.scan_box.clear()


def main(arguments: Sequence[str]) -> None:
    """Work through the day at the prepared demonstration of a folder, with so many devices."""
    folder, devices = Path(arguments[0]), int(arguments[1])
    _qt = prepare(["robot_day"], Settings())
    app, work, _hand = opened(folder)
    work.sign_in(LEAD)  # who may do everything
    meter, day = LoopMeter(), Day(Robot(work), folder)
    meter.start()
    try:
        day.run(devices)
        blocks, memory = meter.stop(), megabytes()
    finally:
        app.close()
    done = f"{day.received} {day.ready} {day.given}"
    kept = " ".join(f"{each:.2f}" for each in structs.astuple(blocks))
    print(f"{done} {kept} {memory:.1f}")  # noqa: T201 -- read by the bench


if __name__ == "__main__":
    main(sys.argv[1:])
