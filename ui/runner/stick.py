"""The runner's screen for a stick: choose where, and hear whether it is there."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from diagnostics.amounts import disk_amount
from station.reference import load
from station.words import _
from ui.far import ToneLine, far_button, far_words, row_of
from ui.stick import StickGone, Volume
from ui.theme import Role, Tone
from ui.wording import explain

MOST = 4  # volumes, each with the key of its number


class StickScreen(QWidget):
    """One large button for each volume; any other folder can be chosen too."""

    chosen = Signal(object)  # Path
    look_again = Signal()
    back = Signal()

    def __init__(self, volumes: Sequence[Volume]) -> None:
        super().__init__()
        self.folders = frozenset(volume.folder for volume in volumes)
        self._said = ToneLine(Role.FAR_STRONG)
        self._said.setObjectName("saved")
        self._said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(far_words(_("Save the report on a stick"), Role.FAR_TITLE))
        layout.addWidget(self._said)
        if not volumes:
            layout.addWidget(far_words(_("No stick is seen. Plug one in, then look again.")))
        for number, volume in enumerate(volumes[:MOST], 1):
            button = far_button(
                f"volume.{number}", _words(volume), str(number), primary=number == 1
            )
            button.clicked.connect(partial(self.chosen.emit, volume.folder))
            layout.addWidget(button)
        layout.addStretch()
        layout.addLayout(self._buttons())

    def show_saved(self, file: Path) -> None:
        """Say that the report lies there."""
        self._said.show_line(
            Tone.OK, _("Saved as {file}. You may pull the stick out.").format(file=file.name)
        )
        self._said.show()

    def show_failure(self, error: Exception) -> None:
        """Say why it does not."""
        gone = _("No stick is seen. Plug one in, then look again.")
        sentence = gone if isinstance(error, StickGone) else explain(error, load())
        self._said.show_line(Tone.FAIL, sentence)
        self._said.show()

    def _buttons(self) -> QHBoxLayout:
        again = far_button("lookAgain", _("Look again"), "F5")
        again.clicked.connect(self.look_again)
        other = far_button("otherFolder", _("Another folder…"), "F6")
        other.clicked.connect(self._choose_folder)
        back = far_button("back", _("Back"), "Esc")
        back.clicked.connect(self.back)
        return row_of(again, other, back)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose a folder"))
        if folder:
            self.chosen.emit(Path(folder))


def _words(volume: Volume) -> str:
    free = _("{size} free").format(size=disk_amount(volume.free_bytes))
    return f"{volume.name} · {free}"
