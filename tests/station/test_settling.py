"""People decide what machines cannot: disputes, consent, and what may leave this PC."""

from io import BytesIO

import pytest
from PIL import Image

from station import consent, intake, refusals, releasing, settling
from station import events as e
from station.events import Verdict
from station.people import Donor
from station.pictures import ORIENTATION
from station.reference import UnknownReference
from station.store import upkeep
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN


def assert_sound(store: SqlStore) -> None:
    assert upkeep.projections_match(store.engine)
    assert verify(store.engine).sound


def disputed(store: SqlStore) -> tuple[str, bytes]:
    device = life.receive(store)
    *before, last = store.unanswered(100)
    accepted = [Verdict(entry.hash, e.ACCEPTED, n) for n, entry in enumerate(before, 1)]
    store.note_verdicts([*accepted, Verdict(last.hash, e.DISPUTED, 9, "device_received_twice")])
    return device, last.hash


def test_the_lead_settles_a_dispute_and_its_task_is_closed(either_store: SqlStore) -> None:
    store = either_store
    device, event = disputed(store)
    command = settling.Settle(event=event, decision="leave", note="Đã gọi điểm bạn")

    settled = settling.settle(command, store, LEAD, NOON)

    assert store.tasks() == ()
    assert settled.header.subject == device
    assert store.timeline(device)[-1].event.hash == settled.hash
    with pytest.raises(refusals.NothingToSettle):
        settling.settle(command, store, LEAD, NOON)
    assert_sound(store)


def test_a_dispute_is_the_leads_and_its_decision_is_coded(store: SqlStore) -> None:
    _, event = disputed(store)
    for by in (CLERK, TECHNICIAN, GIVER):
        with pytest.raises(refusals.NotYourRole):
            settling.settle(settling.Settle(event=event, decision="leave"), store, by, NOON)
    with pytest.raises(UnknownReference):
        settling.settle(settling.Settle(event=event, decision="forget"), store, LEAD, NOON)
    assert len(store.tasks()) == 1


def a_donor(store: SqlStore) -> bytes:
    donor = Donor(name="Trần Văn An", phone="0912345678")
    new = intake.ReceiveDevice(device=intake.NewDevice(kind="laptop"), donor=donor)
    intake.receive_device(new, store, CLERK, NOON)
    (found,) = store.find_people("Trần Văn An")
    return found.id


def test_who_withdraws_consent_is_forgotten_and_the_devices_stay(either_store: SqlStore) -> None:
    store = either_store
    donor = a_donor(store)
    command = consent.PurgePerson(person=donor, reason="consent-withdrawn")

    with pytest.raises(refusals.NotYourRole):
        consent.purge_person(command, store, CLERK, NOON)
    consent.purge_person(command, store, LEAD, NOON)

    assert store.content(donor) is None
    assert store.find_people("Trần Văn An") == ()
    assert store.device("0120000015") is not None
    with pytest.raises(refusals.UnknownPerson):
        consent.purge_person(command, store, LEAD, NOON)
    assert_sound(store)


def test_an_erased_name_needs_a_reason_of_the_table(store: SqlStore) -> None:
    donor = a_donor(store)
    with pytest.raises(UnknownReference):
        consent.purge_person(
            consent.PurgePerson(person=donor, reason="mistyped"), store, LEAD, NOON
        )
    assert store.content(donor) is not None


def photo(colour: str = "red", *, turned: bool = True) -> bytes:
    """A picture as a telephone writes it: lying on its side, with words about the place."""
    picture, file = Image.new("RGB", (40, 20), colour), BytesIO()
    notes = Image.Exif()
    notes[ORIENTATION] = 6 if turned else 1
    notes[0x010F] = "a telephone in Tan Lap"
    picture.save(file, "JPEG", exif=notes, comment=b"a telephone in Tan Lap")
    return file.getvalue()


def test_a_photo_is_kept_upright_and_says_nothing_of_the_place(either_store: SqlStore) -> None:
    store = either_store
    device = life.receive(store)

    taken = releasing.take_photo(
        releasing.TakePhoto(device=device, photo=photo()), store, TECHNICIAN, NOON
    )

    assert isinstance(taken.said, e.PhotoTaken)
    kept = store.attachment(taken.said.photo)
    assert kept is not None
    assert b"Tan Lap" not in kept
    assert Image.open(BytesIO(kept)).size == (20, 40)
    with pytest.raises(refusals.PhotoTakenBefore):
        releasing.take_photo(releasing.TakePhoto(device=device, photo=kept), store, LEAD, NOON)
    assert_sound(store)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xff\xd8\xff but no picture", b"GIF89a"])
def test_what_is_no_picture_is_no_photo(store: SqlStore, data: bytes) -> None:
    device = life.receive(store)
    with pytest.raises(refusals.NotAScan):
        releasing.take_photo(releasing.TakePhoto(device=device, photo=data), store, LEAD, NOON)


def test_only_what_a_person_let_go_may_leave(either_store: SqlStore) -> None:
    store = either_store
    device, other = life.receive(store), life.receive(store)
    command = releasing.TakePhoto(device=device, photo=photo())
    said = releasing.take_photo(command, store, TECHNICIAN, NOON).said
    assert isinstance(said, e.PhotoTaken)
    let_go = releasing.ReleaseAttachment(device=device, attachment=said.photo, use="photo")
    with pytest.raises(refusals.NotYourRole):
        releasing.release_attachment(let_go, store, GIVER, NOON)
    with pytest.raises(refusals.NoSuchFile):
        releasing.release_attachment(
            releasing.ReleaseAttachment(device=other, attachment=said.photo, use="photo"),
            store,
            LEAD,
            NOON,
        )
    store.note_verdicts([Verdict(x.hash, e.ACCEPTED, 1) for x in store.unanswered(100)])
    assert store.files_to_send(10) == ()

    released = releasing.release_attachment(let_go, store, TECHNICIAN, NOON).said

    assert isinstance(released, e.AttachmentReleased)
    assert released.media == "jpeg"
    store.note_verdicts([Verdict(x.hash, e.ACCEPTED, 2) for x in store.unanswered(100)])
    (file,) = store.files_to_send(10)
    assert (file.hash, file.size, file.use) == (said.photo, released.size_bytes, "photo")
    with pytest.raises(refusals.ReleasedBefore):
        releasing.release_attachment(let_go, store, LEAD, NOON)
    assert_sound(store)


def test_a_certificate_is_kept_and_let_go_at_once(store: SqlStore) -> None:
    device = life.receive(store)
    command = releasing.ReleaseFile(device=device, file=b"{}", use="certificate")

    said = releasing.release_file(command, store, TECHNICIAN, NOON).said

    assert isinstance(said, e.AttachmentReleased)
    assert (said.media, store.attachment(said.attachment)) == ("json", b"{}")
    for use in ("photo", "scan"):
        wrong = releasing.ReleaseFile(device=device, file=b"x", use=use)
        with pytest.raises((refusals.NoSuchFile, refusals.NotReleasable)):
            releasing.release_file(wrong, store, LEAD, NOON)


def test_a_signed_paper_does_not_leave_as_something_else(store: SqlStore) -> None:
    device = life.receive(store)
    command = releasing.ReleaseAttachment(device=device, attachment=b"?" * 32, use="certificate")
    with pytest.raises(refusals.NoSuchFile):
        releasing.release_attachment(command, store, LEAD, NOON)
