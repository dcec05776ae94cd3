"""The verdicts on what tests measured."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.finding import Finding, overall
from diagnostics.judge import policy
from diagnostics.judge.machine import judge
from diagnostics.judge.trials import judge_trials
from diagnostics.measure.catalogue import CATALOGUE
from diagnostics.measure.spec import Level
from diagnostics.trial import Ending, Trial
from station.checks import Measurement, Outcome
from station.machine import Bios, Clock, Disk, KernelErrors, Machine, NetworkAdapter

RULES = policy.load()
MIB = 1024
EIGHT_GB = Machine(mem_total_kib=8000 * MIB)
AUTOMATIC = sorted({spec.check for spec in CATALOGUE if spec.level is Level.AUTO})


Figures = Mapping[str, int]
NONE: Figures = {}


def trial(
    check: str,
    figures: Figures = NONE,
    *,
    ending: Ending = Ending.COMPLETED,
    why: str = "",
    subject: str = "",
) -> Trial:
    found = tuple(Measurement(name, value) for name, value in figures.items())
    return Trial(check, ending, why, subject, found)


def verdict(tried: Trial, machine: Machine = EIGHT_GB) -> Finding:
    """Of this test, beside one that loaded the machine."""
    _, found = judge_trials(machine, [LOADED, tried], RULES)
    assert (found.check, found.subject) == (tried.check, tried.subject)
    return found


LOADED = trial("cpu.stress", {"miscomputes": 0, "workers_died": 0, "kept_percent": 99})


def told(found: Finding) -> tuple[Outcome, tuple[str, ...]]:
    return found.outcome, found.reasons


HDD = Disk(name="sda", bus="sata", rotational=True)
SSD = Disk(name="sda", bus="sata", rotational=False)
NVME = Disk(name="sda", bus="nvme")
EMMC = Disk(name="sda", bus="mmc")
VIRTUAL = Disk(name="sda", bus="virtio", rotational=True)
SLOW = ("disk_slow",)


@pytest.mark.parametrize(
    ("disk", "speed", "expected"),
    [
        (HDD, 80, (Outcome.PASS, ())),
        (HDD, 79, (Outcome.WARN, SLOW)),
        (HDD, 40, (Outcome.WARN, SLOW)),
        (HDD, 39, (Outcome.FAIL, SLOW)),
        (SSD, 200, (Outcome.PASS, ())),
        (SSD, 199, (Outcome.WARN, SLOW)),
        (NVME, 99, (Outcome.FAIL, SLOW)),
        (EMMC, 15, (Outcome.PASS, ())),
        (EMMC, 7, (Outcome.FAIL, SLOW)),
        (VIRTUAL, 5000, (Outcome.UNKNOWN, ("disk_kind_not_said",))),
        (
            msgspec.structs.replace(SSD, rotational=None),
            500,
            (Outcome.UNKNOWN, ("disk_kind_not_said",)),
        ),
    ],
)
def test_a_disk_is_as_fast_as_its_kind(
    disk: Disk, speed: int, expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    tried = trial("sto.speed", {"read_mb_s": speed, "read_errors": 0}, subject="sda")

    assert told(verdict(tried, Machine(storage=(disk,)))) == expected


@pytest.mark.parametrize(
    ("speed", "past_cache", "expected"),
    [
        (5000, 0, (Outcome.UNKNOWN, ("read_through_cache",))),
        (5000, 1, (Outcome.PASS, ())),
        (99, 0, (Outcome.FAIL, SLOW)),
    ],
)
def test_a_speed_that_may_be_the_caches_passes_no_disk(
    speed: int, past_cache: int, expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    seen = {"read_mb_s": speed, "read_errors": 0, "past_cache": past_cache}
    tried = trial("sto.speed", seen, subject="sda")

    assert told(verdict(tried, Machine(storage=(SSD,)))) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"blocks_tried": 5000, "blocks_of_disk": 5000}, (Outcome.PASS, ())),
        ({"blocks_tried": 1000, "blocks_of_disk": 5000}, (Outcome.PASS, ("surface_sampled",))),
        (
            {"blocks_tried": 999, "blocks_of_disk": 5000},
            (Outcome.UNKNOWN, ("surface_sample_small",)),
        ),
        (
            {"blocks_tried": 9, "blocks_of_disk": 5000, "read_errors": 1},
            (Outcome.FAIL, ("read_errors",)),
        ),
        (
            {"blocks_tried": 5000, "blocks_of_disk": 5000, "slow_blocks": 1},
            (Outcome.WARN, ("blocks_slow",)),
        ),
        ({"blocks_tried": 20000, "blocks_of_disk": 20000, "slow_blocks": 2}, (Outcome.PASS, ())),
    ],
)
def test_a_surface_is_judged_by_what_was_read(
    figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    tried = trial("sto.surface", {"read_errors": 0, "slow_blocks": 0, **figures}, subject="sda")

    assert told(verdict(tried)) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"passed": 1}, (Outcome.PASS, ())),
        ({"passed": 0}, (Outcome.FAIL, ("self_test_failed",))),
        ({}, (Outcome.UNKNOWN, ("not_measured",))),
    ],
)
def test_a_drive_is_believed_about_itself(
    figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    assert told(verdict(trial("sto.selftest", figures))) == expected


@pytest.mark.parametrize(
    ("subject", "figures", "expected"),
    [
        ("", {"tested_mib": 2000, "patterns_done": 4, "errors": 0}, (Outcome.PASS, ())),
        (
            "",
            {"tested_mib": 1999, "patterns_done": 4, "errors": 0},
            (Outcome.UNKNOWN, ("memory_little_tested",)),
        ),
        (
            "",
            {"tested_mib": 6000, "patterns_done": 3, "errors": 0},
            (Outcome.UNKNOWN, ("memory_little_tested",)),
        ),
        (
            "",
            {"tested_mib": 10, "patterns_done": 0, "errors": 1},
            (Outcome.FAIL, ("memory_errors",)),
        ),
        ("stressapptest", {"tested_mib": 6000, "errors": 0}, (Outcome.PASS, ())),
        ("stressapptest", {"tested_mib": 6000}, (Outcome.UNKNOWN, ("not_measured",))),
    ],
)
def test_memory_passes_when_enough_was_tested(
    subject: str, figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    assert told(verdict(trial("mem.pattern", figures, subject=subject))) == expected


def test_memory_of_unknown_size_is_not_passed() -> None:
    tried = trial("mem.pattern", {"tested_mib": 6000, "patterns_done": 22, "errors": 0})

    assert told(verdict(tried, Machine())) == (Outcome.UNKNOWN, ("memory_little_tested",))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"clock_mhz": 2040, "base_mhz": 2400}, (Outcome.PASS, ())),
        ({"clock_mhz": 2039, "base_mhz": 2400}, (Outcome.WARN, ("cpu_slows",))),
        ({"clock_mhz": 1679, "base_mhz": 2400}, (Outcome.FAIL, ("cpu_slows",))),
        ({"kept_percent": 85}, (Outcome.PASS, ())),
        ({"kept_percent": 20}, (Outcome.WARN, ("cpu_slows",))),
        ({"clock_mhz": 2040}, (Outcome.UNKNOWN, ("clock_not_said",))),
        ({}, (Outcome.UNKNOWN, ("clock_not_said",))),
        ({"kept_percent": 99, "throttle_events": 1}, (Outcome.WARN, ("cpu_throttled",))),
        ({"kept_percent": 99, "miscomputes": 1}, (Outcome.FAIL, ("cpu_miscomputes",))),
        ({"kept_percent": 99, "workers_died": 1}, (Outcome.FAIL, ("cpu_worker_died",))),
    ],
)
def test_a_processor_calculates_right_and_keeps_its_clock(
    figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    tried = trial("cpu.stress", {"miscomputes": 0, "workers_died": 0, **figures})

    assert told(verdict(tried)) == expected


def warm(peak_c: int, **figures: int) -> Trial:
    return trial("thm.fan", {"idle_tenths_c": 450, "peak_tenths_c": 10 * peak_c, **figures})


TURNS = {"idle_rpm": 2000, "peak_rpm": 2301}
DEAF = {"idle_rpm": 2000, "peak_rpm": 2300}
STUCK = ("thermometer_stands_still",)


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        (warm(89, **TURNS), (Outcome.PASS, ())),
        (warm(90, **TURNS), (Outcome.WARN, ("hot",))),
        (warm(97, **TURNS), (Outcome.FAIL, ("too_hot",))),
        (warm(95, critical_tenths_c=950, **TURNS), (Outcome.FAIL, ("too_hot",))),
        (warm(98, critical_tenths_c=1050, **TURNS), (Outcome.FAIL, ("too_hot",))),
        (warm(74, load_s=120, **DEAF), (Outcome.PASS, ())),
        (warm(74, load_s=45, **DEAF), (Outcome.UNKNOWN, ("fan_does_not_answer",))),
        (warm(27, load_s=300, idle_tenths_c=278), (Outcome.UNKNOWN, STUCK)),
        (warm(47, load_s=300), (Outcome.UNKNOWN, STUCK)),
        (warm(48, load_s=300), (Outcome.PASS, ())),
        (warm(47, load_s=300, **DEAF), (Outcome.UNKNOWN, STUCK)),
        (warm(75, **DEAF), (Outcome.WARN, ("fan_does_not_answer",))),
        (warm(90, **DEAF), (Outcome.FAIL, ("fan_does_not_answer",))),
        (warm(85, idle_rpm=0, peak_rpm=2500), (Outcome.PASS, ())),
        (warm(85, idle_rpm=0, peak_rpm=0), (Outcome.WARN, ("fan_does_not_answer",))),
        (warm(60, load_s=119), (Outcome.UNKNOWN, ("fan_not_seen",))),
        (warm(60, load_s=120), (Outcome.PASS, ())),
        (warm(91, load_s=120), (Outcome.WARN, ("hot",))),
        (trial("thm.fan"), (Outcome.UNKNOWN, ("temperature_not_said",))),
    ],
)
def test_heat_and_fan_are_judged_together(
    tried: Trial, expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    assert told(verdict(tried)) == expected


@pytest.mark.parametrize(
    ("before", "figures", "expected"),
    [
        (KernelErrors(), {"new_ata": 0, "new_disk_io": 0}, (Outcome.PASS, ())),
        (KernelErrors(), {"new_ata": 2, "new_disk_io": 0}, (Outcome.WARN, ("errors_corrected",))),
        (KernelErrors(), {"new_ata": 2, "new_disk_io": 1}, (Outcome.FAIL, ("errors_logged",))),
        (KernelErrors(disk_io=4), {"new_disk_io": 0}, (Outcome.WARN, ("errors_before",))),
        (KernelErrors(), {}, (Outcome.UNKNOWN, ("not_measured",))),
    ],
)
def test_new_errors_weigh_more_than_old_ones(
    before: KernelErrors, figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    found = verdict(trial("hw.errlog", figures), Machine(kernel_errors=before))

    assert told(found) == expected


@pytest.mark.parametrize(
    "beside", [(), (trial("cpu.stress", ending=Ending.STOPPED),), (trial("sys.rtc"),)]
)
def test_a_log_without_errors_shows_nothing_where_nothing_loaded_the_machine(
    beside: tuple[Trial, ...],
) -> None:
    *_, found = judge_trials(EIGHT_GB, [*beside, trial("hw.errlog", {"new_disk_io": 0})], RULES)

    assert told(found) == (Outcome.UNKNOWN, ("no_load",))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"networks": 3, "best_2_4_ghz_dbm": -60}, (Outcome.PASS, ())),
        ({"networks": 3, "best_2_4_ghz_dbm": -80, "best_5_ghz_dbm": -59}, (Outcome.PASS, ())),
        ({"networks": 3, "best_2_4_ghz_dbm": -61}, (Outcome.WARN, ("wifi_weak",))),
        ({"networks": 3, "best_2_4_ghz_dbm": -71}, (Outcome.FAIL, ("wifi_weak",))),
        ({"networks": 0}, (Outcome.FAIL, ("wifi_hears_nothing",))),
        ({"networks": 3}, (Outcome.UNKNOWN, ("signal_not_said",))),
    ],
)
def test_wifi_is_judged_by_the_best_that_is_heard(
    figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    assert told(verdict(trial("net.wifi", figures, subject="wlan0"))) == expected


def test_a_scan_takes_the_place_of_the_bare_facts() -> None:
    machine = Machine(network=(NetworkAdapter(name="wlan0", wireless=True),))
    heard = trial("net.wifi", {"networks": 3, "best_2_4_ghz_dbm": -50}, subject="wlan0")

    found = [f for f in judge(machine, [heard], RULES) if f.check == "net.wifi"]
    alone = [f for f in judge(machine, [], RULES) if f.check == "net.wifi"]

    assert [told(f) for f in found] == [(Outcome.PASS, ())]
    assert [told(f) for f in alone] == [(Outcome.UNKNOWN, ("wifi_not_measured",))]


GOOD_DAY, YEAR_2009 = 1_700_000_000, 1_240_000_000


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            {"rtc_epoch_s": GOOD_DAY, "ticks": 2, "drift_ms": 299, "watched_s": 60},
            (Outcome.PASS, ()),
        ),
        (
            {"rtc_epoch_s": GOOD_DAY, "ticks": 2, "drift_ms": -301, "watched_s": 60},
            (Outcome.WARN, ("clock_uneven",)),
        ),
        ({"rtc_epoch_s": GOOD_DAY, "ticks": 0}, (Outcome.FAIL, ("clock_stands_still",))),
        (
            {"rtc_epoch_s": YEAR_2009, "ticks": 2, "drift_ms": 0, "watched_s": 60},
            (Outcome.FAIL, ("clock_lost",)),
        ),
        ({"rtc_epoch_s": 10**17, "ticks": 2}, (Outcome.FAIL, ("clock_lost",))),
        ({}, (Outcome.UNKNOWN, ("not_measured",))),
    ],
)
def test_a_clock_has_a_believable_date_and_runs(
    figures: dict[str, int], expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    assert told(verdict(trial("sys.rtc", figures))) == expected


DAY = 24 * 60 * 60
RUNS = {"ticks": 2, "drift_ms": 0, "watched_s": 60}
LOST, WRONG = (Outcome.FAIL, ("clock_lost",)), (Outcome.WARN, ("clock_wrong",))


def of_firmware(day: str | None, clock: Clock = Clock()) -> Machine:  # noqa: B008 -- frozen
    return Machine(bios=Bios(date=day), clock=clock)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-11-14", (Outcome.PASS, ())),  # GOOD_DAY is its evening
        ("2023-11-15", (Outcome.PASS, ())),  # in another time zone it is that day already
        ("2023-11-16", LOST),
        ("2024-02-29", LOST),
        ("once", (Outcome.PASS, ())),
        (None, (Outcome.PASS, ())),
    ],
)
def test_no_clock_stands_before_the_day_its_firmware_was_made(
    day: str | None, expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    tried = trial("sys.rtc", {"rtc_epoch_s": GOOD_DAY, **RUNS})

    assert told(verdict(tried, of_firmware(day))) == expected


@pytest.mark.parametrize(
    ("offset_s", "expected"),
    [
        (7 * 3600, (Outcome.PASS, ())),  # local time, as Windows keeps it
        (-14 * 3600, (Outcome.PASS, ())),
        (2 * DAY, WRONG),
        (-2 * DAY, WRONG),
        (900 * DAY, WRONG),  # the system's clock may be the one that is wrong
        (-31 * DAY, LOST),
    ],
)
def test_a_clock_far_from_the_systems_is_told(
    offset_s: int, expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    tried = trial("sys.rtc", {"rtc_epoch_s": GOOD_DAY, "rtc_offset_s": offset_s, **RUNS})
    clock = Clock(system_epoch_s=GOOD_DAY - offset_s, rtc_epoch_s=GOOD_DAY)

    assert told(verdict(tried, of_firmware(None))) == expected
    alone = [told(f) for f in judge(of_firmware(None, clock), [], RULES) if f.check == "sys.rtc"]
    assert alone == ([] if expected[0] is Outcome.PASS else [expected])


@pytest.mark.parametrize("ending", [Ending.COMPLETED, Ending.STOPPED, Ending.NOT_POSSIBLE])
def test_one_clock_has_one_finding_and_a_fault_of_the_facts_stays_one(ending: Ending) -> None:
    machine = of_firmware("2024-02-29", Clock(GOOD_DAY, GOOD_DAY))
    tried = trial("sys.rtc", {}, ending=ending, why="other_system")

    for trials in ([], [tried]):
        found = [f for f in judge(machine, trials, RULES) if f.check == "sys.rtc"]
        assert [told(f) for f in found] == [LOST]


@pytest.mark.parametrize("check", AUTOMATIC)
@pytest.mark.parametrize(
    ("ending", "why", "expected"),
    [
        (Ending.STOPPED, "", (Outcome.UNKNOWN, ("test_stopped",))),
        (Ending.TIMED_OUT, "", (Outcome.UNKNOWN, ("test_timed_out",))),
        (Ending.FAILED, "test_broke", (Outcome.UNKNOWN, ("test_failed",))),
        (Ending.NOT_POSSIBLE, "missing", (Outcome.UNKNOWN, ("missing",))),
        (Ending.MACHINE_CRASHED, "", (Outcome.FAIL, ("machine_crashed",))),
        (
            Ending.MACHINE_CRASHED,
            "no_reboot_seen",
            (Outcome.UNKNOWN, ("no_reboot_seen",)),
        ),
    ],
)
def test_a_test_without_its_end_says_why(
    check: str, ending: Ending, why: str, expected: tuple[Outcome, tuple[str, ...]]
) -> None:
    assert told(verdict(trial(check, ending=ending, why=why))) == expected


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("sto.speed", "read_errors"),
        ("sto.surface", "read_errors"),
        ("mem.pattern", "errors"),
        ("cpu.stress", "miscomputes"),
        ("hw.errlog", "new_machine_checks_uncorrected"),
    ],
)
@pytest.mark.parametrize("ending", [Ending.STOPPED, Ending.TIMED_OUT, Ending.FAILED])
def test_a_fault_that_was_seen_stays_a_fault_however_the_test_ended(
    check: str, fault: str, ending: Ending
) -> None:
    assert verdict(trial(check, {fault: 1}, ending=ending)).outcome is Outcome.FAIL


def test_a_test_that_was_not_run_has_no_finding() -> None:
    assert judge_trials(EIGHT_GB, [], RULES) == ()


def test_the_worst_of_several_disks_is_the_checks_result() -> None:
    machine = Machine(storage=(HDD, msgspec.structs.replace(HDD, name="sdb")))
    tried = [
        trial("sto.speed", {"read_mb_s": 120, "read_errors": 0}, subject="sda"),
        trial("sto.speed", {"read_mb_s": 20, "read_errors": 0}, subject="sdb"),
    ]

    (result,) = overall(judge_trials(machine, tried, RULES))

    assert (result.outcome, result.reason) == (Outcome.FAIL, "disk_slow")


@given(st.builds(Trial, check=st.sampled_from(AUTOMATIC), why=st.just(""), subject=st.text()))
def test_no_trial_without_figures_ever_passes(tried: Trial) -> None:
    bare = msgspec.structs.replace(tried, measured=())

    assert verdict(bare).outcome in (Outcome.UNKNOWN, Outcome.FAIL)


NAMES = st.sampled_from(
    ["passed", "errors", "tested_mib", "patterns_done", "read_mb_s", "blocks_tried", "rtc_epoch_s",
     "clock_mhz", "base_mhz", "peak_tenths_c", "idle_rpm", "peak_rpm", "ticks", "watched_s"]
)  # fmt: skip


@given(
    st.sampled_from([*AUTOMATIC, "of.later"]),
    st.sampled_from([ending for ending in Ending if ending is not Ending.COMPLETED]),
    st.dictionaries(NAMES, st.integers(-(2**63), 2**63 - 1)),
)
def test_whatever_was_measured_only_a_completed_test_passes(
    check: str, ending: Ending, figures: dict[str, int]
) -> None:
    found = verdict(trial(check, figures, ending=ending))

    assert found.outcome in (Outcome.UNKNOWN, Outcome.FAIL)


NEEDED = {  # what must have been measured before anything is called well
    "sto.speed": ("read_mb_s", "read_errors"),
    "sto.surface": ("blocks_tried", "read_errors", "slow_blocks"),
    "sto.selftest": ("passed",),
    "mem.pattern": ("tested_mib", "errors"),
    "net.wifi": ("best_2_4_ghz_dbm",),
    "cpu.stress": ("miscomputes", "workers_died", "kept_percent"),
    "thm.fan": ("idle_tenths_c", "peak_tenths_c", "load_s"),
    "hw.errlog": ("new_disk_io",),
    "sys.rtc": ("rtc_epoch_s", "ticks", "drift_ms", "watched_s"),
}
WELL = {
    "read_mb_s": 5000, "blocks_tried": 5000, "blocks_of_disk": 5000, "passed": 1,
    "tested_mib": 7000, "patterns_done": 22, "networks": 3, "best_2_4_ghz_dbm": -40,
    "kept_percent": 99, "idle_tenths_c": 400, "peak_tenths_c": 600, "load_s": 300,
    "rtc_epoch_s": GOOD_DAY, "ticks": 2, "watched_s": 600,
}  # fmt: skip


@pytest.mark.parametrize(
    ("check", "missing"), [(check, name) for check in NEEDED for name in NEEDED[check]]
)
def test_nothing_passes_without_each_figure_that_would_show_a_fault(
    check: str, missing: str
) -> None:
    machine = Machine(mem_total_kib=8000 * MIB, storage=(SSD,))
    whole = {name: WELL.get(name, 0) for name in (*NEEDED[check], "blocks_of_disk")}
    whole |= {"patterns_done": 22} if check == "mem.pattern" else {}
    subject = "sda" if check.startswith("sto.") else ""
    less = {name: value for name, value in whole.items() if name != missing}
    less = {} if check == "hw.errlog" else less

    assert verdict(trial(check, whole, subject=subject), machine).outcome is Outcome.PASS
    assert verdict(trial(check, less, subject=subject), machine).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("check", "figures"),
    [
        ("sto.surface", {"blocks_tried": 0, "blocks_of_disk": 0, "slow_blocks": 0}),
        ("sto.selftest", {"passed": -1}),
        ("mem.pattern", {"tested_mib": 0, "patterns_done": 22, "errors": 0}),
        ("net.wifi", {"networks": 3, "best_5_ghz_dbm": 0}),
    ],
)
def test_figures_that_cannot_be_do_not_pass(check: str, figures: dict[str, int]) -> None:
    tried = trial(check, {"read_errors": 0, **figures})

    assert verdict(tried).outcome is Outcome.UNKNOWN
