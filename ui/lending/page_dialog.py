"""Máy tính mang đi trường: which laptops are out, and what one does with each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from station import events as e
from station.delegating import RETURNED, REVOKED, EndDelegation, end_delegation
from station.device import Device, Stage
from station.ledger import ChainId
from station.ports import Delegation, DeviceFilter, PointStore
from station.words import _, _n
from sync.parcels import new_passcode
from sync.school_day import ENDING, CameHome, come_home, go_home, lend, read_parcel
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState
from ui.desk import Desk, Question
from ui.duty import Duty
from ui.first_size import open_within_screen
from ui.lending.lend_dialog import LendDialog
from ui.lending.words import (
    codes_along,
    home_words,
    is_over,
    name_of,
    state_of,
    takes_along,
    tone_of,
    until,
)
from ui.line_list import LineList
from ui.line_table import Column
from ui.open_dialog import open_dialog
from ui.side_by_side import list_card
from ui.theme import Role, words

SIZE = (980, 520)
MOST_OFFERED = 600
STAGES = (Stage.RESERVED, Stage.WITH_SCHOOL)


class LendingDialog(QDialog):
    """At a point: lend, write the file again, bring home, revoke. On a laptop: go home."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lendingDialog")
        self.setWindowTitle(_("Laptops at schools"))
        open_within_screen(self, *SIZE)
        self._desk = desk
        self._own: ChainId | None = None
        self.laptops = self._list()
        self.lend = primary_button(_("Lend a laptop…"), "laptop", "Ctrl+N")
        self.lend.setObjectName("lendLaptop")
        self.again = secondary_button(_("Write its file again…"))
        self.home = secondary_button(_("Bring home…"), shortcut="Ctrl+H")
        self.over = secondary_button(_("It does not come back"))
        self.go_home = primary_button(_("End the school day…"), "laptop", "Ctrl+H")
        self.go_home.hide()  # only on a laptop
        self.passcode = words("", Role.FIGURE)
        self.passcode.setObjectName("lendingPasscode")
        self.passcode.hide()
        self._told = words("")
        self._told.setObjectName("lendingTold")
        self._about = words("", Role.MUTED)
        Duty(desk, self.lend, e.LaptopDelegated, self)
        Duty(desk, self.over, e.DelegationEnded, self)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Ask the store anew."""
        self._desk.ask(_read, self._show, self._refuse, owner=self)

    def take_home(self, file: Path) -> None:
        """Take in what a laptop wrote."""
        self._ask(lambda store: come_home(store, read_parcel(file)), self._came_home)

    def write_for_laptop(self, chain: ChainId, file: Path) -> None:
        """Write what a laptop takes along, under a passcode that is shown now and kept nowhere."""
        passcode = new_passcode()
        self._ask(
            lambda store: lend(store, chain, passcode, _ending(file)),
            lambda written: self._show_passcode(passcode, written),
        )

    def write_for_home(self, file: Path) -> None:
        """On the laptop: write what it recorded."""
        self._ask(lambda store: go_home(store, _ending(file)), self._went_home)

    # ---- what the buttons do ----

    def offer(self, along: tuple[str, ...]) -> None:
        """Ask which of these go along: the devices of one school, as they were packed."""
        question: Question[tuple[Device, ...]] = partial(_offered, along=along)
        self._desk.ask(question, self._open_lend, self._refuse, owner=self)

    def _ask_devices(self) -> None:
        self._desk.ask(_offered, self._open_lend, self._refuse, owner=self)

    def _open_lend(self, devices: tuple[Device, ...]) -> None:
        dialog = LendDialog(devices, self._desk.reference, self._desk.now().at, self)
        open_dialog(dialog, self._desk, self._lent)

    def _lent(self, said: e.LaptopDelegated) -> None:
        self.refresh()
        self._ask_file(said.chain)

    def _ask_file(self, chain: ChainId) -> None:
        name = f"mang-di-{chain.number % 10_000:04d}{ENDING}"
        if file := self._save_name(_("Save the laptop's file"), name):
            self.write_for_laptop(chain, file)

    def _ask_again(self) -> None:
        if (chosen := self.laptops.chosen) is not None:
            self._ask_file(chosen.chain)

    def _ask_home(self) -> None:
        kinds = _("Files of lent laptops ({ending})").format(ending=f"*{ENDING}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("What the laptop wrote"), "", kinds)
        if chosen:
            self.take_home(Path(chosen))

    def _ask_go_home(self) -> None:
        name = f"mang-ve-{self._own.number % 10_000 if self._own else 0:04d}{ENDING}"
        if file := self._save_name(_("Save what was recorded"), name):
            self.write_for_home(file)

    def _save_name(self, title: str, name: str) -> Path | None:
        kinds = _("Files of lent laptops ({ending})").format(ending=f"*{ENDING}")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, name, kinds)
        return Path(chosen) if chosen else None

    def _ask_over(self) -> None:
        """Whoever says so hears first what it means."""
        chosen = self.laptops.chosen
        if chosen is None:
            return
        question = QMessageBox(self)
        question.setObjectName("laptopLost")
        question.setWindowTitle(_("It does not come back"))
        question.setText(
            _(
                "What {laptop} recorded and did not bring home will not be accepted any more. Its "
                "devices are free here again. Only if it is lost, or somebody else has it."
            ).format(laptop=name_of(chosen))
        )
        yes = question.addButton(_("It is lost"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(lambda: self.end(chosen.chain, REVOKED))
        question.open()

    def end(self, chain: ChainId, reason: str) -> None:
        """Record that the laptop's devices are free here again."""
        act = partial(end_delegation, EndDelegation(chain=chain, reason=reason))
        self._desk.do(act, lambda _ended: self.refresh(), self._refuse, owner=self)

    # ---- what came of it ----

    def _came_home(self, came: CameHome) -> None:
        told = _n("{count} record came home.", "{count} records came home.", came.fresh)
        self._tell(told.format(count=came.fresh))
        self._desk.recorded.emit()
        if any(one.chain == came.chain and one.ended is None for one in self.laptops.model.lines):
            self.end(came.chain, RETURNED)

    def _went_home(self, file: Path) -> None:
        told = _("Saved as {file}. Take it to the point and choose “Bring home” there.")
        self._tell(told.format(file=file.name))

    def _show_passcode(self, passcode: str, file: Path) -> None:
        self.passcode.setText(f"{passcode[:4]} {passcode[4:]}")
        self.passcode.show()
        told = _(
            "Saved as {file}. The passcode stands here once: tell it to whoever takes the laptop, "
            "and do not write it on the stick."
        )
        self._told.setText(told.format(file=file.name))

    def _tell(self, sentence: str) -> None:
        self.passcode.clear()
        self.passcode.hide()
        self._told.setText(sentence)

    def _refuse(self, error: Exception) -> None:
        self._tell(home_words(error, self._desk.reference))

    def _ask(self, question: Callable[[PointStore], Any], done: Callable[[Any], None]) -> None:
        self._tell(_("One moment…"))
        self._desk.ask(question, done, self._refuse, owner=self)

    # ---- what is shown ----

    def _show(self, read: tuple[ChainId, tuple[Delegation, ...]]) -> None:
        chain, delegations = read
        own = [one for one in delegations if one.chain == chain]
        self._own = chain if own else None
        self.laptops.show_lines(own or delegations)
        for button in (self.lend, self.again, self.home, self.over):
            button.setVisible(not own)
        self.go_home.setVisible(bool(own))
        if delegations and self.laptops.chosen is None:
            self.laptops.choose(str((own or delegations)[0].chain))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.laptops.chosen
        out = chosen is not None and chosen.ended is None
        self.again.setEnabled(out and chosen is not None and not is_over(chosen, self._now))
        self.home.setEnabled(bool(self.laptops.model.lines))
        self.over.setEnabled(out)
        self._about.setText(codes_along(chosen) if chosen else "")

    @property
    def _now(self) -> datetime:
        return self._desk.now().at

    def _connect(self) -> None:
        self.lend.clicked.connect(self._ask_devices)
        self.again.clicked.connect(self._ask_again)
        self.home.clicked.connect(self._ask_home)
        self.over.clicked.connect(self._ask_over)
        self.go_home.clicked.connect(self._ask_go_home)
        self.laptops.chosen_changed.connect(self._show_chosen)
        self._desk.recorded.connect(self.refresh)

    def _list(self) -> LineList[Delegation]:
        columns = (
            Column[Delegation](_("Lent laptop"), name_of, width=150),
            Column[Delegation](_("Takes along"), takes_along),
            Column[Delegation](_("Until"), until, width=190),
            Column[Delegation](
                _("Where it is"),
                lambda one: state_of(one, self._now),
                lambda one: tone_of(one, self._now),
                width=240,
            ),
        )
        how = _("A school without internet: a laptop goes along and records there by itself.")
        empty = EmptyState(_("No laptop was lent yet"), how)
        return LineList(columns, lambda one: str(one.chain), empty).named(
            "lentLaptops", _("Laptops at schools")
        )

    def _lay_out(self) -> None:
        close = secondary_button(_("Close"))
        close.clicked.connect(self.reject)
        acts = QHBoxLayout()
        for button in (self.lend, self.home, self.again, self.over, self.go_home):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(close)
        self._told.setWordWrap(True)
        self._about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(list_card(_("Laptops at schools"), self.laptops), 1)
        layout.addWidget(self._about)
        layout.addWidget(self.passcode)
        layout.addWidget(self._told)
        layout.addLayout(acts)


def open_lending(desk: Desk, parent: QWidget, *, along: tuple[str, ...] = ()) -> LendingDialog:
    """Show the dialog; it lets the window work on. With `along` these are about to be lent."""
    dialog = LendingDialog(desk, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    if along:
        dialog.offer(along)
    return dialog


def _read(store: PointStore) -> tuple[ChainId, tuple[Delegation, ...]]:
    return store.standing().chain, store.delegations()


def _offered(store: PointStore, along: tuple[str, ...] = ()) -> tuple[Device, ...]:
    """What is kept for pupils and rests here, and what a school has whose lines are not signed.

    With `along` only these of them.
    """
    found = tuple(filter(None, map(store.device, along))) if along else _kept_for_pupils(store)
    return tuple(
        device
        for device in found
        if device.stage in STAGES and device.lent_to is None and not device.head
    )


def _kept_for_pupils(store: PointStore) -> tuple[Device, ...]:
    rows = store.devices(DeviceFilter(stages=STAGES), limit=MOST_OFFERED)
    return tuple(row.device for row in rows)


def _ending(file: Path) -> Path:
    return file if file.suffix == ENDING else file.with_name(file.name + ENDING)
