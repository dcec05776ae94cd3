"""In Vietnamese the dialogs of papers say nothing in English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station import words
from station.fold import POINT
from station.store.store import SqlStore
from tests.station.conftest import LEAD
from tests.ui.english import english_in, said_by
from tests.ui.papers.lives import given_laptop, retired, to_school
from tests.ui.paperwork.offices import Office, office_at
from ui.paperwork.attach_many import AttachManyDialog
from ui.paperwork.office_words import FILES
from ui.paperwork.words_page import WordsPage

pytestmark = pytest.mark.qt_log_ignore("launch")


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    words.use("vi")
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def test_each_paper_that_is_offered_asks_in_vietnamese(office: Office, store: SqlStore) -> None:
    device, case = given_laptop(store)
    out = to_school(store, ("Trần Văn An", "4A2"))
    retired(store, "S9")
    for about in (device, case, out.batch, f"{POINT}012"):
        dialog = office.papers_of(about)
        for offered in dialog.offered.model.lines:
            office.choose(dialog, offered.paper)
            assert english_in(said_by(dialog)) == [], offered.paper
        dialog.close()


def test_a_made_paper_and_a_folder_of_scans_speak_vietnamese(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    _device, case = given_laptop(store)
    office.place.papers.print_minutes(case)
    office.printed(2)
    office.place.routes.take(office.papers(case)[0].code)
    assert english_in(said_by(office.made_dialog())) == []

    many = AttachManyDialog(office.place.desk, office.place.papers.background, office.place.window)
    (tmp_path / "quét.pdf").write_bytes(b"none")
    with office.bot.waitSignal(many.ended, timeout=20_000):
        many.search_in(tmp_path)
    assert english_in(said_by(many)) == []


def test_the_words_of_each_paper_stand_in_vietnamese(office: Office) -> None:
    office.place.window.show_page("words")
    page = office.place.window.page("words")
    assert isinstance(page, WordsPage)
    for file in FILES:
        page.show_file(file)
        office.until(lambda shown=file: page._words and page._words.file == shown)  # type: ignore[misc]
        own = {line.text for line in page.list.model.lines}  # the papers' words are data
        said = {text for text in said_by(page) if "{" not in text} - own
        assert english_in(said) == [], file
