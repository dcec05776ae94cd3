"""From nothing to the window, as a person goes through it: every dialog, every way out."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station import words
from station.codes import parse
from station.operators import Role
from station.people import OperatorName
from station.ports import Standing, StoreEmpty
from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import PasswordKey, StatedKey
from station.store.sealing import PeopleRows
from station.store.store import SqlStore, create_store, open_store
from station.store.witness import witness_of
from tests.station import life
from tests.station.conftest import LEAD, NOON, STATION, new_store
from ui import opening
from ui.app import App
from ui.backup.recovering import RecoverDialog
from ui.backup.restore_dialog import RestoreDialog
from ui.first.start import FirstStart
from ui.first.steps import FirstSteps
from ui.password_dialog import PasswordDialog
from ui.places import Places
from ui.settings import Settings, read_settings
from ui.shared.join_dialog import JoinDialog
from ui.sign_in import SignIn
from ui.waiting_window import WaitingWindow

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 15_000
PASSWORD = "con gà trống 26"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("vi")


@pytest.fixture(autouse=True)
def pc_without_a_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # keyring has no types there
    yield
    keyring.set_keyring(before)


class Start:
    """One start of the app, and what a person sees of it."""

    def __init__(self, qtbot: QtBot, folder: Path, database: str) -> None:
        self._qtbot = qtbot
        settings = structs.replace(
            read_settings(folder / "settings.json"),
            language="en",
            database=database,
            open_papers=False,
        )
        self.ends: list[int] = []
        self.app = App(settings, Places(folder, folder / "state"))
        self.app.ended.connect(self.ends.append)
        self.app.start()

    def sees(self, kind: type[W]) -> W:
        """The window of this kind that is there, or comes soon."""
        self._qtbot.waitUntil(lambda: bool(_visible(kind)), timeout=PATIENCE_MS)
        return _visible(kind)[0]

    def is_working(self) -> bool:
        return self.app.workplace is not None and self.app.workplace.window.isVisible()

    def works(self) -> Standing:
        """Where the store stands, once its window is there."""
        self._qtbot.waitUntil(self.is_working, timeout=PATIENCE_MS)
        assert self.app.workplace is not None
        answers: list[Standing] = []
        self.app.workplace.desk.ask(lambda store: store.standing(), answers.append, unexpected)
        self._qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def ends_with(self, status: int) -> None:
        self._qtbot.waitUntil(lambda: self.ends == [status], timeout=PATIENCE_MS)
        assert not self.is_working()


def unexpected(error: Exception) -> None:
    raise AssertionError(error)


def _visible(kind: type[W]) -> list[W]:
    shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    return [each for each in shown if isinstance(each, kind)]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Start]]:
    """Start the app on this folder; everything is closed at the end."""
    starts: list[Start] = []

    def begin(database: str = str(tmp_path / "station.db")) -> Start:
        starts.append(Start(qtbot, tmp_path, database))
        return starts[-1]

    yield begin
    for started in starts:
        started.app.close()
    QApplication.processEvents()  # what was asked before the end is answered before the next test
    for left in QApplication.topLevelWidgets():
        left.close()


def said_in(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def type_in(dialog: QWidget, name: str, text: str) -> None:
    line = dialog.findChild(QLineEdit, name)
    assert line is not None
    assert line.isVisible()
    line.selectAll()
    line.setFocus()
    line.insert(text)


def enter(dialog: QWidget) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def escape(dialog: QWidget) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def choose_password(started: Start, password: str = PASSWORD) -> None:
    dialog = started.sees(PasswordDialog)
    type_in(dialog, "password", password)
    type_in(dialog, "again", password)
    enter(dialog)


def found(started: Start) -> None:
    """Go through a first start by keyboard alone."""
    dialog = started.sees(FirstStart)
    type_in(dialog, "firstLead", "Trần Thị Mai")
    enter(dialog)


def store_with_a_password(folder: Path) -> SqlStore:
    keys = PasswordKey(lambda _new: PASSWORD)
    url = sqlite_url(folder / "station.db")
    store = create_store(url, keys, load(), station=STATION, by=LEAD, when=NOON)
    store.add_operator(OperatorName("op.1", "Lê Thị Lan", Role.LEAD))
    return store


# ---- a first start ----


def test_a_first_start_asks_for_the_point_then_a_password_then_who_works(
    start: Callable[[], Start],
) -> None:
    first = start()
    found(first)
    choose_password(first)
    enter(first.sees(SignIn))

    assert first.works().seq == 1  # its chain began, and nothing else happened
    assert first.ends == []


def test_what_was_founded_opens_again_with_its_password(start: Callable[[], Start]) -> None:
    first = start()
    found(first)
    choose_password(first)
    enter(first.sees(SignIn))
    first.works()
    first.app.close()

    again = start()
    dialog = again.sees(PasswordDialog)
    assert dialog.findChild(QLineEdit, "again") is None  # asked once
    type_in(dialog, "password", PASSWORD)
    enter(dialog)
    assert "Trần Thị Mai" in again.sees(SignIn).chosen.name
    enter(again.sees(SignIn))
    again.works()


def test_first_steps_that_a_kill_cut_short_are_offered_again_and_those_left_are_not(
    qtbot: QtBot, start: Callable[[], Start], tmp_path: Path
) -> None:
    def begun() -> Start:
        started = start()
        dialog = started.sees(PasswordDialog)
        type_in(dialog, "password", PASSWORD)
        enter(dialog)
        enter(started.sees(SignIn))
        started.works()
        return started

    def steps(started: Start) -> FirstSteps | None:
        assert started.app.workplace is not None
        return started.app.workplace.window.findChild(FirstSteps)

    first = start()
    found(first)
    choose_password(first)
    enter(first.sees(SignIn))
    first.sees(FirstSteps)
    first.app.close()  # nobody answered

    again = begun()
    offered = steps(again)
    assert offered is not None
    offered.later.click()
    left = Settings()
    qtbot.waitUntil(lambda: read_settings(tmp_path / "settings.json") == left)
    again.app.close()

    assert steps(begun()) is None


def test_a_pass_that_was_damaged_asks_for_a_new_file_of_the_main_pc(
    start: Callable[..., Start], tmp_path: Path
) -> None:
    (tmp_path / "shared.pass").write_bytes(b"\0" * 300)  # what a power cut may leave

    damaged = start("")

    dialog = damaged.sees(JoinDialog)
    assert "The data is safe there" in said_in(dialog)
    escape(dialog)
    damaged.ends_with(1)


def test_a_store_never_is_there_without_anybody_who_could_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_all: object) -> None:
        raise InterruptedError

    url, keys = sqlite_url(tmp_path / "station.db"), StatedKey("any")
    first = opening.FirstPoint(STATION, "Trần Thị Mai")
    with monkeypatch.context() as patched:
        patched.setattr(PeopleRows, "keep", power_cut)
        with pytest.raises(InterruptedError):
            opening.found_point(url, keys, load(), first, NOON)

    with pytest.raises(StoreEmpty):
        open_store(url, keys, load())
    with opening.found_point(url, keys, load(), first, NOON) as store:
        assert [known.name for known in store.operators()] == ["Trần Thị Mai"]


def test_a_first_start_that_is_cancelled_leaves_nothing(
    start: Callable[[], Start], tmp_path: Path
) -> None:
    given_up = start()
    escape(given_up.sees(FirstStart))
    given_up.ends_with(1)
    given_up.app.close()

    found(start())  # the next start begins from nothing again
    with pytest.raises(StoreEmpty):
        open_store(sqlite_url(tmp_path / "station.db"), StatedKey("any"), load())


def test_a_lead_without_a_name_is_asked_for(start: Callable[[], Start]) -> None:
    first = start()
    dialog = first.sees(FirstStart)
    enter(dialog)

    assert dialog.isVisible()
    assert "answers for the point" in said_in(dialog)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("0912 345 678", "telephone number"), ("NguyÔn V¨n A", "old Vietnamese encoding")],
)
def test_a_lead_whose_name_cannot_be_kept_is_told_before_anything_is_made(
    start: Callable[[], Start], typed: str, told: str
) -> None:
    started = start()
    dialog = started.sees(FirstStart)
    type_in(dialog, "firstLead", typed)
    enter(dialog)

    assert told in said_in(dialog)
    assert dialog.isVisible()
    found(started)
    choose_password(started)
    started.sees(SignIn)


@pytest.mark.parametrize("loss", ["gone", "emptied"])
def test_a_store_that_is_gone_is_no_first_start(
    start: Callable[[], Start], tmp_path: Path, loss: str
) -> None:
    """Who begins anew is told what is lost, and gives no code out twice."""
    file = tmp_path / "station.db"
    with store_with_a_password(tmp_path) as store:
        last = [life.receive(store) for _ in range(5)][-1]
        witness_of(tmp_path / "state", store.standing().store_id).note(store.standing())
    for left in tmp_path.glob("station.db*"):
        left.unlink()
    if loss == "emptied":
        file.touch()

    begun = start()
    dialog = begun.sees(FirstStart)
    assert "point 012 before" in said_in(dialog)
    found(begun)
    choose_password(begun)
    enter(begun.sees(SignIn))
    begun.works()
    begun.app.close()

    keys = PasswordKey(lambda _new: PASSWORD)
    with open_store(sqlite_url(file), keys, load()) as store:
        assert parse(life.receive(store)).number > parse(last).number + 9_999


# ---- the password ----


def test_two_passwords_that_differ_are_typed_again(start: Callable[[], Start]) -> None:
    first = start()
    found(first)
    dialog = first.sees(PasswordDialog)
    type_in(dialog, "password", PASSWORD)
    type_in(dialog, "again", "con gà mái 26")
    enter(dialog)

    assert dialog.isVisible()
    assert "The two differ" in said_in(dialog)
    type_in(dialog, "again", PASSWORD)
    enter(dialog)
    enter(first.sees(SignIn))
    first.works()


def test_a_new_password_is_long_enough_can_be_seen_and_is_typed_again(
    start: Callable[[], Start],
) -> None:
    first = start()
    found(first)
    dialog = first.sees(PasswordDialog)
    type_in(dialog, "password", "ga")
    enter(dialog)
    assert "at least 8 characters" in said_in(dialog)

    type_in(dialog, "password", "ga trống 26")
    QTest.keyClick(dialog.shown, Qt.Key.Key_Space)
    assert dialog.line.displayText() == "ga trống 26"
    enter(dialog)

    assert dialog.focusWidget() is dialog.again
    assert "differ" not in said_in(dialog)
    escape(dialog)


def test_a_new_password_that_is_not_chosen_leaves_nothing(start: Callable[[], Start]) -> None:
    first = start()
    found(first)
    escape(first.sees(PasswordDialog))
    first.ends_with(1)
    first.app.close()

    found(start())


def test_a_wrong_password_says_so_and_asks_again(
    start: Callable[[], Start], tmp_path: Path
) -> None:
    store_with_a_password(tmp_path).close()
    started = start()
    dialog = started.sees(PasswordDialog)
    type_in(dialog, "password", "sai")
    enter(dialog)

    second = started.sees(PasswordDialog)
    assert "does not open the personal data" in said_in(second)
    type_in(second, "password", PASSWORD)
    enter(second)
    enter(started.sees(SignIn))
    started.works()


def test_an_empty_password_is_not_tried(start: Callable[[], Start], tmp_path: Path) -> None:
    store_with_a_password(tmp_path).close()
    dialog = start().sees(PasswordDialog)
    enter(dialog)

    assert dialog.isVisible()
    assert "is needed" in said_in(dialog)


def test_a_password_that_nobody_types_ends_the_start(
    start: Callable[[], Start], tmp_path: Path
) -> None:
    store_with_a_password(tmp_path).close()
    started = start()
    escape(started.sees(PasswordDialog))
    started.ends_with(1)


# ---- who works ----


def test_nobody_signs_in(start: Callable[[], Start], tmp_path: Path) -> None:
    store_with_a_password(tmp_path).close()
    started = start()
    type_in(started.sees(PasswordDialog), "password", PASSWORD)
    enter(started.sees(PasswordDialog))
    escape(started.sees(SignIn))
    started.ends_with(0)


# ---- what cannot be opened ----


def refused(started: Start) -> str:
    box = started.sees(QMessageBox)
    said = box.text()
    box.findChildren(QPushButton)[0].click()
    started.ends_with(2)
    return said


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"not a database at all" * 400, "damaged"), (b"\0" * 8192, "damaged")],
    ids=["text", "zeros"],
)
def test_a_file_that_is_no_store_is_named_and_kept_and_a_backup_is_asked_for(
    start: Callable[[], Start], tmp_path: Path, content: bytes, word: str
) -> None:
    file = tmp_path / "station.db"
    file.write_bytes(content)

    started = start()
    dialog = started.sees(RestoreDialog)
    assert word in said_in(dialog).lower()
    dialog.reject()
    assert started.ends == [1]
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "address",
    ["postgresql+psycopg://server:54x2/db", "://x", "mysql://server/db", "odd+driver://server/db"],
)
def test_an_address_that_is_none_is_refused(
    start: Callable[..., Start], tmp_path: Path, address: str
) -> None:
    assert "name no store" in refused(start(address))
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_another_pc_s_keyring_says_that_its_key_is_missing(
    start: Callable[[], Start], tmp_path: Path
) -> None:
    new_store(sqlite_url(tmp_path / "station.db")).close()  # its key was never a password's

    started = start()
    dialog = started.sees(RecoverDialog)
    assert "the data is there and stays locked" in said_in(dialog)
    dialog.reject()
    assert started.ends == [1]


def test_a_folder_in_its_place_is_refused(start: Callable[[], Start], tmp_path: Path) -> None:
    (tmp_path / "station.db").mkdir()

    assert "cannot be written" in refused(start())


def test_a_second_copy_is_told_to_use_the_first(start: Callable[[], Start], tmp_path: Path) -> None:
    store_with_a_password(tmp_path).close()
    first = start()
    first.sees(PasswordDialog)

    assert "open already" in refused(start())
    assert first.ends == []


def test_a_wait_of_seconds_is_explained(qtbot: QtBot) -> None:
    waiting = WaitingWindow("Máy tính cũ")
    qtbot.addWidget(waiting)
    waiting.begin("Opening the store…")
    assert not waiting.isVisible()  # a quick start shows nothing

    qtbot.waitUntil(waiting.isVisible)
    assert "Opening the store…" in said_in(waiting)
    waiting.end()
    assert not waiting.isVisible()


def test_the_warning_of_a_lost_store_is_read_whole(qtbot: QtBot, tmp_path: Path) -> None:
    words.use("vi")
    with store_with_a_password(tmp_path) as store:
        dialog = FirstStart(load().points(NOON.day), [store.standing()])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)

    warning = dialog.findChild(QLabel, "lostStore")
    assert warning is not None
    assert warning.height() >= warning.heightForWidth(warning.width())
    assert dialog.points.height() >= dialog.points.sizeHint().height()
    assert dialog.lead.height() >= dialog.lead.sizeHint().height()


def test_on_a_disk_that_takes_nothing_a_dead_copys_lock_is_no_open_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "station.db"
    held = opening.lock_file(file)
    with pytest.raises(opening.AlreadyOpen):
        opening.lock_file(file)

    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # root may write everywhere

    assert opening.lock_file(file) is not None
    assert held is not None
