"""In words: whether a machine fits lessons and systems, why not, and what would help."""

from diagnostics.judge.fitness import Advice, Fit
from diagnostics.wording import reason_word
from station.checks import Outcome
from station.words import _, _c

_SILENT = "_not_said"


def fit_word(outcome: Outcome) -> str:
    """How well something fits."""
    return {
        Outcome.PASS: _c("fit", "fits"),
        Outcome.WARN: _c("fit", "fits, with something beside it"),
        Outcome.FAIL: _c("fit", "does not fit"),
        Outcome.UNKNOWN: _c("fit", "not known"),
        Outcome.NOT_APPLICABLE: _c("fit", "does not apply"),
    }[outcome]


def fit_line(name: str, fit: Fit) -> str:
    """One level or system with its reasons; `name` is the word of the reference data."""
    words = [fit_reason_word(reason) for reason in fit.reasons]
    line = f"{name}: {fit_word(fit.outcome)}"
    return f"{line} ({'; '.join(words)})" if words else line


def fit_reason_word(reason: str) -> str:
    """Why something does not fit, or what is to be remarked; other checks' reasons as they go."""
    subject = _subject_words().get(reason.removesuffix(_SILENT))
    if subject and reason.endswith(_SILENT):
        return _("the machine does not say: {what}").format(what=subject)
    return fit_reasons().get(reason) or reason_word(reason)


def fit_reasons() -> dict[str, str]:
    """Every reason with its words."""
    return {
        "battery_dangerous": _("the battery is dangerous: take it out and lay it apart"),
        "bits_few": _("the processor has 32 bits only"),
        "camera_missing": _("there is no camera"),
        "cores_few": _("the processor has too few cores"),
        "disk_failing": _("the disk is failing"),
        "disk_small": _("the disk is small"),
        "locked": _("a former owner's lock is on it"),
        "machine_goes_off": _("the machine went off during a test"),
        "memory_faulty": _("the memory makes errors"),
        "memory_small": _("there is little memory"),
        "memory_tight": _("the memory is just enough"),
        "microphone_missing": _("there is no microphone"),
        "network_missing": _("there is no network adapter"),
        "processor_faulty": _("the processor makes errors"),
        "processor_not_listed": _("the processor is not on the system maker's list"),
        "processor_old": _("the processor is too old"),
        "processor_slow": _("the processor is slow"),
        "processor_weak": _("the processor is of a weak kind"),
        "screen_narrow": _("the screen is narrow"),
        "tpm_missing": _("there is no TPM 2.0, or it is off in the BIOS"),
        "uefi_off": _("it does not start by UEFI; look into the BIOS"),
    }


def _subject_words() -> dict[str, str]:
    """What was asked when nobody answered, by reason."""
    return {
        "bits_few": _("bits of the processor"),
        "cores_few": _("cores of the processor"),
        "disk_health": _("the health of the disk"),
        "disk_small": _("size of the disk"),
        "memory_small": _("size of the memory"),
        "processor_not_listed": _("which processor it is"),
        "processor_old": _("age of the processor"),
        "processor_slow": _("clock of the processor"),
        "tpm_missing": _("TPM"),
        "uefi_off": _("how it starts"),
    }


def advice_word(advice: Advice) -> str:
    """One thing to do."""
    known = {
        "add_headset": _("add a headset with a microphone"),
        "add_memory": _("add {gb} GB of memory"),
        "add_webcam": _("add a webcam"),
        "add_wifi": _("add a Wi-Fi adapter on USB"),
        "memory_cannot_grow": _("the memory cannot grow"),
        "put_in_ssd": _("put in an SSD"),
        "replace_battery": _("replace the battery"),
        "replace_cmos_battery": _("replace the coin cell of the clock (CMOS)"),
        "replace_disk": _("replace the disk"),
        "replace_memory": _("replace the memory by {gb} GB"),
        "ssd_instead_of_hdd": _("put in an SSD in place of the hard disk"),
    }
    return known.get(advice.what, advice.what).format(gb=advice.amount_gb)
