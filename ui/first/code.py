"""The one-time code at a first start: with it the service says which point this is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station.words import _
from ui.field import Field
from ui.settings import is_service_address
from ui.sync.code_refused import length_words
from ui.sync.enrol_code import LENGTH, EnrolCodeLine


class FirstCode(QWidget):
    """A code that may be left out, and the address where it is asked about."""

    changed = Signal()

    def __init__(self, service: str) -> None:
        super().__init__()
        self.code = EnrolCodeLine()
        self.service = QLineEdit(service)
        self.service.setObjectName("firstService")
        self.service.setPlaceholderText("https://")
        hint = _("May stay empty: without a network the point enrols later, on the page Sync.")
        self._code_field = Field(_("One-time code of the Department"), self.code, hint)
        self._service_field = Field(_("Address of the central service"), self.service)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._code_field)
        layout.addWidget(self._service_field)
        self._service_field.hide()
        self.code.textChanged.connect(self._changed)

    @property
    def given(self) -> bool:
        """Whether a code was typed, whole or not."""
        return bool(self.code.digits)

    @property
    def address(self) -> str:
        """Where the service is."""
        return self.service.text().strip()

    def is_whole(self) -> bool:
        """Whether it can be asked about; what is missing is said beside its field."""
        if len(self.code.digits) != LENGTH:
            self.show_problem(length_words())
            return False
        if not is_service_address(self.address):
            told = _("Type the address that stands on the Department's paper: https://…")
            self._service_field.show_error(told)
            self.service.setFocus()
            return False
        return True

    def show_problem(self, sentence: str) -> None:
        """Say why the code was not taken."""
        self._code_field.show_error(sentence)
        self.code.setFocus()
        self.code.selectAll()

    def _changed(self) -> None:
        self._service_field.setVisible(self.given)
        self.changed.emit()
