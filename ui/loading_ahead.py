"""The modules of the pages that everybody opens, loaded while nobody waits for them."""

from importlib import import_module
from typing import Final

PAGES: Final = (
    "ui.intake.page",
    "ui.device.page",
    "ui.bench.page",
    "ui.stock.page",
    "ui.giving.handover_page",
)


def load_pages() -> None:
    """Load them one after the other; on a thread of its own, as it waits for the disk."""
    for name in PAGES:
        import_module(name)
