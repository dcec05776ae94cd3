"""How the last round of sync ended, and the quiet sign of it that stands beside every page."""

from datetime import datetime

from msgspec import Struct

from station.ledger import ChainId
from station.words import _, _n
from ui.sign_button import Sign
from ui.theme import Tone

SYNC, TASKS = "sync", "tasks"  # pages


class SyncEnd(Struct, frozen=True):
    """How one attempt ended. Offline is a normal state, not a failure."""

    at: datetime
    tone: Tone
    word: str
    sentence: str
    contact: datetime | None  # when the service last answered since the program was started
    offline_since: datetime | None = None
    needs: bool = False  # nothing goes on before somebody does something
    revoked: ChainId | None = None  # the chain that is believed no more


def sync_sign(waiting: int, to_settle: int, end: SyncEnd | None) -> Sign:
    """Say the one thing that matters most: what needs a person, else the line, else what waits."""
    if to_settle:
        word = _n("{count} thing to settle", "{count} things to settle", to_settle)
        told = _("Two records contradict each other: people must decide.")
        return Sign(Tone.WARN, word.format(count=to_settle), told, TASKS)
    if end is not None and end.needs:
        return Sign(end.tone, end.word, end.sentence, SYNC)
    if end is not None and end.offline_since is not None:
        return _offline(waiting, end.offline_since)
    if waiting:
        return Sign(Tone.UNKNOWN, waiting_words(waiting), _("They are sent by themselves."), SYNC)
    return Sign(Tone.OK, _("All records sent"), page=SYNC)


def waiting_words(count: int) -> str:
    """How many records wait for the network; waiting is a normal state."""
    sentence = _n("{count} record to send", "{count} records to send", count)
    return sentence.format(count=count)


def _offline(waiting: int, since: datetime) -> Sign:
    word = _("Offline since {time}").format(time=f"{since:%H:%M}")
    told = _("Go on working: everything is kept here and sent later.")
    if waiting:
        told = f"{waiting_words(waiting)}. {told}"
    return Sign(Tone.UNKNOWN, word, told, SYNC)
