"""Why nothing could be diagnosed at all, in words, with what to do about it."""

import errno

from diagnostics.collect.adb import NoTablet, Trouble
from diagnostics.collect.folder import NothingCollected
from diagnostics.endings import ReadingFailed
from diagnostics.judge.policy import UnusablePolicy
from diagnostics.report import NewerReport, NotAReport
from diagnostics.report_file import ReportTooLong
from station.machine import Reading
from station.words import _


def why_refused(failed: ReadingFailed) -> str:
    """The sentence for a person at a terminal."""
    if isinstance(failed, NoTablet):
        return _tablet(failed.trouble).format(serials=" ".join(failed.serials) or "–")
    if isinstance(failed, NothingCollected):
        return _(
            "{folder} holds nothing that a collector wrote. Choose the folder with MANIFEST.txt."
        ).format(folder=failed)
    return _ended(failed.reading).format(what=failed)


def _ended(reading: Reading) -> str:
    return {
        Reading.MISSING: _("{what} is not there. Check its name, or install it."),
        Reading.NOT_PERMITTED: _(
            "This account may not read {what}. Copy it into a folder of your own, or ask for the"
            " right."
        ),
        Reading.TIMED_OUT: _("{what} did not answer in time. Try again."),
        Reading.UNREADABLE: _("{what} cannot be read. Bring it again, or choose another."),
    }[reading]


def why_no_file(error: OSError) -> str:
    """What keeps a file or folder from being read or written, and what to do about it."""
    sentence = _os_errors().get(error.errno or 0) or _(
        "The disk or stick of {file} gives errors. Check it, or choose another."
    )
    return sentence.format(file=error.filename or "–")


def _os_errors() -> dict[int, str]:
    denied = _("This account may not use {file}. Choose another place, or ask for the right.")
    in_the_way = _(
        "{file} is a file where a folder is needed, or the other way round. Choose another."
    )
    return {
        errno.ENOENT: _(
            "{file} is not there. Check its name, and whether the stick is plugged in."
        ),
        errno.EACCES: denied,
        errno.EPERM: denied,
        errno.EROFS: _("{file} lies where nothing can be written. Choose another place."),
        errno.ENOSPC: _("The disk is full: {file}. Make room, or choose another place."),
        errno.EEXIST: in_the_way,
        errno.ENOTDIR: in_the_way,
        errno.EISDIR: in_the_way,
        errno.ETIMEDOUT: _("{file} does not answer. Plug the stick in again, or choose another."),
    }


def why_no_policy(error: UnusablePolicy) -> str:
    """Why nothing can be judged by this file."""
    if isinstance(error.__cause__, OSError):
        return why_no_file(error.__cause__)
    return _(
        "No machine can be judged by these thresholds. Correct the file, or leave --policy out:"
        " {reason}"
    ).format(reason=error)


def why_no_report(error: NotAReport | NewerReport | ReportTooLong) -> str:
    """What a file is that holds no report for this version."""
    if isinstance(error, ReportTooLong):
        return _("This file is too long for a report. Choose the file that diagnostics left.")
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
