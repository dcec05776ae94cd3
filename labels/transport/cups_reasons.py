"""What IPP's words for a printer's trouble (RFC 8011, 5.4.12) mean to whoever stands before it."""

from collections.abc import Iterable
from typing import Final

from labels.transport import Reason

_REASONS: Final = {
    "media-empty": Reason.NO_PAPER,
    "media-needed": Reason.NO_PAPER,
    "media-jam": Reason.JAM,
    "cover-open": Reason.HEAD_OPEN,
    "door-open": Reason.HEAD_OPEN,
    "interlock-open": Reason.HEAD_OPEN,
    "marker-supply-empty": Reason.NO_RIBBON,
    "toner-empty": Reason.NO_RIBBON,
    "paused": Reason.PAUSED,
    "moving-to-paused": Reason.PAUSED,
    "offline": Reason.UNREACHABLE,
    "connecting-to-device": Reason.UNREACHABLE,
    "timed-out": Reason.UNREACHABLE,
    "shutdown": Reason.UNREACHABLE,
}
_ABSENT: Final = (
    "may not exist",
    "not responding",
    "is unreachable",
    "unable to locate",
    "offline",
)
_TELLING: Final = "-report"  # worth knowing, and nothing to act on


def reason_of(said: Iterable[str]) -> Reason | None:
    """The first trouble among the words; None where there is none that we know."""
    for word in said:
        plain = word.removesuffix("-error").removesuffix("-warning")
        if not word.endswith(_TELLING) and plain in _REASONS:
            return _REASONS[plain]
    return None


def reason_in(message: str) -> Reason | None:
    """CUPS' backends tell of a printer that is off only in a sentence."""
    absent = any(words in message.lower() for words in _ABSENT)
    return Reason.UNREACHABLE if absent else None
