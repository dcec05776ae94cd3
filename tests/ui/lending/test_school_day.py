"""A school day through both windows: lent at the point, worked with on the laptop, brought home."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from station import events as e
from station import handover
from station.device import Stage
from station.people import Person
from station.reference import load
from station.refusals import LaptopExpired
from station.store.engine import sqlite_url
from station.store.keys import PasswordKey
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from sync.school_day import ENDING, go_home
from tests.station import life
from tests.station.conftest import GIVER, LEAD, NOON
from tests.ui.desks import desk_with
from ui.app import App
from ui.lending.day_banner import DayBanner
from ui.lending.lend_dialog import LendDialog
from ui.lending.page_dialog import LendingDialog, open_lending
from ui.lending.passcode_dialog import PasscodeDialog
from ui.lending.school_day import read_school_day
from ui.main_window import MainWindow
from ui.opening import laptop_store
from ui.places import Places
from ui.settings import Settings
from ui.sign_in import SignIn

PATIENCE_MS = 20_000


class Point:
    """The dialog at the point, and what a person does in it."""

    def __init__(self, bot: QtBot, dialog: LendingDialog, folder: Path) -> None:
        self._bot, self.dialog, self._folder = bot, dialog, folder

    def until(self, holds: Callable[[], object]) -> None:
        self._bot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)

    @property
    def told(self) -> str:
        return self.dialog._told.text()

    def lend(self) -> Path:
        """Lend everything that is offered; the file."""
        self.dialog.lend.click()
        self.until(lambda: self.dialog.findChildren(LendDialog))
        self.dialog.findChildren(LendDialog)[0].confirm.click()
        self.until(self.dialog.passcode.text)
        (file,) = self._folder.glob(f"*{ENDING}")
        return file

    @property
    def passcode(self) -> str:
        return self.dialog.passcode.text().replace(" ", "")

    def states(self) -> list[str | None]:
        return [one.ended for one in self.dialog.laptops.model.lines]


@contextmanager
def point_at(bot: QtBot, store: SqlStore, folder: Path, at: datetime = NOON.at) -> Iterator[Point]:
    with desk_with(store, LEAD, lambda: at) as desk:
        window = QWidget()
        bot.addWidget(window)
        window.show()
        point = Point(bot, open_lending(desk, window), folder)
        bot.waitUntil(point.dialog.lend.isEnabled, timeout=PATIENCE_MS)
        yield point
        window.close()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every file is saved, under the name that is offered."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _w, _t, name, _k: (str(folder / name), "")
    )
    return folder


def promised(store: SqlStore, serial: str = "S1") -> tuple[str, str]:
    device, case = life.ready_laptop(store, serial), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    return device, case


def laptop_of(file: Path, passcode: str, folder: Path) -> SqlStore:
    along = read_school_day(file).taken_along(passcode)
    url = sqlite_url(folder / "laptop.db")
    return laptop_store(url, along, passcode, load(), NOON)


def give(store: SqlStore, device: str, case: str) -> None:
    command = handover.HandOver(device=device, case=case, receiver=Person(name="Trần Thị Hoa"))
    handover.hand_over(command, store, GIVER, NOON)


def stage_of(store: SqlStore, code: str) -> Stage:
    device = store.device(code)
    assert device is not None
    return device.stage


def test_what_a_laptop_recorded_at_school_comes_home(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    device, case = promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        with laptop_of(file, point.passcode, tmp_path) as laptop:
            give(laptop, device, case)
            back = go_home(laptop, stick / "back")

        point.dialog.take_home(back)
        point.until(lambda: point.states() == ["returned"])

        assert "2 records" in point.told
        assert stage_of(store, device) is Stage.HANDED_OVER
        assert verify(store.engine).sound
        point.dialog.take_home(back)  # a second time it brings nothing new
        point.until(lambda: "0 records" in point.told)
        assert point.states() == ["returned"]


def test_the_passcode_is_shown_once_and_another_opens_a_file_written_again(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    promised(store)
    with point_at(qtbot, store, stick) as point:
        point.lend()
        first = point.passcode
        point.until(point.dialog.again.isEnabled)

        point.dialog.again.click()
        point.until(lambda: point.passcode not in {"", first})

        (file,) = stick.glob(f"*{ENDING}")
        with laptop_of(file, point.passcode, tmp_path) as laptop:
            assert laptop.delegations()


def test_a_lost_laptop_is_revoked_after_a_question_and_what_it_wrote_is_refused(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    device, case = promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        with laptop_of(file, point.passcode, tmp_path) as laptop:
            give(laptop, device, case)
            back = go_home(laptop, stick / "back")
        point.until(point.dialog.over.isEnabled)

        point.dialog.over.click()
        question = point.dialog.findChild(QMessageBox, "laptopLost")
        assert question is not None
        lost = next(b for b in question.buttons() if question.buttonRole(b).name.startswith("Dest"))
        lost.click()
        point.until(lambda: point.states() == ["revoked"])
        point.dialog.take_home(back)
        point.until(lambda: point.told and "moment" not in point.told)

        assert "came home" not in point.told
        assert stage_of(store, device) is Stage.RESERVED
        give(store, device, case)  # free here again


def test_strange_files_are_refused_by_name_and_change_nothing(
    qtbot: QtBot, store: SqlStore, stick: Path
) -> None:
    promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        told = []
        for name, raw in (
            ("own", file.read_bytes()),
            ("other", b"PK\3\4 something else"),
            ("cut", file.read_bytes()[:-1]),
        ):
            strange = stick / name
            strange.write_bytes(raw)
            point.dialog.take_home(strange)
            point.until(lambda: point.told and "moment" not in point.told)
            told.append(point.told)
            point.dialog._tell("")
        point.dialog.take_home(stick / "none")
        point.until(lambda: "cannot be read" in point.told)

        assert "other way" in told[0]
        assert "no file of a lent laptop" in told[1]
        assert point.states() == [None]


def test_when_its_time_is_over_a_laptop_records_nothing_and_still_goes_home(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    device, case = promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        passcode = point.passcode
    late = NOON.at + timedelta(days=2)
    with laptop_of(file, passcode, tmp_path) as laptop:
        give(laptop, device, case)
        with pytest.raises(LaptopExpired), laptop.transaction(LEAD, type(NOON)(late)) as work:
            work.record(device, e.TakenToBench())
        back = go_home(laptop, stick / "back")
    with point_at(qtbot, store, stick, at=late) as point:
        point.dialog.take_home(back)
        point.until(lambda: point.states() == ["returned"])

    assert stage_of(store, device) is Stage.HANDED_OVER


def test_the_app_opens_a_parcel_by_its_passcode_and_later_by_the_same(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        passcode = point.passcode
    day = read_school_day(file)
    data = tmp_path / "pc"
    settings = Settings(language="en", database=str(day.database(data)), open_papers=False)

    def sees(kind: type[PasscodeDialog] | type[SignIn]) -> object:
        def found() -> list[object]:
            return [
                w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()
            ]

        qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE_MS)
        return found()[0]

    app = App(settings, Places(data, data / "state"), clock=lambda: NOON.at, school_day=day)
    app.start()
    asked = sees(PasscodeDialog)
    assert isinstance(asked, PasscodeDialog)
    asked.line.setText("00000000" if passcode != "00000000" else "11111111")
    asked.go.click()
    again = sees(PasscodeDialog)
    qtbot.waitUntil(lambda: sees(PasscodeDialog) is not asked, timeout=PATIENCE_MS)
    again = sees(PasscodeDialog)
    assert isinstance(again, PasscodeDialog)
    again.line.setText(f"{passcode[:4]} {passcode[4:]}")
    again.go.click()
    sees(SignIn)
    app.close()
    for left in QApplication.topLevelWidgets():
        left.close()

    later = App(settings, Places(data, data / "state"), clock=lambda: NOON.at, school_day=day)
    later.start()
    once_more = sees(PasscodeDialog)
    assert isinstance(once_more, PasscodeDialog)
    once_more.line.setText(f"{passcode[:4]} {passcode[4:]}")
    once_more.go.click()
    sees(SignIn)
    later.close()
    for left in QApplication.topLevelWidgets():
        left.close()

    with open_store(settings.store_url(), PasswordKey(lambda _new: passcode), load()) as laptop:
        assert laptop.standing().chain == day.head.chain
        assert laptop.operators()


def test_the_laptops_own_window_ends_the_day(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    device, case = promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        passcode = point.passcode
    with laptop_of(file, passcode, tmp_path) as laptop:
        give(laptop, device, case)
        with desk_with(laptop, LEAD, lambda: NOON.at) as desk:
            window = QWidget()
            qtbot.addWidget(window)
            window.show()
            dialog = open_lending(desk, window)
            qtbot.waitUntil(dialog.go_home.isVisible, timeout=PATIENCE_MS)
            assert not dialog.lend.isVisible()

            dialog.go_home.click()

            qtbot.waitUntil(lambda: "Bring home" in dialog._told.text(), timeout=PATIENCE_MS)
            window.close()
    assert len(list(stick.glob(f"*{ENDING}"))) == 2


def test_a_file_whose_time_is_over_is_named_before_anybody_types_a_passcode(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    promised(store)
    with point_at(qtbot, store, stick) as point:
        day = read_school_day(point.lend())
    data = tmp_path / "pc"
    settings = Settings(language="en", database=str(day.database(data)), open_papers=False)
    late = NOON.at + timedelta(days=2)
    app = App(settings, Places(data, data / "state"), clock=lambda: late, school_day=day)
    app.start()

    def told() -> list[QMessageBox]:
        shown = QApplication.topLevelWidgets()
        return [w for w in shown if isinstance(w, QMessageBox) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(told()), timeout=PATIENCE_MS)
    (box,) = told()
    with qtbot.waitSignal(app.ended) as ended:
        box.accept()
    app.close()

    assert "This file was good until" in box.text()
    assert ended.args == [2]


def test_above_every_page_of_a_laptop_stands_until_when_it_records(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    promised(store)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        passcode = point.passcode
    now = [NOON.at]
    with (
        laptop_of(file, passcode, tmp_path) as laptop,
        desk_with(laptop, LEAD, lambda: now[0]) as desk,
    ):
        window = MainWindow("Old computers", "Point 012", [], str.isdigit)
        qtbot.addWidget(window)
        banner = DayBanner(desk, window)
        sentences = window.banners.sentences
        qtbot.waitUntil(lambda: "until" in "".join(sentences()), timeout=PATIENCE_MS)

        now[0] += timedelta(days=2)
        banner.look()

        qtbot.waitUntil(lambda: "is over" in "".join(sentences()), timeout=PATIENCE_MS)
        banner._open_lending()
        (dialog,) = window.findChildren(LendingDialog)
        qtbot.waitUntil(lambda: not dialog.go_home.isHidden(), timeout=PATIENCE_MS)
        dialog.close()
        window.close()


def test_at_the_point_nothing_of_it_stands_above_the_pages(qtbot: QtBot, store: SqlStore) -> None:
    with desk_with(store, LEAD, lambda: NOON.at) as desk:
        window = MainWindow("Old computers", "Point 012", [], str.isdigit)
        qtbot.addWidget(window)
        DayBanner(desk, window)
        seen: list[object] = []  # what is asked behind it is answered behind it
        desk.ask(lambda store: store.standing(), seen.append, seen.append, owner=window)
        qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)

        assert window.banners.sentences() == []
        window.close()


def test_what_a_school_has_unsigned_is_offered_beside_what_is_kept(
    qtbot: QtBot, store: SqlStore, stick: Path, tmp_path: Path
) -> None:
    device, _ = promised(store)
    batch = handover.HandOverBatch(school="truong-th-go-dau", devices=(device,))
    handover.hand_over_batch(batch, store, GIVER, NOON)
    with point_at(qtbot, store, stick) as point:
        file = point.lend()
        with laptop_of(file, point.passcode, tmp_path) as laptop:
            signed = handover.ConfirmHandover(device=device, result="signed")
            handover.confirm_handover(signed, laptop, GIVER, NOON)
            back = go_home(laptop, stick / "back")
        point.dialog.take_home(back)
        point.until(lambda: point.states() == ["returned"])

    assert stage_of(store, device) is Stage.HANDED_OVER


def test_a_file_that_is_none_ends_the_program_with_a_sentence(tmp_path: Path) -> None:
    strange = tmp_path / "strange.chuyen"
    strange.write_bytes(b"PK\3\4")
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}

    ended = subprocess.run(
        [sys.executable, "-m", "ui.command", "--language", "en", "--school-day", str(strange)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[3],
        env=os.environ | home,
    )

    assert ended.returncode == 2
    assert "no file of a lent laptop" in ended.stderr
