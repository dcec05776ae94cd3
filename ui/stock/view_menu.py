"""The button that opens a view, keeps the one that is shown, or shows and hides columns."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QWidget

from station.ports import PointStore
from station.words import _
from ui.buttons import secondary_button
from ui.desk import Desk
from ui.stock.views import Kept, View, read_views, shipped, with_view, without_view, write_views
from ui.wording import explain


class ViewMenu(QWidget):
    """Two buttons and what they keep; the page says what is shown now."""

    view_wanted = Signal(object)  # View
    keep_wanted = Signal(str)  # under this name
    columns_changed = Signal()
    said = Signal(str)

    def __init__(
        self, desk: Desk, file: Path, columns: Sequence[str], always: tuple[int, ...]
    ) -> None:
        super().__init__()
        self._desk, self._file = desk, file
        self._kept = Kept()
        self.views = secondary_button(_("Views"), shortcut="Alt+V")
        self.views.setObjectName("stockViews")
        self.columns = secondary_button(_("Columns…"), shortcut="Alt+C")
        self.columns.setObjectName("stockColumns")
        self._menu, self._shown = QMenu(self), QMenu(self)
        self.views.setMenu(self._menu)
        self.columns.setMenu(self._shown)
        self._ticks = [self._tick(at, name) for at, name in enumerate(columns) if at not in always]
        self._fill()
        desk.ask(lambda _store: read_views(file), self._take, self._refuse, owner=self)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """For the head of a page."""
        return (self.views, self.columns)

    @property
    def hidden(self) -> tuple[int, ...]:
        """The columns that are not shown."""
        return tuple(int(tick.data()) for tick in self._ticks if not tick.isChecked())

    def hide_columns(self, hidden: Sequence[int]) -> None:
        """Show all but these."""
        for tick in self._ticks:
            tick.setChecked(int(tick.data()) not in hidden)

    def keep(self, view: View) -> None:
        """Keep what is shown under its name."""
        self._change(with_view(self._kept, structs.replace(view, hidden=self.hidden)))
        self.said.emit(_("View kept: {name}").format(name=view.name))

    def _tick(self, at: int, name: str) -> QAction:
        tick = self._shown.addAction(name)
        tick.setCheckable(True)
        tick.setChecked(True)
        tick.setData(at)
        tick.triggered.connect(self._columns_by_hand)
        return tick

    def _columns_by_hand(self) -> None:
        self._change(structs.replace(self._kept, hidden=self.hidden))
        self.columns_changed.emit()

    def _take(self, kept: Kept) -> None:
        self._kept = kept
        self._fill()
        self.hide_columns(kept.hidden)
        self.columns_changed.emit()

    def _change(self, kept: Kept) -> None:
        self._kept = kept
        self._fill()
        self._desk.ask(partial(_write, self._file, kept), _done, self._refuse, owner=self)

    def _fill(self) -> None:
        self._menu.clear()
        for view in (*shipped(), *self._kept.views):
            action = self._menu.addAction(view.name)
            action.triggered.connect(partial(self._want, view))
        self._menu.addSeparator()
        keep = self._menu.addAction(_("Keep what is shown as a view…"))
        keep.setObjectName("keepView")
        keep.triggered.connect(self._ask_name)
        if self._kept.views:
            gone = self._menu.addMenu(_("Remove a view"))
            for view in self._kept.views:
                action = gone.addAction(view.name)
                action.triggered.connect(partial(self._remove, view.name))

    def _want(self, view: View, _checked: bool = False) -> None:
        self.view_wanted.emit(view)

    def _remove(self, name: str, _checked: bool = False) -> None:
        self._change(without_view(self._kept, name))

    def _ask_name(self) -> None:
        asked = QInputDialog(self)
        asked.setObjectName("viewName")
        asked.setWindowTitle(_("Keep a view"))
        asked.setLabelText(_("Name of the view"))
        asked.setOkButtonText(_("Keep"))
        asked.setCancelButtonText(_("Cancel"))
        asked.textValueSelected.connect(self._named)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _named(self, name: str) -> None:
        if name.strip():
            self.keep_wanted.emit(name.strip()[:60])

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))


def _write(file: Path, kept: Kept, _store: PointStore) -> None:
    write_views(file, kept)


def _done(_nothing: None) -> None:
    """Nobody waits for it."""
