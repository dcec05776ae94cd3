"""The whole day in the real window, then everything it left behind compared with the store."""

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PySide6.QtWidgets import QApplication

from station import words
from station.codes import grouped
from station.device import Stage
from station.people import Pupil
from station.reference import load
from station.store.engine import open_engine, sqlite_url
from station.store.entries import entry_of
from station.store.store import SqlStore, open_store
from station.store.tables import log
from station.store.verifying import verify
from sync.service import CentralService
from tests.sync.service_process import ServiceProcess
from ui import theme
from ui.demonstration import DESKTOPS, Day, Result
from ui.demonstration_others import OFFERED
from ui.opening import DEMONSTRATION_KEY


@pytest.fixture(scope="module")
def day(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Result:
    words.use("vi")
    theme.apply(qapp)
    return Day(tmp_path_factory.mktemp("day") / "out", print).run()


@pytest.fixture
def store(day: Result) -> Iterator[SqlStore]:
    with open_store(day.database, DEMONSTRATION_KEY, load()) as store:
        yield store


def symbols(page: pypdfium2.PdfPage) -> dict[str, str]:
    """Format and text of every symbol on a page, read at a label printer's resolution."""
    picture = page.render(scale=300 / 72).to_pil()
    return {found.format.name: found.text for found in zxingcpp.read_barcodes(picture)}


def test_every_device_of_the_day_stands_where_it_should(day: Result, store: SqlStore) -> None:
    laptop, tablet = store.device(day.laptop), store.device(day.tablet)

    assert laptop is not None
    assert (laptop.stage, laptop.case) == (Stage.HANDED_OVER, day.case)
    assert tablet is not None
    assert tablet.hold == "waiting-for-unlock"
    assert tablet.locks == ("google-account",)
    assert len(day.lot) == 2 * DESKTOPS + 1
    heads = [device for code in day.lot if (device := store.device(code)) and device.members]
    assert len(heads) == DESKTOPS
    assert verify(store.engine).sound


def test_each_label_reads_back_as_its_device(day: Result) -> None:
    printed = [symbols(page) for file in day.labels for page in pypdfium2.PdfDocument(file)]

    wanted = [day.laptop, *day.lot]
    assert [symbol["Code128"] for symbol in printed] == wanted
    address = load().programme.tracking_address
    assert [symbol["QRCode"] for symbol in printed] == [address(code) for code in wanted]


def test_the_minutes_say_what_the_store_says(day: Result, store: SqlStore) -> None:
    case, laptop = store.case(day.case), store.device(day.laptop)
    assert case is not None
    assert case.pupil is not None
    assert laptop is not None
    pupil = store.content(case.pupil)
    assert isinstance(pupil, Pupil)

    original, again = (
        " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
        for file in day.minutes
    )

    for text in (original, again):
        flat = " ".join(text.split())
        for said in (grouped(day.laptop), laptop.serial, pupil.name, "Trần Văn Bình"):
            assert said is not None
            assert said in flat, said
    assert "BẢN IN LẠI" not in original
    assert "BẢN IN LẠI" in again


def test_the_service_holds_the_same_ledger_byte_for_byte(
    day: Result, store: SqlStore, tmp_path: Path
) -> None:
    chain = store.standing().chain
    process = ServiceProcess(sqlite_url(day.folder / "central.sqlite"), tmp_path / "log")
    with CentralService(process.address, store) as service:
        kept = list(service.entries(chain))
        while more := service.entries(chain, after=kept[-1].header.seq):
            kept += more
    process.stop()
    engine = open_engine(day.database)
    with engine.connect() as connection:
        rows = connection.execute(log.select().where(log.c.source == "own").order_by(log.c.seq))
        own = [entry_of(row) for row in rows]
    engine.dispose()

    assert kept == own
    state = store.sync_state()
    assert (state.waiting, state.answered) == (0, len(own))


def test_no_typed_word_is_readable_in_the_store_or_at_the_service(day: Result) -> None:
    files = [file for file in day.folder.iterdir() if ".db" in file.name or ".sqlite" in file.name]
    assert len(files) >= 2

    content = b"".join(file.read_bytes() for file in files)

    for typed in ("Nguyễn Thị Hòa", "0912345678", "Trần Văn An", "Vệ sinh quạt", "Hòa Bình"):
        assert typed.encode() not in content, typed


def test_each_step_left_its_picture(day: Result) -> None:
    pictures = sorted((day.folder / "screenshots").glob("*.png"))

    assert len(pictures) >= len(day.steps)
    assert all(picture.stat().st_size > 5_000 for picture in pictures)


def test_what_the_department_published_and_another_point_wrote_came(store: SqlStore) -> None:
    assert [offer.code for offer in store.expected_offers()] == [OFFERED]
    assert sum(case.allotted for case in store.cases(waiting=True)) == 2
    assert [task.rule for task in store.tasks()] == ["device_received_twice"]
