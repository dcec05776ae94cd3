"""What people are told of the receiver: whether laptops reach this PC, and what to do if not."""

from station.words import _, _c
from ui.reports.receiving import Phase, ReceiverState
from ui.theme import Tone

BLOCKED, PARTLY = "closed", "partly"  # values of sync.firewall.Firewall, which is not loaded here


def receiver_words(state: ReceiverState) -> tuple[Tone, str, str]:
    """Tone, the word in the chip, and a sentence."""
    if state.phase is not Phase.LISTENING:
        return _not_listening(state.phase)
    if not state.addresses:
        return (
            Tone.WARN,
            _("No network"),
            _("This PC is on no local network. Plug in the cable, or bring reports by stick."),
        )
    where = _("Address to type on a laptop: {address}.").format(address=_address(state))
    if state.heard:  # what happened weighs more than what the rules seem to say
        return Tone.OK, _("Listening"), where
    if state.firewall == BLOCKED:
        return (
            Tone.FAIL,
            _("Blocked"),
            _(
                "The firewall of this PC lets no laptop in. Ask who looks after the PC to allow"
                " this program, or bring reports by stick. {address}"
            ).format(address=where),
        )
    if state.firewall == PARTLY:
        return (
            Tone.WARN,
            _("Listening"),
            _(
                "The firewall lets laptops in on some networks only. If none gets through, let the"
                " network be called private, or bring reports by stick. {address}"
            ).format(address=where),
        )
    return (
        Tone.OK,
        _("Listening"),
        _("{address} No laptop has come through yet.").format(address=where),
    )


def _not_listening(phase: Phase) -> tuple[Tone, str, str]:
    if phase is Phase.STARTING:
        return Tone.UNKNOWN, _("Starting"), _("In a moment laptops can send here.")
    if phase is Phase.FAILED:
        return (
            Tone.FAIL,
            _("Not possible"),
            _(
                "This PC does not let the program listen. Bring reports by stick, and tell the"
                " people who look after it."
            ),
        )
    return (
        Tone.UNKNOWN,
        _c("receiver", "Off"),
        _("Laptops on this network cannot send their reports here."),
    )


def _address(state: ReceiverState) -> str:
    """The usual port need not be typed."""
    from sync.lan_wire import PORT  # noqa: PLC0415 -- loaded with the receiver

    port = "" if state.port == PORT else f":{state.port}"
    return ", ".join(f"{address}{port}" for address in state.addresses)
