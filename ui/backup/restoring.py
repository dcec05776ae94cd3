"""A restore at a start: asked for, worked off while a window says how far it is, asked again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from station.ports import Standing, WrongKey
from station.reference import Reference
from station.store.backup.archive import ENDING
from station.store.backup.recovery import RecoveryNeeded
from station.store.backup.restoring import Restore, Step
from station.store.witness import seen_here, witness_of
from station.words import _
from ui.background import Background, need_no_answer
from ui.backup.restore_dialog import RestoreDialog
from ui.opening import PasswordNeeded
from ui.stick import newest_file
from ui.wording import explain
from ui.working_window import WorkingWindow

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ways:
    """How the app goes on."""

    ask: Callable[[QDialog, Callable[[], None], Callable[[], None]], None]
    password: Callable[[bool], str]
    ask_password: Callable[[Callable[[], None]], None]  # a new one, then go on
    restored: Callable[[], None]
    turned_away: Callable[[], None]


@dataclass(frozen=True)
class Here:
    """What a restore must know of this PC."""

    store: Path  # the file that a restore makes
    state: Path  # where this PC notes what it sees of stores
    title: str
    reference: Reference
    clock: Callable[[], datetime]


class RestoreStart(QObject):
    """Made when somebody asks for a restore."""

    def __init__(self, here: Here, ways: Ways, slow: Background) -> None:
        super().__init__()
        self._here, self._ways, self._slow = here, ways, slow

    def begin(self, why: str = "") -> None:
        """Ask which backup; `why` says what brought a person here."""
        dialog = RestoreDialog(why=why)
        self._ask(dialog)
        found = partial(newest_file, f"*{ENDING}", f"*/*{ENDING}")
        self._slow.run(found, dialog.propose, need_no_answer, dialog)

    def _ask(self, dialog: RestoreDialog) -> None:
        self._ways.ask(
            dialog, lambda: self._restore(dialog.file, dialog.code), self._ways.turned_away
        )

    def _restore(self, file: Path, code: str) -> None:
        working = WorkingWindow(self._here.title)

        def tell(step: Step, done: int, total: int) -> None:
            working.tell(_doing(step), done, total)

        def restored(standing: Standing) -> None:
            working.close()
            logger.info("restored chain=%s seq=%s", standing.chain, standing.seq)
            self._ways.restored()

        def failed(error: Exception) -> None:
            working.close()
            self._not_restored(file, code, error)

        working.begin(_doing(Step.UNPACKING))
        self._slow.run(partial(self._work, file, code, tell), restored, failed, self)

    def _work(self, file: Path, code: str, tell: Callable[[Step, int, int], None]) -> Standing:
        here = self._here
        seen = max((one.highest_number for one in seen_here(here.state)), default=0)
        restore = Restore(file, here.clock(), self._ways.password, code, seen, tell)
        standing = restore.to(here.store)
        witness_of(here.state, standing.store_id).note(standing)
        return standing

    def _not_restored(self, file: Path, code: str, error: Exception) -> None:
        if isinstance(error, PasswordNeeded):
            self._ways.ask_password(partial(self._restore, file, code))
            return
        asks = isinstance(error, RecoveryNeeded) or bool(code)
        told = problem_words(error, self._here.reference)
        self._ask(RestoreDialog(file=str(file), problem=told, code=asks))


def problem_words(error: Exception, reference: Reference) -> str:
    """What is wrong with a backup or a code, and what to do."""
    if isinstance(error, WrongKey):
        return _("The recovery code does not open this data. Look at the digits.")
    if isinstance(error, FileNotFoundError):
        return _("This file cannot be read. Choose it again.")
    return explain(error, reference)


def _doing(step: Step) -> str:
    return {
        Step.UNPACKING: _("The backup is read"),
        Step.CHECKING: _("Every record is checked; with many this takes minutes"),
    }[step]
