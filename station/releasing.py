"""What may leave this PC: photos are kept without a word about who took them, and let go by name.

Nothing goes to the service because it is here: a person lets each file go.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from station import events as e
from station import refusals
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.paperwork import LARGEST_SCAN
from station.pictures import picture_kind, without_exif
from station.ports import Store, Work
from station.withdrawing import standing


class Use(StrEnum):
    """What a file that leaves is."""

    PHOTO = "photo"
    CERTIFICATE = "certificate"
    EVIDENCE = "evidence"


class TakePhoto(Struct, frozen=True, kw_only=True):
    """A photo of the device's condition, as the camera wrote it."""

    device: str
    photo: bytes


class ReleaseAttachment(Struct, frozen=True, kw_only=True):
    """Let a file that is here leave."""

    device: str
    attachment: bytes  # hash
    use: str


class ReleaseFile(Struct, frozen=True, kw_only=True):
    """Keep a file, a signed certificate or redacted evidence, and let it leave."""

    device: str
    file: bytes
    use: str


def take_photo(command: TakePhoto, store: Store, by: Operator, when: Moment) -> e.Event:
    """Keep a photo, upright and without what the camera wrote about itself and the place."""
    require_duty(by, e.PhotoTaken)
    if len(command.photo) > LARGEST_SCAN:
        raise refusals.ScanTooLarge(len(command.photo), LARGEST_SCAN)
    photo = without_exif(command.photo, picture_kind(command.photo))
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.PhotoTaken)
        hash_ = work.attach(photo)
        if hash_ in _photos(work, device.code):
            raise refusals.PhotoTakenBefore(device.code)
        return work.record(device.code, e.PhotoTaken(photo=hash_))


def release_attachment(
    command: ReleaseAttachment, store: Store, by: Operator, when: Moment
) -> e.Event:
    """Record that a person lets the file go; it is sent once the service answered for this."""
    require_duty(by, e.AttachmentReleased)
    with store.transaction(by, when) as work:
        device = work.device(command.device).code
        use = _known(command.use)
        if use is Use.PHOTO and command.attachment not in _photos(work, device):
            raise refusals.NoSuchFile(device)
        return _release(work, device, command.attachment, use)


def release_file(command: ReleaseFile, store: Store, by: Operator, when: Moment) -> e.Event:
    """Keep the file among the attachments, and let it go."""
    require_duty(by, e.AttachmentReleased)
    if not command.file or len(command.file) > LARGEST_SCAN:
        raise refusals.ScanTooLarge(len(command.file), LARGEST_SCAN)
    with store.transaction(by, when) as work:
        device = work.device(command.device).code
        use = _known(command.use)
        if use is Use.PHOTO:  # a photo is taken first: it must lose what the camera wrote
            raise refusals.NoSuchFile(device)
        return _release(work, device, work.attach(command.file), use)


def _known(use: str) -> Use:
    try:
        return Use(use)
    except ValueError as error:
        raise refusals.NotReleasable(use) from error


def _release(work: Work, device: str, attachment: bytes, use: Use) -> e.Event:
    file = work.attached(attachment)
    if file is None:
        raise refusals.NoSuchFile(device)
    if work.is_released(attachment):
        raise refusals.ReleasedBefore(device)
    said = e.AttachmentReleased(
        attachment=attachment, use=use, media=_media(file), size_bytes=len(file)
    )
    return work.record(device, said)


def _photos(work: Work, device: str) -> frozenset[bytes]:
    """Those that were not taken back."""
    said = (event.said for event in standing(work.events_about(device), device))
    return frozenset(one.photo for one in said if isinstance(one, e.PhotoTaken))


_BEGINS: Final[Mapping[bytes, str]] = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"PK\x03\x04": "zip",
    b"{": "json",
}


def _media(file: bytes) -> str:
    return next((media for begin, media in _BEGINS.items() if file.startswith(begin)), "data")
