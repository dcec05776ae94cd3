"""How sending a report went, in words for the laptop's screen or its terminal. Knows no Qt."""

from collections.abc import Callable, Mapping
from typing import Final

from station.words import _
from sync.lan import (
    NoStation,
    Outcome,
    Refused,
    Sent,
    StrangeAnswer,
    Unreachable,
    Waiting,
    Why,
)
from sync.lan_discovery import Station


def sending_words(outcome: Outcome) -> str:
    """Say how it went and what to do next; where no network helps, the stick does."""
    match outcome:
        case Sent():
            return _("The report is at the station. You may switch this machine off.")
        case Waiting():
            return _(
                "The station knows of this report and waits for you: scan the code there, or choose"
                " the six digits from its list."
            )
        case Refused(code=code):
            return _REFUSED.get(code, _again)()
        case StrangeAnswer(station=station):
            return _(
                "Something else answers at {address}. Check the address, or take the report on a"
                " stick."
            ).format(address=_address(station))
        case Unreachable(station=station, why=why):
            return _unreachable(station, why)
        case NoStation():
            return _(
                "No station was found on this network. Type its address (it stands under Waiting"
                " reports there), or take the report on a stick."
            )


def _unreachable(station: Station, why: Why) -> str:
    address = _address(station)
    if why is Why.SILENT and station.announced:
        return _(
            "The station {address} was found, but its firewall lets nothing through. Allow the"
            " program there, or take the report on a stick."
        ).format(address=address)
    return {
        Why.SILENT: _(
            "{address} does not answer. Check the address and the network, or take the report on a"
            " stick."
        ),
        Why.CLOSED: _(
            "The PC {address} is there, but its program does not listen. Turn listening on under"
            " Waiting reports there, or take the report on a stick."
        ),
        Why.NO_WAY: _(
            "This machine has no way to {address}. Connect it to the station's network, or take the"
            " report on a stick."
        ),
        Why.BROKEN_OFF: _("The line to {address} broke off. Sending is tried again."),
    }[why].format(address=address)


def _address(station: Station) -> str:
    return f"{station.name} ({station.address})" if station.name else station.address


def _again() -> str:
    return _("The station cannot take the report now. Sending is tried again.")


def _bad_code() -> str:
    return _("The code is damaged. Start the program again.")


_REFUSED: Final[Mapping[str, Callable[[], str]]] = {
    "bad_code": _bad_code,
    "wrong_proof": _bad_code,
    "code_used": lambda: _("This code brought another report already. Draw a new one."),
    "declined": lambda: _("At the station somebody declined this report."),
    "not_a_report": lambda: _("The station cannot read this report. Take it on a stick."),
    "newer_report": lambda: _(
        "The station's program is older than this one and cannot read the report. Update it."
    ),
    "too_large": lambda: _("The report is too long for the network. Take it on a stick."),
    "foreign_host": lambda: _(
        "The station answers its own network only. Connect this machine to it, or take the report"
        " on a stick."
    ),
    "cannot_keep": lambda: _(
        "The station's disk takes no report now: it may be full. Sending is tried again."
    ),
}
