"""The words of a report's codes: sections, verdicts, reasons and figures.

A code that a newer version wrote stands for itself.
"""

from diagnostics import trial_words
from diagnostics.disk_words import disk_figure, disk_reasons
from station.checks import Measurement, Outcome
from station.machine import Reading
from station.words import _, _c


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
        "lock_account_present": _("somebody's account is still signed in"),
        "lock_bios_password": _("a password protects the BIOS"),
        "lock_company_directory": _("it belongs to a company's directory"),
        "lock_company_managed": _("a company still manages it"),
        "lock_computrace": _("Absolute (Computrace) watches it for a former owner"),
        "lock_disk_password": _("a password locks the disk"),
        "lock_disk_password_set": _("a password is set on the disk"),
        "lock_power_on_password": _("a password is asked at power-on"),
        "locks_not_all_visible": _("no lock was seen; a first start must show that there is none"),
        "media_not_said": _("the disk does not tell whether it rotates"),
        "memory_small": _("there is little memory"),
        "model_placeholder": _("the firmware does not name the model"),
        "not_said": _("the machine does not say"),
        "serial_placeholder": _("the firmware carries no serial number"),
        "wifi_not_measured": _("there is an adapter, its signal is not measured yet"),
        "wifi_not_seen": _("no Wi-Fi adapter was seen; its driver may be missing"),
    }.get(reason, reason)


def figure_word(measurement: Measurement) -> str:
    """A figure with its unit; one of a newer version under its own name."""
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
