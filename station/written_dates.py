"""Numbers in dates as Nghị định 30/2020 writes them."""

from datetime import date


def day_figures(day: date) -> str:
    """Days before the tenth take a leading zero."""
    return f"{day.day:02d}"


def month_figures(day: date) -> str:
    """January and February take a leading zero, the other months none."""
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)
