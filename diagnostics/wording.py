"""A diagnosis in words: what a technician reads in a terminal."""

from collections.abc import Iterator

from diagnostics import trial_words
from diagnostics.disk_words import disk_figure, disk_reasons
from diagnostics.report import Report
from diagnostics.trial import Trial
from station.checks import CheckResult, Measurement, Outcome
from station.machine import (
    Battery,
    Cpu,
    Disk,
    Display,
    Machine,
    NetworkAdapter,
    Reading,
    Section,
    whole_gb,
)
from station.words import _, _c


def summary(report: Report) -> str:
    """The facts, how they were read, and the verdicts, one line each."""
    lines = [
        *_facts(report.machine),
        "",
        _("How it was read"),
        *(f"  {section_line(section)}" for section in report.machine.sections),
        *_trials(report.trials),
        "",
        _("Verdicts by policy {policy}").format(policy=report.policy),
        *(f"  {result_line(result)}" for result in report.results),
        _("All other checks are not done yet: untested is not passed."),
    ]
    return "\n".join(lines)


def _trials(trials: tuple[Trial, ...]) -> Iterator[str]:
    if trials:
        yield ""
        yield _("What was tested")
    for trial in trials:
        yield f"  {trial_words.trial_line(trial, reason_word(trial.why))}"


def section_line(section: Section) -> str:
    """How one section was read, from where and how long that took."""
    how = f"{section.source or '–'}, {section.millis} ms"
    return f"{section_word(section.name)}: {reading_word(section.reading)} ({how})"


def result_line(result: CheckResult) -> str:
    """One verdict with its reason and figures."""
    parts = [f"{check_word(result.check)}: {outcome_word(result.outcome)}"]
    if result.reason:
        parts.append(reason_word(result.reason))
    parts += [_figure(measurement) for measurement in result.measured]
    return " – ".join(parts)


def _facts(machine: Machine) -> Iterator[str]:
    system = machine.system
    yield _line(section_word("system"), _joined(system.manufacturer, system.model, system.version))
    yield _line(_("Serial number (S/N)"), _joined(system.serial_number))
    yield _line(_("Mainboard"), _joined(machine.board.manufacturer, machine.board.model))
    yield _lines_of("cpus", [_cpu(cpu) for cpu in machine.cpus])
    total = machine.memory_mib
    yield _line(section_word("memory"), "" if total is None else f"{total} MiB")
    yield _lines_of("storage", [_disk(disk) for disk in machine.storage])
    yield _lines_of("batteries", [_battery(battery) for battery in machine.batteries])
    yield _lines_of("displays", [_display(display) for display in machine.displays])
    yield _lines_of("network", [_adapter(adapter) for adapter in machine.network])


def _line(title: str, words: str) -> str:
    return f"{title}: {words or '–'}"


def _lines_of(section: str, items: list[str]) -> str:
    return _line(section_word(section), "; ".join(items))


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word)


def _cpu(cpu: Cpu) -> str:
    if cpu.threads is None:
        return cpu.name or ""
    counts = _("{cores} cores, {threads} threads").format(
        cores=cpu.cores or "?", threads=cpu.threads
    )
    return f"{cpu.name or '?'} ({counts})"


def _disk(disk: Disk) -> str:
    size = f"{whole_gb(disk.capacity_bytes)} GB" if disk.capacity_bytes else "? GB"
    return _joined(disk.name, size, disk.bus, disk.model, disk.serial_number)


def _battery(battery: Battery) -> str:
    charge = None if battery.charge_percent is None else f"{battery.charge_percent} %"
    return _joined(battery.name, battery.manufacturer, battery.model, charge)


def _display(display: Display) -> str:
    size = f"{display.width_px}x{display.height_px}" if display.width_px else None
    return _joined(display.connector, display.manufacturer_id, display.model, size)


def _adapter(adapter: NetworkAdapter) -> str:
    return _joined(adapter.name, adapter.mac, _("Wi-Fi") if adapter.wireless else None)


def section_word(section: str) -> str:
    """What a section of the report is called; one that a foreign report made up by its own name."""
    return {
        "system": _("Machine"),
        "cpus": _("Processor (CPU)"),
        "memory": _("Memory (RAM)"),
        "storage": _("Disks"),
        "smart": _("Health of the disks (SMART)"),
        "batteries": _("Batteries"),
        "displays": _("Screens"),
        "gpus": _("Graphics adapters"),
        "network": _("Network adapters"),
        "cameras": _("Cameras"),
        "sound_cards": _("Sound cards"),
        "pci": _("Devices on the PCI bus"),
        "usb": _("Devices on the USB"),
        "temperatures": _("Temperatures"),
        "fans": _("Fans"),
        "security": _("Locks and security"),
        "kernel_errors": _("Hardware errors in the system's log"),
        "clock": _("Clocks"),
        "tablet": _("Tablet"),
    }.get(section, section)


def reading_word(reading: Reading) -> str:
    """How reading ended."""
    return {
        Reading.OK: _c("reading", "read"),
        Reading.MISSING: _c("reading", "this machine does not offer it"),
        Reading.NOT_PERMITTED: _c("reading", "partly closed to this account"),
        Reading.TIMED_OUT: _c("reading", "no answer in time"),
        Reading.UNREADABLE: _c("reading", "the answer could not be read"),
    }[reading]


def check_word(check: str) -> str:
    """What a check is called; one that a later version knows goes by its id."""
    return {
        **trial_words.check_words(),
        "id.identity": _("Identity"),
        "sto.smart": _("Disk health"),
        "bat.health": _("Battery health"),
        "mem.size": _("Memory size"),
        "sto.type": _("Kind and size of the disk"),
    }.get(check, check)


def outcome_word(outcome: Outcome) -> str:
    """What a verdict is called."""
    return {
        Outcome.PASS: _c("verdict", "passed"),
        Outcome.WARN: _c("verdict", "passed with a remark"),
        Outcome.FAIL: _c("verdict", "failed"),
        Outcome.UNKNOWN: _c("verdict", "unknown"),
        Outcome.NOT_APPLICABLE: _c("verdict", "does not apply"),
    }[outcome]


def reason_word(reason: str) -> str:
    """Why a verdict is what it is; what a later version says goes by its code."""
    return {
        **{f"reading_{reading.value}": reading_word(reading) for reading in Reading},
        **disk_reasons(),
        **trial_words.reason_words(),
        "battery_dangerous": _("the battery is dangerous: take it out and lay it apart"),
        "battery_not_seen": _("no battery was seen"),
        "battery_replace": _("the battery holds too little: replace it"),
        "battery_use_with_charger": _("the battery is much worn: use it with the charger"),
        "battery_worn": _("the battery is worn"),
        "capacity_implausible": _("the battery tells a capacity that no machine has"),
        "capacity_not_said": _("the battery does not tell its capacity"),
        "disk_not_seen": _("no internal disk was seen"),
        "disk_rotates": _("a rotating hard disk"),
        "disk_small": _("the disk is small"),
        "firmware_silent": _("the firmware gives no name and no serial number"),
        "gauge_implausible": _("the battery claims more or less than can be true"),
        "gauge_not_learning": _("the battery repeats its design capacity"),
        "media_not_said": _("the disk does not tell whether it rotates"),
        "memory_small": _("there is little memory"),
        "model_placeholder": _("the firmware does not name the model"),
        "not_said": _("the machine does not say"),
        "serial_placeholder": _("the firmware carries no serial number"),
        "wifi_not_measured": _("there is an adapter, its signal is not measured yet"),
        "wifi_not_seen": _("no Wi-Fi adapter was seen; its driver may be missing"),
    }.get(reason, reason)


def _figure(measurement: Measurement) -> str:
    of_a_disk = disk_figure(measurement.name, measurement.value)
    if of_a_disk is not None:
        return of_a_disk
    unit = {
        "total_mib": "MiB",
        "capacity_gb": "GB",
        "health_percent": "%",
        "temperature_c": "°C",
    }.get(measurement.name)
    if unit is not None:
        return f"{measurement.value} {unit}"
    return trial_words.figure_word(measurement) or f"{measurement.name} {measurement.value}"
