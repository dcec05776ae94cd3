"""Two PCs of one point, window by window: one becomes the main PC, another joins with a stick."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station import intake
from station.ports import PointStore, StoreLockedOut, StoreUnreachable
from station.store.shared.certificate import new_certificate
from station.store.shared.passes import SharedPass
from station.store.shared.point import SharedPoint
from tests.station.conftest import CLERK, NOON
from tests.ui.test_opening import (
    PASSWORD,
    PATIENCE_MS,
    Start,
    choose_password,
    english,
    enter,
    found,
    pc_without_a_keyring,
    said_in,
    type_in,
)
from ui.app import App
from ui.bench.page import BenchPage
from ui.first.start import FirstStart
from ui.first.steps import FirstSteps
from ui.password_dialog import PasswordDialog
from ui.places import Places
from ui.settings import Settings, data_folder, settings_file, state_folder
from ui.shared.add_pc_dialog import AddPcDialog
from ui.shared.join_dialog import JoinDialog
from ui.shared.page import PcsPage
from ui.shared.sharing import Step
from ui.shared.unreachable_dialog import UnreachableDialog
from ui.sign_in import SignIn

__all__ = ["english", "pc_without_a_keyring"]  # fixtures

T = TypeVar("T")


class Pc(Start):
    """A PC with folders of its own, and what a person sees of one start there."""

    def __init__(self, qtbot: QtBot, between: Step | None = None) -> None:
        self._qtbot = qtbot
        settings = Settings(language="en", open_papers=False)
        places = Places(data_folder(), state_folder(), settings_file())
        self.ends: list[int] = []
        self.app = App(settings, places, between=between)
        self.app.ended.connect(self.ends.append)
        self.app.start()

    def signs_in(self) -> None:
        enter(self.sees(SignIn))
        self.works()

    def page(self) -> PcsPage:
        assert self.app.workplace is not None
        self.app.workplace.window.show_page("pcs")
        return cast(PcsPage, self.app.workplace.window.page("pcs"))

    def shows_bench(self) -> BenchPage:
        assert self.app.workplace is not None
        self.app.workplace.window.show_page("bench")
        return cast(BenchPage, self.app.workplace.window.page("bench"))

    def asks(self, question: Callable[[PointStore], T]) -> T:
        assert self.app.workplace is not None
        answers: list[T] = []
        errors: list[Exception] = []
        self.app.workplace.desk.ask(question, answers.append, errors.append)
        self._qtbot.waitUntil(lambda: bool(answers or errors), timeout=PATIENCE_MS)
        for error in errors:
            raise error
        return answers[0]

    def receives(self) -> str:
        lot = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),))
        return self.asks(lambda store: intake.receive_lot(lot, store, CLERK, NOON)).devices[0]

    def knows(self, code: str) -> bool:
        return self.asks(lambda store: store.device(code)) is not None


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where PostgreSQL's stand-in for root may work: pytest's own folders are closed to it."""
    made = Path(tempfile.mkdtemp(prefix="station-shared-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def pc(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Pc]]:
    """Start the app on the PC of this name; everything is closed, and its server stopped."""
    starts: list[Pc] = []

    def begin(name: str, between: Step | None = None) -> Pc:
        for kind in ("CONFIG", "DATA", "STATE"):
            monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / name / kind))
        starts.append(Pc(qtbot, between))
        return starts[-1]

    yield begin
    for started in starts:
        started.app.close()
        if started.app._shared.is_main():
            started.app._shared.cluster.stop()
    QApplication.processEvents()
    for left in QApplication.topLevelWidgets():
        left.close()


def press(parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    button.click()


def answer(pc: Pc, text: str) -> None:
    box = pc.sees(QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()


def become_main(qtbot: QtBot, pc: Callable[..., Pc]) -> Pc:
    """From the first start of all to a main PC's window."""
    alone = pc("main")
    found(alone)
    choose_password(alone)
    alone.signs_in()
    alone.sees(FirstSteps).reject()
    press(alone.page(), "beginSharing")
    answer(alone, "Make this the main PC")
    assert alone.app.next_run == ("--between", "share")
    alone.app.close()

    main = pc("main", Step.SHARE)
    give_password(main)
    main.signs_in()
    return main


def warned(pc: Pc) -> str:
    """What stands above every page."""
    assert pc.app.workplace is not None
    return " ".join(pc.app.workplace.window.banners.sentences())


def give_password(pc: Pc, password: str = PASSWORD) -> None:
    dialog = pc.sees(PasswordDialog)
    type_in(dialog, "password", password)
    enter(dialog)


def write_pass(main: Pc, file: Path, qtbot: QtBot) -> str:
    """The lead saves a file for another PC; the passcode that the dialog shows."""
    press(main.page(), "addPc")
    dialog = main.sees(AddPcDialog)
    dialog.write(file)
    qtbot.waitUntil(dialog.passcode.isVisible, timeout=PATIENCE_MS)
    told = dialog.passcode.text()
    enter(dialog)  # writes no other file
    assert not dialog.isVisible()
    return told


def test_two_pcs_of_a_point_work_with_one_store(
    pc: Callable[..., Pc], qtbot: QtBot, folder: Path
) -> None:
    main = become_main(qtbot, pc)
    assert "main PC" in said_in(main.page())
    passcode = write_pass(main, folder / "x.may-phu", qtbot)

    other = pc("other")
    press(other.sees(FirstStart), "firstJoin")
    dialog = other.sees(JoinDialog)
    type_in(dialog, "joinFile", str(folder / "x.may-phu"))
    type_in(dialog, "joinPasscode", "1234 5678 9012")
    enter(dialog)
    qtbot.waitUntil(lambda: "does not open" in said_in(dialog), timeout=PATIENCE_MS)
    type_in(dialog, "joinPasscode", passcode)
    enter(dialog)
    choose_password(other, "mật khẩu của máy phụ")
    other.signs_in()

    assert other.knows(main.receives())
    bench = other.shows_bench()
    made = main.receives()
    assert main.knows(other.receives())
    qtbot.waitUntil(lambda: bench.board.choose(made), timeout=PATIENCE_MS)  # nobody pressed a key
    main.app._shared.cluster.stop()
    qtbot.waitUntil(lambda: "does not answer" in warned(other), timeout=PATIENCE_MS)
    main.app._shared.cluster.start()
    qtbot.waitUntil(lambda: warned(other) == "", timeout=PATIENCE_MS)
    assert not other.page().add.isVisible()
    assert other.ends == []

    press(main.page(), "lockOut")
    answer(main, "Lock them out")
    assert main.app.next_run == ("--between", "lock-out")
    main.app.close()
    again = pc("main", Step.LOCK_OUT)
    give_password(again)
    again.signs_in()
    with pytest.raises(StoreUnreachable):
        other.receives()  # its connections were cut
    with pytest.raises(StoreLockedOut):
        other.receives()
    other.app.close()

    passcode = write_pass(again, folder / "y.may-phu", qtbot)
    next_morning = pc("other")
    give_password(next_morning, "mật khẩu của máy phụ")
    off = next_morning.sees(UnreachableDialog)
    assert "does not let this PC in any more" in said_in(off)
    press(off, "joinAnew")
    dialog = next_morning.sees(JoinDialog)
    type_in(dialog, "joinFile", str(folder / "y.may-phu"))
    type_in(dialog, "joinPasscode", passcode)
    enter(dialog)
    next_morning.signs_in()
    assert again.knows(next_morning.receives())


def test_a_forgotten_password_of_another_pc_is_chosen_anew_with_a_new_file(
    pc: Callable[..., Pc], qtbot: QtBot, folder: Path
) -> None:
    main = become_main(qtbot, pc)
    passcode = write_pass(main, folder / "x.may-phu", qtbot)
    first = pc("other")
    press(first.sees(FirstStart), "firstJoin")
    join_with(first, folder / "x.may-phu", passcode)
    choose_password(first, "mật khẩu cũ")
    first.signs_in()
    first.app.close()

    morning = pc("other")
    give_password(morning, "mật khẩu nào?")
    press(morning.sees(PasswordDialog), "joinAnew")
    join_with(morning, folder / "x.may-phu", passcode)
    choose_password(morning, "mật khẩu mới")
    morning.signs_in()
    morning.app.close()

    evening = pc("other")
    give_password(evening, "mật khẩu mới")
    evening.signs_in()
    assert evening.knows(main.receives())


def join_with(pc: Pc, file: Path, passcode: str) -> None:
    dialog = pc.sees(JoinDialog)
    type_in(dialog, "joinFile", str(file))
    type_in(dialog, "joinPasscode", passcode)
    enter(dialog)


def test_a_main_pc_that_is_off_is_named_and_found_again(
    pc: Callable[..., Pc], qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "other" / "DATA"))
    nobody = SharedPass(("127.0.0.1",), 1, "", new_certificate().public, b"k" * 32)
    SharedPoint(data_folder(), lambda _new: PASSWORD).passes.keep(nobody, new=True)

    morning = pc("other")
    give_password(morning)
    off = morning.sees(UnreachableDialog)
    type_in(off, "mainHost", "localhost")
    enter(off)

    qtbot.waitUntil(lambda: len(hosts(morning)) > 1, timeout=PATIENCE_MS)
    assert hosts(morning) == ("localhost", "127.0.0.1")
    morning.sees(UnreachableDialog).reject()
    morning.ends_with(1)


def hosts(pc: Pc) -> tuple[str, ...]:
    """Where this PC looks for the main one."""
    return pc.app._shared.passes.read().hosts
