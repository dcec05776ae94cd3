"""The fields of one device at the counter: what stands where, and the order of the keys."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from station.reference import Reference, Table
from station.words import _
from ui.buttons import secondary_button
from ui.cards import Card
from ui.choice import Choice
from ui.elided import ElidedLabel
from ui.field import Field
from ui.intake.photos_field import PhotosField
from ui.intake.promise_line import PromiseLine
from ui.intake.told_fields import CallsField, PasswordsField
from ui.number_box import NumberBox
from ui.scanning.serial_field import SerialField
from ui.theme import Role
from ui.tick_list import TickList

KIT_COLUMNS, LOCK_COLUMNS = 5, 3
MOST_TYPED = 9999  # a number beyond the most is told, not cut short while it is typed
NOTE_HEIGHT = 40


class DeviceFields(Card):
    """Nothing is read or judged here."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.kind = Choice("kind", reference.entries(Table.KINDS), _("Choose the kind"))
        self.code, self.maker, self.model = QLineEdit(), QLineEdit(), QLineEdit()
        self.serial = SerialField()
        self.condition = Choice(
            "condition", reference.entries(Table.CONDITIONS), _("Not looked at yet")
        )
        self.data_wish = Choice("dataWish", reference.entries(Table.DATA_WISHES))
        self.if_hopeless = Choice(
            "ifHopeless", reference.entries(Table.HOPELESS_WISHES), _("Not asked yet")
        )
        self.kit = TickList("kit", KIT_COLUMNS)
        self.locks = TickList("lock", LOCK_COLUMNS, reference.entries(Table.LOCKS))
        self.passwords, self.calls = PasswordsField(reference), CallsField(reference)
        self.photos = PhotosField()
        self.ask_password = secondary_button(_("Password…"), shortcut="Alt+M")
        self.ask_password.setObjectName("askPassword")
        self.promise = PromiseLine()
        self.series = QCheckBox(_("Scan in a row"))
        self.note = QPlainTextEdit()
        self.how_many = NumberBox()
        self._belongs = ElidedLabel("", Role.MUTED)
        self._make_fields()
        self._lay_out()

    def show_head(self, sentence: str) -> None:
        """Tell the set this device belongs to; "" for none."""
        self._belongs.setText(sentence)
        self._belongs.setVisible(bool(sentence))

    def clear_errors(self) -> None:
        """Forget what was wrong before."""
        for field in self._fields:
            field.clear_error()

    def _make_fields(self) -> None:
        self.series.setToolTip(_("Each further serial number is one more device like this"))
        for name, widget in (
            ("series", self.series),
            ("labelCode", self.code),
            ("maker", self.maker),
            ("model", self.model),
            ("howMany", self.how_many),
            ("note", self.note),
        ):
            widget.setObjectName(name)
        self.how_many.setRange(1, MOST_TYPED)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.kind_field = Field(_("Kind of device"), self.kind)
        self.code_field = Field(_("Label stuck on before (scan, if any)"), self.code)
        self.maker_field = Field(_("Maker"), self.maker)
        self.model_field = Field(_("Model"), self.model)
        self.kit_field = Field(_("What lies beside it"), self.kit)
        self.note_field = Field(_("Faults the donor names, and notes"), self.note)
        self.how_many_field = Field(_("How many alike"), self.how_many)
        self._fields = (
            self.kind_field,
            self.code_field,
            self.maker_field,
            self.model_field,
            self.serial.field,
            self.passwords.field,
            self.note_field,
            self.how_many_field,
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.kind_field, 0, 0)
        grid.addWidget(self.code_field, 0, 1)
        grid.addWidget(self.how_many_field, 0, 2)
        grid.addWidget(self.maker_field, 1, 0)
        grid.addWidget(self.model_field, 1, 1)
        grid.addWidget(self.serial, 1, 2, Qt.AlignmentFlag.AlignTop)  # it has more below
        condition = _("Condition (Alt+1, 2, 3)")
        grid.addWidget(Field(condition, self.condition), 2, 0)
        grid.addWidget(Field(_("Data on it"), self.data_wish), 2, 1)
        grid.addWidget(Field(_("If it cannot be repaired"), self.if_hopeless), 2, 2)
        self.body.addWidget(self._belongs)
        self.body.addLayout(grid)
        asked = (
            self.kit_field,
            Field(_("Locks seen"), self.locks),
        )
        for field in asked:
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self.body.addWidget(field)
        typed = QHBoxLayout()
        typed.setSpacing(12)
        typed.addWidget(self.note_field, 1)
        typed.addWidget(self.passwords, 1)
        self.body.addLayout(typed)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.photos)
        beside.addWidget(self.ask_password)
        beside.addWidget(self.calls)
        beside.addStretch()
        beside.addWidget(self.series)
        self.body.addLayout(beside)
        self.body.addWidget(self.promise)
        self.body.addStretch(1)
        self.setFocusProxy(self.kind)

    def _offer_kit(self) -> None:
        kind = self.kind.chosen
        items = self._reference.kind(kind).kit if kind else ()
        self.kit.offer(self._reference.kit_item(item) for item in items)
        self.kit_field.setVisible(bool(items))
        self._order_tabs()

    def _order_tabs(self) -> None:
        order: tuple[QWidget, ...] = (
            self.kind,
            self.code,
            self.how_many,
            self.maker,
            self.model,
            self.serial.line,
            self.condition,
            self.data_wish,
            self.if_hopeless,
            *self.kit.boxes,
            *self.locks.boxes,
            self.passwords.opens,
            self.passwords.word,
            self.note,
            self.photos.take,
            self.ask_password,
            self.calls,
            self.series,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
