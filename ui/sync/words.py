"""A round of sync in a person's words: what it came to, and what must be done before it goes."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from station.ledger import ChainId
from station.reference import Reference
from station.words import _, _n
from ui.theme import Tone
from ui.wording import explain

if TYPE_CHECKING:
    from sync.course import Round


class Ending(Struct, frozen=True):
    """How a round ended."""

    tone: Tone
    word: str
    sentence: str
    offline: bool = False  # the line or the service is down, and it goes on by itself later
    needs: bool = False  # it goes on once somebody has done something
    revoked: ChainId | None = None  # the chain that is believed no more


NEEDS: Final[Mapping[str, Callable[[], tuple[Tone, str]]]] = {
    "not_enrolled": lambda: (Tone.WARN, _("Not enrolled")),
    "revoked": lambda: (Tone.FAIL, _("Revoked")),
    "bad_signature": lambda: (Tone.FAIL, _("Not believed")),
    "not_the_service": lambda: (Tone.FAIL, _("Not the service")),
    "strange_answer": lambda: (Tone.WARN, _("Check the network")),
    "chain_stuck": lambda: (Tone.WARN, _("Sent, look here")),
}
"""By the code of a problem: what stands in the chip until somebody has done something about it."""

OFFLINE: Final = frozenset({"offline", "timed_out", "service_unavailable"})


def ending(went: "Round", reference: Reference) -> Ending:
    """Say how a round ended, and whether somebody must do something."""
    if went.problem is None:
        return _done(went)
    sentence = explain(went.problem, reference)
    if went.ended in OFFLINE:
        return Ending(Tone.UNKNOWN, _("Offline"), sentence, offline=True)
    if went.ended == "revoked" and went.heard:
        return _left_behind(went)
    if went.ended in NEEDS:
        tone, word = NEEDS[went.ended]()
        return Ending(tone, word, sentence, needs=True, revoked=_revoked(went.problem))
    return Ending(Tone.FAIL, _("Stopped"), sentence)


def _left_behind(went: "Round") -> Ending:
    """The chain written now was let in; what an earlier one kept for itself is not taken."""
    stays = _n(
        "{count} record of a revoked chain stays here; the service does not take it.",
        "{count} records of a revoked chain stay here; the service does not take them.",
        went.waiting,
    )
    told = (stays.format(count=went.waiting), _("Ask the Department what becomes of it."))
    return Ending(Tone.WARN, _("Sent, look here"), " ".join(told), needs=True)


def _revoked(problem: Exception) -> ChainId | None:
    from sync.problems import Revoked  # noqa: PLC0415 -- the window first

    return problem.chain if isinstance(problem, Revoked) else None


def _done(went: "Round") -> Ending:
    pushed = went.pushed
    to_settle = pushed.disputed + pushed.void + pushed.rejected
    parts = [_again_words(pushed.again)] if pushed.again else []
    parts.append(_sent_words(pushed.answered))
    if to_settle:
        settle = _n("{count} must be settled.", "{count} must be settled.", to_settle)
        parts.append(settle.format(count=to_settle))
    if went.came.total:
        came = _n("{count} record came.", "{count} records came.", went.came.total)
        parts.append(came.format(count=went.came.total))
    warned = to_settle or pushed.again
    word = _("Sent, look here") if warned else _("Synced")
    return Ending(Tone.WARN if warned else Tone.OK, word, " ".join(parts))


def _again_words(again: int) -> str:
    lost = _n(
        "The service had lost {count} record of this point; it was sent again.",
        "The service had lost {count} records of this point; they were sent again.",
        again,
    )
    return lost.format(count=again)


def _sent_words(answered: int) -> str:
    if not answered:
        return _("Everything was sent already.")
    sent = _n("{count} record was sent.", "{count} records were sent.", answered)
    return sent.format(count=answered)
