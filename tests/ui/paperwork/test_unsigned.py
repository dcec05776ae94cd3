"""The papers whose signed copies are awaited: each leads to where its copy is attached."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station.ledger import Moment
from station.paperwork import NewPaper, make_papers
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, LEAD, NOON
from tests.ui.device_desk import child
from tests.ui.paperwork.offices import Office, office_at
from ui.paperwork.attach_many import AttachManyDialog
from ui.paperwork.unsigned_dialog import UnsignedDialog

pytestmark = pytest.mark.qt_log_ignore("launch")

YESTERDAY = Moment(NOON.at - timedelta(days=1))


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def test_a_paper_leaves_the_list_once_its_signed_copy_is_attached(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    about = (life.receive(store, YESTERDAY),)
    new = tuple(
        NewPaper(paper=paper, about=about) for paper in ("handover-minutes", "transfer-manifest")
    )
    made = make_papers(new, lambda _place, _code: b"{}", store, GIVER, YESTERDAY)
    today = (NewPaper(paper="handover-minutes", about=about),)
    Image.new("RGB", (40, 20), "gray").save(tmp_path / "ky.png")

    dialog = office.place.papers.open_unsigned()
    office.until(lambda: len(dialog.papers.model.lines) == len(made))
    make_papers(today, lambda _place, _code: b"{}", store, GIVER, NOON)  # instead of the first
    dialog.refresh()
    office.until(lambda: [one.code for one in dialog.papers.model.lines] == [made[1].code])

    child(dialog, QPushButton, "openUnsigned").click()
    panel = office.made_dialog().panel
    panel.attach_wanted.emit(made[1].code, (tmp_path / "ky.png",))

    office.until(lambda: dialog.papers.model.lines == ())
    assert not dialog.attach.isEnabled()
    child(dialog, QPushButton, "attachManyUnsigned").click()
    office.until(lambda: office.found(AttachManyDialog))
    assert isinstance(dialog, UnsignedDialog)
