"""Where a scan or a search leads: to the page that takes it, or to what it is the code of."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from station import codes
from station.codes import BadCode, Code, CodeKind
from station.lot import Lot, LotKind
from station.ports import PointStore
from station.refusals import Refusal, UnknownCase, UnknownDevice, UnknownLot, UnknownPaper
from station.words import _
from ui.arriving import Arriving
from ui.desk import Desk, Question
from ui.item_scans import ItemScans
from ui.main_window import MainWindow
from ui.page_roles import (
    Gives,
    Searches,
    SeeksOffer,
    ShowsDevice,
    ShowsShelf,
    TakesEnrolCode,
    TakesScans,
)
from ui.reports.pairing import Pairing
from ui.scanning.sounds import ScanSounds
from ui.sync.enrol_code import digits_of
from ui.wording import explain

if TYPE_CHECKING:
    from ui.paperwork.paper_desk import PaperDesk  # loads with the first paper

UNKNOWN: Final[dict[CodeKind, type[Refusal]]] = {
    CodeKind.DEVICE: UnknownDevice,
    CodeKind.CASE: UnknownCase,
    CodeKind.LOT: UnknownLot,
    CodeKind.PAPER: UnknownPaper,
}
"""What is here or not, and what is said of a scan when it is not."""

LAYOUT: Final = "keyboard-layout"  # the banner
GIVEN_THERE: Final = frozenset({CodeKind.DEVICE, CodeKind.LOT})


def looks_like_code(raw: str) -> bool:
    """Whether a scan is meant as one of our codes, even a misread one."""
    try:
        codes.parse_scan(raw)
    except (codes.WrongCheckDigit, codes.NoSuchPoint, codes.NoSuchNumber):
        return True
    except BadCode:
        return False
    return True


class ScanRoutes(QObject):
    """Opens what was scanned, with its sound; a slip changes nothing and is told."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        pairing: Pairing,
        items: ItemScans,
        *,
        arriving: Arriving,
        sounds: ScanSounds,
        papers: "Callable[[], PaperDesk]",
    ) -> None:
        super().__init__()
        self._desk, self._window, self._pairing = desk, window, pairing
        self._items, self._sounds, self._papers = items, sounds, papers
        self._arriving = arriving
        arriving.arrived.connect(self.open_device)
        window.scan.connect(self.take)
        window.search.connect(self._search)
        window.cut.connect(self._refuse_cut)
        window.page_changed.connect(self._leave_search)
        window.rewritten.connect(lambda raw: self._refuse(codes.NotAscii(raw)))
        pairing.refused.connect(self._refuse_sentence)
        items.good.connect(self._sound_good)
        items.alarmed.connect(sounds.bad)
        items.refused.connect(self._refuse_sentence)
        items.open_device.connect(self.open_device)
        items.open_shelf.connect(self._open_shelf)

    def take(self, raw: str) -> None:
        """Any page accepts a scan; a bad one changes nothing and says why."""
        try:
            code = codes.parse_scan(raw)
        except BadCode as error:
            if self._pairing.accept_digits(raw) or self._enrols(raw) or self._confirms(raw):
                self._sound_good()
            else:
                self._refuse(error)
            return
        self._tell_layout(raw)
        if self._pairing.accept_scan(code):
            self._sound_good()
            return
        if code.kind is CodeKind.PART:
            self._items.take(code.text, self._device_on_screen)
            return
        page = self._window.page(self._window.current_page)
        if isinstance(page, TakesScans) and page.take_scan(code):
            return  # it sounds when it has judged
        accept: Callable[[Code], bool] | None = getattr(page, "accept_scan", None)
        if accept is not None and accept(code):
            self._sound_good()
        else:
            self.open(code)

    def _confirms(self, raw: str) -> bool:
        """The serial number of the open device, scanned off it: the two were compared."""
        page = self._window.page(self._window.current_page)
        return isinstance(page, ShowsDevice) and page.accept_serial(raw)

    def _tell_layout(self, raw: str) -> None:
        """Windows' own Vietnamese layout: codes survive it, other numbers do not."""
        if not codes.is_of_layout(raw):
            self._window.settle(LAYOUT)
            return
        told = _(
            "Windows types in its Vietnamese layout. The code could be read, a serial number"
            " could not: change VIE to ENG at the right of the taskbar."
        )
        self._window.warn(LAYOUT, told)
        self._sounds.warning()

    def _enrols(self, raw: str) -> bool:
        """A one-time code scanned anywhere goes to the field that asks for one."""
        digits = digits_of(raw)
        page = self._window.page("sync") if digits else None
        if digits is None or not isinstance(page, TakesEnrolCode):
            return False
        self._window.show_page("sync")
        page.take_code(digits)
        return True

    @property
    def _device_on_screen(self) -> str:
        page = self._window.page(self._window.current_page)
        if isinstance(page, Gives):
            return page.at_hand
        return page.code if isinstance(page, ShowsDevice) else ""

    def _open_shelf(self, code: str) -> None:
        page = self._window.page("shelves")
        self._window.show_page("shelves")
        if isinstance(page, ShowsShelf):
            page.show_shelf(code)

    def open_device(self, code: str) -> None:
        """Show one device; what nobody here knows opens nothing."""
        self._if_known(CodeKind.DEVICE, code, partial(self._show_device, code))

    def _if_known(self, kind: CodeKind, code: str, go_on: Callable[[], None]) -> None:
        def answer(known: bool) -> None:
            if known:
                go_on()
            else:
                self._refuse(UNKNOWN[kind](code))
                if kind is CodeKind.DEVICE:
                    self._arriving.offer(codes.parse(code))

        known: Question[bool] = partial(_is_known, kind, code)
        self._desk.ask(known, answer, self._cannot, owner=self)

    def _refuse(self, error: Exception) -> None:
        self._sounds.bad()
        self._window.refuse_scan(explain(error, self._desk.reference))

    def _refuse_cut(self) -> None:
        self._refuse_sentence(_("A window opened or closed while you scanned. Scan again."))

    def _refuse_sentence(self, sentence: str) -> None:
        self._sounds.bad()
        self._window.refuse_scan(sentence)

    def _sound_good(self) -> None:
        QTimer.singleShot(0, self._sounds.good)  # the page first: the first sound loads slowly

    def _show_device(self, code: str) -> None:
        page = self._window.page("device")
        self._window.show_page("device")
        if isinstance(page, ShowsDevice):
            page.show_device(code)

    def open(self, code: Code) -> None:
        """Show what no page took; first ask whether it is known, so that a slip changes nothing."""
        show = partial(self._show_scanned, code)
        if code.kind in UNKNOWN:
            self._if_known(code.kind, code.text, show)
        else:
            show()

    def _show_scanned(self, code: Code) -> None:
        self._sound_good()
        giving = self._window.current_page == "handover" and code.kind in GIVEN_THERE
        if giving or code.kind is CodeKind.CASE:
            self._seek_for_giving(code)
        elif code.kind is CodeKind.DEVICE:
            self._show_device(code.text)
        elif code.kind is CodeKind.PAPER:
            self._papers().open_paper(code.text)
        elif code.kind is CodeKind.OFFER:
            self.receive_offer(code.text)
        elif code.kind is CodeKind.PAIRING:
            self._pairing.ask(laptop=code.text)
        elif code.kind is CodeKind.LOT:
            lot: Question[Lot | None] = partial(_lot, code.text)
            self._desk.ask(lot, partial(self._show_lot, code), self._cannot, owner=self)
        else:
            self._search(code.text)

    def _show_lot(self, code: Code, lot: Lot | None) -> None:
        """What a school took is confirmed where devices are given; every other lot is listed."""
        if lot is not None and lot.kind is LotKind.SCHOOL:
            self._seek_for_giving(code)
        else:
            self._search(code.text)

    def receive_offer(self, code: str) -> None:
        """A donor's devices are here: the counter begins with what was announced."""
        page = self._window.page("intake")
        self._window.show_page("intake")
        if isinstance(page, SeeksOffer):
            page.seek_offer(codes.parse(code))

    def _seek_for_giving(self, code: Code) -> None:
        page = self._window.page("handover")
        if self._window.current_page != "handover":
            self._window.show_page("handover")
        if isinstance(page, Gives):
            page.seek(code)

    def _search(self, text: str) -> None:
        page = self._window.page("stock")
        if not isinstance(page, Searches):
            return
        if text and self._window.current_page != "stock":
            self._window.show_page("stock")
            self._window.scan_box.setFocus()
        page.show_search(text)

    def _leave_search(self, page: str) -> None:
        """The words stay with the stock, which says them itself; here they would mislead."""
        if page != "stock":
            self._window.scan_box.setText("")

    def _cannot(self, error: Exception) -> None:
        self._window.say(explain(error, self._desk.reference))


def _lot(code: str, store: PointStore) -> Lot | None:
    return store.lot(code)


def _is_known(kind: CodeKind, code: str, store: PointStore) -> bool:
    find: Mapping[CodeKind, Callable[[str], object | None]] = {
        CodeKind.DEVICE: store.device,
        CodeKind.CASE: store.case,
        CodeKind.LOT: store.lot,
        CodeKind.PAPER: store.paper,
    }
    return find[kind](code) is not None
