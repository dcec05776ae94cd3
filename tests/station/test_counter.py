"""What stands around an intake: passwords, calls, photos, refusals, its draft, taking it back."""

import io

import pytest
from PIL import Image

from station import bench, intake, labelling, refusals, told_secrets
from station import events as e
from station.codes import CodeKind, make
from station.intake import NewDevice, ReceiveDevice, ReceiveLot, RefusedThing
from station.ports import DeviceFilter
from station.store.store import SqlStore
from station.store.verifying import verify
from station.taking_back_intake import TakeBackIntake, take_back_intake
from tests.station.conftest import CLERK, NOON, STATION, TECHNICIAN
from tests.station.life import HOA

PLACE = "counter-pc/intake"
LABEL = make(CodeKind.DEVICE, STATION, 500)


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "gray").save(file, "JPEG")
    return file.getvalue()


def laptop(**fields: object) -> NewDevice:
    return NewDevice(kind="laptop", **fields)  # type: ignore[arg-type]


def lot(store: SqlStore, *devices: NewDevice, **fields: object) -> intake.LotIn:
    command = ReceiveLot(devices=devices, donor=HOA, **fields)  # type: ignore[arg-type]
    return intake.receive_lot(command, store, CLERK, NOON)


def test_what_the_donor_tells_and_the_camera_sees_is_recorded_with_the_device(
    store: SqlStore,
) -> None:
    told = laptop(secrets=(("bios", "mật 1234"),), calls=("charger",), photos=(photo(),))

    code = lot(store, told).devices[0]

    device = store.device(code)
    assert device is not None
    assert told_secrets.told_word(code, "bios", store, TECHNICIAN) == "mật 1234"
    assert [call.about for call in device.calls] == ["charger"]
    (taken,) = [
        r.event.said for r in store.timeline(code) if isinstance(r.event.said, e.PhotoTaken)
    ]
    assert store.attachment(taken.photo) is not None


def test_a_password_never_leaves_the_point(store: SqlStore) -> None:
    lot(store, laptop(secrets=(("bios", "1234"),)))

    assert {row.kind for row in store.people_to_send(100)} <= {"donor", "text"}


def test_of_an_unnamed_donor_no_call_is_planned(store: SqlStore) -> None:
    command = ReceiveDevice(device=laptop(calls=("charger",)))

    code = intake.receive_device(command, store, CLERK, NOON).header.subject

    assert store.calls(NOON.day) == ()
    assert store.device(code) is not None


def test_what_is_not_taken_in_stands_in_the_same_visit(store: SqlStore) -> None:
    old = RefusedThing(kind="monitor", reason="too-broken", count=2)

    came = lot(store, laptop(), refused=(old,))

    known = store.lot(came.lot)
    assert known is not None
    assert (known.refused, known.devices) == (2, came.devices)


def test_a_commit_drops_its_draft_and_a_refused_one_keeps_it(store: SqlStore) -> None:
    store.keep_draft(PLACE, b"three laptops")
    with pytest.raises(refusals.UnknownCase):
        lot(store, laptop(promised=make(CodeKind.CASE, STATION, 9)), draft=PLACE)
    kept = store.draft(PLACE)

    lot(store, laptop(), draft=PLACE)

    assert (kept, store.draft(PLACE)) == (b"three laptops", None)


def test_a_draft_is_sealed_and_bound_to_its_place(store: SqlStore) -> None:
    store.keep_draft(PLACE, "Nguyễn Thị Hòa".encode())
    store.keep_draft(PLACE, "Trần Văn An".encode())

    assert store.draft(PLACE) == "Trần Văn An".encode()
    assert store.draft("other") is None
    store.drop_draft(PLACE)
    assert store.draft(PLACE) is None


def test_an_intake_is_taken_back_whole_and_its_label_may_be_used_again(store: SqlStore) -> None:
    came = lot(store, laptop(code=LABEL, serial="8XK2F32"), NewDevice(kind="monitor", belongs_to=0))
    labelling.record_labels(came.devices, store, CLERK, NOON)

    take_back_intake(TakeBackIntake(devices=came.devices), store, CLERK, NOON)

    assert store.count_devices(DeviceFilter()) == 0
    assert store.device(LABEL) is None
    again = lot(store, laptop(code=LABEL, serial="8XK2F32"))
    device = store.device(again.devices[0])
    assert device is not None
    assert (device.code, device.lot, device.members) == (LABEL, again.lot, ())
    assert verify(store.engine).sound


def test_what_was_worked_at_is_not_taken_back(store: SqlStore) -> None:
    came = lot(store, laptop(), laptop())
    bench.put_on_hold(
        bench.PutOnHold(device=came.devices[1], reason="waiting-for-donor"), store, TECHNICIAN, NOON
    )

    with pytest.raises(refusals.WorkedOnSince, match=came.devices[1]):
        take_back_intake(TakeBackIntake(devices=came.devices), store, CLERK, NOON)

    assert store.count_devices(DeviceFilter()) == 2


def test_passwords_and_calls_go_with_an_intake_that_is_taken_back(store: SqlStore) -> None:
    came = lot(store, laptop(secrets=(("bios", "1234"),), calls=("charger",)))
    device = store.device(came.devices[0])
    assert device is not None
    row = dict(device.secrets)["bios"]

    take_back_intake(TakeBackIntake(devices=came.devices), store, CLERK, NOON)

    assert store.content(row) is None
    assert store.calls(NOON.day) == ()
