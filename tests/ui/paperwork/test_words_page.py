"""The office's own words: written beside the shipped ones, checked, kept, used, and set right."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from labels.paper_words import TemplateWord
from labels.template import papers, template
from station.store.store import SqlStore
from station.text import BadText
from tests.station.conftest import CLERK, LEAD
from tests.ui.device_desk import child
from tests.ui.papers.lives import given_laptop
from tests.ui.paperwork.offices import Office, office_at, text_of
from ui.paperwork.office_words import (
    FILES,
    examples,
    fault_in,
    read_words,
    sample,
    save_words,
    tidy,
)
from ui.paperwork.words_page import WordsPage

pytestmark = pytest.mark.qt_log_ignore("launch")

MINUTES = "handover-minutes"
PLAN = "Căn cứ Kế hoạch số 5 về “{programme}”;"


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def page_of(office: Office, file: str = MINUTES) -> WordsPage:
    office.place.window.show_page("words")
    page = office.place.window.page("words")
    assert isinstance(page, WordsPage)
    page.show_file(file)
    office.until(lambda: page._words is not None and page._words.file == file)
    office.until(lambda: page.view.page_count)
    return page


def write(page: WordsPage, key: str, text: str) -> None:
    page.list.choose(key)
    page.texts.edits[0].setPlainText(text)


def test_changed_words_are_kept_alone_and_stand_on_the_next_paper(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    page = page_of(office)
    write(page, "grounds", PLAN)
    assert page.save.isEnabled()

    page.save.click()
    file = tmp_path / "paper-words" / f"{MINUTES}.toml"
    office.until(file.exists)

    assert list(read_words(MINUTES, file.parent).changed) == ["grounds"]
    _device, case = given_laptop(store)
    office.place.papers.print_minutes(case)
    text = text_of(office.printed(2)[0].read_bytes())
    assert "Căn cứ Kế hoạch số 5 về" in text


def test_a_mistake_is_told_beside_the_text_and_cannot_be_saved(office: Office) -> None:
    page = page_of(office)

    write(page, "grounds", "Căn cứ Kế hoạch của {progrme};")
    assert "{progrme}" in page.problem
    assert not page.save.isEnabled()

    write(page, "grounds", "Căn cứ [Kế hoạch;")
    assert page.problem.startswith("A bracket is not closed")

    write(page, "grounds", PLAN)
    assert page.problem == ""
    assert page.save.isEnabled()


def test_a_text_goes_back_to_the_shipped_one(office: Office) -> None:
    page = page_of(office)
    shipped = page.texts.word if page.list.choose("grounds") else ""
    write(page, "grounds", PLAN)
    assert page.unfinished()

    page.back.click()

    assert page.texts.word == shipped
    assert page.unfinished() == ""
    assert not page.save.isEnabled()


def test_a_list_gets_another_line_and_loses_one(office: Office) -> None:
    page = page_of(office)
    page.list.choose("grounds")
    before = list(page.texts.word)

    page.texts.add.click()
    page.texts.edits[-1].setPlainText("Căn cứ đề nghị của nhà trường;")

    assert page.texts.word == [*before, "Căn cứ đề nghị của nhà trường;"]


def test_a_field_is_chosen_by_its_name_and_example(office: Office) -> None:
    page = page_of(office)
    page.list.choose("grounds")
    at = page.fields.findData("programme")
    assert page.fields.itemText(at) == "{programme} – Máy tính cũ – Công dân số mới"

    page.texts.edits[0].clear()
    page.fields.setCurrentIndex(at)
    page.fields.activated.emit(at)

    assert page.texts.edits[0].toPlainText() == "{programme}"


def test_the_number_of_copies_is_the_offices_too(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    page = page_of(office)
    page.copies.setValue(4)
    page.save.click()
    office.until((tmp_path / "paper-words" / f"{MINUTES}.toml").exists)

    _device, case = given_laptop(store)
    office.place.papers.print_minutes(case)

    assert "lập thành 04 bản" in text_of(office.printed(4)[0].read_bytes())


def test_only_the_lead_writes(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> None:
    with office_at(qtbot, store, CLERK, tmp_path) as office:
        page = page_of(office)
        page.list.choose("grounds")

        assert all(edit.isReadOnly() for edit in page.texts.edits)
        assert not page.save.isEnabled()
        assert "role" in page.save.toolTip()


def test_a_file_that_cannot_be_read_is_named_and_set_aside_only_by_a_person(
    office: Office, tmp_path: Path
) -> None:
    home = tmp_path / "paper-words"
    home.mkdir()
    (home / f"{MINUTES}.toml").write_bytes(b"grounds = [")

    office.place.window.show_page("words")
    page = office.place.window.page("words")
    assert isinstance(page, WordsPage)
    page.show_file(MINUTES)
    office.until(lambda: f"{MINUTES}.toml" in page.problem)
    assert not page.save.isEnabled()

    page.aside.click()
    office.until(lambda: page.problem == "")
    assert (home / f"{MINUTES}.cu-1").read_bytes() == b"grounds = ["


def test_a_paper_is_made_in_the_shipped_words_only_after_a_yes(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    home = tmp_path / "paper-words"
    home.mkdir()
    (home / f"{MINUTES}.toml").write_text('grounds = ["Căn cứ {gì đó};"]', "utf-8")
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)

    dialog.make_panel.print.click()
    office.until(lambda: dialog.make_panel.problem)
    assert f"{MINUTES}.toml" in dialog.make_panel.problem
    assert office.papers(device) == ()

    dialog.make_panel.problem_line.shipped.click()
    assert len(office.printed(2)) == 2


def test_a_folder_that_cannot_be_written_is_said_and_the_words_stay(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "paper-words").write_text("a file stands in the folder's place")
    page = page_of(office)
    write(page, "grounds", PLAN)

    page.save.click()
    office.until(lambda: page.problem)

    assert page.unfinished()
    assert page.texts.edits[0].toPlainText() == PLAN


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_words_of_each_file_are_without_fault_and_make_a_sample(
    file: str, tmp_path: Path
) -> None:
    words = read_words(file, tmp_path)
    assert words.fault is None
    for key in words.shipped:
        assert fault_in(file, key, words.word(key)) is None
        for name in examples(file, key):
            assert fault_in(file, key, f"{{{name}}}") is None
    assert sample(file, words, tmp_path)[0].blocks


def test_each_paper_takes_another_number_of_copies(tmp_path: Path) -> None:
    for paper in papers():
        (tmp_path / f"{paper}.toml").write_text("copies = 5", "utf-8")
        assert template(paper, tmp_path).copies == 5
        (tmp_path / f"{paper}.toml").write_text('copies = "năm"', "utf-8")
        with pytest.raises(TemplateWord):
            template(paper, tmp_path)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_as_it_was_or_refused(text: str) -> None:
    import tempfile  # noqa: PLC0415 -- hypothesis runs many times in one test

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        words = read_words(MINUTES, home).with_word("title", text)
        try:
            save_words(words, home)
        except (TemplateWord, BadText):
            return
        assert read_words(MINUTES, home).word("title") == tidy(text)


def test_a_paper_is_printed_again_in_the_shipped_words_only_after_a_yes(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, case = given_laptop(store)
    office.place.papers.print_minutes(case)
    office.printed(2)
    home = tmp_path / "paper-words"
    home.mkdir()
    (home / "common.toml").write_text('reprint = "IN LẠI {lần}"', "utf-8")
    office.place.routes.take(office.papers(device)[0].code)
    dialog = office.made_dialog()

    child(dialog, QPushButton, "printPaperAgain").click()
    office.until(lambda: "common.toml" in dialog.panel.problem)
    child(dialog, QPushButton, "useShipped").click()

    office.preview().print.click()
    assert "BẢN IN LẠI (lần 1)" in text_of(office.printed(3)[2].read_bytes())


def test_a_dialog_that_is_closed_at_once_loses_no_print(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)

    dialog.make_panel.print.click()
    dialog.close()

    assert len(office.printed(2)) == 2
