from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from diagnostics.comparison import AmountChange, Part, PartChange, VerdictChange, compare
from diagnostics.comparison_words import change_words, summary_words
from diagnostics.finding import Finding
from station.checks import Outcome
from station.machine import (
    Battery,
    Board,
    Disk,
    Display,
    MemoryModule,
    NetworkAdapter,
    Reading,
    System,
)
from tests.diagnostics.reports import HDD, MODULE, READ, SSD, WORN, report, sections

SECOND = structs.replace(MODULE, serial_number="M-2", slot="DIMM B")
FRESH = structs.replace(WORN, full_capacity_mwh=48_000)


def said(**after: Any) -> list[str]:
    """What the usual laptop is said to have become."""
    return [change_words(change) for change in compare(report(), report(**after))]


def test_a_report_beside_itself_shows_no_change() -> None:
    assert compare(report(), report()) == ()


def test_a_repair_is_told_as_one_would_tell_a_colleague() -> None:
    repaired = report(storage=(SSD,), memory=(MODULE, SECOND), batteries=(FRESH,))

    told = summary_words(compare(report(), repaired))

    assert told == "RAM: 4 GB → 8 GB, Disk: HDD 500 GB → SSD 256 GB, Battery: holds in %: 41 → 96"


def test_a_module_in_a_free_slot_came() -> None:
    assert said(memory=(MODULE, SECOND)) == [
        "RAM: 4 GB → 8 GB",
        "Memory module: added: 4 GB DDR3 · DIMM B · AC4G",
    ]


def test_disks_are_known_by_their_serial_numbers_not_by_their_places() -> None:
    before = report(storage=(HDD, structs.replace(SSD, name="sdb")))
    after = report(storage=(SSD, structs.replace(HDD, name="sdb")))

    assert compare(before, after) == ()


def test_the_same_disk_with_more_reallocated_sectors_is_named() -> None:
    worse = structs.replace(HDD, reallocated=24, smart_passed=False)

    assert said(storage=(worse,)) == ["Disk HDD-1: reallocated sectors: 0 → 24"]


def test_a_disk_whose_mark_one_report_could_not_read_is_the_same() -> None:
    assert said(storage=(structs.replace(HDD, serial_number=None),)) == []


def test_a_disk_that_was_taken_out_is_gone_where_the_disks_were_read() -> None:
    assert said(storage=()) == ["Disk: taken out: HDD 500 GB"]


@pytest.mark.parametrize("reading", [r for r in Reading if r is not Reading.OK])
def test_what_one_report_did_not_read_was_not_taken_out(reading: Reading) -> None:
    unread: dict[str, object] = dict.fromkeys(("storage", "batteries", "network", "cpus"), ())

    assert said(**unread, memory=(), sections=sections(*READ, reading=reading)) == []


def test_memory_that_only_the_system_sees_is_not_held_against_fitted_memory() -> None:
    assert said(memory=(), mem_total_kib=3_800_000) == []


@pytest.mark.parametrize(("kib", "count"), [(3_933_888, 0), (3_800_000, 0), (8_000_000, 1)])
def test_what_a_system_keeps_for_itself_is_no_change_of_memory(kib: int, count: int) -> None:
    before = report(memory=(), mem_total_kib=3_900_000)

    assert len(compare(before, report(memory=(), mem_total_kib=kib))) == count


def test_a_stick_that_hangs_on_the_machine_is_no_part_of_it() -> None:
    stick = Disk(name="sdb", serial_number="USB-1", bus="usb", capacity_bytes=16 * 10**9)

    assert said(storage=(HDD, stick)) == []


def test_a_screen_at_a_cable_is_no_part_of_a_laptop_but_its_own_is() -> None:
    panel = Display(connector="eDP-1", manufacturer_id="ACM", product_code=1, model="PANEL")
    at_a_cable = Display(connector="HDMI-A-1", manufacturer_id="ACM", product_code=2)
    other = structs.replace(panel, product_code=3, model="OTHER")

    assert said(displays=(at_a_cable,)) == []
    (change,) = compare(report(displays=(panel,)), report(displays=(at_a_cable, other)))
    assert change == PartChange(Part.DISPLAY, panel, other)


def test_a_swapped_board_is_noticed_and_so_is_another_machine() -> None:
    board = Board(manufacturer="ACME", model="NB14-MB", serial_number="MB-0002")

    assert said(board=board) == ["Mainboard: ACME NB14-MB MB-0001 → ACME NB14-MB MB-0002"]
    assert said(system=System(serial_number="AC-0002")) == ["S/N of the machine: AC-0001 → AC-0002"]


def test_another_pack_that_looks_alike_is_another_pack() -> None:
    one = Battery(name="BAT0", serial_number="1", design_capacity_mwh=50, full_capacity_mwh=40)
    other = structs.replace(one, serial_number="2")

    (change,) = compare(report(batteries=(one,)), report(batteries=(other,)))

    assert change_words(change) == "Battery: holds 80 % 1 → holds 80 % 2"


def test_verdicts_are_compared_by_check_and_subject() -> None:
    bad = Finding("sto.smart", Outcome.FAIL, ("disk_small",), subject="sda")
    good = Finding("sto.smart", Outcome.PASS, subject="sda")
    new = Finding("sto.smart", Outcome.PASS, subject="sdb")

    changes = compare(report(bad), report(good, new))

    assert changes == (VerdictChange(bad, good), VerdictChange(None, new))
    assert [change_words(change) for change in changes] == [
        "Disk health (sda): failed (the disk is small) → passed",
        "Disk health (sdb): not tested → passed",
    ]


def test_of_several_verdicts_on_one_thing_the_worst_is_compared() -> None:
    dead = Finding("bat.health", Outcome.FAIL, ("battery_dangerous",))
    unread = Finding("bat.health", Outcome.UNKNOWN, ("reading_timed_out",))
    good = Finding("bat.health", Outcome.PASS)

    assert compare(report(good), report(dead, unread)) == (VerdictChange(good, dead),)


def test_an_adapter_whose_address_one_report_could_not_read_is_the_same() -> None:
    unread = NetworkAdapter(name="Wi-Fi", wireless=True)

    assert said(network=(unread,)) == []


def test_memory_of_which_one_module_is_not_told_is_compared_as_the_systems_see_it() -> None:
    before = report(memory=(MODULE, SECOND), mem_total_kib=7_900_000)
    untold = structs.replace(SECOND, capacity_mib=None)

    changes = compare(before, report(memory=(MODULE, untold), mem_total_kib=7_900_000))

    assert not [change for change in changes if isinstance(change, AmountChange)]


MODULES = st.lists(
    st.builds(
        MemoryModule,
        capacity_mib=st.sampled_from((None, 4096)),
        serial_number=st.sampled_from((None, "1", "2")),
        slot=st.sampled_from((None, "A", "B")),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@given(MODULES, MODULES)
def test_no_part_is_counted_twice_or_lost(
    before: tuple[MemoryModule, ...], after: tuple[MemoryModule, ...]
) -> None:
    changes = compare(report(memory=before), report(memory=after))

    parts = [c for c in changes if isinstance(c, PartChange) and c.part is Part.MODULE]
    gone = sum(change.after is None for change in parts)
    come = sum(change.before is None for change in parts)
    assert len(before) - gone == len(after) - come
    assert compare(report(memory=before), report(memory=before)) == ()
