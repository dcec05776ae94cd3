"""The way back at a start: which backup, and the recovery code where this PC does not open it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from station.store.backup.archive import ENDING
from station.words import _
from ui.backup.code_field import CodeField
from ui.buttons import link_button, primary_button, secondary_button
from ui.field import Field, mark_wrong
from ui.fitted_dialog import FittedDialog
from ui.theme import Role, words

WIDTH = 520


class RestoreDialog(FittedDialog):
    """Asks for both; accepted with `file` and `code`."""

    def __init__(
        self, *, file: str = "", why: str = "", problem: str = "", code: bool = False
    ) -> None:
        """`why` says what brought a person here, `problem` what was wrong, `code` asks for it."""
        super().__init__(WIDTH)
        self.setObjectName("restoreDialog")
        self.setWindowTitle(_("Restore a backup"))
        self._file = QLineEdit(file)
        self._file.setObjectName("restoreFile")
        self._file_field = Field(_("File of the backup"), self._file)
        self._browse = secondary_button(_("Choose…"), shortcut="Alt+O")
        self._browse.setObjectName("restoreBrowse")
        self._browse.setAutoDefault(False)  # Enter restores
        self._browse.clicked.connect(self._choose)
        self._code_field = CodeField("restoreCode")
        self._lost = link_button(_("The password is lost: use the recovery code…"), "Alt+M")
        self._lost.setObjectName("restoreByCode")
        self._lost.clicked.connect(self._ask_code)
        self._code_field.setVisible(code)
        self._lost.setVisible(not code)
        self._asks_code = code
        go = primary_button(_("Restore"))
        go.setObjectName("restoreGo")
        go.setDefault(True)
        go.clicked.connect(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(words(_("Restore a backup"), Role.CARD_TITLE))
        if why:
            layout.addWidget(_wrapped(why, wrong=True))
        told = _(
            "The point goes on from where the backup was made. What was recorded after it and not "
            "sent is entered again from paper; new codes leave a gap. Nothing that lies here is "
            "deleted."
        )
        layout.addWidget(_wrapped(told))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._file_field, 1)
        row.addWidget(self._browse, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(row)
        layout.addWidget(self._code_field)
        layout.addWidget(go)
        layout.addWidget(self._lost)
        if problem:
            (self._code_field if code else self._file_field).show_error(problem)
        self.fit()
        (self._code_field if code else self._file).setFocus()

    def propose(self, file: str) -> None:
        """Put in a backup that was found, where nobody chose one yet."""
        if not self._file.text():
            self._file.setText(file)

    @property
    def file(self) -> Path:
        """The backup that was chosen."""
        return Path(self._file.text().strip())

    @property
    def code(self) -> str:
        """Its digits; "" where it was not asked for."""
        return self._code_field.code

    def _go(self) -> None:
        self._file_field.clear_error()
        self._code_field.clear_error()
        if not self._file.text().strip():
            self._file_field.show_error(_("Choose the file of a backup."))
        elif not self._asks_code or self._code_field.check():
            self.accept()

    def _ask_code(self) -> None:
        self._asks_code = True
        self._code_field.show()
        self._lost.hide()
        self._code_field.setFocus()

    def _choose(self) -> None:
        kinds = _("Backups ({ending})").format(ending=f"*{ENDING}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("File of the backup"), "", kinds)
        if chosen:
            self._file.setText(chosen)


def _wrapped(sentence: str, *, wrong: bool = False) -> QLabel:
    label = words(sentence, Role.BODY if wrong else Role.MUTED)
    label.setWordWrap(True)
    mark_wrong(label, wrong)
    return label
