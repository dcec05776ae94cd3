"""The one thing that the sign beside every page says."""

from datetime import timedelta

from tests.station.conftest import NOON
from ui.sync.end import SYNC, TASKS, SyncEnd, sync_sign
from ui.theme import Tone

SENT = SyncEnd(NOON.at, Tone.OK, "Sent", "3 records were sent.", NOON.at)
OFFLINE = SyncEnd(
    NOON.at,
    Tone.UNKNOWN,
    "Offline",
    "No connection.",
    None,
    offline_since=NOON.at - timedelta(hours=2, minutes=19),
)
UNKNOWN_HERE = SyncEnd(NOON.at, Tone.WARN, "Not enrolled", "Enter the code.", None, needs=True)


def test_what_waits_is_counted_and_nothing_alarming() -> None:
    assert sync_sign(3, 0, None).word == "3 records to send"
    assert sync_sign(1, 0, SENT).word == "1 record to send"
    assert sync_sign(1, 0, SENT).tone is Tone.UNKNOWN
    assert sync_sign(0, 0, SENT).word == "All records sent"
    assert sync_sign(0, 0, SENT).tone is Tone.OK


def test_offline_says_since_when_and_that_work_goes_on() -> None:
    sign = sync_sign(3, 0, OFFLINE)

    assert (sign.tone, sign.word, sign.page) == (Tone.UNKNOWN, "Offline since 09:41", SYNC)
    assert "3 records to send" in sign.told
    assert "Go on working" in sign.told


def test_what_needs_a_person_comes_before_the_line() -> None:
    assert sync_sign(3, 0, UNKNOWN_HERE).word == "Not enrolled"
    assert sync_sign(3, 2, OFFLINE).word == "2 things to settle"
    assert sync_sign(3, 2, OFFLINE).page == TASKS
