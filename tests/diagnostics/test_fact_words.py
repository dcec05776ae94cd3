from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.comparison import compare
from diagnostics.comparison_words import change_words
from diagnostics.fact_words import fact_groups, machine_name
from diagnostics.report import Report, decode, encode
from station import words
from station.machine import (
    Board,
    Disk,
    KernelErrors,
    Machine,
    MemoryModule,
    Reading,
    Security,
    System,
    Tablet,
    Temperature,
)
from tests.diagnostics.reports import sections

SLOW = settings(max_examples=40, suppress_health_check=list(HealthCheck))
MACHINES = st.from_type(Machine)


def said(machine: Machine) -> dict[str, list[tuple[str, str]]]:
    """The lines of each group by its section."""
    return {g.section: [(line.name, line.words) for line in g.lines] for g in fact_groups(machine)}


def test_a_group_that_was_read_and_is_empty_says_so_and_an_untried_one_is_not_there() -> None:
    read = Machine(sections=sections("batteries"))
    barred = Machine(sections=sections("batteries", reading=Reading.NOT_PERMITTED))

    assert said(read) == {"batteries": [("", "none seen")]}
    assert said(barred) == {"batteries": [("", "partly closed to this account")]}
    assert said(Machine()) == {}


def test_memory_is_told_as_a_whole_and_by_its_modules() -> None:
    module = MemoryModule(capacity_mib=4096, type="DDR4", speed_mts=2400, slot="DIMM A")
    groups = said(Machine(memory=(module,), memory_slots=2, memory_max_mib=16_384))

    assert groups["memory"] == [
        ("Altogether", "4 GB"),
        ("Slots", "1 of 2 used"),
        ("At most", "16 GB"),
        ("", "4 GB DDR4 · 2400 MT/s · DIMM A"),
    ]


def test_a_disk_tells_its_health_on_a_line_of_its_own() -> None:
    disk = Disk(
        name="sda",
        capacity_bytes=2_000_398_934_016,
        rotational=True,
        smart_passed=False,
        reallocated=24,
        power_on_hours=18_000,
    )

    groups = said(Machine(storage=(disk,)))

    assert groups["storage"] == [
        ("sda", "HDD 2 TB"),
        ("", "its own word: FAILING · 18000 hours on · 24 reallocated sectors"),
    ]


def test_locks_are_said_by_yes_and_no_and_what_nobody_said_is_left_out() -> None:
    security = Security(secure_boot=True, mdm_enrolled=False, tpm_version="")

    assert said(Machine(security=security))["security"] == [
        ("Security chip (TPM)", "none"),
        ("Secure Boot", "yes"),
        ("Managed by a company (MDM)", "no"),
    ]


def test_errors_are_counted_and_their_absence_is_said_once() -> None:
    quiet, loud = KernelErrors(ata=0, nvme=0), KernelErrors(ata=3, nvme=0)

    assert said(Machine(kernel_errors=quiet))["kernel_errors"] == [("Logged errors", "none")]
    assert said(Machine(kernel_errors=loud))["kernel_errors"] == [("SATA errors", "3")]


def test_a_tablet_and_a_thermometer_have_their_lines() -> None:
    machine = Machine(
        tablet=Tablet(android_version="11", accounts=2, storage_bytes=32 * 10**9),
        temperatures=(Temperature(name="coretemp", celsius_tenths=452),),
    )

    groups = said(machine)
    assert ("Signed-in accounts", "2") in groups["tablet"]
    assert groups["temperatures"] == [("coretemp", "45.2 °C")]


def test_figures_have_a_comma_in_vietnamese() -> None:
    machine = Machine(temperatures=(Temperature(name="coretemp", celsius_tenths=452),))

    with words.speaking("vi"):
        assert said(machine)["temperatures"] == [("coretemp", "45,2 °C")]


def test_a_nameless_machine_is_called_by_its_board() -> None:
    board = Board(manufacturer="ACME", model="MB-1")

    assert machine_name(Machine(board=board)) == "ACME MB-1"
    assert machine_name(Machine(system=System(model="Desk"), board=board)) == "Desk"


@SLOW
@given(MACHINES)
def test_any_machine_has_words(machine: Machine) -> None:
    assert all(line.words for group in fact_groups(machine) for line in group.lines)


@SLOW
@given(MACHINES, MACHINES)
def test_any_two_machines_can_be_compared(one: Machine, other: Machine) -> None:
    before, after = (decode(encode(Report(machine, (), "p"))) for machine in (one, other))

    assert all(change_words(change) for change in compare(before, after))
    assert compare(before, before) == ()
