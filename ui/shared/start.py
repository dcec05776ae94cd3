"""What a start asks about the shared store: moving there, joining it, a main PC that is off."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox

from station.reference import Reference
from station.store.keys import KeySource
from station.store.shared.passes import SharedPass
from station.store.shared.point import SharedPoint
from station.store.store import SqlStore
from station.words import _
from ui.background import Background, need_no_answer
from ui.opening import PasswordNeeded
from ui.shared.join_dialog import ENDING, JoinDialog
from ui.shared.joining import join_words, read_pass, starting_words, unreachable_words
from ui.shared.unreachable_dialog import UnreachableDialog
from ui.stick import newest_file
from ui.wording import explain
from ui.working_window import WorkingWindow

logger = logging.getLogger(__name__)

Attempt = Callable[[], SqlStore]


@dataclass(frozen=True)
class Ways:
    """How the app goes on."""

    attempt: Callable[[Attempt], None]  # open a store in the background, then sign in
    ask: Callable[[QDialog, Callable[[], None], Callable[[], None]], None]
    show: Callable[[QDialog], None]
    ask_password: Callable[[Callable[[], None]], None]
    end: Callable[[], None]


class SharedStart(QObject):
    """Made when one of these is needed; few starts need any."""

    def __init__(
        self, point: SharedPoint, ways: Ways, slow: Background, reference: Reference
    ) -> None:
        super().__init__()
        self._point, self._ways, self._slow, self._reference = point, ways, slow, reference
        self._dialog: JoinDialog | None = None

    def share(self, url: str, keys: Callable[[], KeySource], open_: Attempt, title: str) -> None:
        """Make this the main PC; whatever goes wrong, the store is opened where it was."""
        moving = WorkingWindow(title)

        def shared() -> None:
            moves = _("The data moves; nothing is lost if this is stopped")
            self._point.begin(url, keys(), partial(moving.tell, moves))

        def ended(_none: None) -> None:
            moving.close()
            self._ways.attempt(open_)

        def failed(error: Exception) -> None:
            moving.close()
            if isinstance(error, PasswordNeeded):
                self._ways.ask_password(partial(self.share, url, keys, open_, title))
            else:
                self._tell_not_shared(error, open_)

        moving.begin(_("The store is prepared for several PCs…"))
        self._slow.run(shared, ended, failed, self)

    def join_again(self) -> None:
        """What this PC kept of an earlier file is damaged: ask for a new one."""
        why = _(
            "What let this PC into the data of the main PC is damaged. The data is safe there: let "
            "the main PC write a new file for this PC."
        )
        self.join(lambda: None, self._ways.end, why)

    def join(
        self, joined: Callable[[], None], turned_away: Callable[[], None], why: str = ""
    ) -> None:
        """Ask for the file of a main PC; `why` says what went wrong with an earlier one."""
        dialog = self._dialog = JoinDialog(self._ask_pass, why)

        def accepted() -> None:
            if dialog.shared is not None:
                joined()
                self._ways.attempt(partial(self._point.join, dialog.shared, self._reference))

        self._ways.ask(dialog, accepted, turned_away)
        self._slow.run(partial(newest_file, f"*{ENDING}"), dialog.propose, need_no_answer, dialog)

    def ask_main_pc(self, open_: Attempt, why: Exception) -> None:
        """It cannot be worked with: try again, perhaps elsewhere, or bring a new file of it."""
        again = partial(self.ask_main_pc, open_, why)
        here = self._point.is_main()
        title, told = starting_words() if here else unreachable_words(why, self._reference)
        dialog = UnreachableDialog(title, told, elsewhere=not here)
        dialog.rejoin.connect(partial(self.join, _nothing_else, again))

        def opened_at(host: str) -> SqlStore:
            if host:
                self._point.reach_at(host)
            return open_()

        self._ways.ask(
            dialog,
            lambda: self._ways.attempt(partial(opened_at, dialog.host)),
            self._ways.end,
        )

    def _ask_pass(
        self,
        file: Path,
        passcode: str,
        known: Callable[[SharedPass], None],
        refused: Callable[[str], None],
    ) -> None:
        """What a main PC's file opens; whoever closes the dialog meanwhile hears nothing."""
        self._slow.run(
            partial(read_pass, self._point, file, passcode),
            known,
            lambda error: refused(join_words(error, self._reference)),
            self._dialog,
        )

    def _tell_not_shared(self, error: Exception, open_: Attempt) -> None:
        logger.error("not shared: %r", error)
        told = QMessageBox(QMessageBox.Icon.Warning, _("Main PC"), "")
        told.setObjectName("notShared")
        stays = _("The data stays on this PC as it was.")
        told.setText(f"{explain(error, self._reference)} {stays}")
        told.finished.connect(lambda _button: self._ways.attempt(open_))
        self._ways.show(told)


def _nothing_else() -> None:
    """A PC that worked here before has its printers and its scanner."""
