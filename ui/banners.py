"""Lasting warnings above every page: a doubtful clock, a demonstration store."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.buttons import link_button
from ui.icons import pixmap
from ui.theme import Tone, words


@dataclass(frozen=True)
class Act:
    """A way out beside a sentence: what the button says and what it does."""

    name: str
    do: Callable[[], object]


class Banners(QWidget):
    """A pile of warnings, each known by a key so that it can be renewed or taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, QFrame] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.hide()

    def warn(self, key: str, sentence: str, act: Act | None = None, tone: Tone = Tone.WARN) -> None:
        """Show a warning until `settle`; the same key replaces its sentence."""
        self.settle(key)
        self._shown[key] = _banner(sentence, act, tone)
        self._layout.addWidget(self._shown[key])
        self.show()

    def settle(self, key: str) -> None:
        """Take a warning away, if it is there."""
        banner = self._shown.pop(key, None)
        if banner is not None:
            self._layout.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._shown))

    def sentences(self) -> list[str]:
        """Say what is being warned of."""
        return [banner.accessibleName() for banner in self._shown.values()]


def _banner(sentence: str, act: Act | None, tone: Tone) -> QFrame:
    banner = QFrame()
    banner.setAccessibleName(sentence)
    banner.setObjectName("banner")
    banner.setProperty("tone", tone.value)
    row = QHBoxLayout(banner)
    row.setContentsMargins(12, 6, 8, 6)
    row.setSpacing(10)
    picture = QLabel()
    picture.setPixmap(pixmap(tone.value, tone.ink, 18))
    row.addWidget(picture)
    label = words(sentence)
    label.setWordWrap(True)
    row.addWidget(label, 1)
    if act is not None:
        button = link_button(act.name)
        button.clicked.connect(lambda: act.do())  # noqa: PLW0108 -- without the signal's `checked`
        row.addWidget(button)
    return banner
