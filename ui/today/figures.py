"""The row of figures: each counts one kind of work and leads to where it is done."""

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.device import Stage
from station.words import _, _n
from ui.buttons import with_shortcut
from ui.cards import FigureCard
from ui.day_words import age_words
from ui.point_work import Part
from ui.today.glance import Calls, Cases, Coming, Figure, Glance

USUAL = 5  # width of a card, beside the others'


class TodayFigures(QWidget):
    """Six counts; a click, Enter or Alt and the number of the card opens the list."""

    def __init__(self, open_page: Callable[[str], None], open_calls: Callable[[], None]) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._parts: dict[FigureCard, frozenset[Part]] = {}
        intake, bench, giving = Part.INTAKE, Part.BENCH, Part.GIVING
        go = open_page
        self.coming = self._card(_("appointments today"), lambda: go("offers"), intake)
        self.calls = self._card(_("donors to call"), open_calls, intake, bench)
        self.bench = self._card(_("wait for the bench"), lambda: go("bench"), bench)
        self.on_hold = self._card(_("on hold"), lambda: go("bench"), bench)
        self.ready = self._card(_("ready to give"), lambda: go("handover"), giving, width=8)
        self.cases = self._card(_("cases waiting"), lambda: go("handover"), giving)

    def show_parts(self, parts: frozenset[Part]) -> None:
        """Hide the cards of what this point does not do; the keys of the others close up."""
        shown = 0
        for card, needs in self._parts.items():
            card.setVisible(bool(needs & parts))
            shown += not card.isHidden()
            keys = QKeySequence(f"Alt+{shown}" if not card.isHidden() else "")
            card.setShortcut(keys)

    def show_glance(self, glance: Glance) -> None:
        """Show these figures instead."""
        today = glance.day
        _show(self.coming, glance.coming.today, coming_words(glance.coming))
        _show(self.calls, glance.calls.due, call_words(glance.calls, today))
        waiting, working = glance.figure(Stage.RECEIVED), glance.figure(Stage.ON_BENCH)
        oldest = oldest_words(waiting, today)
        both = " · ".join(filter(None, (oldest, working_words(working))))
        _show(self.bench, waiting.devices, oldest or working_words(working), both)
        _show(self.on_hold, glance.on_hold, counted(glance.holds))
        levels = levels_words(glance.ready_levels)
        ready = glance.figure(Stage.READY).devices
        _show(self.ready, ready, levels or counted(glance.ready_kinds), counted(glance.ready_kinds))
        levels = counted(glance.cases.levels)
        _show(self.cases, glance.cases.waiting, case_words(glance.cases), levels)

    def _card(
        self, word: str, go: Callable[[], None], *parts: Part, width: int = USUAL
    ) -> FigureCard:
        """One card; where more is said of its figure it is wider."""
        card = FigureCard(word)
        card.clicked.connect(go)
        self._parts[card] = frozenset(parts)
        self._row.addWidget(card, width)
        return card


def coming_words(coming: Coming) -> str:
    """What is late, and what is fetched."""
    words = []
    if coming.late:
        words.append(_n("{count} late", "{count} late", coming.late).format(count=coming.late))
    if coming.fetched:
        told = _n("{count} home pick-up", "{count} home pick-ups", coming.fetched)
        words.append(told.format(count=coming.fetched))
    return " · ".join(words)


def call_words(calls: Calls, today: date) -> str:
    """Since when the first of them is due."""
    if calls.oldest is None:
        return ""
    return _("oldest: {age}").format(age=age_words(calls.oldest, today))


def oldest_words(figure: Figure, today: date) -> str:
    """How long the oldest waits."""
    if not figure.devices or figure.oldest_since is None:
        return ""
    return _("oldest: {age}").format(age=age_words(figure.oldest_since, today))


def working_words(figure: Figure) -> str:
    """How many are being worked at."""
    return _n("{count} in work", "{count} in work", figure.devices).format(count=figure.devices)


def levels_words(levels: Iterable[tuple[str, int]]) -> str:
    """For how many of each level they suffice."""
    return " · ".join(f"{word} {count}" for word, count in levels)


def case_words(cases: Cases) -> str:
    """How many wait for long."""
    if not cases.long:
        return counted(cases.levels)
    told = _n("{count} over 30 days", "{count} over 30 days", cases.long)
    return told.format(count=cases.long)


def counted(words: Iterable[tuple[str, int]]) -> str:
    """How many of each: "3 Laptop · 1 Tablet"."""
    return " · ".join(f"{count} {word}" for word, count in words)


def _show(card: FigureCard, count: int, second: str, more: str = "") -> None:
    card.show_figure(str(count), second)
    keys = card.shortcut().toString()
    told = " · ".join(filter(None, (card.accessibleName(), more or second)))
    card.setToolTip(with_shortcut(told, keys) if keys else told)
