"""Chứng nhận ký số: a signed certificate of a device's erasure, saved as a file for its donor."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from station.certificate import Certificate, encode
from station.certifying import certificate_of
from station.files import put_file
from station.ports import PointStore
from station.words import _
from ui.desk import Desk
from ui.wording import explain

ENDING = ".json"


class CertificateOut:
    """Makes the certificate on the store's thread, asks where to, and says what became of it."""

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        told: Callable[[str], None],
        refused: Callable[[str], None],
    ) -> None:
        self._desk, self._owner = desk, owner
        self._told, self._refused = told, refused

    def make(self, device: str) -> None:
        """Begin; a refusal is said before anybody is asked for a name."""
        make = partial(certificate_of, device)
        self._desk.ask(make, self._ask_where, self._refuse, owner=self._owner)

    def save(self, certificate: Certificate, file: Path) -> None:
        """Keep it where somebody chose."""
        if file.suffix.lower() != ENDING:
            file = file.with_name(file.name + ENDING)

        def put(_store: PointStore) -> None:
            put_file(file, encode(certificate))

        told = _("The signed certificate was saved as {file}. Anybody can check it offline.")
        saved = told.format(file=file.name)
        self._desk.ask(put, lambda _none: self._told(saved), self._not_saved, owner=self._owner)

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            self._refuse(error)
            return
        told = _("The certificate could not be saved: {reason}.")
        self._refused(told.format(reason=error.strerror or type(error).__name__))

    def _ask_where(self, certificate: Certificate) -> None:
        name = f"chung-nhan-{certificate.device}{ENDING}"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._owner,
            _("Save the signed certificate"),
            name,
            _("Signed certificates (*.json)"),
        )
        if chosen:
            self.save(certificate, Path(chosen))

    def _refuse(self, error: Exception) -> None:
        self._refused(explain(error, self._desk.reference))
