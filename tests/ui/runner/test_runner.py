"""The runner's window: a machine is examined, the answer read, the report sent or saved."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from diagnostics.collect.side_by_side import collect
from diagnostics.collect.sources import linux_sources
from diagnostics.judge import policy
from diagnostics.judge.machine import judge
from diagnostics.profile import Profile
from diagnostics.progress import Listener, Progress, Step, StepState
from diagnostics.report import Report, decode, encode, identity
from diagnostics.trial import SAME_BOOT, Ending, Trial
from station import words
from station.codes import CodeKind, parse_scan
from sync.lan import (
    NoStation,
    NotAStationAddress,
    Outcome,
    Refused,
    Sent,
    Unreachable,
    Waiting,
    Why,
)
from sync.lan_discovery import Station
from sync.pairing import draw_code, grouped_short, short_form
from tests.diagnostics.machine_tree import write_laptop
from tests.labels.examples import scanned
from tests.ui.english import english_in, said_by
from ui.barcode import Barcode
from ui.far import ToneLine
from ui.runner.application import examine
from ui.runner.details import DetailsScreen
from ui.runner.pairing_card import PairingCard
from ui.runner.pictures import paint
from ui.runner.progress import ProgressScreen
from ui.runner.result import ResultScreen
from ui.runner.sending import Sending, Told, needs_the_stick, sending_tone
from ui.runner.start import StartScreen
from ui.runner.stick import StickScreen
from ui.runner.window import RunnerWindow, Surroundings
from ui.stick import Volume, is_plugged_in, report_name
from ui.theme import Tone

STATION = Station("192.168.1.20", announced=True)
BLOCKED = Unreachable(STATION, Why.SILENT)
STEP = Step("cpu.stress", "", StepState.RUNNING, 430, 34)


@dataclass(frozen=True)
class Done:
    report: Report
    data: bytes
    folder: Path | None


@dataclass
class Bench:
    """A small laptop of files, a network that does as told, a stick that is a folder."""

    root: Path
    outcomes: list[Outcome] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    sent: list[tuple[bytes, str]] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)
    crashed: tuple[Trial, ...] = ()
    broken: Exception | None = None
    hold: threading.Event = field(default_factory=threading.Event)
    stopped: bool = False
    plugged_in: bool = True
    keeps: bool = True
    has_viewer: bool = True

    def open_paper(self, file: Path) -> bool:
        self.papers.append(file)
        return self.has_viewer

    def volumes(self) -> tuple[Volume, ...]:
        stick = Volume("KINGSTON", self.stick, 14_000_000_000)
        return (stick,) if self.plugged_in else ()

    @property
    def stick(self) -> Path:
        return self.root / "stick"

    def diagnose(
        self,
        profile: Profile,
        *,
        folder: Path | None,
        listener: Listener | None,
        stop: threading.Event | None,
    ) -> Done:
        """Facts of the laptop's files, judged; a run of tests waits until it may end."""
        if self.broken is not None:
            raise self.broken
        if profile is not Profile.FACTS and listener is not None and stop is not None:
            listener(Progress((STEP, Step("mem.pattern", "", StepState.WAITING)), 61))
            while not self.hold.wait(0.01) and not stop.is_set():
                pass
            self.stopped = stop.is_set()
        rules = policy.load()
        with pytest.MonkeyPatch.context() as without_tools:
            without_tools.setenv("PATH", str(self.root / "no-tools"))
            machine = collect(linux_sources(self.root)).machine
        data = encode(Report(machine, judge(machine, (), rules), rules.id, profile=profile.value))
        return Done(decode(data), data, folder if self.keeps else None)

    def carry(
        self, data: bytes, code: str, address: str, told: Told, stop: threading.Event
    ) -> Outcome:
        self.sent.append((data, code))
        self.addresses.append(address)
        if address == "10.9.9.9.9":
            raise NotAStationAddress(address)
        for outcome in self.outcomes:
            told(outcome)
        stop.wait(5)
        return NoStation()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(write_laptop(tmp_path))
    made.stick.mkdir()
    return made


@pytest.fixture
def window(qtbot: QtBot, bench: Bench) -> Iterator[RunnerWindow]:
    window = RunnerWindow(
        Surroundings(
            folder=bench.root / "reports",
            diagnose=bench.diagnose,
            find_crash=lambda: bench.crashed,
            courier=bench.carry,
            volumes=bench.volumes,
            today=lambda: date(2021, 10, 11),
            open_paper=bench.open_paper,
        )
    )
    window.resize(1024, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    bench.hold.set()
    window.close()


def shows(qtbot: QtBot, window: RunnerWindow, screen: type[QWidget]) -> None:
    qtbot.waitUntil(
        lambda: isinstance(window.screen_now, screen) and window.screen_now.isVisible(),
        timeout=5000,
    )


def press(qtbot: QtBot, window: RunnerWindow, name: str) -> None:
    """Press the button of the screen that is shown; the one before may not be gone yet."""

    def seen() -> list[QPushButton]:
        buttons = window.findChildren(QPushButton, name)
        return [button for button in buttons if button.isVisible()]

    qtbot.waitUntil(lambda: bool(seen()))
    qtbot.mouseClick(seen()[0], Qt.MouseButton.LeftButton)


def said(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def with_result(qtbot: QtBot, window: RunnerWindow) -> None:
    press(qtbot, window, "profile.facts")
    shows(qtbot, window, ResultScreen)


def test_the_answer_and_what_to_do_are_read_at_once(qtbot: QtBot, window: RunnerWindow) -> None:
    with_result(qtbot, window)

    text = said(window)
    assert "Not known yet whether it fits online lessons" in text  # its disk told nothing of itself
    assert "ACME Computers Notebook 14" in text
    assert "Battery – Give the machine with its charger" in text


def test_the_progress_shows_each_test_and_how_long_it_takes(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    press(qtbot, window, "profile.triage")
    shows(qtbot, window, ProgressScreen)

    qtbot.waitUntil(
        lambda: "Processor under load: running · 43 % · about 0:34 left" in said(window)
    )
    assert "0 of 2 tests done · about 1:01 left" in said(window)
    assert "Memory errors: waits" in said(window)


def test_a_stopped_run_still_ends_in_a_report(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    press(qtbot, window, "profile.standard")
    shows(qtbot, window, ProgressScreen)

    qtbot.keyClick(window, Qt.Key.Key_Escape)

    shows(qtbot, window, ResultScreen)
    assert bench.stopped


def test_a_diagnosis_that_breaks_says_so_and_can_be_begun_again(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    bench.broken = PermissionError("no")
    press(qtbot, window, "profile.facts")
    qtbot.waitUntil(lambda: "This account may not write there" in said(window))

    bench.broken = None
    with_result(qtbot, window)


def test_what_an_earlier_start_left_is_said_plainly(qtbot: QtBot, tmp_path: Path) -> None:
    screen = StartScreen((Trial("mem.pattern", Ending.MACHINE_CRASHED),))
    qtbot.addWidget(screen)
    screen.show()

    assert "the machine went down, or was switched off, during Memory errors" in said(screen)


def test_a_program_that_was_closed_is_no_machine_that_went_down(qtbot: QtBot) -> None:
    closed = Trial("mem.pattern", Ending.MACHINE_CRASHED, SAME_BOOT)
    screen = StartScreen((closed,))
    qtbot.addWidget(screen)
    screen.show()

    assert "the program was closed, and the machine went on" in said(screen)
    assert "went down" not in said(screen)


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_4])
def test_the_keyboard_alone_is_enough_to_begin(
    qtbot: QtBot, window: RunnerWindow, key: Qt.Key
) -> None:
    qtbot.keyClick(window, key)

    shows(qtbot, window, ProgressScreen if key == Qt.Key.Key_1 else ResultScreen)


def test_the_code_is_shown_as_bars_digits_and_the_short_form_of_the_very_report(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)
    qtbot.waitUntil(lambda: bool(bench.sent))
    data, code = bench.sent[0]

    shown = window.findChild(QLabel, "pairingCode")
    short = window.findChild(QLabel, "shortForm")
    assert shown is not None
    assert short is not None
    assert parse_scan(shown.text()).text == code
    assert parse_scan(code).kind is CodeKind.PAIRING
    digest = bytes.fromhex(identity(data))
    assert grouped_short(short_form(digest)) in short.text()


def test_a_firewall_that_blocks_is_named_and_the_stick_is_offered(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    bench.outcomes = [BLOCKED]
    with_result(qtbot, window)

    qtbot.waitUntil(lambda: "its firewall lets nothing through" in said(window))
    stick = window.findChild(QPushButton, "stick")
    assert stick is not None
    assert stick.property("primary")
    code = window.findChild(QLabel, "pairingCode")
    assert code is not None
    assert not code.isVisible()


def test_a_station_that_waits_and_then_accepts_is_followed(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    bench.outcomes = [NoStation(), Waiting(STATION), Sent(STATION)]
    with_result(qtbot, window)

    qtbot.waitUntil(lambda: "You may switch this machine off" in said(window))


def test_a_typed_address_is_tried_and_one_that_leads_nowhere_is_refused(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)
    address = window.findChild(QLineEdit, "address")
    assert address is not None
    assert not address.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    qtbot.keyClicks(address, "10.9.9.9.9")
    qtbot.keyClick(address, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "There is no PC of this network" in said(window))
    assert bench.addresses == ["", "10.9.9.9.9"]


def test_after_an_address_that_leads_nowhere_stations_are_looked_for_again(qtbot: QtBot) -> None:
    tried: list[str] = []

    def carry(data: bytes, code: str, address: str, told: Told, stop: threading.Event) -> Outcome:
        del data, code, stop
        tried.append(address)
        if address:
            raise NotAStationAddress(address)
        told(Waiting(STATION))
        return Waiting(STATION)

    sending = Sending(carry, wrong_shown_s=0.05)
    with qtbot.waitSignals([sending.wrong_address, sending.told], order="strict"):
        sending.try_address("nowhere")

    assert tried == ["nowhere", ""]
    sending.stop()


def test_the_report_lands_on_the_stick_byte_for_byte(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)
    press(qtbot, window, "stick")
    shows(qtbot, window, StickScreen)

    press(qtbot, window, "volume.1")

    qtbot.waitUntil(lambda: "You may pull the stick out" in said(window))
    (file,) = bench.stick.iterdir()
    assert file.read_bytes() == bench.sent[0][0]


def test_a_stick_that_answers_late_disturbs_nobody(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)

    window._show_volumes((Volume("LATE", bench.stick, 1),))

    assert isinstance(window.screen_now, ResultScreen)


def test_a_folder_that_cannot_be_written_keeps_no_machine_from_being_examined(
    tmp_path: Path,
) -> None:
    stop = threading.Event()
    stop.set()
    (tmp_path / "no-folder").touch()

    done = examine(Profile.TRIAGE, folder=tmp_path / "no-folder", listener=None, stop=stop)

    assert done.report.profile == "triage"
    assert "cpu.stress" in {trial.check for trial in done.report.trials}
    assert done.folder is None


def test_a_report_that_is_kept_nowhere_says_so_until_it_lies_on_a_stick(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    bench.keeps = False
    with_result(qtbot, window)
    assert "This report is kept nowhere yet" in said(window)
    stick = window.findChild(QPushButton, "stick")
    assert stick is not None
    assert stick.property("primary")

    press(qtbot, window, "stick")
    press(qtbot, window, "volume.1")
    qtbot.waitUntil(lambda: "You may pull the stick out" in said(window))
    press(qtbot, window, "back")

    shows(qtbot, window, ResultScreen)
    assert "kept nowhere" not in said(window)


def test_a_report_that_the_station_has_is_kept(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    bench.keeps, bench.outcomes = False, [Sent(STATION)]

    with_result(qtbot, window)

    qtbot.waitUntil(lambda: "You may switch this machine off" in said(window))
    assert "kept nowhere" not in said(window)


def test_a_stick_that_is_gone_is_said_beside_it(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)
    press(qtbot, window, "stick")
    shows(qtbot, window, StickScreen)
    bench.stick.rmdir()
    bench.stick.write_text("no folder any more")

    press(qtbot, window, "volume.1")

    told = window.findChild(QWidget, "saved")
    assert told is not None
    qtbot.waitUntil(told.isVisible)
    assert "pull the stick out" not in said(window)


def test_a_stick_that_was_pulled_out_takes_no_report(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)
    press(qtbot, window, "stick")
    shows(qtbot, window, StickScreen)
    bench.plugged_in = False  # its folder stays, on the machine's own disk

    press(qtbot, window, "volume.1")

    qtbot.waitUntil(lambda: "No stick is seen" in said(window))
    assert list(bench.stick.iterdir()) == []


def test_the_sheet_is_drawn_and_opened(qtbot: QtBot, window: RunnerWindow, bench: Bench) -> None:
    with_result(qtbot, window)

    press(qtbot, window, "paper")

    qtbot.waitUntil(lambda: bool(bench.papers), timeout=15_000)
    assert bench.papers[0].read_bytes().startswith(b"%PDF")


def test_a_sheet_that_nothing_shows_is_named_with_its_whole_path(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    bench.has_viewer = False
    with_result(qtbot, window)

    press(qtbot, window, "paper")

    qtbot.waitUntil(lambda: window.findChild(QPlainTextEdit, "paper") is not None, timeout=15_000)
    path = window.findChild(QPlainTextEdit, "paper")
    assert path is not None
    assert path.toPlainText() == str(bench.papers[0])
    press(qtbot, window, "close")
    qtbot.waitUntil(lambda: window.findChild(QPlainTextEdit, "paper") is None)


def test_the_details_hold_every_verdict_and_lead_back(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    with_result(qtbot, window)
    press(qtbot, window, "details")
    shows(qtbot, window, DetailsScreen)

    cpu = "ACME Core(TM) i3-4000M CPU @ 2.40GHz (2 cores, 4 threads)"
    qtbot.waitUntil(lambda: cpu in said(window))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    shows(qtbot, window, ResultScreen)


def test_the_language_changes_at_any_moment_and_nothing_stays_english(
    qtbot: QtBot, window: RunnerWindow, bench: Bench
) -> None:
    for begin in ("", "profile.standard"):
        if begin:
            press(qtbot, window, begin)
            shows(qtbot, window, ProgressScreen)
        press(qtbot, window, "language")
        assert words.language() == "vi"
        qtbot.waitUntil(lambda: english_in(said_by(window)) == [])
        press(qtbot, window, "language")
        assert words.language() == "en"


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("outcome", [Waiting(STATION), BLOCKED, NoStation(), Sent(STATION)])
@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_every_ending_fits_a_small_panel(
    qtbot: QtBot,
    window: RunnerWindow,
    bench: Bench,
    size: tuple[int, int],
    outcome: Outcome,
    *,
    keeps: bool,
) -> None:
    words.use("vi")
    bench.outcomes, bench.keeps = [outcome], keeps
    window.resize(*size)
    with_result(qtbot, window)
    qtbot.waitUntil(lambda: "Looking for" not in said(window))

    lines = window.findChildren(ToneLine)
    qtbot.waitUntil(lambda: all(x.height() >= x.heightForWidth(x.width()) for x in lines))
    assert window.minimumSizeHint().width() <= size[0]
    assert window.minimumSizeHint().height() <= size[1]


@pytest.mark.parametrize(
    ("outcome", "tone"),
    [
        (Sent(STATION), Tone.OK),
        (Waiting(STATION), Tone.WARN),
        (NoStation(), Tone.UNKNOWN),
        *((Unreachable(STATION, why), Tone.FAIL) for why in Why),
        (Refused("code_used"), Tone.FAIL),
        (Refused("of_next_year"), Tone.FAIL),
    ],
)
def test_an_ending_looks_as_it_is(outcome: Outcome, tone: Tone) -> None:
    assert sending_tone(outcome) is tone


def test_who_may_come_in_later_is_not_sent_to_the_stick() -> None:
    assert not needs_the_stick(Waiting(STATION))
    assert not needs_the_stick(Refused("busy", STATION))
    assert needs_the_stick(Refused("declined", STATION))


def test_a_station_that_refuses_for_good_sends_to_the_stick(qtbot: QtBot) -> None:
    card = PairingCard("B5621265065", "119608")
    qtbot.addWidget(card)

    with qtbot.waitSignal(card.stick_needed):
        card.show_outcome(Refused("too_large"))


@pytest.mark.parametrize(
    ("path", "root", "plugged"),
    [
        ("/", "/", False),
        ("/home", "/", False),
        ("/media/minh/KINGSTON", "/", True),
        ("/run/media/minh/USB", "/", True),
        ("C:/", "C:/", False),
        ("E:/", "C:/", True),
    ],
)
def test_a_stick_is_told_from_the_systems_own_volumes(
    path: str, root: str, *, plugged: bool
) -> None:
    assert is_plugged_in(path, root) is plugged


def test_a_reports_file_name_suits_any_stick(bench: Bench) -> None:
    done = bench.diagnose(Profile.FACTS, folder=None, listener=None, stop=None)

    name = report_name(done.report, done.data)

    assert name.startswith("ACME-Computers_Notebook-14_AC-0001_")
    assert name.isascii()
    assert len(name) < 200


@pytest.mark.parametrize("width", [300, 480])
def test_the_bars_on_the_screen_are_read_by_another_decoder(qtbot: QtBot, width: int) -> None:
    code = draw_code()
    barcode = Barcode(code)
    qtbot.addWidget(barcode)
    barcode.resize(width, barcode.sizeHint().height())
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)

    barcode.grab().save(buffer, "PNG")

    picture = Image.open(BytesIO(data.data())).convert("L")
    assert scanned(picture) == [("Code 128", code)]


def test_the_pictures_show_every_screen_of_the_very_window(
    qapp: QApplication, tmp_path: Path
) -> None:
    words.use("vi")

    painted = list(paint(tmp_path, "vi"))

    assert len(painted) == 16
    sizes = {QImage(str(file)).size().toTuple() for file in painted}
    assert sizes == {(1024, 600), (1366, 768)}
