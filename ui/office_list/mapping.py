"""Which column of the file says what: a choice for each thing a line can say."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from station.reference import Reference, Table
from station.words import _
from ui.choice import Choice
from ui.field import Field
from ui.office_list.columns import Column, Headed
from ui.office_list.words import column_words

IN_A_ROW = 2
LONGEST = 28  # letters of a header in the choice


class MappingFields(QWidget):
    """Begins with what the headers say, or with what was told of this form before."""

    changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.columns = {column: Choice(f"column.{column}") for column in Column}
        self.usual = Choice("usualKind", reference.entries(Table.KINDS))
        self.usual.offer_none(_("none: each line names it"))
        self.usual.setCurrentIndex(0)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        fields = [Field(column_words(column), choice) for column, choice in self.columns.items()]
        for place, field in enumerate(fields):
            grid.addWidget(field, place // IN_A_ROW, place % IN_A_ROW)
        below = Field(_("Kind where a line names none"), self.usual)
        grid.addWidget(below, len(fields) // IN_A_ROW, 0, 1, IN_A_ROW)
        for choice in (*self.columns.values(), self.usual):
            choice.activated.connect(self.changed)

    @property
    def mapped(self) -> dict[Column, int]:
        """The place of each column that was chosen."""
        chosen = {column: choice.chosen for column, choice in self.columns.items()}
        return {column: int(place) for column, place in chosen.items() if place is not None}

    def show_sheet(self, headed: Headed, mapped: dict[Column, int]) -> None:
        """Offer the columns of a file."""
        offered = [(str(at), _header(at, header)) for at, header in enumerate(headed.headers)]
        for column, choice in self.columns.items():
            choice.offer(offered)
            choice.offer_none(_("not in this list"))
            place = mapped.get(column)
            choice.choose("" if place is None else str(place))


def _header(place: int, header: str) -> str:
    """The column's letter, as Excel names it, and its header."""
    letter = chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
    return f"{letter} · {header[:LONGEST]}" if header else letter
