"""Why nothing could be diagnosed at all, in words, with what to do about it."""

from diagnostics.collect.adb import NoTablet, Trouble
from diagnostics.endings import ReadingFailed
from diagnostics.report import NewerReport, NotAReport
from station.words import _


def why_refused(failed: ReadingFailed) -> str:
    """The sentence for a person at a terminal."""
    if isinstance(failed, NoTablet):
        return _tablet(failed.trouble).format(serials=" ".join(failed.serials) or "–")
    return _("Nothing could be read: {reason}").format(reason=failed)


def why_no_report(error: NotAReport | NewerReport) -> str:
    """What a file is that holds no report for this version."""
    if isinstance(error, NewerReport):
        return _("A newer version of diagnostics wrote this report. Update the program on this PC.")
    return _(
        "This file is no report of this program's diagnostics. Choose the file that diagnostics"
        " left."
    )


def _tablet(trouble: Trouble) -> str:
    return {
        Trouble.NONE: _(
            "No such tablet is on the cable. Plug it in, switch on USB debugging on it, and use a "
            "cable that carries data. Seen: {serials}"
        ),
        Trouble.NOT_ALLOWED: _(
            "Tablet {serials} does not trust this computer yet. Unlock it and press Allow on its "
            "screen."
        ),
        Trouble.OFFLINE: _(
            "Tablet {serials} does not answer. Pull the cable and plug it in again."
        ),
        Trouble.NO_RIGHTS: _("This account may not use the tablet on the USB port."),
        Trouble.SEVERAL: _("Several tablets are plugged in; name one of: {serials}"),
        Trouble.OTHER: _("Tablet {serials} has not started Android. Start it as usual and retry."),
    }[trouble]
