"""The one bar that says how far something is; what it means stands in words beside it."""

from PySide6.QtWidgets import QProgressBar

THIN = 6


def plain_bar(*, width: int | None = None, thin: bool = False) -> QProgressBar:
    """A bar without a figure of its own; `thin` where it lies across a card."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    if width is not None:
        bar.setFixedWidth(width)
    if thin:
        bar.setFixedHeight(THIN)
    return bar
