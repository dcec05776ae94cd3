"""Ảnh và sự đồng ý: what of a device leaves this PC because a person says so, and what must go.

Photos of its condition and its signed certificate go to the service, and to points that get the
device, only once somebody lets them go. A donor who withdraws consent is emptied everywhere.
"""

from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from station import events as e
from station.certificate import encode
from station.certifying import certificate_of
from station.codes import grouped
from station.consent import PurgePerson, purge_person
from station.device import Device
from station.ledger import Moment
from station.operators import Operator
from station.people import Donor
from station.ports import PointStore
from station.releasing import (
    ReleaseAttachment,
    ReleaseFile,
    TakePhoto,
    Use,
    release_attachment,
    release_file,
    take_photo,
)
from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.cards import EmptyState
from ui.day_words import day_words
from ui.desk import Act, Desk
from ui.duty import Duty
from ui.first_size import open_within_screen
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import list_card
from ui.theme import Tone, words
from ui.wording import explain

SIZE = (820, 460)
WITHDRAWN = "consent-withdrawn"


class File(Struct, frozen=True):
    """A photo or certificate of the device, and whether it was let go."""

    hash: bytes
    use: str
    day: str
    released: bool


class Leaving(Struct, frozen=True):
    """Everything the dialog shows."""

    files: tuple[File, ...]
    donor: bytes | None
    name: str  # of the donor; "" when there is none or it was purged


class LeavesDialog(QDialog):
    """Each act says plainly where the thing goes, before it goes."""

    def __init__(self, device: str, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("leavesDialog")
        self.setWindowTitle(_("Photos and consent"))
        open_within_screen(self, *SIZE)
        self._device, self._desk = device, desk
        self._donor: bytes | None = None
        self.files = _file_list()
        self.photo = secondary_button(_("Add a photo…"), "plus")
        self.release = primary_button(_("Let the chosen one go"), "sync")
        self.certificate = secondary_button(_("Let the signed certificate go"), "report")
        self.withdraw = secondary_button(_("Withdraw consent…"), "person")
        self._donor_line = words("")
        self._told = words("")
        self._told.setObjectName("leavesTold")
        Duty(desk, self.photo, e.PhotoTaken, self)
        Duty(desk, self.release, e.AttachmentReleased, self)
        Duty(desk, self.certificate, e.AttachmentReleased, self)
        Duty(desk, self.withdraw, e.PersonPurged, self)
        for button in (self.release, self.withdraw):
            button.hide()  # until it is known that there is something to do
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Ask the store anew."""
        self._desk.ask(partial(_leaving, self._device), self._show, self._refuse, owner=self)

    def add_photo(self, file: Path) -> None:
        """Keep a photo, without what the camera wrote about itself and the place."""

        def take(store: PointStore, by: Operator, when: Moment) -> e.Event:
            command = TakePhoto(device=self._device, photo=file.read_bytes())
            return take_photo(command, store, by, when)

        self._do(take, _("The photo is kept here. It leaves only once you let it go."))

    def let_go(self) -> None:
        """The chosen photo goes to the service, and to points that get the device."""
        chosen = self.files.chosen
        if chosen is not None:
            command = ReleaseAttachment(device=self._device, attachment=chosen.hash, use=chosen.use)
            self._do(partial(release_attachment, command), _sent_words())

    def let_certificate_go(self) -> None:
        """The certificate as it can be signed now goes to the service."""
        device = self._device

        def release(store: PointStore, by: Operator, when: Moment) -> e.Event:
            file = encode(certificate_of(device, store))
            command = ReleaseFile(device=device, file=file, use=Use.CERTIFICATE)
            return release_file(command, store, by, when)

        self._do(release, _sent_words())

    def purge(self) -> None:
        """Empty what is known of the donor; nobody can take that back."""
        if self._donor is not None:
            command = PurgePerson(person=self._donor, reason=WITHDRAWN)
            told = _("Name and telephone number were emptied here; every copy follows.")
            self._do(partial(purge_person, command), told)

    def _ask_photo(self) -> None:
        kinds = _("Pictures (*.jpg *.jpeg *.png)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a photo"), "", kinds)
        if chosen:
            self.add_photo(Path(chosen))

    def _ask_withdraw(self) -> None:
        question = QMessageBox(self)
        question.setObjectName("withdrawConsent")
        question.setWindowTitle(_("Withdraw consent"))
        question.setText(
            _(
                "What is known of this donor is emptied for good: here, at the service and at "
                "every point that has a copy. The device's history stays, without a name. "
                "Nobody can take this back."
            )
        )
        yes = question.addButton(_("Empty it"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(self.purge)
        question.open()

    def _do(self, act: Act[e.Event], told: str) -> None:
        self._told.setText(_("One moment…"))
        self._desk.do(act, lambda _event: self._told.setText(told), self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, OSError):
            sentence = _("The file cannot be read: {reason}.")
            self._told.setText(sentence.format(reason=error.strerror or type(error).__name__))
        else:
            self._told.setText(explain(error, self._desk.reference))

    def _show(self, leaving: Leaving) -> None:
        self._donor = leaving.donor if leaving.name else None
        told = _("Donor: {name}").format(name=leaving.name) if leaving.name else ""
        if leaving.donor is not None and not leaving.name:
            told = _("What was known of the donor was emptied, or is of another point.")
        self._donor_line.setText(told)
        self.withdraw.setVisible(bool(leaving.name))
        self.files.show_lines(leaving.files)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.files.chosen
        self.release.setVisible(chosen is not None and not chosen.released)

    def _connect(self) -> None:
        self.photo.clicked.connect(self._ask_photo)
        self.release.clicked.connect(self.let_go)
        self.certificate.clicked.connect(self.let_certificate_go)
        self.withdraw.clicked.connect(self._ask_withdraw)
        self.files.chosen_changed.connect(self._show_chosen)
        self._desk.recorded.connect(self.refresh)

    def _lay_out(self) -> None:
        close = secondary_button(_("Close"))
        close.clicked.connect(self.reject)
        donor, acts = QHBoxLayout(), QHBoxLayout()
        donor.addWidget(self._donor_line, 1)
        donor.addWidget(self.withdraw)
        for button in (self.photo, self.release, self.certificate):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(close)
        self._told.setWordWrap(True)
        where = words(
            _("What you let go travels to the service and to points that get this device.")
        )
        where.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(list_card(grouped(self._device), self.files), 1)
        layout.addWidget(where)
        layout.addLayout(donor)
        layout.addWidget(self._told)
        layout.addLayout(acts)


def _sent_words() -> str:
    return _("It goes to the service with the next sync, behind everything else.")


def _file_list() -> LineList[File]:
    columns = (
        Column[File](_("What"), lambda file: _use_word(file.use)),
        Column[File](_("Day"), lambda file: file.day, width=130),
        Column[File](
            _("Where it is"),
            lambda file: _("let go") if file.released else _("here alone"),
            lambda file: Tone.OK if file.released else Tone.UNKNOWN,
            width=160,
        ),
    )
    empty = EmptyState(_("No photo was taken of it yet"))
    return LineList(columns, lambda file: file.hash.hex(), empty).named(
        "leavingFiles", _("Photos and certificates")
    )


def _use_word(use: str) -> str:
    return {
        Use.PHOTO: _("Photo"),
        Use.CERTIFICATE: _("Signed certificate"),
        Use.EVIDENCE: _("Evidence of a check"),
    }.get(Use(use), use)


def _leaving(code: str, store: PointStore) -> Leaving:
    told = [
        row.event
        for row in store.timeline(code)
        if row.event.header.subject == code and not row.withdrawn
    ]
    let_go = {
        one.said.attachment: one for one in told if isinstance(one.said, e.AttachmentReleased)
    }
    photos = [
        File(one.said.photo, Use.PHOTO, day_words(one.header.day), one.said.photo in let_go)
        for one in told
        if isinstance(one.said, e.PhotoTaken)
    ]
    others = [
        File(hash_, one.said.use, day_words(one.header.day), released=True)
        for hash_, one in let_go.items()
        if isinstance(one.said, e.AttachmentReleased) and one.said.use != Use.PHOTO
    ]
    return Leaving((*photos, *others), *_donor(store, store.device(code)))


def _donor(store: PointStore, device: Device | None) -> tuple[bytes | None, str]:
    if device is None or device.donor is None:
        return None, ""
    content = store.content(device.donor)
    return device.donor, content.name if isinstance(content, Donor) else ""


def open_leaves(device: str, desk: Desk, parent: QWidget) -> LeavesDialog:
    """Show the dialog; the window works on meanwhile."""
    dialog = LeavesDialog(device, desk, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
