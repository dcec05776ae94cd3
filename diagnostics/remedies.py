"""What to do about a verdict: what would make the machine fit better, else the next try."""

from collections.abc import Sequence
from typing import Final

from diagnostics.finding import Finding
from diagnostics.fit_words import advice_word
from diagnostics.judge.battery import DANGEROUS
from diagnostics.judge.fitness import Advice
from station.checks import Outcome
from station.words import _

_ABOUT: Final = {  # advice by the check that it mends
    "aud.loop": ("add_headset",),
    "bat.health": ("replace_battery",),
    "cam.frames": ("add_webcam",),
    "mem.size": ("add_memory", "replace_memory", "memory_cannot_grow"),
    "net.wifi": ("add_wifi",),
    "sto.smart": ("replace_disk",),
    "sto.type": ("put_in_ssd", "ssd_instead_of_hdd", "replace_disk"),
    "sys.rtc": ("replace_cmos_battery",),
}
_SETTLED: Final = (Outcome.PASS, Outcome.NOT_APPLICABLE)


def remedy_words(finding: Finding, advice: Sequence[Advice] = ()) -> str:
    """What to do first about this finding; "" where nobody needs to do anything."""
    if finding.outcome in _SETTLED:
        return ""
    named = () if is_danger(finding) else _ABOUT.get(finding.check, ())
    advised = next((known for known in advice if known.what in named), None)
    if advised is not None:
        return advice_sentence(advised)
    known = _remedies()
    return next((known[reason] for reason in finding.reasons if reason in known), "")


def is_danger(finding: Finding) -> bool:
    """Whether somebody may come to harm before anything is repaired."""
    return DANGEROUS in finding.reasons


def advice_sentence(advice: Advice) -> str:
    """One thing to add or replace, as a line of its own."""
    words = advice_word(advice)
    return words[:1].upper() + words[1:]


def _remedies() -> dict[str, str]:
    return {
        "battery_dangerous": _("Take the battery out and lay it apart"),
        "battery_not_seen": _("See whether a battery is in, then diagnose again"),
        "battery_replace": _("Replace the battery"),
        "battery_use_with_charger": _("Give the machine with its charger"),
        "battery_worn": _("Give the machine with its charger"),
        "capacity_not_said": _("Try how long the battery lasts"),
        "clock_lost": _("Replace the coin cell of the clock (CMOS)"),
        "clock_wrong": _("Set the clock, and see a day later whether it kept its time"),
        "cpu_miscomputes": _("Do not give it: the processor makes errors"),
        "cpu_throttled": _("Clean the fan, renew the thermal paste"),
        "disk_not_seen": _("Fit a disk, or set the BIOS to AHCI and diagnose again"),
        "disk_rotates": _("Better: an SSD of 240 GB"),
        "disk_small": _("Fit an SSD of 240 GB"),
        "fan_does_not_answer": _("Clean the fan, or replace it"),
        "firmware_silent": _("Read maker, model and S/N off the label"),
        "gauge_implausible": _("Charge full, use it up once, then diagnose again"),
        "gauge_not_learning": _("Try how long the battery lasts"),
        "hot": _("Clean the fan, renew the thermal paste"),
        "memory_errors": _("Take the modules out one by one and find the faulty one"),
        "memory_small": _("Add memory (RAM): 8 GB altogether"),
        "missing": _("Diagnose from the live stick: it brings the missing tools"),
        "model_placeholder": _("Read the model off the label"),
        "not_permitted": _("Diagnose again with administrator rights"),
        "on_battery": _("Plug in the charger, then diagnose again"),
        "read_errors": _("Replace the disk"),
        "reading_missing": _("Diagnose from the live stick: it brings the missing tools"),
        "reading_not_permitted": _("Diagnose again with administrator rights"),
        "reading_timed_out": _("Diagnose again; if it stays so, look at the part"),
        "self_test_failed": _("Replace the disk"),
        "serial_placeholder": _("Read the S/N off the label"),
        "too_hot": _("Clean the fan, renew the thermal paste"),
        "wifi_not_measured": _("Try the Wi-Fi beside an access point"),
        "wifi_not_seen": _("Try the live stick; else add a USB Wi-Fi adapter"),
        "wifi_weak": _("Try the Wi-Fi beside an access point"),
    }
