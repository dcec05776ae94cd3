"""Báo cáo chờ: reports that came without a device are linked to one, or set aside with a reason.

A report waits when its file lies on this PC and no event names it. So nothing about waiting is
written down: a crash, a restored copy or another PC of the point cannot make it untrue.
"""

from msgspec import Struct

from station import bench, refusals
from station import events as e
from station.bench import RecordChecks
from station.duties import require_duty
from station.fold import POINT, as_corrected, corrections
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store
from station.reference import ReasonUse


class DismissReport(Struct, frozen=True, kw_only=True):
    """A report is of no device here, or tells nothing new."""

    report: bytes  # SHA-256 of the report
    reason: str


def link_report(command: RecordChecks, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a waiting report is of this device, and what it says; once, however often.

    A report that was set aside may still be linked: people may have been mistaken.
    """
    require_duty(by, e.ReportLinked)
    with store.transaction(by, when) as work:
        known = bench.recorded_before(work, command)
        if known is not None:
            return known
        work.device(command.device).require(e.ReportLinked)
        work.record(command.device, e.ReportLinked(report=command.report))
        return bench.add_report(work, command)


def dismiss_report(command: DismissReport, store: Store, by: Operator, when: Moment) -> e.Event:
    """Set a report aside; one that was recorded for a device stays."""
    require_duty(by, e.ReportDismissed)
    with store.transaction(by, when) as work:
        work.reference.reason(ReasonUse.DISMISS, command.reason)
        dismissed = None
        about = work.events_about(e.report_code(command.report))
        replaced = corrections(about)
        for event in about:
            said = as_corrected(event, replaced)
            if isinstance(said, e.ChecksRecorded):
                raise refusals.ReportInUse(event.header.subject)
            dismissed = event if isinstance(said, e.ReportDismissed) else dismissed
        said = e.ReportDismissed(report=command.report, reason=command.reason)
        return dismissed or work.record(f"{POINT}{work.station:03d}", said)
