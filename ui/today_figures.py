"""The row of figures on today's page."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.device import Stage
from station.words import _, _n
from ui.cards import FigureCard
from ui.coded_words import listed
from ui.day_words import age_words
from ui.today import Figure, Glance


class TodayFigures(QWidget):
    """Six counts; each leads to the page where it is worked on."""

    def __init__(self, open_page: Callable[[str], None]) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._open_page = open_page
        self.received = self._card(_("wait for the bench"), "bench")
        self.on_bench = self._card(_("on the bench"), "bench")
        self.on_hold = self._card(_("on hold"), "stock")
        self.ready = self._card(_("ready to give"), "handover")
        self.kept = self._card(_("promised to pupils"), "handover")
        self.cases = self._card(_("cases waiting"), "handover")

    def show_glance(self, glance: Glance, today: date) -> None:
        """Show these figures instead."""
        for card, stage in ((self.received, Stage.RECEIVED), (self.on_bench, Stage.ON_BENCH)):
            figure = glance.figure(stage)
            card.show_figure(str(figure.devices), _oldest(figure, today))
        self.on_hold.show_figure(str(glance.on_hold), listed(glance.hold_reasons))
        self.ready.show_figure(str(glance.figure(Stage.READY).devices), _parts(glance.ready_kinds))
        kept, school = glance.figure(Stage.RESERVED).devices, glance.figure(Stage.WITH_SCHOOL)
        self.kept.show_figure(str(kept + school.devices), _kept_words(kept, school.devices))
        waiting = sum(count for _word, count in glance.waiting_levels)
        self.cases.show_figure(str(waiting), _parts(glance.waiting_levels))

    def _card(self, word: str, page: str) -> FigureCard:
        card = FigureCard(word)
        card.clicked.connect(partial(self._open_page, page))
        self._row.addWidget(card, 1)
        return card


def _oldest(figure: Figure, today: date) -> str:
    if not figure.devices or figure.oldest_since is None:
        return ""
    return _("oldest: {age}").format(age=age_words(figure.oldest_since, today))


def _kept_words(kept: int, school: int) -> str:
    words = [_n("{count} here", "{count} here", kept).format(count=kept)] if kept else []
    if school:
        words.append(
            _n("{count} with a school", "{count} with schools", school).format(count=school)
        )
    return " · ".join(words)


def _parts(counted: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{count} {word}" for word, count in counted)
