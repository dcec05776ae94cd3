"""Chế độ tập huấn: nothing here is real, and everything it shows or prints says so."""

from msgspec import structs

from station.reference import Reference
from station.words import _
from ui.banners import Act
from ui.main_window import MainWindow
from ui.theme import Tone

MARK_VI, MARK_EN = "TẬP HUẤN", "TRAINING"
KEY = "training"


def training_reference(reference: Reference) -> Reference:
    """The programme under another name, so that labels, papers and the window carry it."""
    programme = reference.programme
    if programme.training:
        return reference
    marked = structs.replace(
        programme,
        vi=f"{MARK_VI} – {programme.vi}",
        en=f"{MARK_EN} – {programme.en}",
        short_vi=MARK_VI,
        short_en=MARK_EN,
        training=MARK_VI,
    )
    return structs.replace(reference, programme=marked)


def warn_of_training(window: MainWindow, begin_anew: Act) -> None:
    """A banner that stays on every page."""
    told = _("Training: nothing here is real. What is printed is marked, and nothing is sent.")
    window.warn(KEY, told, begin_anew, Tone.WARN)
