"""The reports of a device in words: their list, and what changed between two."""

from collections import Counter
from collections.abc import Sequence

from diagnostics.comparison import Change, VerdictChange, compare
from diagnostics.comparison_words import change_words
from diagnostics.profile_words import profile_word
from station.words import _
from ui.cards import EmptyState
from ui.day_words import day_words, time_words
from ui.device.recorded_reports import RecordedReport, Whole
from ui.line_list import LineList
from ui.line_table import Column

DIGEST_DIGITS = 8
POLICIES = "judge-"


def difference_words(before: RecordedReport, after: RecordedReport) -> tuple[str, list[str]]:
    """A title and a line for each change; parts first."""
    whole = before.whole is after.whole is Whole.WHOLE
    changes = compare(*(line.report if whole else line.recorded for line in (before, after)))
    told = choice_words((before, after))
    title = _("From {before} to {after}").format(
        before=told[before.digest], after=told[after.digest]
    )
    lines = [change_words(change) for change in changes if _matters(change)]
    if before.report.policy != after.report.policy:
        lines.insert(
            0,
            _("Judged by different thresholds: {before}, then {after}.").format(
                before=before.report.policy, after=after.report.policy
            ),
        )
    if not whole:
        lines.append(_("A file is missing here, so only what was recorded is compared."))
    return title, lines or [_("Nothing changed between these two reports.")]


def _matters(change: Change) -> bool:
    """A verdict that one of them lacks is no change of the machine where nothing was tested."""
    return not isinstance(change, VerdictChange) or change.after is not None


def reports_list() -> LineList[RecordedReport]:
    """The history: when, how thorough, who recorded it, by which thresholds, which bytes."""
    columns = (
        Column[RecordedReport](_("When"), when_words, width=110),
        Column[RecordedReport](_("Profile"), _profile),
        Column[RecordedReport](_("By"), lambda line: line.by, width=112),
        Column[RecordedReport](_("Thresholds"), _thresholds, width=114),
        Column[RecordedReport](_("Digest"), lambda line: line.digest[:DIGEST_DIGITS], width=96),
    )
    empty = EmptyState(
        _("No report of this device yet"),
        _("Run diagnostics on it, or read the file that the stick brought."),
    )
    return LineList(columns, lambda line: line.digest, empty).named("reports", _("Reports"))


def when_words(line: RecordedReport) -> str:
    """When it was recorded, or the day that a person said."""
    header = line.row.event.header
    return day_words(header.occurred.day) if header.occurred else time_words(header.at)


def choice_words(lines: Sequence[RecordedReport]) -> dict[str, str]:
    """How each report is offered, by its digest: by when it was recorded.

    Two of one minute, or of one day that a person said, also tell the first digits of their
    digests, which stand in the history too.
    """
    whens = {line.digest: when_words(line) for line in lines}
    alike = Counter(whens.values())
    return {
        digest: when if alike[when] == 1 else f"{when} · {digest[:DIGEST_DIGITS]}"
        for digest, when in whens.items()
    }


def _thresholds(line: RecordedReport) -> str:
    """Its name without what all of them begin with."""
    return line.report.policy.removeprefix(POLICIES)


def _profile(line: RecordedReport) -> str:
    """Without its file nobody knows how thorough it was."""
    return profile_word(line.report.profile) if line.whole is Whole.WHOLE else "?"


def note_words(line: RecordedReport) -> str:
    """Why not all of it is shown; "" where all is."""
    return {
        Whole.WHOLE: "",
        Whole.MISSING: _("Its file is not on this PC. What was recorded of it is shown."),
        Whole.CHANGED: _(
            "Its file on this PC was changed, so it is not believed. What was recorded is shown."
        ),
        Whole.NEWER: _("Another version wrote its file. What was recorded of it is shown."),
    }[line.whole]
