"""From an address to an open store: the lock against a second copy, the key, a first store."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QLockFile

from station.documents import ORGANISATIONS, POLICY, TEMPLATE, UNITS
from station.ledger import Moment
from station.operators import Operator, Role
from station.people import OperatorName
from station.ports import TakenAlong
from station.programme_words import overlaid
from station.reference import Reference
from station.store.keys import (
    KeyringElsePassword,
    KeySource,
    PasswordKey,
    StatedKey,
    keyring_works,
)
from station.store.store import SqlStore, create_delegated_store, create_store
from ui.places import PAPER_WORDS
from ui.settings import UnreadableSettings, read_settings, write_settings

logger = logging.getLogger(__name__)

FIRST_OPERATOR = "op.1"

DEMONSTRATION_KEY = StatedKey("demonstration")
"""Anybody may know it: a demonstration or training store holds no real person."""


class AlreadyOpen(Exception):
    """Another copy of the app works on this store."""

    code = "already_open"


class PasswordNeeded(Exception):
    """There is no keyring: a person must type the password of the personal data."""

    code = "password_needed"

    def __init__(self, *, new: bool) -> None:
        super().__init__(self.code)
        self.new = new


@dataclass(frozen=True)
class FirstPoint:
    """What a new store must be told."""

    station: int
    lead_name: str
    printed: int = 0  # the highest number this PC saw in a store of that point
    code: str = ""  # the Department's one-time code, by which the service named the station
    service: str = ""  # where it is


def lock_file(file: Path | None) -> QLockFile | None:
    """Keep a second copy of the app away from this file; None for a database that was named.

    The lock of a copy that died is recognised by its process and taken over.
    """
    if file is None:
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    file = file.resolve()  # by whatever name the file is opened
    lock = QLockFile(f"{file}.lock")
    lock.setStaleLockTime(0)  # a lock is stale when its process is gone, however old it is
    held = not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError
    # where nothing can be written, what a dead copy left cannot be taken over: the store says why
    if held and os.access(file.parent, os.W_OK):
        raise AlreadyOpen(str(file))
    return lock


def key_source(password: Callable[[bool], str]) -> KeySource:
    """The account's keyring where there is one, else a password asked at start."""
    return KeyringElsePassword(password) if keyring_works() else PasswordKey(password)


def with_programme_words(store: SqlStore, data: Path) -> SqlStore:
    """The store with the programme's words as the service sent them last."""
    pulled = [one for kind in (ORGANISATIONS, UNITS, POLICY) for one in store.documents(kind)]
    if pulled:
        store.reference = overlaid(store.reference, pulled)
    templates = store.documents(TEMPLATE)
    if templates or (data / PAPER_WORDS).is_dir():
        from ui.paperwork.office import keep_programme_words  # noqa: PLC0415 -- papers load slowly

        with suppress(OSError):  # a folder that cannot be written to is told by the words page
            keep_programme_words(data, templates)
    return store


def laptop_store(
    url: str, along: TakenAlong, passcode: str, reference: Reference, when: Moment
) -> SqlStore:
    """A lent laptop's store: its people rows are sealed under the passcode of its parcel."""
    keys = PasswordKey(lambda _new: passcode)
    by = Operator(FIRST_OPERATOR, Role.LEAD)
    return create_delegated_store(url, keys, reference, along, by=by, when=when)


def found_point(
    url: str, keys: KeySource, reference: Reference, first: FirstPoint, when: Moment
) -> SqlStore:
    """A new store with its point's number and its lead."""
    return create_store(
        url,
        keys,
        reference,
        station=first.station,
        by=Operator(FIRST_OPERATOR, Role.LEAD),
        when=when,
        printed=first.printed,
        lead=OperatorName(FIRST_OPERATOR, first.lead_name, Role.LEAD),
    )


def enrol_at_once(store: SqlStore, first: FirstPoint) -> None:
    """Use the code of a first start up; where the line fails now, the sync page asks for it."""
    from sync.enrolling import OtherPoint, enrol_by_code  # noqa: PLC0415 -- once in a store's life
    from sync.problems import SyncProblem  # noqa: PLC0415 -- the same
    from sync.service import CentralService  # noqa: PLC0415 -- the same

    try:
        with CentralService(first.service, store) as service:
            enrol_by_code(store, service, first.code)
    except (SyncProblem, OtherPoint) as problem:
        logger.warning("not enrolled at the first start: %s", problem.code)


def keep_first_steps(file: Path, *, open_: bool) -> None:
    """Remember whether the first steps are still to be offered: a kill amid them loses none."""
    try:
        kept = read_settings(file)
        if kept.first_steps_open != open_:
            write_settings(file, structs.replace(kept, first_steps_open=open_))
    except (UnreadableSettings, OSError) as error:  # in this run they are offered all the same
        logger.warning("the first steps were not noted: %r", error)


def keep_service(file: Path, address: str) -> None:
    """Remember where the service is; what else the settings say stays."""
    try:
        write_settings(file, structs.replace(read_settings(file), service=address))
    except (UnreadableSettings, OSError) as error:  # for this run the address is known all the same
        logger.warning("the service's address was not kept: %r", error)
