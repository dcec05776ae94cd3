"""The window on the laptop under test: choose, watch, read the answer, send it on its way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from diagnostics.profile import Profile
from diagnostics.progress import Progress
from diagnostics.report import Report, identity
from diagnostics.trial import Trial
from station import words
from station.files import put_file
from station.reference import load
from station.words import _
from sync.lan import Outcome, Sent
from sync.pairing import short_form
from ui.background import Background
from ui.far import far_button
from ui.paper_dialog import PaperDialog
from ui.runner.details import DetailsScreen
from ui.runner.pairing_card import PairingCard
from ui.runner.progress import ProgressScreen
from ui.runner.result import ResultScreen
from ui.runner.sending import Courier, Sending
from ui.runner.start import StartScreen
from ui.runner.stick import StickScreen
from ui.runner.work import Diagnose, Diagnosis, Examination, FindCrash
from ui.stick import StickGone, Volume, save_report
from ui.theme import Role
from ui.theme import words as shown_words
from ui.wording import explain

OTHER_LANGUAGE: Final = {"vi": ("en", "English"), "en": ("vi", "Tiếng Việt")}
MARGIN = 16


@dataclass(frozen=True)
class Surroundings:
    """What the window needs of the machine it runs on; a test or a picture brings its own."""

    folder: Path  # for the journal, reports and papers
    diagnose: Diagnose
    find_crash: FindCrash
    courier: Courier
    volumes: Callable[[], tuple[Volume, ...]]
    today: Callable[[], date]
    open_paper: Callable[[Path], bool]


def open_in_viewer(file: Path) -> bool:
    """Show a finished PDF in the system's own viewer, which prints it; False without one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(file))


class RunnerWindow(QMainWindow):
    """One screen at a time; speaking another language builds it anew."""

    language_changed = Signal(str)

    def __init__(self, here: Surroundings) -> None:
        super().__init__()
        self._here = here
        self._show: Callable[[], None] = self._show_start
        self._crashed: tuple[Trial, ...] = ()
        self._profile = Profile.TRIAGE
        self._progress = Progress(collecting=True)
        self._done: Diagnosis | None = None
        self._outcome: Outcome | None = None
        self._kept = False  # it lies on a disk: here, on a stick or at the station
        self._screen = QWidget()
        self._aside = Background("runner")  # sticks, papers, the journal
        self._examination = Examination(here.diagnose, here.folder)
        self._examination.progressed.connect(self._progressed)
        self._examination.done.connect(self._ended)
        self._examination.failed.connect(self._failed)
        self._sending = Sending(here.courier, self)
        self._sending.told.connect(self._told)
        self._show_start()
        self._aside.run(here.find_crash, self._found_crash, self._say_nothing, self)

    @property
    def screen_now(self) -> QWidget:
        """What is shown."""
        return self._screen

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._sending.stop()
        self._examination.close(QApplication.processEvents)
        self._aside.close()
        super().closeEvent(event)

    # ---- the screens ----

    def _show_start(self, problem: str = "") -> None:
        self._show = partial(self._show_start, problem)
        start = StartScreen(self._crashed, problem)
        start.chosen.connect(self._begin)
        self._put(start)

    def _show_progress(self) -> None:
        self._show = self._show_progress
        screen = ProgressScreen(self._profile)
        screen.show_progress(self._progress)
        screen.stop_wanted.connect(self._examination.stop)
        self._put(screen)

    def _show_result(self) -> None:
        done = self._done
        if done is None:
            return
        self._show = self._show_result
        short = short_form(bytes.fromhex(identity(done.data)))
        pairing = PairingCard(self._sending.code, short)
        result = ResultScreen(done.report, pairing)
        pairing.address_typed.connect(self._sending.try_address)
        pairing.stick_needed.connect(result.offer_stick)
        self._sending.wrong_address.connect(pairing.show_wrong_address)
        result.wanted.connect(self._do)
        self._put(result)
        if not self._kept:
            result.warn_unkept()
        if self._outcome is not None:
            pairing.show_outcome(self._outcome)

    def _show_details(self, report: Report) -> None:
        self._show = partial(self._show_details, report)
        details = DetailsScreen(report)
        details.back.connect(self._show_result)
        self._put(details)

    def _show_stick(self) -> None:
        self._show = self._show_stick
        self._aside.run(self._here.volumes, self._show_volumes, self._cannot, self)

    def _show_volumes(self, volumes: tuple[Volume, ...]) -> None:
        if self._show != self._show_stick:  # a slow stick answered after one went on
            return
        screen = StickScreen(volumes)
        screen.chosen.connect(self._save)
        screen.look_again.connect(self._show_stick)
        screen.back.connect(self._show_result)
        self._put(screen)

    def _put(self, screen: QWidget) -> None:
        """Show this screen under the language switch."""
        self.setWindowTitle(_("Check of a computer"))
        self.statusBar().clearMessage()  # it was about the screen before
        self.statusBar().hide()  # a small screen needs the room
        self._screen = screen
        ground = QWidget()
        ground.setObjectName("ground")
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addWidget(screen, 1)
        self.setCentralWidget(ground)
        screen.setFocus()

    def _head(self) -> QHBoxLayout:
        code, name = OTHER_LANGUAGE[words.language()]
        switch = far_button("language", name, "F2")
        switch.setProperty("far", False)
        switch.setFont(shown_words().font())
        switch.clicked.connect(partial(self._speak, code))
        head = QHBoxLayout()
        head.addWidget(shown_words(_("Check of a computer"), Role.MUTED), 1)
        head.addWidget(switch)
        return head

    def _speak(self, language: str) -> None:
        words.use(language)
        self.language_changed.emit(language)  # for the application's own words
        self._show()

    # ---- the examination ----

    def _found_crash(self, trials: tuple[Trial, ...]) -> None:
        self._crashed = trials
        if trials and isinstance(self._screen, StartScreen):
            self._show_start()

    def _say_nothing(self, _error: Exception) -> None:
        """A folder that cannot be read holds no journal; the log names it."""

    def _begin(self, profile: Profile) -> None:
        self._profile, self._progress = profile, Progress(collecting=True)
        self._sending.stop()
        self._done = self._outcome = None
        self._show_progress()
        self._examination.start(profile)

    def _progressed(self, progress: Progress) -> None:
        self._progress = progress
        if isinstance(self._screen, ProgressScreen):
            self._screen.show_progress(progress)

    def _ended(self, diagnosis: Diagnosis) -> None:
        self._done, self._kept = diagnosis, diagnosis.folder is not None
        self._sending.begin(diagnosis.data)
        self._show_result()

    def _failed(self, error: Exception) -> None:
        self._show_start(explain(error, load()))

    def _told(self, outcome: Outcome) -> None:
        self._outcome = outcome
        if isinstance(outcome, Sent):
            self._keep()
        pairing = self._screen.findChild(PairingCard)
        if pairing is not None:
            pairing.show_outcome(outcome)

    def _keep(self) -> None:
        self._kept = True
        if isinstance(self._screen, ResultScreen):
            self._screen.show_kept()

    # ---- what one does with the result ----

    def _do(self, wanted: str) -> None:
        done = self._done
        if done is None:
            return
        if wanted == "details":
            self._show_details(done.report)
        elif wanted == "stick":
            self._show_stick()
        elif wanted == "again":
            self._sending.stop()
            self._show_start()
        elif wanted == "paper":
            today, folder = self._here.today(), self._here.folder
            draw = partial(draw_sheet, done, today, folder)
            self._aside.run(draw, self._show_paper, self._cannot, self)

    def _save(self, folder: Path) -> None:
        done, screen = self._done, self._screen
        if done is None or not isinstance(screen, StickScreen):
            return
        on_stick, volumes = folder in screen.folders, self._here.volumes

        def save() -> Path:
            if on_stick and all(volume.folder != folder for volume in volumes()):
                raise StickGone
            return save_report(done.report, done.data, folder)

        def saved(file: Path) -> None:
            if self._done is done:
                self._keep()
            screen.show_saved(file)

        self._aside.run(save, saved, screen.show_failure, screen)

    def _show_paper(self, file: Path) -> None:
        if not self._here.open_paper(file):
            PaperDialog(file, self).open()

    def _cannot(self, error: Exception) -> None:
        self.statusBar().showMessage(explain(error, load()))
        self.statusBar().show()


def draw_sheet(done: Diagnosis, today: date, folder: Path) -> Path:
    """Leave the one-page sheet of a report in the folder."""
    from diagnostics.sheet import describe  # noqa: PLC0415 -- reportlab loads on first use
    from labels.report_sheet import report_sheet_pdf  # noqa: PLC0415 -- the same

    digest = identity(done.data)
    file = folder / f"{digest}.pdf"
    put_file(file, report_sheet_pdf(describe(done.report, digest, day=today)))
    return file
