"""How the page of intake looks: its forms, what was received, who is expected; and its buttons."""

from itertools import pairwise

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.words import _
from ui.buttons import link_button, papers_button, primary_button, secondary_button
from ui.cards import PageHead
from ui.desk import Desk
from ui.draft_strip import DraftStrip
from ui.field import mark_wrong
from ui.intake.counter import Counter
from ui.intake.donor_form import DonorForm
from ui.intake.print_habits import PrintHabits
from ui.intake.received_card import ReceivedCard
from ui.offers.panel import ExpectedPanel
from ui.theme import Role, words

LEFT_WIDTH = 348
COMMIT = "Ctrl+Return"


class IntakeFace(QWidget):
    """Three faces in turn; each shows the buttons that are its own."""

    def __init__(self, desk: Desk, habits: PrintHabits) -> None:
        super().__init__()
        self.habits = habits
        self.donor = DonorForm(desk.reference, lambda: desk.now().day)
        self.counter = Counter(desk.reference)
        self.received, self.expected = ReceivedCard(), ExpectedPanel(desk)
        self._found = DraftStrip(_("Clear the counter"), "clearCounter")
        self._problem = words("", Role.STRONG)
        self._body = QStackedWidget()
        self._make_buttons()
        self._lay_out()
        self.begins_at: QWidget = self.donor.name

    @property
    def _face(self) -> QWidget | None:
        return self._body.currentWidget()

    def _show_forms(self, second: str, *, begun: bool) -> None:
        """The forms; `begun` with an offer or a form that can be put away again."""
        self.head.show_title(_("Intake"), second)
        self._show_face(self._forms, begun=begun)
        self.begins_at = self.donor.name

    def _show_received(self, sentence: str, *, lot: bool) -> None:
        self.head.show_title(sentence, _("Stick a label on each device, or write its code on it"))
        self._show_face(self.received, lot=lot)
        self.begins_at = self.print_button
        self.print_button.setFocus()

    def _show_face(self, face: QWidget, *, begun: bool = False, lot: bool = False) -> None:
        self._body.setCurrentWidget(face)
        shown, hidden = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        for one in (self._forms, self.received, self.expected):  # the others takes no room
            one.setSizePolicy(shown, shown if one is face else hidden)
        for button in (self.refuse_item, self.receive, self.papers):
            button.setVisible(face is not self.expected)
        for button in (self.refuse_item, self.receive):
            button.setVisible(face is self._forms)
        self.put_away.setVisible(face is self._forms and begun)
        self.expect.setVisible(face is self._forms and not begun)
        for button in (self.next_button, self.receipt, self.print_button):
            button.setVisible(face is self.received)
        self.print_lot.setVisible(face is self.received and lot)

    def _tell_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _name_expected(self, count: int) -> None:
        told = _("Expected arrivals ({count})").format(count=count)
        keys = self.expect.shortcut()
        self.expect.setText(told if count else _("Expected arrivals"))
        self.expect.setAccessibleName(self.expect.text())
        self.expect.setShortcut(keys)  # setText drops it

    def _make_buttons(self) -> None:
        self.refuse_item = _named("refuseItem", secondary_button(_("Not taken in…")))
        self.receive = _named("receive", primary_button(_("Receive"), "intake", COMMIT))
        self.next_button = _named("nextIntake", secondary_button(_("Next donor"), "plus", "Ctrl+N"))
        self.print_button = _named(
            "printLabels", primary_button(_("Print labels"), "print", "Ctrl+P")
        )
        self.print_lot = _named("printLot", secondary_button(_("Label of the lot"), "print"))
        self.receipt = _named(
            "printReceipt", secondary_button(_("Print the receipt"), "print", "Ctrl+R")
        )
        self.papers = _named("papers", papers_button())
        self.put_away = _named("putFormAway", link_button(_("Not this one")))
        self.expect = _named("expectedArrivals", secondary_button("", "today", "Ctrl+H"))
        self._name_expected(0)
        another = secondary_button(_("Add another like this"), "plus", "Ctrl+D")
        self.another = _named("anotherLikeThis", another)
        monitor = secondary_button(_("Add its monitor"), "plus", "Ctrl+M")
        self.monitor = _named("addMonitor", monitor)

    def _lay_out(self) -> None:
        self._problem.setObjectName("intakeProblem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        mark_wrong(self._problem, True)
        forms = (self.put_away, self.expect, self.papers, self.refuse_item, self.receive)
        received = (self.print_lot, self.next_button, self.receipt, self.print_button)
        acts = (*forms, *received)
        self.head = PageHead(_("Intake"), acts=acts)
        self.received.add_to_head(self.print_lot)
        self._forms = self._lay_out_forms()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        layout.addWidget(self._found)
        layout.addWidget(self._problem)
        layout.addWidget(self._body, 1)
        self._body.addWidget(self._forms)
        self._body.addWidget(self.received)
        self._body.addWidget(self.expected)

    def _lay_out_forms(self) -> QWidget:
        left = QVBoxLayout()
        left.setSpacing(14)
        for card, stretch in ((self.donor, 0), (self.counter.listed, 1)):
            card.setFixedWidth(LEFT_WIDTH)
            left.addWidget(card, stretch)
        self.habits.setFixedWidth(LEFT_WIDTH)
        left.addWidget(self.habits)
        for button in (self.another, self.monitor):
            self.counter.form.add_to_head(button)
        forms = QWidget()
        row = QHBoxLayout(forms)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left)
        row.addWidget(self.counter.form, 1)
        return forms

    def _order_tabs(self) -> None:
        """From the donor through the device to what is done with it; the list comes last."""
        QWidget.setTabOrder(self.donor.last, self.counter.form.kind)
        after: tuple[QWidget, ...] = (
            self.another,
            self.monitor,
            self.receive,
            self.refuse_item,
            self.counter.listed.view,
            self.counter.listed.edit_item,
            self.counter.listed.remove_item,
            *self.habits.findChildren(QCheckBox),
        )
        for before, widget in pairwise((self.counter.form.note, *after)):
            QWidget.setTabOrder(before, widget)


def _named(name: str, button: QPushButton) -> QPushButton:
    button.setObjectName(name)
    return button
