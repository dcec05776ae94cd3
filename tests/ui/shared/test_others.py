"""What a window says while the store that PCs share does not answer."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from station.ports import StoreUnreachable
from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON
from ui.background import Background
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.scan_routes import looks_like_code
from ui.shared.others import OtherPcs
from ui.shared.sharing import Way


class DeafDesk(Desk):
    """Its store is on a server that is down."""

    @override
    def ask(self, question: Any, done: Any, failed: Any, *, owner: Any = None) -> None:
        failed(StoreUnreachable())


@pytest.mark.parametrize(
    ("way", "advice"), [(Way.MAIN, "open it again"), (Way.OTHER, "Switch it on")]
)
def test_each_pc_is_told_what_to_do_about_a_server_that_is_down(
    qtbot: QtBot, store: SqlStore, way: Way, advice: str
) -> None:
    window, background = MainWindow("P", "12", (), looks_like_code), Background("store")
    qtbot.addWidget(window)
    others = OtherPcs(DeafDesk(store, CLERK, background, lambda: NOON.at), window, way)

    others.look()

    (told,) = window.banners.sentences()
    assert advice in told
    background.close()
