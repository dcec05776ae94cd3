from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from diagnostics import fit_words
from diagnostics.finding import Finding
from diagnostics.judge.fitness import Advice, Fit, Fitness, fitness
from diagnostics.judge.machine import judge
from station.checks import Outcome
from station.machine import (
    Bios,
    Camera,
    Disk,
    Display,
    Machine,
    MemoryModule,
    NetworkAdapter,
    PciDevice,
    Reading,
    Security,
    SoundCard,
    Tablet,
)
from station.reference import Table, load
from tests.diagnostics.judge.judged import GB, RULES, closed, i5, machine, modern

SSD = Disk(
    name="sda",
    capacity_bytes=256 * GB,
    rotational=False,
    removable=False,
    bus="sata",
    interface="SATA",
    smart=Reading.OK,
    smart_passed=True,
    reallocated=0,
    reported_uncorrectable=0,
    pending=0,
    uncorrectable=0,
    wear_left_percent=95,
    power_on_hours=900,
)
HDD = structs.replace(
    SSD, capacity_bytes=500 * GB, rotational=True, wear_left_percent=None, spin_retries=0
)
WIFI = NetworkAdapter(name="wlp2s0", wireless=True)


def laptop(**facts: Any) -> Machine:
    """A whole laptop of 2018 with 8 GB."""
    said = {
        "memory": (MemoryModule(capacity_mib=8192, form_factor="SODIMM"),),
        "memory_slots": 2,
        "storage": (SSD,),
        "network": (WIFI,),
        "cameras": (Camera(name="Webcam"),),
        "sound_cards": (SoundCard(name="HDA", playback=True, capture=True),),
        "displays": (Display(connector="eDP-1", width_px=1920, height_px=1080),),
    }
    return machine(**modern(**{**said, **facts}))


def judged(facts: Machine, *findings: Finding) -> Fitness:
    return fitness(facts, (*judge(facts, (), RULES), *findings), RULES)


def level(id_: str, fit: Fitness) -> Fit:
    return next(level for level in fit.levels if level.id == id_)


def system(id_: str, fit: Fitness) -> Fit:
    return next(system for system in fit.systems if system.id == id_)


def test_a_whole_laptop_fits_every_level_and_system_and_needs_nothing() -> None:
    fit = judged(laptop())

    assert {level.outcome for level in fit.levels} == {Outcome.PASS}
    assert {system.outcome for system in fit.systems} == {Outcome.PASS}
    assert fit.advice == ()


def test_little_memory_fits_pupils_of_the_first_levels_and_is_to_be_added() -> None:
    fit = judged(laptop(memory=(MemoryModule(capacity_mib=2048, form_factor="SODIMM"),)))

    assert level("primary", fit).outcome is Outcome.WARN
    assert level("primary", fit).reasons == ("memory_tight",)
    assert level("upper-secondary", fit) == Fit("upper-secondary", Outcome.FAIL, ("memory_small",))
    assert system("windows-11", fit).outcome is Outcome.FAIL
    assert system("xubuntu", fit).outcome is Outcome.PASS
    assert fit.advice == (Advice("add_memory", 2),)


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        ({"memory_slots": 1}, Advice("replace_memory", 4)),
        ({"memory_slots": 2}, Advice("add_memory", 2)),
        ({"memory_slots": None}, Advice("add_memory", 2)),
        ({"memory_max_mib": 2048}, Advice("memory_cannot_grow")),
        (
            {
                "memory_slots": 1,
                "memory": (MemoryModule(capacity_mib=2048, form_factor="Row Of Chips"),),
            },
            Advice("memory_cannot_grow"),
        ),
    ],
)
def test_memory_is_added_replaced_or_cannot_grow(facts: dict[str, Any], advice: Advice) -> None:
    small = {"memory": (MemoryModule(capacity_mib=2048, form_factor="SODIMM"),)}

    fit = judged(laptop(**{**small, **facts}))

    assert fit.advice == (advice,)


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        ({"cameras": ()}, "add_webcam"),
        ({"sound_cards": (SoundCard(name="HDA", capture=False),)}, "add_headset"),
        ({"network": (NetworkAdapter(name="eth0", wireless=False),)}, "add_wifi"),
        ({"storage": (HDD,)}, "ssd_instead_of_hdd"),
        ({"storage": ()}, "put_in_ssd"),
    ],
)
def test_what_is_missing_is_advised(facts: dict[str, Any], advice: str) -> None:
    fit = judged(laptop(**facts))

    assert [said.what for said in fit.advice] == [advice]


def test_a_missing_camera_is_a_remark_and_a_missing_disk_is_not() -> None:
    assert level("primary", judged(laptop(cameras=()))).outcome is Outcome.WARN
    assert level("primary", judged(laptop(storage=()))).outcome is Outcome.FAIL


def test_a_failing_disk_spoils_lessons_and_is_to_be_replaced() -> None:
    fit = judged(laptop(), Finding("sto.smart", Outcome.FAIL, ("pending_sectors",), subject="sda"))

    assert level("primary", fit) == Fit("primary", Outcome.FAIL, ("disk_failing",))
    assert Advice("replace_disk") in fit.advice


@pytest.mark.parametrize(
    ("check", "reason", "spoiled"),
    [
        ("sto.surface", "read_errors", "disk_failing"),
        ("sto.selftest", "self_test_failed", "disk_failing"),
        ("mem.pattern", "memory_errors", "memory_faulty"),
        ("cpu.stress", "cpu_miscomputes", "processor_faulty"),
        ("cpu.stress", "cpu_slows", "processor_slow"),
        ("thm.fan", "machine_crashed", "machine_goes_off"),
        ("bat.health", "battery_dangerous", "battery_dangerous"),
    ],
)
def test_a_fault_that_a_test_found_spoils_lessons(check: str, reason: str, spoiled: str) -> None:
    twice = [Finding(check, Outcome.FAIL, (reason,), subject=part) for part in ("1", "2")]

    assert level("primary", judged(laptop(), *twice)) == Fit("primary", Outcome.FAIL, (spoiled,))


@pytest.mark.parametrize(
    ("check", "reason", "advice"),
    [
        ("bat.health", "battery_replace", (Advice("replace_battery"),)),
        ("bat.health", "battery_use_with_charger", ()),
        ("bat.health", "battery_dangerous", ()),  # first of all it is taken out
        ("sys.rtc", "clock_lost", (Advice("replace_cmos_battery"),)),
        ("sys.rtc", "machine_crashed", ()),
    ],
)
def test_a_new_battery_is_advised_where_one_helps(
    check: str, reason: str, advice: tuple[Advice, ...]
) -> None:
    assert judged(laptop(), Finding(check, Outcome.FAIL, (reason,))).advice == advice


def test_what_a_newer_version_says_of_fitness_goes_by_its_code() -> None:
    assert fit_words.fit_reason_word("too_loud") == "too_loud"
    assert fit_words.fit_reason_word("noise_not_said") == "noise_not_said"
    assert fit_words.advice_word(Advice("add_dock")) == "add_dock"
    assert fit_words.fit_line("Linux", Fit("linux", Outcome.FAIL, ("too_loud",))).endswith(
        "(too_loud)"
    )


def test_a_locked_machine_fits_nobody() -> None:
    facts = laptop(security=Security(tpm_version="2.0", mdm_enrolled=True))

    assert level("primary", judged(facts)).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"cpus": (i5("Intel(R) Core(TM) i5-4300U CPU @ 1.90GHz"),)}, "processor_not_listed"),
        ({"security": Security(tpm_version="1.2")}, "tpm_missing"),
        ({"security": Security(tpm_version="")}, "tpm_missing"),
        ({"bios": Bios(uefi=False)}, "uefi_off"),
        ({"cpus": (i5(bits=32),)}, "bits_few"),
        (
            {"storage": (Disk(name="mmcblk0", capacity_bytes=31 * GB, removable=False),)},
            "disk_small",
        ),
    ],
)
def test_windows_11_refuses_and_says_why(facts: dict[str, Any], reason: str) -> None:
    fit = system("windows-11", judged(laptop(**facts)))

    assert (fit.outcome, fit.reasons) == (Outcome.FAIL, (reason,))


def test_what_windows_11_asks_and_nobody_said_is_unknown() -> None:
    fit = system("windows-11", judged(laptop(security=Security(), bios=Bios())))

    assert (fit.outcome, fit.reasons) == (
        Outcome.UNKNOWN,
        ("tpm_missing_not_said", "uefi_off_not_said"),
    )


def test_an_old_laptop_runs_light_linux_and_chromeos_flex_but_no_windows_11() -> None:
    old = laptop(
        cpus=(i5("Intel(R) Core(TM) i3-3110M CPU @ 2.40GHz", cores=2, threads=4, speed_mhz=2400),),
        memory=(MemoryModule(capacity_mib=4096, form_factor="SODIMM"),),
        storage=(HDD,),
        security=Security(),
        bios=Bios(uefi=False),
    )

    fit = judged(old)

    outcomes = {system.id: system.outcome for system in fit.systems}
    assert outcomes["windows-11"] is Outcome.FAIL
    assert outcomes["xubuntu"] is outcomes["chromeos-flex"] is Outcome.PASS
    assert level("primary", fit).outcome is Outcome.PASS
    assert fit.advice == (Advice("ssd_instead_of_hdd"),)


def test_a_netbook_of_2010_is_too_weak_whatever_it_counts() -> None:
    netbook = laptop(cpus=(i5("Intel(R) Atom(TM) CPU N455 @ 1.66GHz", cores=2, speed_mhz=1660),))

    assert "processor_weak" in level("primary", judged(netbook)).reasons


def test_a_part_that_nobody_could_read_is_not_to_be_bought() -> None:
    unread = closed(machine(cpus=(i5(),)), Reading.MISSING)

    fit = judged(unread)

    assert fit.advice == ()
    assert level("primary", fit).outcome is Outcome.UNKNOWN


def test_a_card_that_does_not_say_whether_it_records_is_no_missing_microphone() -> None:
    fit = judged(laptop(sound_cards=(SoundCard(name="HDA"),)))

    assert fit.advice == ()
    assert level("primary", fit).outcome is Outcome.PASS


def test_a_wifi_card_without_its_driver_is_not_to_be_bought_again() -> None:
    wired = NetworkAdapter(name="eth0", wireless=False)

    fit = judged(laptop(network=(wired,), pci=(PciDevice(class_code="0280", name="ACME Wi-Fi"),)))

    assert fit.advice == ()


def test_a_disk_that_tells_nothing_of_its_health_leaves_lessons_open() -> None:
    silent = structs.replace(SSD, smart=Reading.MISSING)

    fit = level("primary", judged(laptop(storage=(silent,))))

    assert (fit.outcome, fit.reasons) == (Outcome.UNKNOWN, ("disk_health_not_said",))


def test_a_tablet_is_judged_by_its_own_checks() -> None:
    assert judged(laptop(tablet=Tablet())) == Fitness()


def test_levels_and_systems_of_the_policy_are_those_of_the_reference_data() -> None:
    reference = load()

    for id_ in RULES.lessons:
        assert reference.word(Table.LEVELS, id_)
    for id_ in RULES.systems:
        assert reference.system(id_).word()


@given(st.from_type(Machine))
def test_every_fit_and_advice_has_its_words(facts: Machine) -> None:
    fit = judged(facts)

    for each in (*fit.levels, *fit.systems):
        assert fit_words.fit_line("x", each)
    for advice in fit.advice:
        assert fit_words.advice_word(advice)
