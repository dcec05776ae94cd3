"""Blank forms: printed under codes of their own, listed while they are out, entered later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from station import intake
from station.codes import grouped
from station.fold import POINT
from station.store.store import SqlStore
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.ui.device_desk import child
from tests.ui.paperwork.offices import Office, office_at, text_of
from ui.choice import Choice
from ui.intake.page import IntakePage
from ui.paperwork.blank_forms import BlankForms, make_forms
from ui.paperwork.forms_out import forms_out, is_out
from ui.paperwork.forms_panel import FormsPanel

pytestmark = pytest.mark.qt_log_ignore("launch")

POINT_12 = f"{POINT}012"


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, CLERK, tmp_path) as office:
        yield office


def panel_of(office: Office, paper: str) -> FormsPanel:
    dialog = office.place.papers.open_papers(POINT_12)
    office.until(lambda: dialog.offered.model.lines)
    dialog.offered.choose(paper)
    assert dialog.forms_panel.isVisible()
    return dialog.forms_panel


def test_forms_are_printed_in_one_job_each_under_codes_that_nothing_else_gets(
    office: Office, store: SqlStore
) -> None:
    panel = panel_of(office, "emergency-form")
    panel.count.setValue(3)
    panel.devices.setValue(4)

    panel.print.click()

    (file,) = office.printed()
    out = forms_out(store)
    assert len(out) == 3
    text = text_of(file.read_bytes())
    assert all(grouped(form.code) in text.replace("\xa0", " ") for form in out)
    assert [job.title for job in office.place.printing.queue.jobs()] == ["Emergency form, 3 forms"]
    office.until(lambda: len(panel.out.model.lines) == 3)


def test_a_pick_up_form_says_whom_to_visit_and_when(office: Office) -> None:
    panel = panel_of(office, "pick-up-form")
    child(panel, QLineEdit, "visitName").setText("Bà Lê Thị Sáu")
    child(panel, QLineEdit, "visitAddress").setText("Ấp 3, xã Mẫu")
    child(panel, QLineEdit, "visitPhone").setText("12")
    panel.print.click()
    assert not office.place.printing.queue.jobs()  # the telephone is none

    child(panel, QLineEdit, "visitPhone").setText("0912 345 678")
    panel.appointment.type("due", "07/10/2021")
    panel.print.click()

    text = text_of(office.printed()[0].read_bytes())
    assert "Bà Lê Thị Sáu" in text
    assert "Ấp 3, xã Mẫu" in text


def test_a_form_that_was_filled_in_is_entered_under_its_own_code(
    office: Office, store: SqlStore
) -> None:
    make_forms(BlankForms(paper="emergency-form", devices=2), None, store, CLERK, NOON)
    (form,) = forms_out(store)
    office.place.window.show_page("intake")
    page = office.place.window.page("intake")
    assert isinstance(page, IntakePage)

    office.place.routes.take(form.code)
    office.until(lambda: child(page, QPushButton, "putFormAway").isVisible())
    assert page.donor.from_paper.isChecked()

    child(page, Choice, "kind").choose("laptop")
    page.commit()
    office.until(lambda: not is_out(form.code, store))
    lot = store.lot(form.code)
    assert lot is not None
    assert len(lot.devices) == 1
    assert forms_out(store) == ()


def test_a_form_scanned_by_mistake_is_put_away(office: Office, store: SqlStore) -> None:
    make_forms(BlankForms(paper="emergency-form"), None, store, CLERK, NOON)
    (form,) = forms_out(store)
    office.place.window.show_page("intake")
    page = office.place.window.page("intake")
    assert isinstance(page, IntakePage)
    office.place.routes.take(form.code)
    away = child(page, QPushButton, "putFormAway")
    office.until(away.isVisible)

    away.click()
    child(page, Choice, "kind").choose("laptop")
    page.commit()

    office.until(store.stage_counts)
    assert is_out(form.code, store)


def test_a_known_lot_scanned_at_intake_is_looked_up_as_elsewhere(
    office: Office, store: SqlStore
) -> None:
    command = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),), donor=None)
    lot = intake.receive_lot(command, store, CLERK, NOON).lot
    office.place.window.show_page("intake")

    office.place.routes.take(lot)

    office.until(lambda: office.place.window.current_page == "stock")


def test_who_may_not_set_codes_aside_is_told_so(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    with office_at(qtbot, store, TECHNICIAN, tmp_path) as office:
        panel = panel_of(office, "emergency-form")
        assert not panel.print.isEnabled()
        office.place.desk.sign_in(LEAD)
        assert panel.print.isEnabled()
