"""Dialogs of the waiting reports: of which device, why dismissed, what the files brought."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from station import refusals
from station.codes import BadCode
from station.inbox import DismissReport, dismiss_report
from station.reference import ReasonUse, Reference
from station.words import _, _c
from ui.act_dialog import ActDialog, missing
from ui.buttons import primary_button
from ui.cards import EmptyState
from ui.choice import Choice
from ui.desk import Act
from ui.device_words import device_line
from ui.field import Field
from ui.first_size import open_within_screen
from ui.line_list import LineList
from ui.line_table import Column
from ui.other_device import OtherDeviceDialog
from ui.reports.bringing import Brought, brought_words
from ui.reports.inbox_acts import ReportDiffers, link, require_pairing
from ui.reports.inbox_lines import InboxLine
from ui.theme import Role, words
from ui.wording import explain

ABOUT_DEVICE = (
    BadCode,
    ReportDiffers,
    refusals.UnknownDevice,
    refusals.NotInThisStage,
    refusals.SerialInUse,
    refusals.ReportOfAnother,
)
BROUGHT_SIZE = 900, 420


def line_words(line: InboxLine) -> str:
    """A report as a dialog names what it is about."""
    serial = _("S/N {serial}").format(serial=line.serial) if line.serial else _("no S/N")
    return " · ".join((line.machine or _("unnamed machine"), serial))


class LinkDialog(OtherDeviceDialog):
    """Asks of which device a report is: by scan, by typing, or out of the proposals."""

    def __init__(self, line: InboxLine, code: str, reference: Reference, parent: QWidget) -> None:
        title, verb = _("Of which device is this report?"), _("Link")
        which = _("Device")
        super().__init__("link_report", title, line_words(line), verb, parent, which=which)
        self.line, self._reference = line, reference
        self._sure_of = ""  # the device of which a person was told that its serial number differs
        self.proposals = Choice("proposal", placeholder=_("Choose a proposal"))
        self.proposals.offer(
            (s.device.code, f"{device_line(s.device, reference)} – {', '.join(s.reasons)}")
            for s in line.suggestions
        )
        self.proposals.setCurrentIndex(-1)
        self.proposals.activated.connect(self._take_proposal)
        self.add(self.other_field)
        if line.suggestions:
            self.add(Field(_("Proposals"), self.proposals))
        self.other.setText(code)
        self.other.textChanged.connect(self._think_again)
        self.other.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        try:
            code = self.other_code()
        except BadCode as error:
            self.refuse(error, explain(error, self._reference))
            return None
        if self.line.kept is None:
            return partial(require_pairing, code)  # the laptop is let in when that is allowed
        return partial(link, code, self.line.kept, sure=code == self._sure_of)

    @override
    def refuse(self, error: Exception, sentence: str) -> None:
        super().refuse(error, sentence)
        if isinstance(error, ReportDiffers):
            self._sure_of = error.device.code

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.other_field if isinstance(error, ABOUT_DEVICE) else None

    def _take_proposal(self) -> None:
        self.other.setText(self.proposals.chosen or "")

    def _think_again(self) -> None:
        self._sure_of = ""


class DismissDialog(ActDialog):
    """Asks why a report is of no use."""

    def __init__(self, line: InboxLine, reference: Reference, parent: QWidget) -> None:
        title, verb = _("Dismiss this report"), _("Dismiss")
        super().__init__("dismiss_report", title, line_words(line), verb, parent)
        self.line = line
        self.reason = Choice("reason", reference.reasons(ReasonUse.DISMISS), _("Choose a reason"))
        self._field = Field(_("Reason"), self.reason)
        self.add(self._field)
        self.reason.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if self.reason.chosen is None:
            missing(self._field)
            return None
        digest = bytes.fromhex(self.line.digest)
        return partial(dismiss_report, DismissReport(report=digest, reason=self.reason.chosen))


class BroughtDialog(QDialog):
    """What became of each file that was brought."""

    def __init__(self, brought: Sequence[Brought], reference: Reference, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("brought_dialog")
        title = _("What the files brought")
        self.setWindowTitle(title)
        open_within_screen(self, *BROUGHT_SIZE)
        columns = (
            Column[Brought](_("File"), lambda one: one.name, width=180),
            Column[Brought](_c("file", "Result"), lambda one: brought_words(one, reference)[1]),
        )
        empty = EmptyState(
            _("No report lies there"), _("Choose the folder in which diagnostics left its report.")
        )
        files = LineList(columns, lambda one: f"{one.name} {one.digest}", empty)
        files.named("broughtFiles", title).show_lines(brought)
        files.view.setTextElideMode(Qt.TextElideMode.ElideRight)  # how it went comes first
        close = primary_button(_("Close"))
        close.setObjectName("close")
        close.clicked.connect(self.accept)
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(words(title, Role.CARD_TITLE))
        column.addWidget(files, 1)
        column.addLayout(last)
        close.setFocus()
