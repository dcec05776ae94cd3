"""Words for what tests measure: their names, endings, reasons and figures."""

from diagnostics.catalogue import check_word
from diagnostics.trial import Ending, Trial
from station.checks import Measurement
from station.words import _, _c


def ending_word(ending: Ending) -> str:
    """How a test ended."""
    return {
        Ending.COMPLETED: _c("test", "measured"),
        Ending.STOPPED: _c("test", "stopped"),
        Ending.TIMED_OUT: _c("test", "not done in time"),
        Ending.NOT_POSSIBLE: _c("test", "not possible here"),
        Ending.FAILED: _c("test", "the test itself failed"),
        Ending.MACHINE_CRASHED: _c("test", "the machine went off during it"),
    }[ending]


def reason_words() -> dict[str, str]:
    """Why a verdict on a test is what it is, and why a test was not possible."""
    return {**_obstacles(), **_faults(), **_doubts()}


def _obstacles() -> dict[str, str]:
    return {
        "adapter_blocked": _("the adapter is blocked or switched off"),
        "disk_empty": _("the disk has no readable size"),
        "log_not_read": _("the error log could not be read"),
        "memory_full": _("too little memory is free to test it"),
        "missing": _("this machine does not offer it"),
        "needs_a_person": _("a person must do this test"),
        "never_startable": _("the test never got its turn"),
        "no_load": _("the test under load was not run, so there was nothing to watch"),
        "no_temperature": _("no thermometer shows a believable temperature"),
        "no_thermometer": _("the machine shows no temperature"),
        "not_begun": _("the test was stopped before it began"),
        "not_permitted": _("closed to this account; run it as administrator"),
        "not_possible": _("the test was not possible here"),
        "on_battery": _("plug in the charger first: this test takes long"),
        "other_system": _("not possible on this operating system yet"),
        "resource_stuck": _("an earlier test never let go of the hardware"),
        "self_test_aborted": _("the self-test was interrupted"),
        "self_test_busy": _("the disk is already testing itself"),
        "self_test_not_begun": _("the disk did not begin its self-test"),
        "self_test_not_offered": _("the disk has no self-test"),
        "timed_out": _("no answer in time"),
        "unreadable": _("the answer could not be read"),
    }


def _faults() -> dict[str, str]:
    return {
        "blocks_slow": _("some places of the disk answer very slowly"),
        "clock_lost": _("the clock lost its date; the CMOS battery is probably empty"),
        "clock_stands_still": _("the clock stands still"),
        "clock_uneven": _("the clock runs unevenly"),
        "clock_wrong": _("the clock is off by more than a day"),
        "cpu_miscomputes": _("the processor calculated wrongly"),
        "cpu_slows": _("the processor becomes slow under load"),
        "cpu_throttled": _("heat slows the processor; it needs cleaning"),
        "cpu_worker_died": _("a calculation broke off under load"),
        "disk_slow": _("the disk reads slowly"),
        "errors_before": _("the machine logged hardware errors before the tests"),
        "errors_corrected": _("the machine corrected hardware errors during the tests"),
        "errors_logged": _("the machine logged hardware errors during the tests"),
        "fan_does_not_answer": _("the fan does not turn faster under load"),
        "hot": _("it becomes hot under load; it needs cleaning"),
        "machine_crashed": _("the machine went off during this test"),
        "memory_errors": _("memory gave back something else than was written"),
        "read_errors": _("places of the disk cannot be read"),
        "self_test_failed": _("the disk's self-test found a fault"),
        "too_hot": _("it becomes too hot under load"),
        "wifi_hears_nothing": _("the adapter hears no network"),
        "wifi_weak": _("the adapter hears networks only weakly"),
    }


def _doubts() -> dict[str, str]:
    return {
        "clock_not_said": _("the processor's clock is not told"),
        "disk_kind_not_said": _("the kind of the disk is not known, so no speed is expected"),
        "fan_not_seen": _("no fan speed is told, and the load was too short to judge without"),
        "memory_little_tested": _("too little of the memory was tested"),
        "no_judge": _("a newer version measured this"),
        "no_reboot_seen": _("the program ended and the system went on; it may have been closed"),
        "not_measured": _("nothing was measured"),
        "read_through_cache": _("the disk was read through the system's cache, which is faster"),
        "signal_not_said": _("the adapter does not tell how strong the signals are"),
        "surface_sample_small": _("too few places of the disk were read"),
        "surface_sampled": _("a sample of the disk was read"),
        "temperature_not_said": _("no temperature was told"),
        "test_failed": _("the test itself failed"),
        "test_stopped": _("the test was stopped"),
        "thermometer_stands_still": _("no thermometer shows the heat of the load"),
        "test_timed_out": _("the test was not done in time"),
    }


def figure_word(measurement: Measurement) -> str | None:
    """One figure with its unit; None for one that only the file keeps."""
    shown = _shown().get(measurement.name)
    if shown is None:
        return None
    value = measurement.value
    if "_tenths_" in measurement.name:
        value = round(value / 10)
    return shown.format(value=value)


def _shown() -> dict[str, str]:
    return {
        "best_2_4_ghz_dbm": _("2.4 GHz {value} dBm"),
        "best_5_ghz_dbm": _("5 GHz {value} dBm"),
        "base_mhz": _("rated {value} MHz"),
        "blocks_of_disk": _("disk {value} MiB"),
        "blocks_tried": _("read {value} MiB"),
        "clock_mhz": _("under load {value} MHz"),
        "critical_tenths_c": _("limit {value} °C"),
        "drift_ms": _("drift {value} ms"),
        "errors": _("errors: {value}"),
        "idle_rpm": _("fan at rest {value} rpm"),
        "idle_tenths_c": _("at rest {value} °C"),
        "kept_percent": _("work kept {value} %"),
        "last_tenths_c": _("last seen {value} °C"),
        "load_s": _("load {value} s"),
        "miscomputes": _("wrong results: {value}"),
        "networks": _("networks: {value}"),
        "patterns_done": _("patterns: {value}"),
        "peak_rpm": _("fan under load {value} rpm"),
        "peak_tenths_c": _("hottest {value} °C"),
        "read_errors": _("read errors: {value}"),
        "read_mb_s": _("{value} MB/s"),
        "rtc_offset_s": _("off by {value} s"),
        "slow_blocks": _("slow places: {value}"),
        "slowest_ms": _("slowest {value} ms"),
        "tested_mib": _("tested {value} MiB"),
        "throttle_events": _("slowed by heat: {value} times"),
        "watched_s": _("watched {value} s"),
        "workers_died": _("broken off: {value}"),
    }


def trial_line(trial: Trial, why: str) -> str:
    """One test: what, how it ended and why, how long it took."""
    name = check_word(trial.check)
    parts = [f"{name} {trial.subject}".strip() + f": {ending_word(trial.ending)}"]
    if why:
        parts.append(why)
    figures = [word for found in trial.measured if (word := figure_word(found))]
    parts.append(_("{seconds} s").format(seconds=round(trial.millis / 1000)))
    return " – ".join([*parts, *figures])
