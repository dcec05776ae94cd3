"""The runner's first screen: how thoroughly to examine, and what an earlier start left."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from diagnostics.profile import Profile
from diagnostics.profile_words import profile_hint, profile_word
from diagnostics.trial import Trial
from station.words import _
from ui.far import far_button, far_words, tone_line
from ui.runner.words import crash_words
from ui.theme import Role, Tone

OFFERED: Final = (Profile.TRIAGE, Profile.STANDARD, Profile.BURN_IN, Profile.FACTS)
SPACING = 10


class StartScreen(QWidget):
    """Four large buttons, each with its key; the first is what one usually wants."""

    chosen = Signal(object)  # Profile

    def __init__(self, crashed: Sequence[Trial] = (), problem: str = "") -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(
            far_words(_("How thoroughly should this machine be checked?"), Role.FAR_TITLE)
        )
        notes = ((Tone.WARN, crash_words(crashed)), (Tone.FAIL, problem))
        for tone, said in notes:
            if said:
                layout.addWidget(tone_line(tone, said))
        layout.addStretch()
        layout.addLayout(self._choices())
        layout.addStretch()
        layout.addWidget(far_words(_("The tests only read the disks: nothing on them is changed.")))

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(18)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for number, profile in enumerate(OFFERED, 1):
            button = far_button(
                f"profile.{profile.value}", profile_word(profile), str(number), primary=number == 1
            )
            button.clicked.connect(partial(self.chosen.emit, profile))
            grid.addWidget(button, number, 0)
            grid.addWidget(far_words(profile_hint(profile)), number, 1)
            if number == 1:
                self.setFocusProxy(button)
        return grid
