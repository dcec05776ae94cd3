"""What a test scan told, in words, and what to do about it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

from station.words import _
from ui.day_words import day_words
from ui.scan_check.judging import End, Finding, Method
from ui.scan_check.memory import Tried
from ui.theme import Tone

Told = tuple[Tone, str]

_METHODS: Final[dict[Method, Callable[[], str]]] = {
    Method.NONE: lambda: _("nothing rewrites what the scanner types"),
    Method.LAYOUT: lambda: _("Windows types in its Vietnamese layout"),
    Method.TELEX: lambda: _("Telex is on"),
    Method.VNI: lambda: _("VNI is on"),
    Method.OTHER: lambda: _("something rewrites what the scanner types"),
    Method.UNKNOWN: lambda: _("not told by this scan: scan the test code"),
}


def scanner_words(finding: Finding) -> Told:
    """Whether scans are heard."""
    if not finding.known:
        return Tone.FAIL, _("neither the test code nor a label was read")
    if finding.works:
        return Tone.OK, _("works")
    return Tone.WARN, _("read, but not heard on every page")


def end_words(finding: Finding) -> Told:
    """What ends a scan."""
    if finding.end is End.NONE:
        return Tone.FAIL, _("no Enter and no Tab at the end")
    key = _("Enter") if finding.end is End.ENTER else _("Tab")
    return Tone.OK, _("{key} at the end").format(key=key)


def speed_words(finding: Finding) -> Told:
    """How fast it types."""
    if finding.ms_per_key is None:
        return Tone.OK, _("not typed: no input method is in between")
    told = _("{number} ms a character").format(number=round(finding.ms_per_key))
    return (Tone.OK if finding.fast else Tone.FAIL), told


def preamble_words(finding: Finding, set_up: str) -> Told:
    """What it types before each scan, beside what this program was told."""
    if finding.preamble == set_up:
        return Tone.OK, _("“{text}”").format(text=set_up) if set_up else _("none")
    found = finding.preamble or _("none")
    return Tone.WARN, _("{found}, but the settings say {told}").format(
        found=found, told=set_up or _("none")
    )


def method_words(finding: Finding) -> Told:
    """Whether an input method is on."""
    tone = Tone.OK if finding.clean else Tone.WARN
    return (
        Tone.UNKNOWN if finding.method is Method.UNKNOWN else tone,
        _METHODS[finding.method](),
    )


def advice(finding: Finding) -> str:
    """What to do, the most urgent first; "" when all is well."""
    return " ".join(_advice(finding))


def _advice(finding: Finding) -> Iterator[str]:
    if not finding.known:
        yield _("Scan the test code once more, into an empty field.")
    if finding.method is Method.LAYOUT:
        yield _("Change VIE to ENG at the right of the taskbar (Windows key + Space).")
    elif finding.method in {Method.TELEX, Method.VNI, Method.OTHER}:
        yield _(
            "Switch UniKey to English with Ctrl+Shift before you scan serial numbers; labels of"
            " ours survive it. Better for good: set the scanner to USB-COM, where no input method"
            " is in between."
        )
    if finding.end is End.NONE:
        yield _("Set the scanner to send Enter (CR) after each code, by its manual's barcode.")
    if not finding.fast:
        yield _("Set the scanner's keys faster (no delay between characters), or to USB-COM.")
    if finding.caps:
        yield _("Caps Lock is on; codes survive it, serial numbers come in small letters.")


def scanner_ready(tried: Tried, today: date) -> Told:
    """The row of the scanner on today's page."""
    if tried.works_at is None:
        return Tone.UNKNOWN, _("never tried here: scan the test code")
    if tried.works_at.astimezone().date() != today:
        told = _("last tried on {day}: scan the test code today")
        return Tone.WARN, told.format(day=day_words(tried.works_at.astimezone().date()))
    when = _clock(tried.works_at)
    if tried.works:
        return Tone.OK, _("tried at {time}").format(time=when)
    return Tone.FAIL, _("tried at {time}: not heard on every page").format(time=when)


def method_ready(tried: Tried, today: date) -> Told:
    """The row of the input method on today's page."""
    if tried.method_at is None or tried.method_at.astimezone().date() != today:
        return Tone.UNKNOWN, _("not checked today")
    if tried.method is Method.NONE:
        return Tone.OK, _("off, checked at {time}").format(time=_clock(tried.method_at))
    return Tone.WARN, _("on: switch it off before scanning serial numbers")


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
