"""What lies on the counter outlives a power cut, and nothing of it is received twice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from station.intake import NewDevice
from station.people import Donor
from station.ports import DeviceFilter
from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON
from tests.ui.desks import desk_at
from ui.intake.draft import COUNTER_FORM, CounterDraft
from ui.intake.page import IntakePage
from ui.intake.print_habits import PrintHabits
from ui.intake.words import draft_words
from ui.settings import Settings

HOA = Donor("Nguyễn Thị Hòa", phone="0912 345 678", may_process=True)
DRAFT = CounterDraft(
    at=NOON.at,
    donor=HOA,
    paper_day=date(2021, 10, 8),
    devices=(NewDevice(kind="desktop"), NewDevice(kind="monitor", belongs_to=0)),
    current=NewDevice(kind="laptop", serial="8XK2F32", secrets=(("bios", "mật khẩu"),)),
)


def a_page(qtbot: QtBot, store: SqlStore, folder: Path) -> Iterator[IntakePage]:
    """The page as one start of the app has it; a power cut ends it without a word."""
    with desk_at(store, CLERK) as desk:
        page = IntakePage(desk, PrintHabits(desk, folder / "settings.json", Settings()))
        qtbot.addWidget(page)
        yield page


def test_the_counter_is_found_as_the_power_cut_left_it(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    for page in a_page(qtbot, store, tmp_path):
        page.donor.fill(HOA)
        page.counter.form.kind.choose("laptop")
        page.counter.form.serial.take_scan("AAA0001")
        page.counter.another_like_this()
        page.counter.form.serial.take_scan("AAA0002")
        qtbot.waitUntil(
            lambda: (found := COUNTER_FORM.found(store)) is not None and found.count == 2
        )

    for page in a_page(qtbot, store, tmp_path):
        qtbot.waitUntil(lambda: page.counter.count == 2)  # noqa: B023
        assert page.donor.donor == HOA
        assert [device.serial for device in page.counter.lot.devices] == ["AAA0001"]
        assert page.counter.form.serial.serial == "AAA0002"
        page.commit()
        qtbot.waitUntil(lambda: store.count_devices(DeviceFilter()) == 2)

    assert store.draft(COUNTER_FORM.place()) is None


def test_nothing_is_offered_again_once_it_was_received(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    store.keep_draft(COUNTER_FORM.place(), COUNTER_FORM.encode(DRAFT))
    for page in a_page(qtbot, store, tmp_path):
        qtbot.waitUntil(lambda: page.counter.count == 3)  # noqa: B023
        page.commit()
        qtbot.waitUntil(lambda: store.count_devices(DeviceFilter()) == 3)

    for page in a_page(qtbot, store, tmp_path):
        qtbot.wait(100)
        assert page.unfinished() == ""


def test_a_found_counter_can_be_cleared_and_that_undone(
    qtbot: QtBot, store: SqlStore, tmp_path: Path
) -> None:
    store.keep_draft(COUNTER_FORM.place(), COUNTER_FORM.encode(DRAFT))
    for page in a_page(qtbot, store, tmp_path):
        qtbot.waitUntil(lambda: page.counter.count == 3)  # noqa: B023

        with qtbot.waitSignal(page.undoable) as told:
            page._found.throw.click()

        qtbot.waitUntil(lambda: store.draft(COUNTER_FORM.place()) is None)
        told.args[1]()
        assert page.counter.count == 3


def test_a_draft_is_read_as_it_was_written() -> None:
    assert COUNTER_FORM.decode(COUNTER_FORM.encode(DRAFT)) == DRAFT


@settings(max_examples=80)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_or_newer_draft_never_stops_a_start(noise: bytes, at: int, byte: int) -> None:
    whole = bytearray(COUNTER_FORM.encode(DRAFT))
    whole[at % len(whole)] = byte

    for data in (noise, bytes(whole), bytes(whole[:at])):
        draft = COUNTER_FORM.decode(data)
        assert draft is None or draft.count <= len(draft.devices) + 1


def test_a_letter_pasted_as_a_name_is_told_on_one_short_line() -> None:
    pasted = CounterDraft(at=NOON.at, donor=Donor(name="Nguyễn\tVăn\nA dài " * 700))

    told = draft_words(pasted, NOON)

    assert "Nguyễn Văn A dài Nguyễn" in told
    assert len(told) < 140
    assert "\n" not in told
