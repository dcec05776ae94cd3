"""The evidence of a report leaves by a person's word, and only what the report names."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from diagnostics.collect.source import Raw
from diagnostics.evidence import keep
from diagnostics.report import Report
from station import events as e
from station.operators import Operator
from station.store.store import SqlStore
from tests.station.conftest import CLERK, TECHNICIAN
from tests.ui.device_desk import Station, on_bench, station_at
from tests.ui.test_reports_panel import BEFORE, open_reports, record

SAID = Raw("lscpu.json", b'{"lscpu": []}')


@pytest.fixture
def operator() -> Operator:
    return TECHNICIAN


@pytest.fixture
def at(qtbot: QtBot, store: SqlStore, operator: Operator, tmp_path: Path) -> Iterator[Station]:
    with station_at(qtbot, store, operator, tmp_path / "reports") as station:
        yield station


def with_evidence(at: Station, *raws: Raw) -> tuple[str, Path]:
    """A device with a report, and the archive beside it."""
    code = on_bench(at.store)
    kept = at.reports.parent / "kept.zip"
    told: Report = structs.replace(BEFORE, evidence=keep(raws, kept, words=()))
    archive = record(at, code, told).with_suffix(".zip")
    kept.replace(archive)
    open_reports(at, code, 1)
    return code, archive


def let_go(at: Station) -> None:
    at.click(at.page, "releaseEvidence")
    question = at.page.findChild(QMessageBox, "releaseEvidenceAsked")
    assert question is not None
    assert "leaves this PC" in question.text()
    next(button for button in question.buttons() if button.text() == "Let it go").click()


def released(store: SqlStore, code: str) -> list[e.AttachmentReleased]:
    said = [row.event.said for row in store.timeline(code)]
    return [one for one in said if isinstance(one, e.AttachmentReleased)]


def test_evidence_leaves_after_a_question_without_what_was_put_beside_it(at: Station) -> None:
    code, archive = with_evidence(at, SAID)
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("private.txt", "0912345678")

    let_go(at)

    at.until(lambda: bool(released(at.store, code)))
    (one,) = released(at.store, code)
    file_ = at.store.attachment(one.attachment)
    assert (one.use, one.media) == ("evidence", "zip")
    assert file_ is not None
    assert zipfile.ZipFile(io.BytesIO(file_)).namelist() == [SAID.name]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda archive: archive.unlink(), "lies on another PC"),
        (lambda archive: archive.write_bytes(b"PK other"), "is not what was kept"),
    ],
    ids=["gone", "changed"],
)
def test_evidence_that_is_not_as_it_was_kept_stays(
    at: Station, harm: Callable[[Path], object], told: str
) -> None:
    code, archive = with_evidence(at, SAID)
    heard: list[str] = []
    at.page.history.said.connect(heard.append)
    harm(archive)

    let_go(at)

    at.until(lambda: any(told in one for one in heard))
    assert not released(at.store, code)


def test_a_report_without_evidence_offers_nothing(at: Station) -> None:
    with_evidence(at)

    assert at.page.history.evidence.button.isHidden()


@pytest.mark.parametrize("operator", [CLERK])
def test_whose_work_it_is_not_is_told_whose_it_is(at: Station) -> None:
    with_evidence(at, SAID)

    button = at.page.history.evidence.button
    assert button.isVisible()
    assert not button.isEnabled()
    assert button.toolTip()
