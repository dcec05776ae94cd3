"""The donor's list so far: look again at an item, or take it off."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QSizePolicy, QTableView

from station.reference import Reference
from station.words import _
from ui.buttons import link_button
from ui.cards import Card, EmptyState
from ui.intake.lot_draft import LotDraft
from ui.intake.lot_table import DEVICE, NUMBER, SERIAL, LotTable
from ui.tables import Listing, dress_table

LEAST_HEIGHT = 76  # of the list: its head and a line


class LotCard(Card):
    """Emits the place of the item a person means."""

    edit = Signal(int)
    remove = Signal(int)

    def __init__(self, reference: Reference) -> None:
        super().__init__(_("On the counter"))
        self.table = LotTable(reference, self)
        self.view = QTableView()
        self.view.setObjectName("lotTable")
        self.view.setAccessibleName(_("On the counter"))
        self.view.setModel(self.table)
        dress_table(self.view, stretch=DEVICE, widths={NUMBER: 48, SERIAL: 108, DEVICE: 96})
        self.edit_item = link_button(_("Edit"))
        self.edit_item.setObjectName("editItem")
        self.remove_item = link_button(_("Remove"))
        self.remove_item.setObjectName("removeItem")
        self._lay_out()
        self._connect()
        self.show_lot(LotDraft())

    def show_lot(self, lot: LotDraft, place: int | None = None) -> None:
        """Show the list; `place` is the item the form shows."""
        self.table.show_lot(lot)
        count = len(lot)
        told = _("On the counter: {count}").format(count=count)
        self.set_title(told if count else _("On the counter"))
        if place is None:
            self.view.scrollToBottom()
        else:
            self.view.selectRow(place)
        self._offer()

    def _lay_out(self) -> None:
        how = _("For several devices: fill in one, then add another like it.")
        listing = Listing(self.view, EmptyState(_("Nothing listed yet"), how))
        policy = listing.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Ignored)  # it takes what the page has left
        listing.setSizePolicy(policy)
        listing.setMinimumHeight(LEAST_HEIGHT)
        self.body.addWidget(listing, 1)
        self.add_to_head(self.edit_item)
        self.add_to_head(self.remove_item)

    def _connect(self) -> None:
        self.view.activated.connect(self._edit)
        self.view.selectionModel().selectionChanged.connect(self._offer)
        self.edit_item.clicked.connect(self._edit)
        self.remove_item.clicked.connect(self._remove)
        delete = QShortcut(Qt.Key.Key_Delete, self.view, self._remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.setWhatsThis(_("Remove the chosen item from the list"))

    def _chosen(self) -> int | None:
        rows: list[QModelIndex] = self.view.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _offer(self) -> None:
        for button in (self.edit_item, self.remove_item):
            button.setVisible(self._chosen() is not None)

    def _edit(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.edit.emit(chosen)

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.remove.emit(chosen)
