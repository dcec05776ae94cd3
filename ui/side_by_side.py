"""Two parts of a page beside each other, the list on the left."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.cards import Card

SPACE = 14
HEAD = 30


def side_by_side(
    left: QWidget, right: QWidget, *, weights: tuple[int, int] = (3, 2)
) -> QHBoxLayout:
    """Lay two widgets in a row by their weights."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    for widget, weight in zip((left, right), weights, strict=True):
        row.addWidget(widget, weight)
    return row


def list_card(title: str, listing: QWidget, *below: QWidget) -> Card:
    """Make a card of a list that takes the room, and what stands under it."""
    card = _card(title)
    card.body.addWidget(listing, 1)
    for part in below:
        card.body.addWidget(part)
    return card


def form_card(title: str, *parts: QWidget) -> Card:
    """Make a card of widgets under each other, at their own heights."""
    card = _card(title)
    card.body.setSpacing(SPACE)
    for part in parts:
        card.body.addWidget(part)
    card.body.addStretch(1)
    return card


def _card(title: str) -> Card:
    card = Card(title)
    card.title.setMinimumHeight(HEAD)  # level beside a card with a button in its head
    return card


def fill(panel: QWidget, *rows: QLayout | QWidget) -> None:
    """Lay out a panel; the first row takes the room that is left."""
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE)
    for at, row in enumerate(rows):
        if isinstance(row, QLayout):
            column.addLayout(row, 0 if at else 1)
        else:
            column.addWidget(row, 0 if at else 1)
