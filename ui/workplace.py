"""The window at work: its pages, and what stands behind them, introduced to each other."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from diagnostics.shelf import Shelf
from labels.queue.print_queue import PrintQueue
from station import words
from station.codes import CodeKind, parse
from station.fold import POINT
from station.operators import Operator
from station.people import OperatorName
from station.ports import PointStore, Standing
from station.words import _
from ui.arriving import Arriving
from ui.background import Background, need_no_answer
from ui.backup import ages as backup_ages
from ui.backup.backing import Backing
from ui.backup.memory import backup_file
from ui.banners import Act as Offer
from ui.coded_words import role_word
from ui.desk import Desk
from ui.freshness import Freshness
from ui.item_scans import ItemScans
from ui.loading_ahead import load_pages
from ui.main_window import MainWindow, Page
from ui.opening import keep_first_steps
from ui.paperwork.office import Office
from ui.places import Places
from ui.point_watch import PointWatch
from ui.point_work import Part, hidden_pages, parts_of
from ui.prints.previewing import Previewing
from ui.prints.print_desk import PAGE, PrintDesk
from ui.prints.printers import printers_file, read_printers
from ui.prints.printing import Printing
from ui.prints.sender import PATIENCE_S
from ui.reports.inbox_lines import InboxReader
from ui.reports.pairing import Pairing
from ui.reports.receiving import Receiving, Where
from ui.reports.suggestions import suggestions
from ui.scan_check.memory import check_file
from ui.scan_check.readiness import scanner_sources
from ui.scan_routes import ScanRoutes, looks_like_code
from ui.scanner import Scanner
from ui.scanning.sounds import ScanSounds
from ui.settings import Settings, is_service_address
from ui.sign_in import SignIn
from ui.sync.syncing import Syncing
from ui.today.page import TodayPage
from ui.today.readiness import BACKUP, Ready, ReadySource
from ui.undoing import Undoing
from ui.window_state import keep_window, restore_window
from ui.wording import explain

if TYPE_CHECKING:
    from ui.first.steps import Answers
    from ui.giving.handover_page import HandoverPage
    from ui.intake.print_habits import PrintHabits
    from ui.leaving_page import LeavingPage
    from ui.offers.expected import ExpectedLine
    from ui.offers.page import OffersPage
    from ui.office_list.page import OfficeListPage
    from ui.paperwork.paper_desk import PaperDesk
    from ui.prints.blanks_page import BlanksPage
    from ui.shared.others import OtherPcs
    from ui.shared.sharing import Sharing
    from ui.shelves_page import ShelvesPage

SYNC_AFTER_MS = 1_000  # the window first
LISTEN_AFTER_MS = 3_000  # the same
LOAD_AFTER_MS = 2_000  # the same; a person reads what stands there


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
        sharing: "Sharing | None" = None,
        queue: PrintQueue | None = None,
    ) -> None:
        """Without a queue of prints it opens its own, which an old disk takes long to read."""
        super().__init__()
        self.desk, self._slow, self._places, self._settings = desk, slow, places, settings
        self._names, self._sharing = names, sharing
        self._station = standing.chain.station
        self._point = f"{POINT}{self._station:03d}"
        self._sounds = ScanSounds()
        self._trials = Background("trials")  # of printers, which may let one wait
        self.printing = _printing(desk, places, queue)
        self.syncing = Syncing(desk, store, slow, settings.service)
        shelf, point = Shelf(places.reports), standing.chain.station
        self.receiving = Receiving(desk, shelf, point, places.settings, where)
        self.backing = Backing(store, places.data, backup_file(places.state), lambda: desk.now().at)
        self._reader = InboxReader(desk, self.receiving, shelf, suggestions)
        self.window = MainWindow(*self._titles(standing), self._pages(), looks_like_code)
        self.pairing = Pairing(desk, self.receiving, shelf, self.window)
        self._pictures = Background("preview")
        self.previewing = Previewing(desk, self.printing, self._pictures, self.window)
        self.prints = PrintDesk(self.printing, self.window, desk, open_papers=settings.open_papers)
        self.items = ItemScans(desk)
        self.arriving = Arriving(desk, self.window, self._point)
        self._papers: PaperDesk | None = None
        self._office = Office(places.data)
        self._tried = check_file(places.state)
        self.scanner = Scanner(self.window, self._sounds, looks_like_code)
        self.scanner.scanned.connect(self.window.take_scan)
        self.scanner.use(settings.scanner)
        self.routes = ScanRoutes(
            desk,
            self.window,
            self.pairing,
            self.items,
            arriving=self.arriving,
            sounds=self._sounds,
            papers=lambda: self.papers,
        )
        in_a_file = settings.names_a_file and not (sharing and sharing.is_in_use)
        self._others = None if in_a_file else _other_pcs(desk, self.window, sharing)
        self._watch = PointWatch(
            desk, self.window, standing, state=places.state, in_a_file=in_a_file
        )
        self._connect()
        self.show_parts(parts_of(settings.parts))
        self._watch.check_witness(standing)

    def show(self) -> None:
        """Show the window on today's page."""
        self._tell_operator(self.desk.operator)
        self.window.show_page("today")
        restore_window(self.window, self._places.state)
        self.window.show()
        self.window.activateWindow()  # the scanner must have somewhere to type
        self._watch.look()
        if not self._lies_elsewhere():
            self.backing.begin()
        if self._others is not None:
            self._others.begin()
        self.prints.start()
        QTimer.singleShot(SYNC_AFTER_MS, self.syncing, self.syncing.begin)
        QTimer.singleShot(LOAD_AFTER_MS, self, self._load_ahead)
        if self._settings.receive_reports:
            QTimer.singleShot(LISTEN_AFTER_MS, self.receiving, self._listen_again)

    def _load_ahead(self) -> None:
        """So that the first visit of a page waits for no disk."""
        self._pictures.run(load_pages, need_no_answer, need_no_answer, self)

    def show_parts(self, parts: frozenset[Part]) -> None:
        """Show what is done here, and hide the rest."""
        self._done_here = parts
        self.window.navigation.hide_entries(hidden_pages(parts))
        if "today" in self.window.made:
            cast(TodayPage, self.window.page("today")).show_parts(parts)

    def begin_first_steps(self) -> None:
        """A store was just founded: ask what is done here, and with which tools."""
        from ui.first.steps import FirstSteps  # noqa: PLC0415 -- once in a store's life

        dialog = FirstSteps(
            (), self.window, can_share=bool(self._sharing and self._sharing.can_begin)
        )
        dialog.answered.connect(self._keep_first_steps)
        dialog.rejected.connect(self._leave_first_steps)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._slow.run(_printer_names, dialog.offer_printers, need_no_answer, dialog)

    def _leave_first_steps(self) -> None:
        """What was left stands among the tools of today's page: nobody asks again."""
        keep = partial(keep_first_steps, self._places.settings, open_=False)
        self.desk.ask(lambda _store: keep(), lambda _none: None, self._refuse, owner=self)

    def _keep_first_steps(self, answers: "Answers") -> None:
        from ui.first.steps import keep_answers  # noqa: PLC0415 -- once in a store's life

        file = self._places.settings

        def kept(answers: "Answers") -> None:
            self.show_parts(frozenset(answers.parts))
            if answers.share and self._sharing is not None:
                self._begin_sharing(self._sharing)
            elif answers.test_scanner:
                self.window.show_page("scanner")

        self.desk.ask(
            lambda _store: keep_answers(answers, file, printers_file(file)),
            kept,
            self._refuse,
            owner=self,
        )

    def _begin_sharing(self, sharing: "Sharing") -> None:
        from ui.shared.sharing import Step  # noqa: PLC0415 -- once in a store's life

        sharing.between(Step.SHARE)

    def close(self) -> None:
        """Stop syncing, let every print end, and take the window away."""
        self.scanner.close()
        if self._others is not None:
            self._others.close()
        keep_window(self.window, self._places.state)
        self.receiving.close()
        self.syncing.close()
        self.backing.close()
        self.printing.close()
        if self._papers is not None:
            self._papers.close()
        self._trials.close(patience_s=PATIENCE_S)
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
            Page("offers", _("Expected devices"), "today", self._offers, under="today"),
            Page("office_list", _("An office's list"), "report", self._office_list, under="today"),
            Page("blanks", _("Blank labels"), "print", self._blanks, under="today"),
            Page("shelves", _("Shelves"), "laptop", self._shelves, under="stock"),
            Page("sending", _("Send devices away"), "laptop", self._sending, under="stock"),
            Page("waste", _("Hand over electronic waste"), "laptop", self._waste, under="stock"),
            Page("labels", _("Labels to stick"), "print", self._labels, under="today"),
            Page("intake", _("Intake"), "intake", self._intake),
            Page("bench", _("Check and repair"), "wrench", self._bench),
            Page("device", _("Device"), "laptop", self._device, under="bench"),
            Page("inbox", _("Waiting reports"), "wrench", self._inbox, under="bench"),
            Page("parts", _("Counted parts"), "wrench", self._parts, under="bench"),
            Page("stock", _("Stock of devices"), "laptop", self._stock),
            Page(
                "lookup", _("Look up for a donor"), "search", self._lookup, "stock", "Ctrl+Shift+F"
            ),
            Page(
                "figures",
                _("Figures and reports"),
                "report",
                self._figures,
                "stock",
                "Ctrl+Shift+B",
            ),
            Page("handover", _("Giving"), "gift", self._handover),
            Page("sync", _("Sync"), "sync", self._sync),
            Page("tasks", _("To be settled"), "sync", self._tasks, under="sync"),
            Page("settings", _("Settings"), "settings", self._settings_page),
            Page("prints", _("Prints"), "print", self._prints, under="settings"),
            Page("printers", _("Printers"), "print", self._printers_page, under="settings"),
            Page("scanner", _("Scanner"), "scan", self._scanner_page, under="settings"),
            Page("words", _("Words of papers"), "report", self._words_page, under="settings"),
            Page("backup", _("Backup"), "report", self._backup_page, under="settings"),
            Page("pcs", _("PCs of this point"), "laptop", self._pcs_page, under="settings"),
        )

    def _today(self) -> QWidget:
        backup = ReadySource(BACKUP, self._backup_ready)
        sources = (*scanner_sources(self._tried, self.desk), backup)
        page = TodayPage(self.desk, printers_file(self._places.settings), sources)
        page.show_parts(self._done_here)
        page.open_device.connect(self.routes.open_device)
        page.open_page.connect(self.window.show_page)
        page.open_offer.connect(self._show_offer)
        page.calls_wanted.connect(self._show_calls)
        page.unsigned_wanted.connect(self._show_unsigned)
        page.hold_wanted.connect(self._show_hold)
        self.syncing.ended.connect(page.readiness.hear)
        if self.syncing.last is not None:
            page.readiness.hear(self.syncing.last)
        return page

    def _show_offer(self, code: str) -> None:
        self.window.show_page("offers")
        self._offers_shown().seek(code)

    def _show_unsigned(self) -> None:
        self.papers.open_unsigned()

    def _show_hold(self, reason: str) -> None:
        from ui.stock.page import StockPage  # noqa: PLC0415 -- the window first

        self.window.show_page("stock")
        cast(StockPage, self.window.page("stock")).show_hold(reason)

    def _show_calls(self) -> None:
        self.window.show_page("offers")
        self._offers_shown().show_calls()

    def _offers_shown(self) -> "OffersPage":
        return cast("OffersPage", self.window.page("offers"))

    def _print_pick_up(self, line: "ExpectedLine") -> None:
        from ui.offers.pick_up_form import form_of  # noqa: PLC0415 -- what it needs is a paper's

        self.papers.print_form(form_of(line))

    def _offers(self) -> QWidget:
        from ui.offers.page import OffersPage  # noqa: PLC0415 -- the window first

        page = OffersPage(self.desk)
        page.receive_wanted.connect(self.routes.receive_offer)
        page.print_wanted.connect(self._print_pick_up)
        page.list_wanted.connect(lambda: self.window.show_page("office_list"))
        page.list_dropped.connect(self._read_list)
        page.open_device.connect(self.routes.open_device)
        page.said.connect(self.window.say)
        page.done.connect(self.window.say)
        page.followed.connect(self._offer_what_follows)
        return page

    def _read_list(self, file: Path) -> None:
        self.window.show_page("office_list")
        cast("OfficeListPage", self.window.page("office_list")).read(file)

    def _office_list(self) -> QWidget:
        from ui.office_list.page import OfficeListPage  # noqa: PLC0415 -- opened once in a while

        page = OfficeListPage(self.desk, self._slow, self._places.settings)
        page.recorded.connect(self._show_offer)
        page.open_device.connect(self.routes.open_device)
        page.said.connect(self.window.say)
        page.done.connect(self.window.say)
        return page

    def _offer_what_follows(self, sentence: str, code: str) -> None:
        known = parse(code)
        if known.kind is CodeKind.DEVICE:
            act = Offer(_("Open the device"), partial(self.routes.open_device, code))
            self.window.offer(sentence, act)
        else:
            self.window.say(sentence)

    def _intake(self) -> QWidget:
        from ui.intake.page import IntakePage  # noqa: PLC0415 -- the window first

        page = IntakePage(self.desk, self._habits())
        page.print_labels.connect(self.printing.print_labels)
        page.print_receipt.connect(lambda visit: self.papers.print_now("intake-receipt", visit))
        page.papers_wanted.connect(self._open_papers)
        page.not_mine.connect(self.routes.open)
        page.said.connect(self.window.say)
        page.undoable.connect(self.window.say)
        page.doubled.connect(self._sounds.warning)
        page.open_device.connect(self.routes.open_device)
        return page

    def _habits(self) -> "PrintHabits":
        from ui.intake.print_habits import PrintHabits  # noqa: PLC0415 -- the window first

        return PrintHabits(self.desk, self._places.settings, self._settings)

    def _bench(self) -> QWidget:
        from ui.bench.page import BenchPage  # noqa: PLC0415 -- the window first

        page = BenchPage(self.desk)
        self._hear(page.undoing)
        page.open_device.connect(self.routes.open_device)
        page.said.connect(self.window.say)
        page.open_page.connect(self.window.show_page)
        self._reader.counted.connect(page.show_waiting_reports)
        Freshness(page, self.desk, self._reader.count)
        return page

    def _device(self) -> QWidget:
        from ui.device.page import DevicePage  # noqa: PLC0415 -- the window first

        page = DevicePage(self.desk, self._slow, self._places.reports)
        page.print_labels.connect(self.printing.print_labels)
        page.print_label.connect(lambda code: self.printing.print_labels((code,)))
        page.preview_label.connect(lambda code: self.previewing.preview_labels((code,)))
        page.print_sheet.connect(self.printing.print_sheet)
        page.papers_wanted.connect(self._open_papers)
        page.papers_offered.connect(self._offer_papers)
        page.open_device.connect(self.routes.open_device)
        page.open_page.connect(self.window.show_page)
        page.said.connect(self.window.say)
        page.dialog_gone.connect(self.window.scan_box.setFocus)
        page.way_back.connect(self.window.offer)
        page.laptop_scanned.connect(self.pairing.pair)
        page.pair_wanted.connect(self.items.pair)
        self.items.found.connect(page.show_finding)
        page.laptop_wanted.connect(lambda code: self.pairing.ask(device=code))
        return page

    def _inbox(self) -> QWidget:
        from ui.reports.inbox_page import InboxPage  # noqa: PLC0415 -- the window first

        page = InboxPage(self.desk, self.receiving, self._reader, self._places.reports)
        self._hear(page.undoing)
        page.said.connect(self.window.say)
        page.dialog_gone.connect(self.window.scan_box.setFocus)
        return page

    def _parts(self) -> QWidget:
        from ui.bench.parts_page import PartsPage  # noqa: PLC0415 -- the window first

        page = PartsPage(self.desk)
        page.print_labels.connect(self.printing.print_labels)
        page.papers_wanted.connect(self._open_papers)
        self._hear(page.undoing)
        page.said.connect(self.window.say)
        return page

    def _stock(self) -> QWidget:
        from ui.stock.page import StockPage  # noqa: PLC0415 -- the window first
        from ui.stock.views import FILE  # noqa: PLC0415 -- the window first

        page = StockPage(self.desk, self._slow, self._places.settings.with_name(FILE))
        page.said.connect(self.window.say)
        page.undoable.connect(self.window.say)
        page.print_labels.connect(self.printing.print_labels)
        page.open_page.connect(self.window.show_page)
        page.papers_wanted.connect(self._open_papers)
        page.open_device.connect(self.routes.open_device)
        return page

    def _lookup(self) -> QWidget:
        from ui.donor_lookup.page import DonorLookupPage  # noqa: PLC0415 -- the window first

        page = DonorLookupPage(self.desk)
        page.open_device.connect(self.routes.open_device)
        page.papers_wanted.connect(self._open_papers)
        page.said.connect(self.window.say)
        return page

    def _figures(self) -> QWidget:
        from ui.figures.page import FiguresPage  # noqa: PLC0415 -- opened once in a while

        page = FiguresPage(self.desk, self._slow, self._station)
        page.said.connect(self.window.say)
        return page

    def _sending(self) -> QWidget:
        from ui.leaving import sending_page  # noqa: PLC0415 -- the window first

        return self._leaving(sending_page(self.desk, self._point))

    def _waste(self) -> QWidget:
        from ui.leaving import waste_page  # noqa: PLC0415 -- the window first

        return self._leaving(waste_page(self.desk))

    def _leaving(self, page: "LeavingPage") -> QWidget:
        page.said.connect(self.window.say)
        self._sound(page)
        self._hear(page.undoing)
        page.papers_offered.connect(self._offer_papers)
        page.open_device.connect(self.routes.open_device)
        return page

    def _handover(self) -> QWidget:
        from ui.giving.handover_page import HandoverPage  # noqa: PLC0415 -- the window first

        page = HandoverPage(self.desk)
        page.print_minutes.connect(self._print_minutes)
        page.papers_wanted.connect(self._open_papers)
        page.papers_offered.connect(self._offer_papers)
        page.said.connect(self.window.say)
        page.undoable.connect(self.window.say)
        page.open_device.connect(self.routes.open_device)
        page.not_mine.connect(self.routes.open)
        self._sound(page)
        page.pair_wanted.connect(self.items.pair)
        self.items.found.connect(page.show_finding)
        return page

    def _sync(self) -> QWidget:
        connected = is_service_address(self._settings.service)
        enrol, anew = self.syncing.enrol, self.syncing.begin_anew
        from ui.sync.page import SyncPage  # noqa: PLC0415 -- the window first

        page = SyncPage(self.desk, enrol, anew, connected=connected)
        page.open_page.connect(self.window.show_page)
        page.said.connect(self.window.say)
        page.sync_now.connect(self.syncing.sync_now)
        self.syncing.started.connect(page.show_running)
        self.syncing.ended.connect(page.show_result)
        if self.syncing.last is not None:
            page.show_result(self.syncing.last)
        if self.syncing.running:
            page.show_running()
        return page

    def _tasks(self) -> QWidget:
        from ui.tasks.page import TasksPage  # noqa: PLC0415 -- opened once in a while

        page = TasksPage(self.desk)
        page.open_device.connect(self.routes.open_device)
        page.open_case.connect(self.routes.open)
        page.open_page.connect(self.window.show_page)
        page.said.connect(self.window.say)
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

    def _sound(self, page: "LeavingPage | ShelvesPage | HandoverPage | BlanksPage") -> None:
        """A page that judges scans by itself is heard."""
        page.good.connect(self._sounds.good)
        page.doubted.connect(self._sounds.warning)
        page.alarmed.connect(self._sounds.bad)

    def _hear(self, undoing: Undoing) -> None:
        """Say what was done on a page together with its way back."""
        undoing.done.connect(self.window.say)
        undoing.said.connect(self.window.say)

    def _offer_papers(self, about: str) -> None:
        self.window.say_beside("", Offer(_("Papers…"), partial(self._open_papers, about)))

    def _labels(self) -> QWidget:
        from ui.prints.labels_page import LabelsPage  # noqa: PLC0415 -- the window first

        page = LabelsPage(self.desk, self.printing)
        page.preview_wanted.connect(self.previewing.preview_labels)
        page.open_device.connect(self.routes.open_device)
        page.open_page.connect(self.window.show_page)
        page.said.connect(self.window.say)
        return page

    def _blanks(self) -> QWidget:
        from ui.prints.blanks_page import BlanksPage  # noqa: PLC0415 -- the window first

        page = BlanksPage(self.desk, self.printing)
        self._sound(page)
        page.said.connect(self.window.say)
        return page

    def _shelves(self) -> QWidget:
        from ui.shelves_page import ShelvesPage  # noqa: PLC0415 -- the window first

        page = ShelvesPage(self.desk)
        self._sound(page)
        page.print_labels.connect(self.printing.print_labels)
        page.open_device.connect(self.routes.open_device)
        self._hear(page.undoing)
        page.said.connect(self.window.say)
        return page

    def _prints(self) -> QWidget:
        from ui.prints.print_queue_page import PrintQueuePage  # noqa: PLC0415 -- the window first

        page = PrintQueuePage(self.printing, self.desk)
        page.open_page.connect(self.window.show_page)
        return page

    def _settings_page(self) -> QWidget:
        from ui.settings_page import SettingsPage  # noqa: PLC0415 -- the window first

        page = SettingsPage(self.desk, self._places.settings)
        page.said.connect(self.window.say)
        page.operators_changed.connect(self._know_operators)
        page.parts_changed.connect(self.show_parts)
        page.open_page.connect(self.window.show_page)
        return page

    def _printers_page(self) -> QWidget:
        from ui.prints.printers_page import PrintersPage  # noqa: PLC0415 -- opened once in a while

        file = printers_file(self._places.settings)
        page = PrintersPage(self.desk, file, self._trials, self._sounds)
        page.removed.connect(self.window.say)
        page.said.connect(self.window.say)
        page.open_page.connect(self.window.show_page)
        page.dialog_gone.connect(self.window.scan_box.setFocus)
        return page

    def _backup_page(self) -> QWidget:
        from ui.backup.page import BackupPage  # noqa: PLC0415 -- opened once in a while

        page = BackupPage(self.desk, self.backing, elsewhere=self._lies_elsewhere())
        page.said.connect(self.window.say)
        return page

    def _lies_elsewhere(self) -> bool:
        """Another PC holds the data, and makes its backups."""
        from ui.shared.sharing import Way  # noqa: PLC0415 -- most points have one PC

        return self._sharing is not None and self._sharing.way is Way.OTHER

    def _backup_ready(self) -> Ready:
        now = self.desk.now().at
        return backup_ages.readiness(self.backing.known, now, elsewhere=self._lies_elsewhere())

    def _pcs_page(self) -> QWidget:
        from ui.shared.page import PcsPage  # noqa: PLC0415 -- opened once in a while
        from ui.shared.sharing import nothing_to_share  # noqa: PLC0415 -- the same

        return PcsPage(self.desk, self._sharing or nothing_to_share(), self._slow)

    def _scanner_page(self) -> QWidget:
        from ui.scan_check.page import ScannerPage  # noqa: PLC0415 -- opened once a shift

        page = ScannerPage(
            self.desk, self.scanner, settings=self._places.settings, tried=self._tried
        )
        page.said.connect(self.window.say)
        page.sheet_wanted.connect(self._print_scanner_test)
        return page

    def _print_scanner_test(self) -> None:
        """A sheet of the scanner's own test codes, kept where papers without a printer are."""
        from ui.scan_check.sheet import write_sheet  # noqa: PLC0415 -- the same

        file = self._places.papers / "scanner-test.pdf"
        self._slow.run(lambda: write_sheet(file), self.prints.open_paper, self._refuse, self)

    def _words_page(self) -> QWidget:
        from ui.paperwork.words_page import WordsPage  # noqa: PLC0415 -- opened once in a while

        page = WordsPage(self.desk, self._office, self.papers.background)
        page.said.connect(self.window.say)
        return page

    def _connect(self) -> None:
        self.window.operator_change.connect(self._change_operator)
        self.window.navigation.prints_wanted.connect(partial(self.window.show_page, PAGE))
        self.desk.acted.connect(self.window.make_way)
        self._hear(self.items.undoing)
        self._hear(self.arriving.undoing)
        self.pairing.said.connect(self.window.say)
        self.arriving.said.connect(self.window.say)
        self.previewing.refused.connect(self._refuse)
        self.previewing.dialog_gone.connect(self.window.scan_box.setFocus)
        self.pairing.dialog_gone.connect(self.window.scan_box.setFocus)
        self.syncing.restored_copy.connect(self._watch.begin_anew)
        self.syncing.ended.connect(self._watch.hear)

    def _listen_again(self) -> None:
        self.receiving.turn_on(remember=False)

    def _refuse(self, error: Exception) -> None:
        self.window.say(explain(error, self.desk.reference))

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


def _printer_names() -> tuple[str, ...]:
    from ui.prints.system_printer import queues  # noqa: PLC0415 -- loads QtPrintSupport

    return tuple(queue.name for queue in queues())


def _other_pcs(desk: Desk, window: MainWindow, sharing: "Sharing | None") -> "OtherPcs":
    from ui.shared.others import OtherPcs  # noqa: PLC0415 -- most points have one PC
    from ui.shared.sharing import Way  # noqa: PLC0415 -- the same

    return OtherPcs(desk, window, sharing.way if sharing else Way.NAMED)


def _printing(desk: Desk, places: Places, queue: PrintQueue | None) -> Printing:
    printers = printers_file(places.settings)
    return Printing(desk, places.data, lambda: read_printers(printers), queue)
