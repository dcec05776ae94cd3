"""A charger's, a part's or a shelf's label was scanned: what it says of the open device.

A mixed-up charger looks right. So two scans tell: its own label and the device's. What does not
match changes nothing until a person has chosen.
"""

from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from station import refusals
from station.codes import grouped
from station.events import Event, ItemPaired
from station.labelled import Fit, ItemRole, LabelledItem, pairing
from station.labelling import PairItem, PutOnShelf, pair_item, put_on_shelf
from station.ports import PointStore
from station.reference import Reference
from station.withdrawing import Withdraw, withdraw
from station.words import _
from ui.desk import Desk
from ui.device_words import device_name
from ui.item_words import item_name, item_words
from ui.undoing import Undoing
from ui.wording import explain


class Scanned(Struct, frozen=True):
    """A labelled thing, and the device that was open when it was scanned."""

    item: LabelledItem
    name: str  # of a shelf
    device: str  # "" = none was open
    fit: Fit | None = None
    owner: str = ""  # the code and name of the device that it belongs to


class ItemFinding(Struct, frozen=True):
    """What the open device's page shows, until a person has chosen."""

    item: str  # its code
    what: str  # a kit item or a part
    device: str
    fit: Fit
    sentence: str


class ItemScans(QObject):
    """Asks the store, sounds, and says what was found; records only what nobody could regret."""

    good = Signal()
    alarmed = Signal()  # the bad sound: a pair that does not match
    refused = Signal(str)  # said beside the scan box, with the bad sound too
    found = Signal(object)  # ItemFinding
    open_device = Signal(str)
    open_shelf = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.undoing = Undoing(desk, self)

    def take(self, code: str, device: str) -> None:
        """Something labelled was scanned while this device was open, "" for none."""
        self._desk.ask(partial(_look_up, code, device), self._tell, self._refuse, owner=self)

    def pair(self, finding: ItemFinding) -> None:
        """A person chose: it belongs to this device from now on."""
        act = partial(pair_item, PairItem(item=finding.item, device=finding.device))
        self._desk.do(act, partial(self._paired, finding), self._refuse, owner=self)

    def _tell(self, scanned: Scanned) -> None:
        if scanned.item.role is ItemRole.SHELF:
            self._shelve(scanned)
        elif scanned.fit is not None:
            self._compare(scanned, scanned.fit)
        elif scanned.item.device is not None:
            self.good.emit()
            self.open_device.emit(scanned.item.device)
        else:
            self.refused.emit(self._sentence(scanned))

    def _compare(self, scanned: Scanned, fit: Fit) -> None:
        sounded = self.alarmed if fit is Fit.OTHERS else self.good
        sounded.emit()
        item, sentence = scanned.item, self._sentence(scanned)
        self.found.emit(ItemFinding(item.code, item.item, scanned.device, fit, sentence))

    def _sentence(self, scanned: Scanned) -> str:
        what = item_words(scanned.item, self._desk.reference)
        if scanned.fit is Fit.MATCHES:
            return _("{item} {code} belongs to this device.").format(
                item=what, code=grouped(scanned.item.code)
            )
        if scanned.fit is Fit.OTHERS:
            return _("Wrong one! {item} {code} belongs to {owner}.").format(
                item=what, code=grouped(scanned.item.code), owner=scanned.owner
            )
        return _("{item} {code} belongs to no device yet.").format(
            item=what, code=grouped(scanned.item.code)
        )

    def _shelve(self, scanned: Scanned) -> None:
        if not scanned.device:
            self.good.emit()
            self.open_shelf.emit(scanned.item.code)
            return
        act = partial(put_on_shelf, PutOnShelf(device=scanned.device, shelf=scanned.item.code))
        self._desk.do(act, partial(self._shelved, scanned), self._refuse, owner=self)

    def _shelved(self, scanned: Scanned, event: Event) -> None:
        self.good.emit()
        told = _("{device} lies on shelf {shelf}.").format(
            device=grouped(scanned.device), shelf=scanned.name
        )
        self.undoing.tell(told, partial(withdraw, Withdraw(events=(event.hash,))))

    def _paired(self, finding: ItemFinding, event: Event) -> None:
        told = _("{item} belongs to {device} now.").format(
            item=grouped(finding.item), device=grouped(finding.device)
        )
        before = event.said.before if isinstance(event.said, ItemPaired) else None
        again = PairItem(item=finding.item, device=before)
        self.undoing.tell(told, partial(pair_item, again))

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(explain(error, self._desk.reference))


def _look_up(code: str, device: str, store: PointStore) -> Scanned:
    """Raises UnknownItem."""
    item = store.labelled(code)
    if item is None:
        raise refusals.UnknownItem(code)
    name = item_name(item, store)
    opened = store.device(device) if device else None
    if opened is None or item.role is ItemRole.SHELF:
        return Scanned(item, name, device)
    found = pairing(item, opened)
    owner = _owner_words(found.owner, store, store.reference) if found.owner else ""
    return Scanned(item, name, device, found.fit, owner)


def _owner_words(code: str, store: PointStore, reference: Reference) -> str:
    owner = store.device(code)
    name = device_name(owner, reference) if owner else ""
    return f"{grouped(code)} ({name})" if name else grouped(code)
