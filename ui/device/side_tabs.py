"""What stands beside the checks by turns: history, defects on a drawing, notes and photos."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QWidget

from station.words import _
from ui.cards import Card

SIDES = 34  # of a card


class SideTabs(Card):
    """A card whose head is a row of tabs; the arrow keys go through them."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("History, defects, notes"))
        self.bar = QTabBar()
        self.bar.setObjectName("side_tabs")
        self.bar.setProperty("tight", True)
        self.bar.setAccessibleName(_("What is shown here"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self._stack = QStackedWidget()
        # What is long scrolls in its tab; by its own wish it would make the whole page scroll.
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.head.insertWidget(0, self.bar)
        self.body.addWidget(self._stack)
        self.bar.currentChanged.connect(self._turn)

    def add(self, title: str, widget: QWidget) -> None:
        """One more tab."""
        self._stack.addWidget(widget)
        self.bar.addTab(title)

    def name(self, place: int, title: str, count: int = 0) -> None:
        """Name a tab anew, with how much is in it."""
        self.bar.setTabText(place, f"{title}  {count}" if count else title)
        self.setMinimumWidth(self.bar.sizeHint().width() + SIDES)  # no tab is cut

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.turned.emit(place)
