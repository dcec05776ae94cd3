"""Training says on every page, label and paper that nothing of it is real."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.ledger import Moment
from station.reference import load
from station.store.engine import sqlite_url
from tests.station import life
from tests.station.conftest import LEAD, NOON
from ui.app import App
from ui.demo.opening import Variant, found_demonstration
from ui.demo.training import training_reference
from ui.hand import Hand
from ui.opening import DEMONSTRATION_KEY
from ui.papers.describing import Wanted
from ui.papers.labels import label_of
from ui.papers.making import draft_wanted
from ui.places import Places
from ui.settings import Settings


def test_labels_and_papers_of_a_training_are_marked(tmp_path: Path) -> None:
    url, places = sqlite_url(tmp_path / "demo.db"), Places(tmp_path, tmp_path / "state")
    reference = training_reference(load())
    when = Moment(NOON.at)

    with found_demonstration(url, places, reference, Variant.EMPTY, when) as store:
        code = life.receive(store)
        label = label_of(store, code)
        (printed,) = draft_wanted(
            store, LEAD, when, (Wanted(paper="intake-receipt", about=(code,)),)
        )

    assert label.programme == "TẬP HUẤN"
    assert {issue.mark for _document, issue in printed.prints} == {"TẬP HUẤN"}


def test_a_training_is_told_on_every_page_and_begun_anew_by_a_person(
    qtbot: QtBot, tmp_path: Path
) -> None:
    settings = Settings(database=str(tmp_path / "station.db"), open_papers=False)
    places = Places(tmp_path, tmp_path / "state")
    app = App(settings, places, keys=lambda: DEMONSTRATION_KEY, demonstration=Variant.EMPTY)
    app.start()
    Hand(QWidget()).click("signIn")
    qtbot.waitUntil(lambda: app.workplace is not None, timeout=20_000)
    assert app.workplace is not None
    window = app.workplace.window

    assert any("nothing here is real" in told for told in window.banners.sentences())
    assert window.windowTitle().startswith("TRAINING")
    app._begin_anew()

    assert app.next_run
    assert not window.isVisible()
    app.close()
