"""Máy của điểm: whether this PC works alone, and how other PCs come to work with it."""

from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from station import operators
from station.words import _
from ui.background import Background
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, PageHead, line
from ui.desk import Desk
from ui.shared.add_pc_dialog import AddPcDialog
from ui.shared.network import names_of_this_pc
from ui.shared.sharing import Sharing, Step, Way
from ui.side_by_side import SPACE
from ui.theme import Role, words


class PcsPage(QWidget):
    """One card that says how it is, and what the lead can do about it."""

    def __init__(self, desk: Desk, sharing: Sharing, slow: Background) -> None:
        super().__init__()
        self._desk, self._sharing, self._slow = desk, sharing, slow
        self._card = Card()
        self.about = words("")
        self.about.setObjectName("pcsAbout")
        self.about.setWordWrap(True)
        self.where = words("", Role.STRONG)
        self.where.setObjectName("pcsWhere")
        self._whose = words(_("Only the head of the point changes this."), Role.MUTED)
        self.begin = primary_button(_("Let other PCs work with this one…"), "plus")
        self.begin.setObjectName("beginSharing")
        self.begin.clicked.connect(self._ask_begin)
        self.add = primary_button(_("Add a PC…"), "plus", "Ctrl+N")
        self.add.setObjectName("addPc")
        self.add.clicked.connect(self._add)
        self.lock_out = secondary_button(_("Lock all other PCs out…"))
        self.lock_out.setObjectName("lockOut")
        self.lock_out.clicked.connect(self._ask_lock_out)
        for part in (self.about, self.where, self._whose):
            self._card.body.addWidget(part)
        self._card.body.addLayout(line(self.begin, self.add, self.lock_out))
        self._card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(PageHead(_("PCs of this point"), _("All work with the same data")))
        layout.addWidget(self._card, 1)
        desk.operator_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look anew at how this PC works."""
        way, lead = self._sharing.way, self._desk.operator.role is operators.Role.LEAD
        self._card.set_title(_titles()[way])
        self.about.setText(self._about(way))
        self.where.setText(" · ".join(names_of_this_pc()))
        self.where.setVisible(way is Way.MAIN)
        self.begin.setVisible(self._sharing.can_begin and lead)
        for button in (self.add, self.lock_out):
            button.setVisible(way is Way.MAIN and lead)
        self._whose.setVisible(way in {Way.ALONE, Way.MAIN} and not lead)

    def _about(self, way: Way) -> str:
        if way is Way.ALONE and not self._sharing.can_begin:
            return _(
                "To let other PCs work with it, this PC needs the folder “postgresql” beside the "
                "program. Ask the people who look after your PCs for it; they know it as the "
                "program with the shared store."
            )
        return {
            Way.ALONE: _(
                "Its data lies in a file of its own. If more PCs work at this point, make this one "
                "the main PC: the data moves once, is compared, and the program opens again."
            ),
            Way.MAIN: _(
                "Other PCs find it by one of these names. It must be switched on while they work; "
                "after it was started anew, open the program here once."
            ),
            Way.OTHER: _(
                "What is recorded here lies on the main PC. Printers, the scanner and what is done "
                "at this PC are set for this PC alone."
            ),
            Way.NAMED: _("The place of the data was named when the program was started."),
        }[way]

    def _ask_begin(self) -> None:
        """Whoever says so hears first what happens."""
        question = QMessageBox(self)
        question.setObjectName("confirmSharing")
        question.setWindowTitle(_("Main PC"))
        question.setText(
            _(
                "The program closes, moves the data and opens again. Until everything is compared, "
                "nothing is changed. Prints that wait are kept."
            )
        )
        yes = question.addButton(_("Make this the main PC"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(lambda: self._sharing.between(Step.SHARE))
        question.open()

    def _add(self) -> None:
        if (point := self._sharing.point) is not None:
            dialog = AddPcDialog(self._desk, point, self._slow, self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _ask_lock_out(self) -> None:
        question = QMessageBox(self)
        question.setObjectName("confirmLockOut")
        question.setWindowTitle(_("Lock all other PCs out"))
        question.setText(
            _(
                "No other PC can work with this point's data until it is added anew. Do it when a "
                "PC or a stick with its file was lost, and tell the Department. The program opens "
                "again."
            )
        )
        yes = question.addButton(_("Lock them out"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(lambda: self._sharing.between(Step.LOCK_OUT))
        question.open()


def _titles() -> dict[Way, str]:
    return {
        Way.ALONE: _("This PC works alone"),
        Way.MAIN: _("This is the main PC"),
        Way.OTHER: _("This PC works with the main PC"),
        Way.NAMED: _("This PC works with a store that was named"),
    }
