"""The recovery code: what opens a backup's names on another PC, when this one and its keyring died.

The key of the people rows lies in the store a second time, wrapped under sixteen drawn digits that
are printed once and kept in a safe. A password that a person types at start opens it anyway.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import Engine

from station.ports import KeyMissing, WrongKey
from station.store import schema
from station.store.keys import (
    KEY_CHECK,
    WRAPPED_KEY,
    KeyringKey,
    check_value,
    keep_in_keyring,
    keyring_works,
    unwrap,
    wrap,
)
from station.store.sealing import Sealer
from station.store.upkeep import current_engine
from station.stretching import drawn_digits

RECOVERY_KEY = "recovery_key"  # the note that holds it
DIGITS = 16


class RecoveryNeeded(Exception):
    """Nothing on this PC opens the names: the recovery code must be typed."""

    code = "recovery_needed"


class NoRecovery(Exception):
    """No recovery code was ever drawn, and the PC whose keyring held the key is another."""

    code = "no_recovery"


def draw_code() -> str:
    """Draw a new code; nothing is opened by it yet, and it is kept nowhere."""
    return drawn_digits(DIGITS)


def keep_code(engine: Engine, sealer: Sealer, code: str) -> None:
    """Let this code open new backups; the one before does no more."""
    schema.note(engine, RECOVERY_KEY, sealer.wrapped_key(code))


def has_code(engine: Engine) -> bool:
    """Whether a backup of this store opens on another PC: by a code, or by its password."""
    return bool({RECOVERY_KEY, WRAPPED_KEY} & schema.notes(engine).keys())


def unlock(engine: Engine, code: str, ask: Callable[[bool], str]) -> None:
    """Let this account open the store's names; code "" = none known.

    The key goes into the keyring; where there is none, under a new password: `ask(True)` gives it.
    A store under a password asks for that at its next opening; a code gives it a new one, as the
    old one may be lost. Raises RecoveryNeeded, NoRecovery, WrongKey for a wrong code, and whatever
    asking raises.
    """
    notes = schema.notes(engine)
    under_password = WRAPPED_KEY in notes
    if not code and (under_password or _opens_here(notes)):
        return
    if RECOVERY_KEY not in notes:
        raise NoRecovery
    if not code:
        raise RecoveryNeeded
    key = unwrap(notes[RECOVERY_KEY], code)
    if check_value(key) != notes[KEY_CHECK]:
        raise WrongKey
    if keyring_works() and not under_password:
        keep_in_keyring(key)
    else:
        schema.note(engine, WRAPPED_KEY, wrap(key, ask(True)))


def open_by_code(url: str, code: str, ask: Callable[[bool], str]) -> None:
    """A store whose password or keyring is lost opens here again, by its code.

    Raises as `unlock` does, or a StoreProblem.
    """
    engine = current_engine(url)
    try:
        unlock(engine, code, ask)
    finally:
        engine.dispose()


def _opens_here(notes: Mapping[str, bytes]) -> bool:
    try:
        return keyring_works() and check_value(KeyringKey().known(notes)) == notes[KEY_CHECK]
    except KeyMissing:
        return False
