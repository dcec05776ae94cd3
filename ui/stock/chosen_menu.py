"""What can be done with the chosen devices together, and the way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from station import bench, labelling
from station.codes import grouped
from station.labelled import LabelledItem
from station.people import Text
from station.ports import PointStore
from station.reference import ReasonUse
from station.withdrawing import Withdraw, withdraw
from station.words import _, _n, language
from ui.buttons import secondary_button
from ui.desk import Act, Desk
from ui.stock.together import Done, Together, done_words
from ui.undoing import Undoing
from ui.wording import explain

ForOne = Callable[[str], Act[Any]]


class ChosenMenu(QObject):
    """A button that counts the chosen devices; its acts go through the ordinary use cases."""

    said = Signal(str)

    def __init__(self, desk: Desk, together: Together, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._together = desk, together
        self.undoing = Undoing(desk, self)
        self.undoing.said.connect(self.said)
        self._codes: tuple[str, ...] = ()
        self.button: QPushButton = secondary_button(_("With the chosen"), shortcut="Alt+M")
        self.button.setObjectName("withChosen")
        menu = QMenu(self.button)
        self._holds = menu.addMenu(_("Put on hold"))
        for reason in desk.reference.reasons(ReasonUse.HOLD):
            action = self._holds.addAction(reason.word(language()))
            action.triggered.connect(partial(self._hold, reason.id))
        menu.addAction(_("Resume")).triggered.connect(self._resume)
        menu.addAction(_("Take to the bench")).triggered.connect(self._to_bench)
        self._shelves = menu.addMenu(_("Put on a shelf"))
        self._shelves.aboutToShow.connect(self._ask_shelves)
        self.button.setMenu(menu)
        together.ended.connect(self._ended)
        self.show_chosen(())

    def show_chosen(self, codes: Sequence[str]) -> None:
        """These are chosen now."""
        self._codes = tuple(codes)
        count = len(self._codes)
        told = _n("With {count} chosen", "With {count} chosen", count).format(count=count)
        keys = self.button.shortcut()
        self.button.setText(told)
        self.button.setAccessibleName(told)
        self.button.setShortcut(keys)  # setText drops it
        self.button.setVisible(count > 0)

    def _hold(self, reason: str, _checked: bool = False) -> None:
        def act(code: str) -> Act[Any]:
            return partial(bench.put_on_hold, bench.PutOnHold(device=code, reason=reason))

        self._run(_("Putting on hold"), act)

    def _resume(self) -> None:
        self._run(_("Resuming"), lambda code: partial(bench.resume, code))

    def _to_bench(self) -> None:
        self._run(_("Taking to the bench"), lambda code: partial(bench.take_to_bench, code))

    def _to_shelf(self, shelf: str, _checked: bool = False) -> None:
        def act(code: str) -> Act[Any]:
            return partial(labelling.put_on_shelf, labelling.PutOnShelf(device=code, shelf=shelf))

        self._run(_("Putting on the shelf"), act)

    def _ask_shelves(self) -> None:
        self._desk.ask(_named_shelves, self._offer_shelves, self._refuse, owner=self)

    def _offer_shelves(self, shelves: tuple[tuple[str, str], ...]) -> None:
        self._shelves.clear()
        for code, name in shelves:
            action = self._shelves.addAction(name)
            action.triggered.connect(partial(self._to_shelf, code))
        if not shelves:
            self._shelves.addAction(_("No shelf has a label yet")).setEnabled(False)

    def _run(self, doing: str, act: ForOne) -> None:
        self._together.run(doing, self._codes, act)

    def _ended(self, done: Done) -> None:
        told = done_words(done)
        if done.acts:
            self.undoing.tell(told, partial(withdraw, Withdraw(events=done.acts)))
        else:
            self.said.emit(told)

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))


def _named_shelves(store: PointStore) -> tuple[tuple[str, str], ...]:
    return tuple((shelf.code, _shelf_name(shelf, store)) for shelf in store.shelves())


def _shelf_name(shelf: LabelledItem, store: PointStore) -> str:
    content = store.content(shelf.name) if shelf.name else None
    return content.text if isinstance(content, Text) else grouped(shelf.code)
