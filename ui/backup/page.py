"""Sao lưu: when the last backup was made and where, and what the lead must see to."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from station import operators
from station.words import _
from ui.backup.ages import readiness
from ui.backup.backing import Backing, Stopped
from ui.backup.memory import Remembered
from ui.backup.recovery_dialog import RecoveryDialog
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, PageHead, line
from ui.chips import Chip
from ui.desk import Desk
from ui.freshness import Freshness
from ui.progress_line import ProgressLine
from ui.side_by_side import SPACE
from ui.stick import volumes
from ui.theme import Role, Tone, words
from ui.wording import explain

MB = 1_000_000


class BackupPage(QWidget):
    """One card: how it stands, and the acts that are whose they are."""

    said = Signal(str)

    def __init__(self, desk: Desk, backing: Backing, *, elsewhere: bool) -> None:
        """`elsewhere`: the main PC makes the backups, this one has no data of its own."""
        super().__init__()
        self._desk, self._backing, self._elsewhere = desk, backing, elsewhere
        self.sign = Chip(Tone.UNKNOWN, "")
        self.where = _line("backupWhere")
        self.what = _line("backupWhat", Role.MUTED)
        self.recovery = _line("backupRecovery")
        self._whose = words(_("Only the head of the point changes this."), Role.MUTED)
        self.progress = ProgressLine()
        self.progress.cancelled.connect(backing.stop)
        self.make = primary_button(_("Back up now"), "report", "Ctrl+S")
        self.make.setObjectName("backupNow")
        self.make.clicked.connect(backing.make)
        self.choose = secondary_button(_("Choose the place…"))
        self.choose.setObjectName("backupPlace")
        self.choose.clicked.connect(self._ask_place)
        self.draw = secondary_button(_("Draw a recovery code…"))
        self.draw.setObjectName("backupRecoveryDraw")
        self.draw.clicked.connect(self._draw)
        self._lay_out()
        backing.began.connect(self._begin)
        backing.went_on.connect(self._advance)
        backing.ended.connect(self._end)
        desk.operator_changed.connect(self.refresh)
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Look anew at what this PC remembers, and ask the store for its recovery code."""
        lead = self._desk.operator.role is operators.Role.LEAD and not self._elsewhere
        for button in (self.choose, self.draw):
            button.setVisible(lead)
        self._whose.setVisible(not lead and not self._elsewhere)
        self.make.setVisible(not self._elsewhere)
        backing = self._backing
        self._desk.ask(
            lambda store: (store.has_recovery(), backing.known),
            lambda asked: self._show(*asked),
            self._refuse,
            owner=self,
        )

    def use(self, folder: Path) -> None:
        """Backups go there from now on; the first is made at once."""
        self._desk.ask(
            lambda _store: self._backing.choose(folder),
            lambda _none: self._backing.make(),
            self._refuse,
            owner=self,
        )

    def _show(self, has_recovery: bool, known: Remembered) -> None:
        ready = readiness(known, self._desk.now().at, elsewhere=self._elsewhere)
        self.sign.show_verdict(ready.tone, ready.words[:1].upper() + ready.words[1:])
        self.where.setText(self._where_words(known.folder))
        self.make.setEnabled(bool(known.folder) and not self._backing.runs)
        last = known.last
        told = (
            _("{file} · {size} MB").format(file=last.file, size=-(-last.size // MB)) if last else ""
        )
        self.what.setText(told)
        self.what.setVisible(bool(told))
        self.recovery.setVisible(not self._elsewhere)
        self.recovery.setText(_recovery_words(has_recovery))

    def _where_words(self, folder: str) -> str:
        if self._elsewhere:
            return _("This PC's data lies on the main PC. Backups are made there.")
        if not folder:
            return _(
                "Choose a stick or another disk, not this PC's own: a PC that is stolen or burnt "
                "takes its own backups along. From then on one is made each day while the place is "
                "there; the ten newest are kept."
            )
        return _("They go to {folder}, one each day while it is there.").format(folder=folder)

    def _ask_place(self) -> None:
        sticks = volumes()
        begin = str(sticks[0].folder) if sticks else ""
        chosen = QFileDialog.getExistingDirectory(self, _("Place for backups"), begin)
        if chosen:
            self.use(Path(chosen))

    def _draw(self) -> None:
        dialog = RecoveryDialog(self._desk, self)
        dialog.accepted.connect(self._make_openable)
        dialog.finished.connect(self.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _make_openable(self) -> None:
        """The new code opens none of the backups that are there: one is made at once."""
        if self._backing.known.folder:
            self._backing.make()

    def _begin(self) -> None:
        self.make.setEnabled(False)
        self.progress.begin(_("Backing up"), 1)

    def _advance(self, done: int, total: int) -> None:
        self.progress.advance_to(done, total)

    def _end(self, error: Exception | None) -> None:
        self.progress.end()
        self.refresh()
        if error is None:
            self.said.emit(_("The backup is made and was read back."))
        elif isinstance(error, Stopped):
            self.said.emit(_("The backup was stopped. The ones before are there."))
        else:
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))

    def _lay_out(self) -> None:
        card = Card(_("Backup of this point"))
        for part in (self.sign, self.where, self.what, self.recovery, self._whose, self.progress):
            card.body.addWidget(part)
        card.body.addLayout(line(self.make, self.choose, self.draw))
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        about = _("Everything this point recorded, with names sealed, in one file")
        layout.addWidget(PageHead(_("Backup"), about))
        layout.addWidget(card, 1)


def _line(name: str, role: Role = Role.BODY) -> QLabel:
    label = words("", role)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _recovery_words(known: bool) -> str:
    if known:
        return _("Another PC can open the backups with the recovery code or the password.")
    return _(
        "No recovery code yet: if this PC breaks, nobody can read the names in its backups. Draw "
        "one now."
    )
