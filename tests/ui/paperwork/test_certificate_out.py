"""A signed certificate of a device's erasure, from the button to the file that anybody checks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from station.signing import granted
from station.store.store import SqlStore
from sync import verify
from tests.station.conftest import LEAD
from tests.station.public_files import SERVICE
from tests.ui.papers.lives import given_laptop
from tests.ui.paperwork.offices import Office, office_at

pytestmark = pytest.mark.qt_log_ignore("launch")


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, LEAD, tmp_path) as office:
        yield office


def test_a_point_that_the_service_believes_saves_a_certificate_that_anybody_can_check(
    office: Office, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, _case = given_laptop(store)
    chain = store.standing().chain
    grant = granted(SERVICE, chain, store.signing_key(chain).public, 1)
    store.note_enrolment(grant, (SERVICE.public,))
    file = tmp_path / "donor.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog = office.papers_of(device)

    dialog.certificate.click()

    office.until(file.exists)
    office.until(lambda: "donor.json" in dialog.make_panel._told.text())
    assert verify.main([str(file), "--anchor", SERVICE.public.hex()]) == verify.SOUND


def test_a_point_that_is_not_enrolled_is_told_what_to_do(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    dialog = office.papers_of(device)

    dialog.certificate.click()

    office.until(lambda: "Enrol the point" in dialog.make_panel.problem)


def test_a_visit_has_no_certificate(office: Office, store: SqlStore) -> None:
    _device, case = given_laptop(store)

    assert not office.papers_of(case).certificate.isVisible()
