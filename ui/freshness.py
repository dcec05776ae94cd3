"""A page asks again when it is shown, and when something was recorded while it is on the screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.desk import Desk


class Freshness(QObject):
    """Lives as long as its page."""

    def __init__(self, page: QWidget, desk: Desk, refresh: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._refresh = page, refresh
        page.installEventFilter(self)
        desk.recorded.connect(self._recorded)

    def _recorded(self) -> None:
        if self._page.isVisible():
            self._refresh()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._refresh()
        return False
