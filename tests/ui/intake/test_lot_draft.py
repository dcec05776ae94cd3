from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from station.intake import NewDevice
from ui.intake.lot_draft import LotDraft, alike, put_back

PC = NewDevice(kind="desktop", serial="S1", serial_known_by="scan", note="noisy", kit=("mouse",))


def monitor_of(place: int) -> NewDevice:
    return NewDevice(kind="monitor", belongs_to=place)


def test_another_alike_leaves_out_what_names_one_device_only() -> None:
    assert alike(PC) == NewDevice(kind="desktop", kit=("mouse",))


def test_removing_a_computer_leaves_its_monitor_standing_alone() -> None:
    lot = LotDraft((PC, monitor_of(0), NewDevice(kind="tablet")))

    assert lot.without(0) == LotDraft((NewDevice(kind="monitor"), NewDevice(kind="tablet")))


def test_removing_what_stands_before_a_set_keeps_the_set_together() -> None:
    lot = LotDraft((NewDevice(kind="tablet"), PC, monitor_of(1)))

    assert lot.without(0) == LotDraft((PC, monitor_of(0)))


def test_a_serial_number_or_label_is_found_in_the_list() -> None:
    lot = LotDraft().added(PC).added(structs.replace(PC, serial="S2", code="0120000012"))

    assert lot.place_of("S2") == 1
    assert lot.place_of("0120000012") == 1
    assert lot.place_of("S3") is None
    assert not lot.holds_twice("S1")
    assert lot.added(PC).holds_twice("S1")


def test_what_came_since_a_removal_stays_with_its_own_computer() -> None:
    before = LotDraft((NewDevice(kind="tablet"), PC))
    since = before.without(0).added(monitor_of(0))

    assert put_back(since, before, 0) == (LotDraft((*before.devices, monitor_of(1))), 0)


def test_what_was_taken_off_a_list_that_changed_otherwise_comes_to_its_end() -> None:
    before = LotDraft((PC, monitor_of(0)))
    since = before.without(0).replaced(0, NewDevice(kind="aio"))

    assert put_back(since, before, 0) == (since.added(PC), 1)


@given(st.data())
def test_no_member_ever_points_at_another_device_than_its_own(data: st.DataObject) -> None:
    """Every computer is told apart by its serial; each monitor notes whose it is in its model."""
    lot = LotDraft()
    for number in range(data.draw(st.integers(1, 6))):
        lot = lot.added(NewDevice(kind="desktop", serial=f"S{number}"))
        if data.draw(st.booleans()):
            place = data.draw(st.integers(0, number_of_computers(lot) - 1))
            at = [i for i, device in enumerate(lot.devices) if device.serial][place]
            whose = lot.devices[at].serial
            lot = lot.added(NewDevice(kind="monitor", model=whose, belongs_to=at))
    while len(lot):
        before, place = lot, data.draw(st.integers(0, len(lot) - 1))
        lot = lot.without(place)
        assert put_back(lot, before, place) == (before, place)
        here = {device.serial for device in lot.devices}
        for device in lot.devices:
            if device.kind == "monitor":
                head = device.belongs_to
                assert (head is None) == (device.model not in here)
                assert head is None or lot.devices[head].serial == device.model


def number_of_computers(lot: LotDraft) -> int:
    return sum(1 for device in lot.devices if device.serial)
