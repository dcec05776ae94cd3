"""Letting the evidence of a report go: what the tools said, redacted when it was kept."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from diagnostics.endings import SourceMissing, UnreadableReport
from diagnostics.evidence import packed
from diagnostics.report import Evidence
from station import events as e
from station.ledger import Moment
from station.operators import Operator
from station.ports import PointStore
from station.releasing import ReleaseFile, Use, release_file
from station.words import _
from ui.buttons import secondary_button
from ui.desk import Desk
from ui.device.recorded_reports import RecordedReport, Whole
from ui.duty import Duty
from ui.wording import explain


class EvidenceOut(QObject):
    """A button beside a report. Before anything goes it says what, where to and to whom."""

    said = Signal(str)

    def __init__(self, desk: Desk, folder: Path, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk, self._folder, self._owner = desk, folder, owner
        self._device, self._digest = "", ""
        self._evidence: tuple[Evidence, ...] = ()
        self.button = secondary_button(_("Let the evidence go…"), "sync", "Alt+Shift+E")
        self.button.setObjectName("releaseEvidence")
        self.button.clicked.connect(self._ask)
        Duty(desk, self.button, e.AttachmentReleased, owner).told.connect(self.said)

    def offer(self, device: str, report: RecordedReport) -> None:
        """Offer what lies beside this report on this PC."""
        self._device, self._digest = device, report.digest
        self._evidence = report.report.evidence
        whole = report.whole is Whole.WHOLE
        self.button.setVisible(whole and bool(self._evidence))

    def _ask(self) -> None:
        question = QMessageBox(self._owner)
        question.setObjectName("releaseEvidenceAsked")
        question.setWindowTitle(_("Evidence of a check"))
        question.setText(
            _(
                "What the tools said of this machine leaves this PC: for the service, and for "
                "points that get the device. Names of people, networks and places were taken out "
                "when it was kept; serial numbers stay in."
            )
        )
        yes = question.addButton(_("Let it go"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(partial(self._let_go, self._device, self._digest, self._evidence))
        question.finished.connect(question.deleteLater)
        question.open()

    def _let_go(self, device: str, digest: str, evidence: tuple[Evidence, ...]) -> None:
        """Only what the report names goes, as it was kept: nothing that was put beside it later."""
        archive = self._folder / f"{digest}.zip"

        def release(store: PointStore, by: Operator, when: Moment) -> e.Event:
            file = packed(archive, evidence)
            command = ReleaseFile(device=device, file=file, use=Use.EVIDENCE)
            return release_file(command, store, by, when)

        told = _("It goes to the service with the next sync, behind everything else.")
        self._desk.do(release, lambda _event: self.said.emit(told), self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, SourceMissing):
            self.said.emit(_("The evidence of this report lies on another PC: let it go there."))
        elif isinstance(error, UnreadableReport):
            self.said.emit(_("The evidence is not what was kept with the report; it stays here."))
        else:
            self.said.emit(explain(error, self._desk.reference))
