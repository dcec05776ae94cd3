"""The sound cards, from /proc/asound."""

from pathlib import Path

from diagnostics.collect.files import read_text
from diagnostics.collect.source import Answer, Raw
from diagnostics.endings import SourceMissing
from diagnostics.parse.asound import parse_asound

FOLDER = "proc/asound"


def read_sound(root: Path) -> Answer:
    """The cards; without any, the kernel may leave out the list of streams."""
    cards = read_text(root / FOLDER / "cards")
    try:
        streams = read_text(root / FOLDER / "pcm")
    except SourceMissing:
        streams = ""
    raw = Raw("asound.txt", f"{cards}\n{streams}".encode())
    return Answer(parse_asound(cards, streams), raw=(raw,))
