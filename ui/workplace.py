"""The window at work: pages, scans, printing, and what the footer and the banners say."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from diagnostics.shelf import Shelf
from station import codes, words
from station.codes import BadCode, Code, CodeKind
from station.fold import POINT
from station.ledger import ChainId, Moment
from station.operators import Operator
from station.people import OperatorName
from station.ports import PointStore, Standing
from station.refusals import Refusal, UnknownCase, UnknownDevice, UnknownLot, UnknownPaper
from station.store.engine import database_file
from station.store.witness import witness_of
from station.words import _
from ui.background import Background
from ui.banners import Act as Offer
from ui.bench_page import BenchPage
from ui.blanks_page import BlanksPage
from ui.coded_words import role_word
from ui.day_words import time_words
from ui.desk import Act, Desk, Question
from ui.device_page import DevicePage
from ui.freshness import Freshness
from ui.handover_page import HandoverPage
from ui.inbox_lines import InboxReader
from ui.inbox_page import InboxPage
from ui.intake_page import IntakePage
from ui.item_scans import ItemScans
from ui.labels_page import LabelsPage
from ui.main_window import MainWindow, Page
from ui.pairing import Pairing
from ui.paperwork.office import Office
from ui.parts_page import PartsPage
from ui.previewing import Previewing
from ui.print_desk import PAGE, PrintDesk
from ui.print_habits import PrintHabits
from ui.print_queue_page import PrintQueuePage
from ui.printers import printers_file, read_printers
from ui.printing import Printing
from ui.receiving import Receiving, Where
from ui.settings import Settings
from ui.settings_page import SettingsPage
from ui.shelves_page import ShelvesPage
from ui.sign_in import SignIn
from ui.sounds import ScanSounds
from ui.stock_page import StockPage
from ui.suggestions import suggestions
from ui.sync_page import SyncPage
from ui.syncing import Syncing
from ui.today_page import TodayPage
from ui.wording import explain

if TYPE_CHECKING:
    from ui.paperwork.paper_desk import PaperDesk

logger = logging.getLogger(__name__)

SYNC_EVERY_MS = 60_000
LISTEN_AFTER_MS = 3_000  # the window first

UNKNOWN: Final[dict[CodeKind, type[Refusal]]] = {
    CodeKind.DEVICE: UnknownDevice,
    CodeKind.CASE: UnknownCase,
    CodeKind.LOT: UnknownLot,
    CodeKind.PAPER: UnknownPaper,
}
"""What is here or not, and what is said of a scan when it is not."""


class Places:
    """Where the app keeps its files beside the store."""

    def __init__(self, data: Path, state: Path, settings: Path | None = None) -> None:
        self.reports, self.papers, self.state = data / "reports", data / "papers", state
        self.data = data
        self.settings = settings or data / "settings.json"


class Standstill(Struct, frozen=True):
    """What the window says of the point after each act."""

    standing: Standing
    waiting: int
    clock_doubt: datetime | None


def looks_like_code(raw: str) -> bool:
    """Whether a scan is meant as one of our codes, even a misread one."""
    try:
        codes.parse_scan(raw)
    except (codes.WrongCheckDigit, codes.NoSuchPoint, codes.NoSuchNumber):
        return True
    except BadCode:
        return False
    return True


class Workplace(QObject):
    """Owns the window and connects its pages. Pages know the desk and nothing of each other."""

    def __init__(
        self,
        desk: Desk,
        store: PointStore,
        slow: Background,
        places: Places,
        *,
        settings: Settings,
        standing: Standing,
        names: Sequence[OperatorName],
        where: Where | None = None,
    ) -> None:
        super().__init__()
        self.desk, self._slow, self._places, self._settings = desk, slow, places, settings
        self._names = names
        self._point = f"{POINT}{standing.chain.station:03d}"
        self._sounds = ScanSounds()
        self._trials = Background("trials")  # of printers, which may let one wait
        self.printing = _printing(desk, places)
        self.syncing = Syncing(desk, store, slow, settings.service)
        self._witness = witness_of(places.state, standing.store_id)
        shelf, point = Shelf(places.reports), standing.chain.station
        self.receiving = Receiving(desk, shelf, point, places.settings, where)
        self._reader = InboxReader(desk, self.receiving, shelf, suggestions)
        self.window = MainWindow(*self._titles(standing), self._pages(), looks_like_code)
        self.pairing = Pairing(desk, self.receiving, shelf, self.window)
        self._pictures = Background("preview")
        self.previewing = Previewing(desk, self.printing, self._pictures, self.window)
        self.prints = PrintDesk(self.printing, self.window, desk, open_papers=settings.open_papers)
        self.items = ItemScans(desk)
        self._papers: PaperDesk | None = None
        self._office = Office(places.data)
        self._connect()
        self._check_witness(standing)

    def show(self) -> None:
        """Show the window on today's page."""
        self._tell_operator(self.desk.operator)
        self.window.show_page("today")
        self.window.show()
        self.window.activateWindow()  # the scanner must have somewhere to type
        self._look_around()
        self.prints.start()
        if self._settings.receive_reports:
            QTimer.singleShot(LISTEN_AFTER_MS, self.receiving, self._listen_again)

    def close(self) -> None:
        """Stop syncing, let every print end, and take the window away."""
        self._often.stop()
        self.receiving.close()
        self.syncing.close()
        self.printing.close()
        if self._papers is not None:
            self._papers.close()
        self._trials.close()
        self._pictures.close()
        self.window.leave()

    # ---- pages ----

    def _titles(self, standing: Standing) -> tuple[str, str]:
        station = standing.chain.station
        point = self.desk.reference.point(station, self.desk.now().day)
        numbered = _("point {number}").format(number=f"{station:03d}")
        programme = self.desk.reference.programme.short(words.language())
        return programme, f"{point.word(words.language())} · {numbered}"

    def _pages(self) -> tuple[Page, ...]:
        return (
            Page("today", _("Today"), "today", self._today),
            Page("blanks", _("Blank labels"), "print", self._blanks, under="today"),
            Page("shelves", _("Shelves"), "laptop", self._shelves, under="stock"),
            Page("labels", _("Labels to stick"), "print", self._labels, under="today"),
            Page("intake", _("Intake"), "intake", self._intake),
            Page("bench", _("Check and repair"), "wrench", self._bench),
            Page("device", _("Device"), "laptop", self._device, under="bench"),
            Page("inbox", _("Waiting reports"), "wrench", self._inbox, under="bench"),
            Page("parts", _("Counted parts"), "wrench", self._parts, under="bench"),
            Page("stock", _("Stock of devices"), "laptop", self._stock),
            Page("handover", _("Giving"), "gift", self._handover),
            Page("sync", _("Sync"), "sync", self._sync),
            Page("settings", _("Settings"), "settings", self._settings_page),
            Page("prints", _("Prints"), "print", self._prints, under="settings"),
            Page("printers", _("Printers"), "print", self._printers_page, under="settings"),
            Page("words", _("Words of papers"), "report", self._words_page, under="settings"),
        )

    def _today(self) -> QWidget:
        page = TodayPage(self.desk, printers_file(self._places.settings))
        page.open_device.connect(self.open_device)
        page.open_page.connect(self.window.show_page)
        return page

    def _intake(self) -> QWidget:
        page = IntakePage(self.desk, self._habits())
        page.print_labels.connect(self.printing.print_labels)
        page.print_receipt.connect(lambda visit: self.papers.print_now("intake-receipt", visit))
        page.papers_wanted.connect(self._open_papers)
        page.not_mine.connect(self._open)
        page.said.connect(self.window.say)
        page.open_device.connect(self.open_device)
        return page

    def _habits(self) -> PrintHabits:
        return PrintHabits(self.desk, self._places.settings, self._settings)

    def _bench(self) -> QWidget:
        page = BenchPage(self.desk)
        page.open_device.connect(self.open_device)
        page.open_page.connect(self.window.show_page)
        self._reader.counted.connect(page.show_waiting_reports)
        Freshness(page, self.desk, self._reader.count)
        return page

    def _device(self) -> QWidget:
        page = DevicePage(self.desk, self._slow, self._places.reports)
        page.print_labels.connect(self.printing.print_labels)
        page.print_label.connect(lambda code: self.printing.print_labels((code,)))
        page.preview_label.connect(lambda code: self.previewing.preview_labels((code,)))
        page.print_sheet.connect(self.printing.print_sheet)
        page.papers_wanted.connect(self._open_papers)
        page.papers_offered.connect(self._offer_papers)
        page.open_device.connect(self.open_device)
        page.open_page.connect(self.window.show_page)
        page.said.connect(self.window.say)
        page.dialog_gone.connect(self.window.scan_box.setFocus)
        page.laptop_scanned.connect(self.pairing.pair)
        page.pair_wanted.connect(self.items.pair)
        self.items.found.connect(page.show_finding)
        page.laptop_wanted.connect(lambda code: self.pairing.ask(device=code))
        return page

    def _inbox(self) -> QWidget:
        page = InboxPage(self.desk, self.receiving, self._reader, self._places.reports)
        page.said.connect(self.window.say)
        page.dialog_gone.connect(self.window.scan_box.setFocus)
        return page

    def _parts(self) -> QWidget:
        page = PartsPage(self.desk)
        page.print_labels.connect(self.printing.print_labels)
        page.papers_wanted.connect(self._open_papers)
        page.said.connect(self.window.say)
        return page

    def _stock(self) -> QWidget:
        page = StockPage(self.desk)
        page.print_labels.connect(self.printing.print_labels)
        page.open_page.connect(self.window.show_page)
        page.papers_wanted.connect(self._open_papers)
        page.open_device.connect(self.open_device)
        return page

    def _handover(self) -> QWidget:
        page = HandoverPage(self.desk)
        page.print_minutes.connect(self._print_minutes)
        page.papers_wanted.connect(self._open_papers)
        page.papers_offered.connect(self._offer_papers)
        page.said.connect(self.window.say)
        page.open_device.connect(self.open_device)
        return page

    def _sync(self) -> QWidget:
        page = SyncPage(self.desk)
        page.open_device.connect(self.open_device)
        page.sync_now.connect(self.syncing.sync_now)
        self.syncing.started.connect(page.show_running)
        self.syncing.ended.connect(page.show_result)
        if self.syncing.last is not None:
            page.show_result(self.syncing.last)
        return page

    @property
    def papers(self) -> "PaperDesk":
        """Where papers are made; what it needs loads when the first is wanted."""
        if self._papers is None:
            from ui.paperwork.outlet import Outlet  # noqa: PLC0415 -- the window first
            from ui.paperwork.paper_desk import PaperDesk  # noqa: PLC0415 -- the same

            printers = partial(read_printers, printers_file(self._places.settings))
            outlet = Outlet(self.desk, self.printing, self.window, printers, self._office)
            self._papers = PaperDesk(outlet, self.printing)
        return self._papers

    def _open_papers(self, about: str = "") -> None:
        """The papers of a code; without one, those of the point."""
        self.papers.open_papers(about or self._point)

    def _print_minutes(self, of: str) -> None:
        self.papers.print_minutes(of)

    def _offer_papers(self, about: str, done: str) -> None:
        self.window.offer(done, Offer(_("Papers…"), partial(self._open_papers, about)))

    def _labels(self) -> QWidget:
        page = LabelsPage(self.desk, self.printing)
        page.preview_wanted.connect(self.previewing.preview_labels)
        page.open_device.connect(self.open_device)
        page.open_page.connect(self.window.show_page)
        page.said.connect(self.window.say)
        return page

    def _blanks(self) -> QWidget:
        page = BlanksPage(self.desk, self.printing)
        page.said.connect(self.window.say)
        return page

    def _shelves(self) -> QWidget:
        page = ShelvesPage(self.desk)
        page.print_labels.connect(self.printing.print_labels)
        page.open_device.connect(self.open_device)
        page.said.connect(self.window.say)
        return page

    def _prints(self) -> QWidget:
        page = PrintQueuePage(self.printing, self.desk)
        page.open_page.connect(self.window.show_page)
        return page

    def _settings_page(self) -> QWidget:
        page = SettingsPage(self.desk, self._places.settings)
        page.said.connect(self.window.say)
        page.operators_changed.connect(self._know_operators)
        page.open_page.connect(self.window.show_page)
        return page

    def _printers_page(self) -> QWidget:
        from ui.printers_page import PrintersPage  # noqa: PLC0415 -- opened once in a while

        file = printers_file(self._places.settings)
        page = PrintersPage(self.desk, file, self._trials, self._sounds)
        page.removed.connect(self.window.say)
        page.said.connect(self.window.say)
        page.open_page.connect(self.window.show_page)
        page.dialog_gone.connect(self.window.scan_box.setFocus)
        return page

    def _words_page(self) -> QWidget:
        from ui.paperwork.words_page import WordsPage  # noqa: PLC0415 -- opened once in a while

        page = WordsPage(self.desk, self._office, self.papers.background)
        page.said.connect(self.window.say)
        return page

    def _connect(self) -> None:
        self.window.scan.connect(self.take_scan)
        self.window.search.connect(self._search)
        self.window.operator_change.connect(self._change_operator)
        self.window.navigation.prints_wanted.connect(partial(self.window.show_page, PAGE))
        self.desk.acted.connect(self.window.make_way)
        self.desk.recorded.connect(self._look_around)
        self.items.good.connect(self._sound_good)
        self.items.alarmed.connect(self._sounds.bad)
        self.items.refused.connect(self._refuse_sentence)
        self.items.said.connect(self.window.say)
        self.items.open_device.connect(self.open_device)
        self.items.open_shelf.connect(self._open_shelf)
        self.pairing.said.connect(self.window.say)
        self.pairing.refused.connect(self._refuse_sentence)
        self.previewing.refused.connect(self._refuse)
        self.previewing.dialog_gone.connect(self.window.scan_box.setFocus)
        self.pairing.dialog_gone.connect(self.window.scan_box.setFocus)
        self.syncing.restored_copy.connect(self._begin_anew)
        self.syncing.ended.connect(lambda _end: self._look_around())
        self._often = QTimer(self)
        self._often.setInterval(SYNC_EVERY_MS)
        if self._settings.service:
            self._often.timeout.connect(self.syncing.sync_now)
            self._often.start()

    def _listen_again(self) -> None:
        self.receiving.turn_on(remember=False)

    # ---- scans and search ----

    def take_scan(self, raw: str) -> None:
        """Any page accepts a scan; a bad one changes nothing and says why."""
        try:
            code = codes.parse_scan(raw)
        except BadCode as error:
            if self.pairing.accept_digits(raw):
                self._sound_good()
            else:
                self._refuse_scan(error)
            return
        if self.pairing.accept_scan(code):
            self._sound_good()
            return
        if code.kind is CodeKind.PART:
            self.items.take(code.text, self._device_on_screen)
            return
        page = self.window.page(self.window.current_page)
        accept: Callable[[Code], bool] | None = getattr(page, "accept_scan", None)
        if accept is not None and accept(code):
            self._sound_good()
        else:
            self._open(code)

    @property
    def _device_on_screen(self) -> str:
        page = self.window.page(self.window.current_page)
        return page.code if isinstance(page, DevicePage) else ""

    def _open_shelf(self, code: str) -> None:
        page = self.window.page("shelves")
        self.window.show_page("shelves")
        if isinstance(page, ShelvesPage):
            page.show_shelf(code)

    def open_device(self, code: str) -> None:
        """Show one device; what nobody here knows opens nothing."""
        self._if_known(CodeKind.DEVICE, code, partial(self._show_device, code))

    def _if_known(self, kind: CodeKind, code: str, go_on: Callable[[], None]) -> None:
        def answer(known: bool) -> None:
            if known:
                go_on()
            else:
                self._refuse_scan(UNKNOWN[kind](code))

        known: Question[bool] = partial(_is_known, kind, code)
        self.desk.ask(known, answer, self._refuse, owner=self)

    def _refuse_scan(self, error: Exception) -> None:
        self._sounds.bad()
        self.window.refuse_scan(explain(error, self.desk.reference))

    def _refuse_sentence(self, sentence: str) -> None:
        self._sounds.bad()
        self.window.refuse_scan(sentence)

    def _sound_good(self) -> None:
        QTimer.singleShot(0, self._sounds.good)  # the page first: the first sound loads slowly

    def _show_device(self, code: str) -> None:
        page = self.window.page("device")
        self.window.show_page("device")
        if isinstance(page, DevicePage):
            page.show_device(code)

    def _open(self, code: Code) -> None:
        """Show what no page took; first ask whether it is known, so that a slip changes nothing."""
        show = partial(self._show_scanned, code)
        if code.kind in UNKNOWN:
            self._if_known(code.kind, code.text, show)
        else:
            show()

    def _show_scanned(self, code: Code) -> None:
        self._sound_good()
        giving = self.window.current_page == "handover" and code.kind is CodeKind.DEVICE
        if giving or code.kind is CodeKind.CASE:
            self._seek_for_giving(code)
        elif code.kind is CodeKind.DEVICE:
            self._show_device(code.text)
        elif code.kind is CodeKind.PAPER:
            self.papers.open_paper(code.text)
        elif code.kind is CodeKind.PAIRING:
            self.pairing.ask(laptop=code.text)
        else:
            self._search(code.text)

    def _seek_for_giving(self, code: Code) -> None:
        page = self.window.page("handover")
        if self.window.current_page != "handover":
            self.window.show_page("handover")
        if isinstance(page, HandoverPage):
            page.seek(code)

    def _search(self, text: str) -> None:
        page = self.window.page("stock")
        if not isinstance(page, StockPage):
            return
        if text and self.window.current_page != "stock":
            self.window.show_page("stock")
            self.window.scan_box.setFocus()
        page.show_search(text)

    def _refuse(self, error: Exception) -> None:
        self.window.say(explain(error, self.desk.reference))

    # ---- what the footer and the banners say ----

    def _look_around(self) -> None:
        now = self.desk.now().at

        def look(store: PointStore) -> Standstill:
            standing = store.standing()
            self._remember(standing)
            return Standstill(standing, store.sync_state().waiting, store.clock_doubt(now))

        self.desk.ask(look, self._tell, self._refuse, owner=self)

    def _tell(self, seen: Standstill) -> None:
        self.window.show_unsent(seen.waiting)
        if seen.clock_doubt is None:
            self.window.settle("clock")
            return
        sentence = _("This PC's clock may be wrong: something was already recorded at {time}.")
        self.window.warn("clock", sentence.format(time=time_words(seen.clock_doubt.astimezone())))

    def _check_witness(self, standing: Standing) -> None:
        """An old copy of the store begins a new chain before anything else is recorded."""
        if self._came_from_elsewhere(standing) or self._witness.is_ahead_of(standing):
            logger.warning("restored_copy chain=%s seq=%s", standing.chain, standing.seq)
            self._begin_anew()

    def _came_from_elsewhere(self, standing: Standing) -> bool:
        """A file that this PC never saw, with a past, was copied here: from a dead PC, say.

        The copy may be older than what that PC recorded last, so it goes on as a new chain.
        """
        in_a_file = database_file(self._settings.store_url()) is not None
        if not (in_a_file and standing.seq > 1 and self._witness.never_saw()):
            return False
        if self._remember(standing):
            return True
        sentence = _(
            "This PC cannot note how far the data has come: an old copy is not noticed here."
        )
        self.window.warn("witness", sentence)  # else every start would take it for another's file
        return False

    def _remember(self, standing: Standing) -> bool:
        """Note how far the store has come; False where this PC cannot, and people must know."""
        try:
            self._witness.note(standing)
        except OSError:
            logger.warning("no_witness chain=%s seq=%s", standing.chain, standing.seq)
            return False
        return True

    def _begin_anew(self) -> None:
        seen = self._witness.last_seen()
        begin: Act[ChainId] = partial(_start_chain, seen.highest_number if seen else 0)
        self.desk.do(begin, self._tell_restored, self._refuse, owner=self)

    def _tell_restored(self, _chain: ChainId) -> None:
        sentence = _(
            "This store may be an older copy: records made later may be missing here. "
            "New codes leave a gap. Tell the station lead to look for the newest label."
        )
        self.window.warn("restored", sentence)

    # ---- who works here ----

    def _know_operators(self, names: Sequence[OperatorName]) -> None:
        self._names = names
        self._tell_operator(self.desk.operator)

    def _change_operator(self) -> None:
        """Ask who is known now: another PC of the point may have named somebody."""
        self.desk.ask(lambda store: store.operators(), self._ask_operator, self._refuse, owner=self)

    def _ask_operator(self, names: Sequence[OperatorName]) -> None:
        self._know_operators(names)
        dialog = SignIn(names, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.sign_in(dialog.chosen))
        dialog.open()

    def sign_in(self, name: OperatorName) -> None:
        """Somebody else works here from now on."""
        self.desk.sign_in(Operator(name.id, name.role))
        self._tell_operator(self.desk.operator)

    def _tell_operator(self, operator: Operator) -> None:
        name = next((known.name for known in self._names if known.id == operator.id), operator.id)
        self.window.show_operator(name, role_word(operator.role))


def _printing(desk: Desk, places: Places) -> Printing:
    printers = printers_file(places.settings)
    return Printing(desk, places.data, lambda: read_printers(printers))


def _is_known(kind: CodeKind, code: str, store: PointStore) -> bool:
    find: Mapping[CodeKind, Callable[[str], object | None]] = {
        CodeKind.DEVICE: store.device,
        CodeKind.CASE: store.case,
        CodeKind.LOT: store.lot,
        CodeKind.PAPER: store.paper,
    }
    return find[kind](code) is not None


def _start_chain(highest: int, store: PointStore, by: Operator, when: Moment) -> ChainId:
    return store.start_chain(by, when, printed=highest, reason="restored")
