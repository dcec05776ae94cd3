"""Backups as people meet them: a place, a code on paper, and the way back on a new PC."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from station.ports import Backup
from station.store.backup.archive import ENDING
from station.store.backup.recovery import RECOVERY_KEY
from station.store.schema import notes
from tests.ui.shared.test_sharing import Pc, give_password, press
from tests.ui.test_opening import (
    PATIENCE_MS,
    choose_password,
    english,
    enter,
    found,
    pc_without_a_keyring,
    said_in,
    type_in,
)
from ui.backup.ages import readiness
from ui.backup.memory import Remembered
from ui.backup.page import BackupPage
from ui.backup.recovering import RecoverDialog
from ui.backup.recovery_dialog import RecoveryDialog
from ui.backup.restore_dialog import RestoreDialog
from ui.first.start import FirstStart
from ui.first.steps import FirstSteps
from ui.password_dialog import PasswordDialog
from ui.theme import Tone
from ui.today.page import TodayPage
from ui.today.readiness import BACKUP

__all__ = ["english", "pc_without_a_keyring"]  # fixtures

NOW = datetime(2021, 10, 11, 8, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def pc(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Pc]]:
    """Start the app on the PC of this name; everything is closed afterwards."""
    starts: list[Pc] = []

    def begin(name: str) -> Pc:
        for kind in ("CONFIG", "DATA", "STATE"):
            monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / name / kind))
        starts.append(Pc(qtbot))
        return starts[-1]

    yield begin
    for started in starts:
        started.app.close()
    QApplication.processEvents()
    for left in QApplication.topLevelWidgets():
        left.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def page_of(pc: Pc) -> BackupPage:
    assert pc.app.workplace is not None
    pc.app.workplace.window.show_page("backup")
    return cast(BackupPage, pc.app.workplace.window.page("backup"))


def today_says(pc: Pc) -> tuple[Tone, str]:
    assert pc.app.workplace is not None
    pc.app.workplace.window.show_page("today")
    row = cast(TodayPage, pc.app.workplace.window.page("today")).readiness.rows[BACKUP]
    return row.tone, row.words


def working_point(pc: Callable[[str], Pc]) -> Pc:
    alone = pc("first")
    found(alone)
    choose_password(alone)
    alone.signs_in()
    alone.sees(FirstSteps).reject()
    return alone


def backed_up(pc: Pc, stick: Path, qtbot: QtBot) -> Path:
    page = page_of(pc)
    page.use(stick)
    qtbot.waitUntil(lambda: bool(list(stick.glob(f"*{ENDING}"))), timeout=PATIENCE_MS)
    qtbot.waitUntil(page.make.isEnabled, timeout=PATIENCE_MS)
    (file,) = stick.glob(f"*{ENDING}")
    return file


def test_a_point_comes_back_on_a_new_pc(pc: Callable[[str], Pc], qtbot: QtBot, stick: Path) -> None:
    first = working_point(pc)
    qtbot.waitUntil(lambda: "no place chosen" in today_says(first)[1], timeout=PATIENCE_MS)
    device = first.receives()
    file = backed_up(first, stick, qtbot)
    assert page_of(first).sign.tone is Tone.OK
    qtbot.waitUntil(lambda: today_says(first)[0] is Tone.OK, timeout=PATIENCE_MS)
    first.app.close()

    new = pc("new")
    press(new.sees(FirstStart), "firstRestore")
    dialog = new.sees(RestoreDialog)
    type_in(dialog, "restoreFile", str(file.with_name("gone")))
    enter(dialog)
    dialog = new.sees(RestoreDialog)
    assert "cannot be read" in said_in(dialog)
    type_in(dialog, "restoreFile", str(file))
    enter(dialog)
    give_password(new)
    new.signs_in()

    assert new.knows(device)
    assert new.ends == []
    assert int(new.receives()[3:9]) > 10_000  # a gap: nobody gives out a code twice


def test_the_recovery_code_is_written_down_before_it_goes(
    pc: Callable[[str], Pc], qtbot: QtBot
) -> None:
    first = working_point(pc)
    press(page_of(first), "backupRecoveryDraw")
    dialog = first.sees(RecoveryDialog)
    qtbot.waitUntil(lambda: bool(dialog.code.text()), timeout=PATIENCE_MS)
    code = "".join(dialog.code.text().split())
    assert len(code) == 16

    type_in(dialog, "recoveryAgain", f"{(int(code[-4:]) + 1) % 10_000:04d}")
    enter(dialog)
    assert dialog.isVisible()
    assert "not its last digits" in said_in(dialog)
    type_in(dialog, "recoveryAgain", code[-4:])
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE_MS):
        enter(dialog)


def test_a_code_holds_once_it_is_written_down_and_a_backup_is_made_that_it_opens(
    pc: Callable[[str], Pc], qtbot: QtBot, stick: Path
) -> None:
    first = working_point(pc)
    backed_up(first, stick, qtbot)
    draw(first, qtbot).reject()  # opened by mistake: what lies in the safe stays good
    assert kept_code(first) is None

    dialog = draw(first, qtbot)
    type_in(dialog, "recoveryAgain", dialog.code.text()[-4:])
    with qtbot.waitSignal(page_of(first).said, timeout=PATIENCE_MS) as said:
        enter(dialog)

    assert "backup is made" in said.args[0]
    assert kept_code(first) is not None


def draw(pc: Pc, qtbot: QtBot) -> RecoveryDialog:
    press(page_of(pc), "backupRecoveryDraw")
    dialog = pc.sees(RecoveryDialog)
    qtbot.waitUntil(lambda: bool(dialog.code.text()), timeout=PATIENCE_MS)
    return dialog


def kept_code(pc: Pc) -> bytes | None:
    store = pc.app._store
    assert store is not None
    return notes(store.engine).get(RECOVERY_KEY)


def test_a_forgotten_password_is_replaced_by_the_code(
    pc: Callable[[str], Pc], qtbot: QtBot
) -> None:
    first = working_point(pc)
    device = first.receives()
    dialog = draw(first, qtbot)
    code = "".join(dialog.code.text().split())
    type_in(dialog, "recoveryAgain", code[-4:])
    enter(dialog)
    qtbot.waitUntil(lambda: kept_code(first) is not None, timeout=PATIENCE_MS)
    first.app.close()

    again = pc("first")
    press(again.sees(PasswordDialog), "byCode")
    asked = again.sees(RecoverDialog)
    type_in(asked, "recoverCode", "0" * 16)
    enter(asked)
    asked = again.sees(RecoverDialog)
    assert "does not open" in said_in(asked)
    type_in(asked, "recoverCode", code)
    enter(asked)
    choose_password(again, "mật khẩu mới của điểm")
    again.signs_in()
    assert again.knows(device)
    again.app.close()

    later = pc("first")
    give_password(later, "mật khẩu mới của điểm")
    later.signs_in()


def test_a_damaged_store_is_told_with_the_way_back(
    pc: Callable[[str], Pc], qtbot: QtBot, stick: Path
) -> None:
    first = working_point(pc)
    device = first.receives()
    file = backed_up(first, stick, qtbot)
    first.app.close()
    store = first.app._places.data / "station.db"
    store.write_bytes(b"zero" * 5_000)

    again = pc("first")
    dialog = again.sees(RestoreDialog)
    assert "damaged" in said_in(dialog)
    type_in(dialog, "restoreFile", str(file))
    enter(dialog)
    give_password(again)
    again.signs_in()
    assert again.knows(device)
    assert [kept.read_bytes() for kept in store.parent.glob("station.before-*.db")] == [
        b"zero" * 5_000
    ]


def test_a_stick_that_is_gone_is_told_and_remembered(
    pc: Callable[[str], Pc], qtbot: QtBot, stick: Path
) -> None:
    first = working_point(pc)
    backed_up(first, stick, qtbot)
    shutil.rmtree(stick)
    page = page_of(first)
    told: list[str] = []
    page.said.connect(told.append)

    page.make.click()

    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert "place for backups is not there" in told[0]
    qtbot.waitUntil(lambda: page.sign.tone is Tone.WARN, timeout=PATIENCE_MS)
    assert page.findChild(QPushButton, "backupNow") is page.make


@pytest.mark.parametrize(
    ("days", "failed", "tone"),
    [
        (0, "", Tone.OK),
        (1, "", Tone.OK),
        (3, "", Tone.WARN),
        (8, "", Tone.FAIL),
        (0, "place_missing", Tone.WARN),
        (-3, "", Tone.OK),  # the clock was set back
    ],
)
def test_an_old_backup_is_no_good_one(days: int, failed: str, tone: Tone) -> None:
    made = NOW - timedelta(days=days)
    last = Backup("s", 5, round(made.timestamp() * 1000), "x", 1)
    known = Remembered("E:/", last, failed, NOW if failed else None)
    assert readiness(known, NOW, elsewhere=False).tone is tone


def test_what_nobody_set_up_and_what_another_pc_does_is_said_so() -> None:
    assert readiness(Remembered(), NOW, elsewhere=False).tone is Tone.WARN
    assert readiness(Remembered("E:/"), NOW, elsewhere=False).tone is Tone.WARN
    assert readiness(Remembered(), NOW, elsewhere=True).tone is Tone.UNKNOWN
