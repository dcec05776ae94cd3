"""A finished sheet on a machine without a PDF viewer: where it lies."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from station.words import _
from ui.far import far_button, far_words
from ui.theme import Role, font

WIDTH = 720
LINES = 4


class PaperDialog(QDialog):
    """Shows the whole path, to be read or copied to another machine's printer."""

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paper_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Print or PDF"))
        self.setMinimumWidth(WIDTH)
        path = QPlainTextEdit(str(file))  # a line would show the end of a long path only
        path.setObjectName("paper")
        path.setReadOnly(True)
        path.setTabChangesFocus(True)
        path.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        path.setFont(font(Role.FAR_TEXT))
        path.setFixedHeight(LINES * path.fontMetrics().lineSpacing())
        close = far_button("close", _("Close"), "Esc", primary=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        said = _("Nothing on this machine shows a PDF. The sheet lies here:")
        column.addWidget(far_words(said, Role.FAR_STRONG))
        column.addWidget(path)
        column.addLayout(last)
        close.setFocus()
