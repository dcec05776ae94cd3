"""The desktop app: settings, the lock, the key, the store, who signs in; then the workplace."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import structs
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from labels.queue.kept import QueueUnusable
from labels.queue.lock import QueueInUse
from labels.queue.print_queue import PrintQueue
from station import words
from station.ledger import Moment
from station.operators import Operator
from station.people import OperatorName
from station.ports import (
    KeyMissing,
    Standing,
    StoreEmpty,
    StoreProblem,
    StoreUnreachable,
    StoreUnreadable,
    WrongKey,
)
from station.reference import Reference, load
from station.refusals import Refusal
from station.store.engine import database_file
from station.store.keys import KeySource
from station.store.shared.passes import PassDamaged
from station.store.shared.point import SharedPoint
from station.store.store import SqlStore, open_store
from station.store.witness import seen_here
from station.words import _
from ui import opening
from ui.background import Background, need_no_answer
from ui.banners import Act as Banner
from ui.day_words import until_words
from ui.desk import Desk
from ui.garbage import keep_what_was_loaded
from ui.opening import FirstPoint
from ui.places import Places
from ui.prints.printing import open_queue
from ui.settings import (
    Settings,
    UnreadableSettings,
)
from ui.shared.sharing import Sharing, Step
from ui.sign_in import SignIn
from ui.sync.code_refused import first_start_words
from ui.waiting_window import WaitingWindow
from ui.wording import explain
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.backup.restoring import Here, Ways
    from ui.demo.opening import Variant
    from ui.lending.school_day import SchoolDay
    from ui.shared.start import SharedStart

logger = logging.getLogger(__name__)

T = TypeVar("T")

NO_QUEUE = (QueueInUse, QueueUnusable)
"""The print jobs cannot be opened: without them nothing that is asked for would be kept."""

EXPECTED = (StoreProblem, Refusal, opening.AlreadyOpen, UnreadableSettings, *NO_QUEUE)
"""What may end a start without anybody having made a mistake."""

WITHOUT_MAIN_PC = (StoreUnreachable, KeyMissing)
"""Why another PC cannot work at the main one now; a new file of it may help."""

Clock = Callable[[], datetime]


def local_time() -> datetime:
    """What this PC's clock says."""
    return datetime.now().astimezone()


class App(QObject):
    """One run of the app. Everything that reads the store happens on its background thread."""

    shown = Signal()
    ended = Signal(int)  # before there was a window: the exit status

    def __init__(
        self,
        settings: Settings,
        places: Places,
        *,
        keys: Callable[[], KeySource] | None = None,
        clock: Clock = local_time,
        school_day: "SchoolDay | None" = None,
        demonstration: "Variant | None" = None,
        between: Step | None = None,
    ) -> None:
        """`between` is what the run before left to be done before anybody works."""
        super().__init__()
        self._shared = SharedPoint(places.data, self._tell_password)
        self._between = between
        self._about_sharing: SharedStart | None = None
        self._way_back: QObject | None = None  # a restore, or a code
        self._demonstration = demonstration
        self._school_day = school_day
        self._settings, self._places, self._clock = settings, places, clock
        self._keys = keys or (lambda: opening.key_source(self._tell_password))
        self._password = ""
        self._attempt: Callable[[], SqlStore] = self._open
        self._asking: QDialog | None = None
        self._lock: Any = None
        self._reference: Reference = load()
        self.next_run: tuple[str, ...] | None = None  # with which arguments it goes on at its end
        self._is_new = False  # a person founded the store in this run
        if demonstration is not None:
            from ui.demo.training import training_reference  # noqa: PLC0415 -- no real start needs it

            self._reference = training_reference(self._reference)
        self._background = Background("store")
        self._slow = Background("slow")
        self._store: SqlStore | None = None
        self._queue: PrintQueue | None = None  # of prints; once there is a workplace it is its own
        self._waiting = WaitingWindow(self._reference.programme.short(words.language()))
        self.workplace: Workplace | None = None
        self._day_banner: QObject | None = None

    def start(self) -> None:
        """Open the store in the background; the window follows."""
        QApplication.setQuitOnLastWindowClosed(False)  # a dialog's end before the window is no end
        try:
            self._lock = opening.lock_file(self._file_to_lock())
        except (opening.AlreadyOpen, StoreProblem, OSError) as error:
            self.give_up(error)
            return
        if self._between is Step.SHARE and not self._shared.is_in_use():
            self._share()
        else:
            self._try(self._open)

    def _file_to_lock(self) -> Path | None:
        if self._works_shared():
            return self._shared.passes.file
        return database_file(self._settings.store_url())

    def _works_shared(self) -> bool:
        """A store that was named goes before the one that this PC shares."""
        return not self._settings.database and self._shared.is_in_use()

    def _lies_in_a_file(self) -> bool:
        return not self._works_shared() and database_file(self._settings.store_url()) is not None

    def _is_other_pc(self) -> bool:
        return self._works_shared() and not self._shared.is_main()

    def close(self) -> None:
        """Finish what was taken, then give everything back."""
        if self.workplace is not None:
            self.workplace.close()
            self._waiting.begin(_("Closing: what is being sent ends first…"))
        self._slow.close(QApplication.processEvents)  # a line that hangs takes its time
        self._background.close()
        self._waiting.end()
        if self.workplace is None and self._queue is not None:
            self._queue.close()
        if self._store is not None:
            self._store.close()
        if self._lock is not None:
            self._lock.unlock()

    def _try(self, attempt: Callable[[], SqlStore]) -> None:
        """Open or found the store; once more when a password is known."""
        self._attempt = attempt
        self._run(attempt, self._opened, self._not_opened)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._waiting.begin(_("Opening the store…"))
        self._background.run(
            work, partial(self._ran, done), partial(self._ran, failed or self.give_up), self
        )

    def _ran(self, answer: Callable[[T], None], outcome: T) -> None:
        self._waiting.end()
        answer(outcome)

    def _ask(
        self, dialog: QDialog, answered: Callable[[], None], turned_away: Callable[[], None]
    ) -> None:
        """Let a person decide, while the window's thread goes on."""
        dialog.accepted.connect(answered)
        dialog.rejected.connect(turned_away)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self._asking = dialog  # nobody else holds a dialog without a parent
        dialog.open()
        dialog.activateWindow()

    def _open(self) -> SqlStore:
        url = self._settings.store_url()
        if self._works_shared():
            if self._between is Step.LOCK_OUT:
                self._shared.lock_others_out()
                self._between = None  # only once it is done: a password may be asked first
            store = self._shared.open(self._reference, database_file(url))
        else:
            store = open_store(url, self._keys(), self._reference)
        return opening.with_programme_words(store, self._places.data)

    def _not_opened(self, error: Exception) -> None:
        no_main_pc = WITHOUT_MAIN_PC if self._is_other_pc() else StoreUnreachable
        if isinstance(error, PassDamaged) and not self._shared.is_main():
            self._shared_start().join_again()
        elif isinstance(error, no_main_pc) and self._works_shared():
            self._shared_start().ask_main_pc(self._open, error)
        elif isinstance(error, StoreEmpty):
            self._found_first()
        elif isinstance(error, opening.PasswordNeeded):
            self._ask_password(new=error.new)
        elif isinstance(error, WrongKey) and self._password:
            self._ask_password(new=False, problem=explain(error, self._reference))
        else:
            self._offer_way_back(error)

    def _found_first(self) -> None:
        """There is no store yet."""
        if self._demonstration is not None:
            self._found_demonstration(self._demonstration)
        elif self._school_day is not None:
            self._ask_passcode(self._school_day)
        else:
            self._found()

    def _offer_way_back(self, error: Exception) -> None:
        """A damaged file comes back from a backup, a lost key by the code; else nobody can help."""
        way = self._restore if isinstance(error, StoreUnreadable) else self._recover
        if isinstance(error, StoreUnreadable | KeyMissing) and self._lies_in_a_file():
            way(explain(error, self._reference))
        else:
            self.give_up(error)

    def _found_demonstration(self, variant: "Variant") -> None:
        from ui.demo.opening import found_demonstration  # noqa: PLC0415 -- no real start needs it

        when, url = Moment(self._clock()), self._settings.store_url()
        self._run(
            lambda: found_demonstration(url, self._places, self._reference, variant, when),
            self._opened,
        )

    def _ask_passcode(self, day: "SchoolDay", problem: str = "") -> None:
        """A lent laptop's first start; afterwards the passcode is its store's password."""
        from sync.parcels import ParcelOver  # noqa: PLC0415 -- seldom needed
        from sync.school_day import require_time  # noqa: PLC0415 -- the same
        from ui.lending.passcode_dialog import PasscodeDialog  # noqa: PLC0415 -- the same

        try:
            require_time(day.head, self._clock().timestamp())
        except ParcelOver as over:
            self.give_up(over)
            return
        dialog = PasscodeDialog(until_words(day.head.expires_s), problem)
        self._ask(
            dialog, lambda: self._begin_day(day, dialog.passcode), partial(self.ended.emit, 1)
        )

    def _begin_day(self, day: "SchoolDay", passcode: str) -> None:
        from sync.parcels import WrongPasscode  # noqa: PLC0415 -- seldom needed

        when, url = Moment(self._clock()), self._settings.store_url()

        def begun() -> SqlStore:
            along = day.taken_along(passcode)
            store = opening.laptop_store(url, along, passcode, self._reference, when)
            return opening.with_programme_words(store, self._places.data)

        def not_begun(error: Exception) -> None:
            if isinstance(error, WrongPasscode):
                self._ask_passcode(day, explain(error, self._reference))
            else:
                self.give_up(error)

        self._run(begun, self._opened, not_begun)

    def _found(self) -> None:
        from ui.first.start import FirstStart  # noqa: PLC0415 -- once in a store's life

        before = seen_here(self._places.state)
        points = self._reference.points(self._clock().date())
        asked = FirstStart(points, before, ask=self._ask_point, service=self._settings.service)
        if not self._settings.database:
            asked.offer_joining(self._ask_to_join)
        if self._lies_in_a_file():
            asked.offer_restoring(self._restore)
        self._ask(asked, lambda: self._found_point(asked.answer), partial(self.ended.emit, 1))

    def _ask_point(
        self, address: str, code: str, known: Callable[[int], None], refused: Callable[[str], None]
    ) -> None:
        """Which point a code is for; whoever closes the dialog meanwhile hears nothing."""
        self._slow.run(
            partial(_point_of_code, address, code),
            known,
            lambda error: refused(first_start_words(error, self._reference)),
            self._asking,
        )

    def _found_point(self, first: FirstPoint) -> None:
        when = Moment(self._clock())
        if first.service:
            self._settings = structs.replace(self._settings, service=first.service)

        self._is_new = True

        def found() -> SqlStore:
            opening.keep_first_steps(self._places.settings, open_=True)
            url = self._settings.store_url()
            store = opening.found_point(url, self._keys(), self._reference, first, when)
            if first.code:
                opening.keep_service(self._places.settings, first.service)
                opening.enrol_at_once(store, first)
            return store

        self._try(found)

    def _tell_password(self, new: bool) -> str:
        if not self._password:
            raise opening.PasswordNeeded(new=new)
        return self._password

    def _ask_password(
        self, *, new: bool, problem: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """`then` goes on with the password; else what was tried is tried again."""
        if self._school_day is not None:
            self._ask_passcode_again(self._school_day, wrong=bool(problem))
            return
        from ui.password_dialog import PasswordDialog  # noqa: PLC0415 -- most keys lie in a keyring

        dialog = PasswordDialog(new=new, problem=problem)
        if not new and self._is_other_pc():
            dialog.offer_joining(self._join_anew)
        elif not new and not self._works_shared():
            dialog.offer_recovery(self._recover)
        self._ask(
            dialog, lambda: self._try_password(dialog.password, then), partial(self.ended.emit, 1)
        )

    def _join_anew(self) -> None:
        """Who forgot the password of this PC chooses another, with a new file of the main PC."""

        def joined() -> None:
            self._password = ""

        self._shared_start().join(joined, partial(self._ask_password, new=False))

    def _ask_passcode_again(self, day: "SchoolDay", *, wrong: bool) -> None:
        """A laptop's later starts: nobody at the school knows it by another name."""
        from sync.parcels import WrongPasscode  # noqa: PLC0415 -- seldom needed
        from ui.lending.passcode_dialog import PasscodeDialog  # noqa: PLC0415 -- the same

        problem = explain(WrongPasscode(), self._reference) if wrong else ""
        dialog = PasscodeDialog(until_words(day.head.expires_s), problem)
        self._ask(dialog, lambda: self._try_password(dialog.passcode), partial(self.ended.emit, 1))

    def _try_password(self, password: str, then: Callable[[], None] | None = None) -> None:
        self._password = password
        if then is None:
            self._try(self._attempt)
        else:
            then()

    def _opened(self, store: SqlStore) -> None:
        self._store, self._reference = store, store.reference
        self._run(
            lambda: (store.operators(), store.standing()),
            lambda known: self._sign_in(store, *known),
        )

    def _sign_in(
        self, store: SqlStore, names: tuple[OperatorName, ...], standing: Standing
    ) -> None:
        # while somebody chooses a name; what is wrong with it is told when it is needed
        self._background.run(self._open_queue, need_no_answer, need_no_answer, self)
        dialog = SignIn(names)
        self._ask(
            dialog,
            lambda: self._begin(store, dialog.operator, names, standing),
            partial(self.ended.emit, 0),
        )

    def _begin(
        self,
        store: SqlStore,
        operator: Operator,
        names: tuple[OperatorName, ...],
        standing: Standing,
    ) -> None:
        """The window needs the print jobs, which most likely are read by now."""
        self._run(
            self._open_queue, lambda queue: self._work(store, operator, names, standing, queue)
        )

    def _open_queue(self) -> PrintQueue:
        """Called on the store's thread, one call after the other."""
        if self._queue is None:
            self._queue = open_queue(self._places.data)
        return self._queue

    def _work(
        self,
        store: SqlStore,
        operator: Operator,
        names: tuple[OperatorName, ...],
        standing: Standing,
        queue: PrintQueue,
    ) -> None:
        desk = Desk(store, operator, self._background, self._clock)
        self.workplace = Workplace(
            desk,
            store,
            self._slow,
            self._places,
            settings=self._settings,
            standing=standing,
            names=names,
            sharing=Sharing(None if self._settings.database else self._shared, self._go_on),
            queue=queue,
        )
        self.workplace.window.stayed.connect(self._stay)
        if self._school_day is not None:
            from ui.lending.day_banner import DayBanner  # noqa: PLC0415 -- few starts are a laptop's

            self._day_banner = DayBanner(desk, self.workplace.window)
        if self._demonstration is not None:
            from ui.demo.training import warn_of_training  # noqa: PLC0415 -- no real start needs it

            again = Banner(_("Begin anew"), self._begin_anew)
            warn_of_training(self.workplace.window, again)
        self.workplace.show()
        if self._has_first_steps():
            self.workplace.begin_first_steps()
        QApplication.setQuitOnLastWindowClosed(True)
        keep_what_was_loaded()
        self.shown.emit()

    def _has_first_steps(self) -> bool:
        """The store is new here, or its first steps were cut short: a kill, or the power."""
        is_real = self._demonstration is None and self._school_day is None
        return self._is_new or (is_real and self._settings.first_steps_open)

    def _shared_start(self) -> "SharedStart":
        from ui.shared.start import SharedStart, Ways  # noqa: PLC0415 -- few starts need it

        if self._about_sharing is None:
            ways = Ways(
                attempt=self._try,
                ask=self._ask,
                show=self._show,
                ask_password=lambda then: self._ask_password(new=False, then=then),
                end=partial(self.ended.emit, 1),
            )
            self._about_sharing = SharedStart(self._shared, ways, self._slow, self._reference)
        return self._about_sharing

    def _restore(self, why: str = "") -> None:
        """Bring a backup back; whoever turns away meanwhile ends the start."""
        from ui.backup.restoring import RestoreStart  # noqa: PLC0415 -- seldom needed

        self._way_back = RestoreStart(*self._ways_back(), self._slow)
        self._way_back.begin(why)

    def _recover(self, why: str = "") -> None:
        """Open the store by its recovery code."""
        from ui.backup.recovering import RecoverStart  # noqa: PLC0415 -- seldom needed

        self._password = ""  # a new one is chosen
        self._way_back = RecoverStart(*self._ways_back(), self._slow)
        self._way_back.begin(why)

    def _ways_back(self) -> "tuple[Here, Ways]":
        from ui.backup.restoring import Here, Ways  # noqa: PLC0415 -- seldom needed

        file = database_file(self._settings.store_url())
        assert file is not None  # noqa: S101 -- else nobody was offered it
        title = self._waiting.windowTitle()
        here = Here(file, self._places.state, title, self._reference, self._clock)
        ways = Ways(
            ask=self._ask,
            password=self._tell_password,
            ask_password=lambda then: self._ask_password(new=True, then=then),
            restored=partial(self._try, self._open),
            turned_away=partial(self.ended.emit, 1),
        )
        return here, ways

    def _share(self) -> None:
        title, url = self._waiting.windowTitle(), self._settings.store_url()
        self._shared_start().share(url, self._keys, self._open, title)

    def _ask_to_join(self) -> None:
        def joined() -> None:
            self._is_new = True
            opening.keep_first_steps(self._places.settings, open_=True)

        self._shared_start().join(joined, self._found)

    def _begin_anew(self) -> None:
        """The invented point is thrown away, and told again by the next start."""
        self._leave_for("--anew")

    def _go_on(self, step: Step) -> None:
        self._leave_for("--between", step)

    def _leave_for(self, *arguments: str) -> None:
        """What is half done on a page is asked about first, as whenever the window closes."""
        self.next_run = arguments
        if self.workplace is not None:
            self.workplace.window.close()

    def _stay(self) -> None:
        self.next_run = None

    def give_up(self, error: Exception) -> None:
        """Say why there will be no window, and end."""
        known = isinstance(error, EXPECTED) or self._is_of_a_parcel(error)
        logger.error("cannot start: %r", error, exc_info=None if known else error)
        told = QMessageBox(
            QMessageBox.Icon.Critical, _("Cannot start"), explain(error, self._reference)
        )
        told.finished.connect(lambda _button: self.ended.emit(2))
        self._show(told)

    def _is_of_a_parcel(self, error: Exception) -> bool:
        if self._school_day is None:
            return False
        from sync.parcels import ParcelProblem  # noqa: PLC0415 -- seldom needed

        return isinstance(error, ParcelProblem)


def _point_of_code(address: str, code: str) -> int:
    from sync.service import CentralService  # noqa: PLC0415 -- httpx is slow to load

    with CentralService(address) as service:
        return service.point_of_code(code)
