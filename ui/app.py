"""The desktop app: settings, the lock, the key, the store, who signs in; then the workplace."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import structs
from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from station import words
from station.ledger import Moment
from station.operators import Operator
from station.people import OperatorName
from station.ports import Standing, StoreEmpty, StoreProblem, WrongKey
from station.reference import Reference, load
from station.store.keys import KeySource, StatedKey
from station.store.store import SqlStore, open_store
from station.words import _
from ui import opening, theme
from ui.background import Background
from ui.desk import Desk
from ui.first_start import FirstStart
from ui.password_dialog import PasswordDialog
from ui.settings import Settings, data_folder, read_settings, settings_file, state_folder
from ui.sign_in import SignIn
from ui.wording import explain
from ui.workplace import Places, Workplace

logger = logging.getLogger(__name__)

DEMONSTRATION_KEY = StatedKey("demonstration")
"""Anybody may know it: a demonstration or training store holds no real person."""

Clock = Callable[[], datetime]
AskOperator = Callable[[Sequence[OperatorName]], Operator | None]


def local_time() -> datetime:
    """What this PC's clock says."""
    return datetime.now().astimezone()


def choose_operator(names: Sequence[OperatorName]) -> Operator | None:
    """Let a person choose a name; None when they turn away."""
    dialog = SignIn(names)
    return dialog.operator if dialog.exec() == QDialog.DialogCode.Accepted else None


class App(QObject):
    """One run of the app. Everything that reads the store happens on its background thread."""

    shown = Signal()

    def __init__(
        self,
        settings: Settings,
        places: Places,
        *,
        keys: Callable[[], KeySource] | None = None,
        clock: Clock = local_time,
        ask_operator: AskOperator = choose_operator,
    ) -> None:
        super().__init__()
        self._settings, self._places, self._clock = settings, places, clock
        self._keys = keys or (lambda: opening.key_source(self._tell_password))
        self._ask_operator = ask_operator
        self._password = ""
        self._lock: Any = None
        self._reference: Reference = load()
        self._background = Background("store")
        self._slow = Background("slow")
        self._store: SqlStore | None = None
        self.workplace: Workplace | None = None

    def start(self) -> None:
        """Open the store in the background; the window follows."""
        try:
            self._lock = opening.lock_file(self._settings.store_url())
        except (opening.AlreadyOpen, OSError) as error:
            self._give_up(error)
            return
        self._run(self._open, self._opened, self._not_opened)

    def close(self) -> None:
        """Finish what was taken, then give everything back."""
        if self.workplace is not None:
            self.workplace.close()
        self._slow.close()
        self._background.close()
        if self._store is not None:
            self._store.close()
        if self._lock is not None:
            self._lock.unlock()

    def _run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._background.run(work, done, failed or self._give_up, self)

    def _open(self) -> SqlStore:
        return open_store(self._settings.store_url(), self._keys(), self._reference)

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, StoreEmpty):
            self._found()
        elif isinstance(error, opening.PasswordNeeded):
            self._ask_password(new=error.new)
        elif isinstance(error, WrongKey) and self._password:
            self._ask_password(new=False, problem=explain(error, self._reference))
        else:
            self._give_up(error)

    def _found(self) -> None:
        asked = FirstStart(self._reference.points(self._clock().date()))
        if asked.exec() != QDialog.DialogCode.Accepted:
            _end(1)
            return
        first, when = asked.answer, Moment(self._clock())

        def found() -> SqlStore:
            url = self._settings.store_url()
            return opening.found_point(url, self._keys(), self._reference, first, when)

        self._run(found, self._opened)

    def _tell_password(self, new: bool) -> str:
        if not self._password:
            raise opening.PasswordNeeded(new=new)
        return self._password

    def _ask_password(self, *, new: bool, problem: str = "") -> None:
        dialog = PasswordDialog(new=new, problem=problem)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            _end(1)
            return
        self._password = dialog.password
        self._run(self._open, self._opened, self._not_opened)

    def _opened(self, store: SqlStore) -> None:
        self._store = store
        self._run(lambda: (store.operators(), store.standing()), self._sign_in)

    def _sign_in(self, known: tuple[tuple[OperatorName, ...], Standing]) -> None:
        names, standing = known
        operator = self._ask_operator(names)
        if operator is None or self._store is None:
            _end(0)
            return
        desk = Desk(self._store, operator, self._background, self._clock)
        self.workplace = Workplace(
            desk,
            self._store,
            self._slow,
            self._places,
            settings=self._settings,
            standing=standing,
            names=names,
        )
        self.workplace.show()
        self.shown.emit()

    def _give_up(self, error: Exception) -> None:
        known = isinstance(error, StoreProblem | opening.AlreadyOpen)
        logger.error("cannot start: %r", error, exc_info=None if known else error)
        QMessageBox.critical(None, _("Cannot start"), explain(error, self._reference))
        _end(2)


def _end(status: int) -> None:
    """End the run, also when its event loop has yet to begin: an exit before that is lost."""
    QTimer.singleShot(0, partial(QApplication.exit, status))


def prepare(arguments: list[str], settings: Settings) -> QApplication:
    """The Qt application in the project's look and language."""
    words.use(settings.language)
    QLocale.setDefault(QLocale(settings.language))
    app = QApplication(arguments)
    app.setApplicationName("refurbishment-station")
    theme.apply(app)
    return app


def main(arguments: list[str] | None = None) -> int:
    """Run the app; 0 when it was closed by its user."""
    given = sys.argv if arguments is None else arguments
    asked = _parser().parse_args(given[1:])
    settings = _settings(asked)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    qt = prepare(given[:1], settings)
    app = App(settings, Places(data_folder(), state_folder(), settings_file()))
    QTimer.singleShot(0, app.start)  # so that a refusal can end the event loop
    status = qt.exec()
    app.close()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="station", description=__doc__)
    parser.add_argument("--database", help="a store's file, or postgresql+psycopg://…")
    parser.add_argument("--language", choices=("vi", "en"))
    parser.add_argument("--service", help="address of the central service, http://…")
    return parser


def _settings(asked: argparse.Namespace) -> Settings:
    given = {name: value for name, value in vars(asked).items() if value is not None}
    return structs.replace(read_settings(settings_file()), **given)


if __name__ == "__main__":
    sys.exit(main())
