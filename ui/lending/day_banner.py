"""Above every page of a lent laptop: until when it records, and how its day ends."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from station.ports import Delegation, PointStore
from station.words import _
from ui.banners import Act
from ui.day_words import until_words
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.theme import Tone
from ui.wording import explain

KEY = "school-day"


class DayBanner(QObject):
    """Says it from the start on, and says it anew when the time is over."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.look)
        self.look()

    def look(self) -> None:
        """Ask the store whether this laptop is lent, and until when."""
        self._desk.ask(_own, self._tell, self._refuse, owner=self)

    def _tell(self, own: Delegation | None) -> None:
        if own is None:
            return
        now = self._desk.now().at
        act = Act(_("End the school day…"), self._open_lending)
        tone = Tone.WARN if now.timestamp() > own.expires_s else Tone.UNKNOWN
        self._window.warn(KEY, sentence(own, now), act, tone)
        left_s = own.expires_s - now.timestamp()
        if left_s >= 0:
            self._over.start(int(left_s * 1000) + 1000)

    def _refuse(self, error: Exception) -> None:
        self._window.warn(KEY, explain(error, self._desk.reference))

    def _open_lending(self) -> None:
        from ui.lending.page_dialog import open_lending  # noqa: PLC0415 -- a start loads no files

        open_lending(self._desk, self._window)


def sentence(own: Delegation, now: datetime) -> str:
    """What stands above every page."""
    if now.timestamp() > own.expires_s:
        return _(
            "The time for which this laptop was lent is over: it records nothing more. Take home "
            "what it recorded."
        )
    return _(
        "This laptop was lent for a school day, until {until}. What it records goes home in a file."
    ).format(until=until_words(own.expires_s))


def _own(store: PointStore) -> Delegation | None:
    chain = store.standing().chain
    return next((one for one in store.delegations() if one.chain == chain), None)
