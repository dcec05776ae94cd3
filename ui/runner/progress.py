"""The runner's screen while it examines: each test, how far it is, and how to stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from diagnostics.profile import Profile
from diagnostics.profile_words import profile_word
from diagnostics.progress import Progress, StepState
from station.words import _
from ui.bars import plain_bar
from ui.far import ToneLine, far_button, far_words
from ui.runner.words import done_permille, progress_words, step_look, step_name, step_words
from ui.theme import Role

WHOLE = 1000


class ProgressScreen(QWidget):
    """Shows one picture of the progress after the other."""

    stop_wanted = Signal()

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._lines: list[ToneLine] = []
        self._summary = far_words(role=Role.FAR_STRONG)
        self._summary.setObjectName("progress")
        self._bar = plain_bar()
        self._bar.setRange(0, WHOLE)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._rows)
        self._rows.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self._stop = far_button("stop", _("Stop, and report what was found so far"), "Esc")
        self._stop.clicked.connect(self._ask_to_stop)
        self.setFocusProxy(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(far_words(profile_word(profile), Role.FAR_TITLE))
        layout.addWidget(self._summary)
        layout.addWidget(self._bar)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._stop)
        self.show_progress(Progress(collecting=True))

    def show_progress(self, progress: Progress) -> None:
        """Show this picture; lines are made once and then only say something else."""
        self._summary.setText(progress_words(progress))
        self._bar.setValue(done_permille(progress))
        while len(self._lines) < len(progress.steps):
            line = ToneLine()
            self._lines.append(line)
            self._column.insertWidget(self._column.count() - 1, line)
        for line, step in zip(self._lines, progress.steps, strict=False):
            text = f"{step_name(step)}: {step_words(step)}"
            if text != line.text:
                line.show_with_icon(*step_look(step), text)
                if step.state is StepState.RUNNING:
                    self._scroll.ensureWidgetVisible(line)

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._summary.setText(_("Stopping…"))
        self.stop_wanted.emit()
