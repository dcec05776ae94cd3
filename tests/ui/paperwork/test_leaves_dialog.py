"""Photos, certificates and a donor's consent: what leaves this PC leaves by a person's word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from station import events as e
from station import intake
from station.operators import Operator
from station.people import Donor
from station.signing import granted
from station.store.store import SqlStore
from tests.station.conftest import CLERK, LEAD
from tests.station.public_files import SERVICE
from tests.ui.papers.lives import COMPANY, given_laptop, visit
from tests.ui.paperwork.offices import Office, office_at
from ui.paperwork.leaves_dialog import LeavesDialog

pytestmark = pytest.mark.qt_log_ignore("launch")


@pytest.fixture
def who() -> Operator:
    return LEAD


@pytest.fixture
def office(qtbot: QtBot, store: SqlStore, who: Operator, tmp_path: Path) -> Iterator[Office]:
    with office_at(qtbot, store, who, tmp_path) as office:
        yield office


def opened(office: Office, device: str) -> LeavesDialog:
    office.papers_of(device).leaves.click()
    office.until(lambda: office.found(LeavesDialog))
    return office.found(LeavesDialog)[0]


def said(store: SqlStore, device: str, kind: type[e.Said]) -> list[e.Said]:
    told = [row.event.said for row in store.timeline(device)]
    return [one for one in told if isinstance(one, kind)]


def test_a_photo_stays_here_until_a_person_lets_it_go(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, _case = given_laptop(store)
    picture = tmp_path / "scratch.png"
    Image.new("RGB", (20, 20), "red").save(picture)
    dialog = opened(office, device)

    dialog.add_photo(picture)
    office.until(lambda: len(dialog.files.model.lines) == 1)
    assert not said(store, device, e.AttachmentReleased)

    dialog.files.choose(dialog.files.model.lines[0].hash.hex())
    dialog.release.click()
    office.until(lambda: dialog.files.model.lines[0].released)

    assert len(said(store, device, e.AttachmentReleased)) == 1
    office.until(lambda: not dialog.release.isVisible())


def test_what_is_no_picture_is_refused_by_name(
    office: Office, store: SqlStore, tmp_path: Path
) -> None:
    device, _case = given_laptop(store)
    file = tmp_path / "words.txt"
    file.write_text("not a picture")
    dialog = opened(office, device)

    dialog.add_photo(file)
    office.until(lambda: "moment" not in dialog._told.text() and dialog._told.text())
    assert not said(store, device, e.PhotoTaken)

    dialog.add_photo(tmp_path / "none.png")
    office.until(lambda: "cannot be read" in dialog._told.text())


def test_the_signed_certificate_is_let_go(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)
    chain = store.standing().chain
    grant = granted(SERVICE, chain, store.signing_key(chain).public, 1)
    store.note_enrolment(grant, (SERVICE.public,))
    dialog = opened(office, device)

    dialog.certificate.click()

    office.until(lambda: [file.use for file in dialog.files.model.lines] == ["certificate"])


def test_a_donor_who_withdraws_consent_is_emptied_after_a_question(
    office: Office, store: SqlStore
) -> None:
    lot = visit(store, intake.NewDevice(kind="laptop"))
    device = lot.devices[0]
    dialog = opened(office, device)
    office.until(dialog.withdraw.isVisible)

    dialog.withdraw.click()
    question = dialog.findChild(QMessageBox, "withdrawConsent")
    assert question is not None
    assert store.find_people(COMPANY.name)
    next(button for button in question.buttons() if button.text() == "Empty it").click()
    office.until(lambda: "emptied here" in dialog._told.text())

    office.until(lambda: not dialog.withdraw.isVisible())
    known = store.device(device)
    assert known is not None
    assert known.donor is not None
    assert not isinstance(store.content(known.donor), Donor)
    assert not store.find_people(COMPANY.name)


@pytest.mark.parametrize("who", [CLERK])
def test_a_clerk_sees_whose_work_it_is(office: Office, store: SqlStore) -> None:
    device, _case = given_laptop(store)

    dialog = opened(office, device)

    office.until(lambda: not dialog.withdraw.isEnabled())
