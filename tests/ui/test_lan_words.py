"""What people are told at both ends: the state of the receiver, and how a sending went."""

import typing

import pytest

from sync.firewall import Firewall
from sync.lan import NoStation, Refused, Sent, StrangeAnswer, Unreachable, Waiting, Why
from sync.lan_discovery import Station
from sync.lan_problems import LanRefusal
from ui.reports.receiver_words import receiver_words
from ui.reports.receiving import Phase, ReceiverState
from ui.runner.sending_words import sending_words
from ui.theme import Tone

HERE = Station("192.168.1.20", name="PC-BENCH", announced=True)
TYPED = Station("192.168.1.20")


def listening(**said: typing.Any) -> ReceiverState:
    known: dict[str, typing.Any] = {"addresses": ("192.168.1.20",), "port": 8471}
    return ReceiverState(Phase.LISTENING, **known | said)


@pytest.mark.parametrize(
    ("state", "tone", "word", "part"),
    [
        (ReceiverState(Phase.OFF), Tone.UNKNOWN, "Off", "cannot send"),
        (ReceiverState(Phase.STARTING), Tone.UNKNOWN, "Starting", "In a moment"),
        (ReceiverState(Phase.FAILED), Tone.FAIL, "Not possible", "stick"),
        (listening(), Tone.OK, "Listening", "192.168.1.20. No laptop has come through yet."),
        (listening(port=50_000), Tone.OK, "Listening", "192.168.1.20:50000"),
        (listening(addresses=()), Tone.WARN, "No network", "stick"),
        (listening(firewall=Firewall.CLOSED), Tone.FAIL, "Blocked", "stick"),
        (listening(firewall=Firewall.PARTLY), Tone.WARN, "Listening", "some networks only"),
        (listening(firewall=Firewall.CLOSED, heard=True), Tone.OK, "Listening", "192.168.1.20."),
    ],
)
def test_the_receiver_says_whether_laptops_reach_it(
    state: ReceiverState, tone: Tone, word: str, part: str
) -> None:
    told = receiver_words(state)

    assert told[:2] == (tone, word)
    assert part in told[2]


@pytest.mark.parametrize(
    ("outcome", "part"),
    [
        (Sent(HERE), "at the station"),
        (Waiting(HERE), "waits for you"),
        (NoStation(), "No station was found"),
        (Unreachable(HERE, Why.SILENT), "its firewall lets nothing through"),
        (Unreachable(TYPED, Why.SILENT), "does not answer"),
        (Unreachable(HERE, Why.CLOSED), "does not listen"),
        (Unreachable(HERE, Why.NO_WAY), "no way to PC-BENCH (192.168.1.20)"),
        (Unreachable(HERE, Why.BROKEN_OFF), "tried again"),
        (StrangeAnswer(TYPED), "Something else answers at 192.168.1.20"),
        (Refused("code_used", HERE), "another report already"),
        (Refused("busy", HERE), "tried again"),
    ],
)
def test_a_laptop_says_how_its_sending_went(outcome: typing.Any, part: str) -> None:
    assert part in sending_words(outcome)


@pytest.mark.parametrize(
    "outcome",
    [
        NoStation(),
        StrangeAnswer(HERE),
        Refused("too_large", HERE),
        Refused("foreign_host", HERE),
        *(Unreachable(HERE, why) for why in Why if why is not Why.BROKEN_OFF),
    ],
)
def test_where_the_network_does_not_help_the_stick_is_offered(outcome: typing.Any) -> None:
    assert "stick" in sending_words(outcome)


@pytest.mark.parametrize("kind", LanRefusal.__subclasses__())
def test_every_refusal_of_a_station_has_words(kind: type[LanRefusal]) -> None:
    assert sending_words(Refused(kind.code, HERE))
