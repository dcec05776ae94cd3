import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measure import budget
from diagnostics.measure.budget import Budget
from diagnostics.measure.catalogue import CATALOGUE
from diagnostics.measure.plan import Conditions, Plan, Powers, plan
from diagnostics.measure.spec import Level
from diagnostics.profile import Profile
from diagnostics.trial import Ending
from station.machine import Disk, Machine, NetworkAdapter
from station.reference import load as load_reference

ROOT = Powers("linux", admin=True, tools=frozenset({"smartctl", "iw"}))
TWO_DISKS = Machine(
    storage=(
        Disk(name="sda", bus="sata", capacity_bytes=500 * 10**9),
        Disk(name="nvme0n1", bus="nvme", capacity_bytes=256 * 10**9),
        Disk(name="sdb", bus="usb", capacity_bytes=16 * 10**9),
        Disk(name="sr0", bus="sata", device_type="optical", removable=True),
    ),
    network=(NetworkAdapter(name="wlp2s0", wireless=True),),
    on_mains=True,
)


def planned(
    machine: Machine = TWO_DISKS,
    profile: Profile = Profile.STANDARD,
    powers: Powers = ROOT,
    settled: tuple[tuple[str, str], ...] = (),
) -> Plan:
    profiles = budget.load()
    conditions = Conditions(profiles.of(profile), powers, profiles.on_battery_at_most_s, settled)
    return plan(machine, CATALOGUE, conditions)


def subjects(made: Plan, check: str) -> list[str]:
    return [step.subject for step in made.steps if step.check == check]


def test_each_internal_disk_gets_its_tests_and_what_is_plugged_in_gets_none() -> None:
    made = planned()

    assert subjects(made, "sto.speed") == ["sda", "nvme0n1"]
    assert subjects(made, "sto.selftest") == ["sda", "nvme0n1"]


def test_a_test_that_needs_root_is_not_possible_for_a_plain_user() -> None:
    plain = Powers("linux", admin=False, tools=ROOT.tools)

    made = planned(powers=plain)

    assert subjects(made, "sto.selftest") == []
    refused = [t for t in made.impossible if t.check == "sto.selftest"]
    assert [(t.subject, t.ending, t.why) for t in refused] == [
        ("sda", Ending.NOT_POSSIBLE, "not_permitted"),
        ("nvme0n1", Ending.NOT_POSSIBLE, "not_permitted"),
    ]


def test_a_missing_tool_is_said_and_an_optional_one_is_not_missed() -> None:
    made = planned(powers=Powers("linux", admin=True, tools=frozenset()))

    assert {t.check for t in made.impossible if t.why == "missing"} == {"sto.selftest", "net.wifi"}
    assert subjects(made, "mem.pattern") == [""]


def test_a_known_tool_tests_the_memory_too() -> None:
    made = planned(powers=Powers("linux", admin=True, tools=frozenset({"stressapptest"})))

    assert subjects(made, "mem.pattern") == ["", "stressapptest"]


def test_windows_gets_what_is_portable() -> None:
    made = planned(powers=Powers("win32", admin=True, tools=frozenset({"smartctl"})))

    checks = {step.check for step in made.steps}
    assert {"sto.speed", "sto.surface", "sto.selftest", "mem.pattern", "cpu.stress"} == checks
    assert {t.why for t in made.impossible} == {"other_system"}


def test_a_long_test_does_not_begin_on_battery() -> None:
    unplugged = msgspec.structs.replace(TWO_DISKS, on_mains=False)

    made = planned(unplugged, Profile.BURN_IN)

    assert "cpu.stress" in {t.check for t in made.impossible if t.why == "on_battery"}
    assert "sto.speed" in {step.check for step in made.steps}


def test_what_a_crash_settled_is_not_run_again() -> None:
    made = planned(settled=(("sto.speed", "sda"), ("cpu.stress", "")))

    assert subjects(made, "sto.speed") == ["nvme0n1"]
    assert subjects(made, "cpu.stress") == []


def test_heat_is_not_watched_without_a_load() -> None:
    made = planned(settled=(("cpu.stress", ""),))

    (refused,) = [trial for trial in made.impossible if trial.check == "thm.fan"]
    assert (refused.ending, refused.why) == (Ending.NOT_POSSIBLE, "no_load")
    assert subjects(made, "thm.fan") == []


def test_what_needs_a_person_has_its_place_and_is_not_run() -> None:
    made = planned()

    by_person = {spec.check for spec in CATALOGUE if spec.level is not Level.AUTO}
    assert set(made.by_hand) == by_person
    assert {"kbd.matrix", "dsp.pixels"} <= by_person
    assert not by_person & {step.check for step in made.steps}
    assert not by_person & {trial.check for trial in made.impossible}


def test_facts_alone_plan_nothing() -> None:
    assert planned(profile=Profile.FACTS) == Plan()


def test_the_error_log_is_compared_when_all_else_ended() -> None:
    made = planned()

    (last,) = [step for step in made.steps if step.check == "hw.errlog"]
    assert last.after == {step.check for step in made.steps} - {"hw.errlog"}


def test_a_triage_of_one_disk_fits_into_three_minutes() -> None:
    from diagnostics.measure.schedule import remaining_s  # noqa: PLC0415

    one_disk = msgspec.structs.replace(TWO_DISKS, storage=TWO_DISKS.storage[:1])

    assert remaining_s(planned(one_disk, Profile.TRIAGE).steps, {}) <= 170


def test_every_test_of_the_catalogue_and_of_the_profiles_is_a_known_check() -> None:
    known = set(load_reference().tables.checks)
    profiles = budget.load()

    lines = {spec.budget_line for spec in CATALOGUE if spec.level is Level.AUTO}
    assert {spec.check for spec in CATALOGUE} <= known
    for profile in (Profile.TRIAGE, Profile.STANDARD, Profile.BURN_IN):
        assert set(profiles.of(profile)) <= lines


def test_a_limit_that_ends_every_run_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Budget(seconds=10, limit_s=10, idle_s=1)


@settings(max_examples=50)
@given(st.from_type(Machine), st.sampled_from(Profile), st.booleans())
def test_any_machine_gets_each_test_once(machine: Machine, profile: Profile, admin: bool) -> None:
    made = planned(machine, profile, Powers("linux", admin, ROOT.tools))

    keys = [step.key for step in made.steps]
    refused = [(trial.check, trial.subject) for trial in made.impossible]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(refused)
