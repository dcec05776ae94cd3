"""Which stages a list shows: what is at the point above, what has left below."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.device import Stage
from station.ports import StageCount
from station.words import _
from ui.coded_words import stage_word
from ui.filter_chip import FilterChip

HERE = (
    Stage.RECEIVED,
    Stage.ON_BENCH,
    Stage.READY,
    Stage.RESERVED,
    Stage.IN_REPAIR_FOR_PUPIL,
)
GONE = (Stage.WITH_SCHOOL, Stage.HANDED_OVER, Stage.IN_TRANSIT, Stage.RETIRED)


class StageFilter(QWidget):
    """Any of the stages, or all of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._everything = FilterChip("stage.all", _("All"))
        self._everything.setChecked(True)
        self._everything.clicked.connect(self._choose_all)
        self._chips = {stage: self._chip(stage) for stage in (*HERE, *GONE)}
        self.gone = QHBoxLayout()  # with room for a button at its end
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        here = QHBoxLayout()
        for row, chips in (
            (here, (self._everything, *(self._chips[stage] for stage in HERE))),
            (self.gone, tuple(self._chips[stage] for stage in GONE)),
        ):
            row.setSpacing(8)
            for chip in chips:
                row.addWidget(chip)
            row.addStretch()
            layout.addLayout(row)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What is chosen; empty for all."""
        return tuple(stage for stage, chip in self._chips.items() if chip.isChecked())

    def show_counts(self, counts: Iterable[StageCount]) -> None:
        """Show how many devices stand in each stage."""
        known = {count.stage: count.devices for count in counts}
        self._everything.show_count(sum(known.values()))
        for stage, chip in self._chips.items():
            chip.show_count(known.get(stage, 0))

    def choose(self, stages: Iterable[Stage]) -> None:
        """Choose these stages; none means all."""
        wanted = set(stages)
        for stage, chip in self._chips.items():
            chip.setChecked(stage in wanted)
        self._everything.setChecked(not wanted)

    def _chip(self, stage: Stage) -> FilterChip:
        chip = FilterChip(f"stage.{stage}", stage_word(stage))
        chip.clicked.connect(self._choose_some)
        return chip

    def _choose_all(self) -> None:
        self.choose(())
        self.changed.emit()

    def _choose_some(self) -> None:
        self._everything.setChecked(not self.stages)
        self.changed.emit()
