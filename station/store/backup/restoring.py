"""The way back: a backup becomes a point's store again, on this PC or on another.

Everything happens in a folder of its own; the store takes its place last, by a rename. After a
power cut the PC is as it was, or restored, or without a store, and a restore is asked for again.
The restored store goes on as a new chain: nothing that was recorded after the backup is
contradicted, and no code is given out twice.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from station.files import keep_name
from station.ledger import Moment
from station.operators import Operator, Role
from station.ports import Standing
from station.store import queries, upkeep
from station.store.backup import archive
from station.store.backup.recovery import unlock
from station.store.engine import into_one_file, reading, sqlite_url
from station.store.verifying import verify

FOLDER: Final = "restoring"
KEEPER: Final = Operator("upkeep", Role.LEAD)


class Step(StrEnum):
    """What is under way."""

    UNPACKING = "unpacking"
    CHECKING = "checking"  # every event, and the projections against a replay


Tell = Callable[[Step, int, int], None]
"""Hears the step, how many bytes are done, and of how many (0: unknown)."""


class NotSound(Exception):
    """The backup is whole, but its ledger does not hold together: it was so when it was made."""

    code = "backup_not_sound"


def _nobody(_step: Step, _done: int, _total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Restore:
    """A backup, and how it is opened on this PC."""

    file: Path
    when: datetime
    ask: Callable[[bool], str]  # a password, where there is no keyring; True for a new one
    recovery_code: str = ""  # "" while nobody typed it
    printed: int = 0  # the highest number of a label that anybody knows
    tell: Tell = _nobody

    def to(self, target: Path) -> Standing:
        """Make the store at `target`, and what belongs beside it; how far the store has come.

        A file that stood there is kept under another name. Raises NotABackup, BackupDamaged,
        NotSound, RecoveryNeeded, NoRecovery, WrongKey, a StoreProblem, OSError, or what `ask` and
        `tell` raise; then nothing was changed.
        """
        folder = target.parent / FOLDER
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            self._unpack(folder)
            standing = self._make_ready(folder / archive.STORE)
            _put_in_place(folder, target, f"{self.when:%Y%m%d-%H%M%S}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return standing

    def _unpack(self, folder: Path) -> None:
        contents = archive.read_contents(self.file)
        total, done = sum(entry.size for entry in contents.files.values()), 0

        def read(count: int) -> None:
            nonlocal done
            done += count
            self.tell(Step.UNPACKING, done, total)

        archive.unpack(self.file, folder, read)

    def _make_ready(self, store: Path) -> Standing:
        engine = upkeep.current_engine(sqlite_url(store))
        try:
            self.tell(Step.CHECKING, 0, 0)
            if not verify(engine).sound:
                raise NotSound
            unlock(engine, self.recovery_code, self.ask)
            moment = Moment(self.when)
            upkeep.start_chain(engine, KEEPER, moment, printed=self.printed, reason="restored")
            into_one_file(engine)
            with reading(engine) as connection:
                return queries.standing(connection)
        finally:
            engine.dispose()


def _put_in_place(folder: Path, target: Path, stamp: str) -> None:
    """What lies there already stays: reports are named by their digest, words are this PC's own."""
    for beside in archive.BESIDE:
        for file in sorted((folder / beside).rglob("*")):
            there = target.parent / file.relative_to(folder)
            if file.is_file() and not there.exists():
                there.parent.mkdir(parents=True, exist_ok=True)
                file.replace(there)
    for ending in ("-wal", "-shm", ""):
        old = target.with_name(target.name + ending)
        if old.exists():
            old.replace(target.with_name(f"{target.stem}.before-{stamp}{target.suffix}{ending}"))
    (folder / archive.STORE).replace(target)
    keep_name(target.parent)
