"""How old the last backup is, judged and worded. Pure."""

from datetime import datetime

from station.ports import Backup
from station.words import _
from ui.backup.memory import Remembered
from ui.day_words import age_words, time_words
from ui.theme import Tone
from ui.today.readiness import Ready

FRESH_DAYS, LATE_DAYS = 2, 7  # a week of a point's work is what nobody enters a second time


def readiness(known: Remembered, now: datetime, *, elsewhere: bool) -> Ready:
    """What today's page says. `elsewhere`: the main PC looks after it."""
    if elsewhere:
        return Ready(Tone.UNKNOWN, _("made on the main PC"))
    if not known.folder:
        return Ready(Tone.WARN, _("no place chosen yet"))
    if known.last is None:
        return Ready(Tone.WARN, _("none made yet"))
    made = made_at(known.last, now)
    days = max((now.date() - made.date()).days, 0)
    told = _("last one {time}").format(time=time_words(made))
    if days:
        age = _("{age} ago").format(age=age_words(made.date(), now.date()))
        told = f"{told} · {age}"
    if known.failed:
        return Ready(Tone.WARN, " · ".join((told, _("the newest try failed"))))
    tone = Tone.OK if days < FRESH_DAYS else Tone.WARN if days < LATE_DAYS else Tone.FAIL
    return Ready(tone, told)


def made_at(backup: Backup, now: datetime) -> datetime:
    """When it was made, by this PC's clock."""
    return datetime.fromtimestamp(backup.made_ms / 1000, now.tzinfo)
