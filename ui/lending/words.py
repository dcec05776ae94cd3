"""A clerk's words for laptops that are lent, and for their files."""

from datetime import datetime

from station import codes
from station.delegating import EXPIRED, RETURNED, REVOKED
from station.ports import Delegation
from station.reference import Reference
from station.words import _, _n
from sync.parcels import WrongPasscode
from ui.day_words import until_words
from ui.theme import Tone
from ui.wording import explain


def name_of(delegation: Delegation) -> str:
    """What a laptop is called: the last digits of its chain."""
    return _("Laptop {number}").format(number=f"{delegation.chain.number % 10_000:04d}")


def until(delegation: Delegation) -> str:
    """Until when it may record."""
    return until_words(delegation.expires_s)


def takes_along(delegation: Delegation) -> str:
    """How many devices and cases rest here."""
    devices = sum(1 for code in delegation.about if code.isdigit())
    cases = len(delegation.about) - devices
    parts = [
        _n("{count} device", "{count} devices", devices).format(count=devices),
        _n("{count} case", "{count} cases", cases).format(count=cases),
    ]
    return ", ".join(parts)


def codes_along(delegation: Delegation) -> str:
    """Their codes."""
    return "  ".join(codes.grouped(code) for code in delegation.about)


def state_of(delegation: Delegation, now: datetime) -> str:
    """Where it is."""
    if delegation.ended is not None:
        return {
            RETURNED: _("came home"),
            REVOKED: _("not believed any more"),
            EXPIRED: _("time ran out"),
        }.get(delegation.ended, delegation.ended)
    return _("time is over: bring it home") if is_over(delegation, now) else _("out")


def tone_of(delegation: Delegation, now: datetime) -> Tone:
    """How it looks."""
    if delegation.ended is not None:
        return Tone.OK if delegation.ended == RETURNED else Tone.UNKNOWN
    return Tone.WARN if is_over(delegation, now) else Tone.UNKNOWN


def is_over(delegation: Delegation, now: datetime) -> bool:
    """Whether it may record nothing more."""
    return now.timestamp() > delegation.expires_s


def home_words(error: Exception, reference: Reference) -> str:
    """Why a laptop's file is not taken in, and what to do next."""
    if isinstance(error, OSError):
        told = _("The file cannot be read or written: {reason}. Check the stick, then try again.")
        return told.format(reason=error.strerror or type(error).__name__)
    if isinstance(error, WrongPasscode):  # the key is the laptop's: nobody typed anything
        return _("This file was not written by the laptop that was lent, or it was changed.")
    return explain(error, reference)
