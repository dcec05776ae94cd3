"""Chargers, loose parts and shelves: whose they are, what a scan of both says, what lies where."""

import pytest

from station import bench, correction, labelling, refusals, stock, transfer
from station import events as e
from station.codes import CodeKind, make, parse
from station.device import Device
from station.labelled import Fit, ItemRole, LabelledItem, Pairing, pairing
from station.people import Donor, Text
from station.reference import UnknownReference
from station.store.store import SqlStore
from station.store.verifying import verify
from station.text import TooLong
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, STATION, TECHNICIAN
from tests.station.test_refusals import NOBODY, refused

NO_ITEM = make(CodeKind.PART, STATION, 99)


def label(store: SqlStore, item: str = "charger", device: str | None = None) -> str:
    command = labelling.LabelItem(role=ItemRole.ACCESSORY, item=item, device=device)
    return labelling.label_item(command, store, CLERK, NOON).header.subject


def shelf(store: SqlStore, name: str = "Kệ A3") -> str:
    command = labelling.LabelItem(role=ItemRole.SHELF, name=name)
    return labelling.label_item(command, store, CLERK, NOON).header.subject


def pair(store: SqlStore, item: str, device: str | None) -> None:
    labelling.pair_item(labelling.PairItem(item=item, device=device), store, CLERK, NOON)


def put(store: SqlStore, device: str, on: str) -> None:
    command = labelling.PutOnShelf(device=device, shelf=on)
    labelling.put_on_shelf(command, store, CLERK, NOON)


def scanned(store: SqlStore, item: str, device: str) -> Pairing:
    known, of = store.labelled(item), store.device(device)
    assert known is not None
    assert of is not None
    return pairing(known, of)


def test_a_charger_is_its_devices_and_no_others(either_store: SqlStore) -> None:
    store = either_store
    laptop, other = life.receive(store), life.receive(store)
    charger = label(store, device=laptop)

    assert parse(charger).kind is CodeKind.PART
    assert scanned(store, charger, laptop) == Pairing(Fit.MATCHES, laptop)
    assert scanned(store, charger, other) == Pairing(Fit.OTHERS, laptop)
    assert [item.code for item in store.items_of(laptop)] == [charger]
    assert "ItemLabelled" in [row.event.header.kind for row in store.timeline(laptop)]


def test_a_charger_of_nobody_is_free_until_somebody_pairs_it(either_store: SqlStore) -> None:
    store = either_store
    laptop, other = life.receive(store), life.receive(store)
    charger = label(store)
    assert scanned(store, charger, laptop) == Pairing(Fit.FREE)

    pair(store, charger, laptop)
    pair(store, charger, other)

    assert store.items_of(laptop) == ()
    assert [item.code for item in store.items_of(other)] == [charger]
    kinds = [row.event.header.kind for row in store.timeline(laptop)]
    assert kinds.count("ItemPaired") == 2  # it came, and it went
    pair(store, charger, None)
    assert scanned(store, charger, other) == Pairing(Fit.FREE)
    assert verify(store.engine).sound


def test_what_belongs_to_the_computer_of_a_set_fits_the_whole_set() -> None:
    keyboard = LabelledItem("V1", item="keyboard", device="head", known=True)
    screen, head = Device("screen", head="head"), Device("head", members=("screen",))

    assert pairing(keyboard, screen) == pairing(keyboard, head) == Pairing(Fit.MATCHES, "head")
    of_the_screen = LabelledItem("V2", item="video-cable", device="screen", known=True)
    assert pairing(of_the_screen, head).fit is Fit.MATCHES
    assert pairing(keyboard, Device("another")).fit is Fit.OTHERS


def test_a_pair_that_is_one_already_is_said_to_be(store: SqlStore) -> None:
    laptop = life.receive(store)
    charger = label(store, device=laptop)
    free = label(store)

    for item, device in ((charger, laptop), (free, None)):
        command = labelling.PairItem(item=item, device=device)
        refused(store, refusals.PairedAlready, labelling.pair_item, command)


def test_only_known_things_and_devices_that_are_here_are_paired(store: SqlStore) -> None:
    laptop = life.receive(store)
    charger = label(store)
    retire = stock.Retire(device=laptop, reason="too-old")
    stock.retire(retire, store, LEAD, NOON)

    def paired(item: str, device: str | None) -> labelling.PairItem:
        return labelling.PairItem(item=item, device=device)

    refused(store, refusals.UnknownItem, labelling.pair_item, paired(NO_ITEM, laptop))
    refused(store, refusals.UnknownItem, labelling.pair_item, paired(laptop, laptop))
    refused(store, refusals.UnknownDevice, labelling.pair_item, paired(charger, NOBODY))
    refused(store, refusals.NotInThisStage, labelling.pair_item, paired(charger, laptop))
    refused(store, refusals.ShelfOfNoDevice, labelling.pair_item, paired(shelf(store), laptop))


@pytest.mark.parametrize(
    ("role", "item", "refusal"),
    [
        (ItemRole.ACCESSORY, "anvil", UnknownReference),
        (ItemRole.ACCESSORY, "ssd-120gb", UnknownReference),
        (ItemRole.PART, "charger", UnknownReference),
        (ItemRole.SHELF, "charger", UnknownReference),
        (ItemRole.SHELF, "shelf", refusals.ShelfWithoutName),
    ],
)
def test_a_thing_is_named_from_its_own_table(
    store: SqlStore, role: ItemRole, item: str, refusal: type[Exception]
) -> None:
    refused(store, refusal, labelling.label_item, labelling.LabelItem(role=role, item=item))


def test_a_shelf_is_nobodys_and_has_a_short_name(store: SqlStore) -> None:
    laptop = life.receive(store)
    long = labelling.LabelItem(role=ItemRole.SHELF, name="Kệ " * 40)
    ones = labelling.LabelItem(role=ItemRole.SHELF, name="A3", device=laptop)

    refused(store, TooLong, labelling.label_item, long)
    refused(store, refusals.ShelfOfNoDevice, labelling.label_item, ones)


def test_a_shelf_bears_its_name_and_shows_what_lies_on_it(either_store: SqlStore) -> None:
    store = either_store
    a3, b1 = shelf(store), shelf(store, "Kệ B1")
    laptop, other = life.receive(store), life.receive(store)

    put(store, laptop, a3)
    put(store, other, a3)
    put(store, other, b1)

    known = store.labelled(a3)
    assert known is not None
    assert known.name is not None
    assert store.content(known.name) == Text("Kệ A3")
    assert [item.code for item in store.shelves()] == [a3, b1]
    assert [device.code for device in store.on_shelf(a3)] == [laptop]
    assert [device.code for device in store.on_shelf(b1)] == [other]
    assert store.shelf_counts() == {a3: 1, b1: 1}
    assert verify(store.engine).sound


def test_a_device_lies_on_a_shelf_and_on_nothing_else(store: SqlStore) -> None:
    laptop, charger = life.receive(store), label(store)

    def on(code: str, device: str = laptop) -> labelling.PutOnShelf:
        return labelling.PutOnShelf(device=device, shelf=code)

    refused(store, refusals.NotAShelf, labelling.put_on_shelf, on(charger))
    refused(store, refusals.UnknownItem, labelling.put_on_shelf, on(NO_ITEM))
    refused(store, refusals.UnknownItem, labelling.put_on_shelf, on(laptop))
    refused(store, refusals.UnknownDevice, labelling.put_on_shelf, on(shelf(store), NOBODY))


def test_what_leaves_the_point_leaves_its_shelf(either_store: SqlStore) -> None:
    store = either_store
    a3 = shelf(store)
    sent, retired = life.receive(store), life.receive(store)
    for device in (sent, retired):
        put(store, device, a3)

    transfer.send(transfer.Send(device=sent, place="point-011"), store, CLERK, NOON)
    stock.retire(stock.Retire(device=retired, reason="too-old"), store, LEAD, NOON)
    assert [device.code for device in store.on_shelf(a3)] == [retired]  # it still lies there

    waste = stock.GiveWaste(devices=(retired,), receiver=Donor("Công ty Môi trường Xanh"))
    stock.give_waste(waste, store, LEAD, NOON)

    assert store.on_shelf(a3) == ()
    away = labelling.PutOnShelf(device=sent, shelf=a3)
    refused(store, refusals.NotInThisStage, labelling.put_on_shelf, away)


def test_each_duty_is_asked_for(store: SqlStore) -> None:
    charger = label(store, device=life.receive(store))
    one = labelling.LabelItem(role=ItemRole.ACCESSORY, item="charger")

    refused(store, refusals.NotYourRole, labelling.label_item, one, GIVER)
    free = labelling.PairItem(item=charger, device=None)
    labelling.pair_item(free, store, GIVER, NOON)


def test_a_power_cord_that_was_called_a_charger_is_put_right(either_store: SqlStore) -> None:
    store = either_store
    laptop = life.receive(store)
    cord = label(store, device=laptop)
    wrong = store.timeline(cord)[0].event

    def correct(**fields: object) -> correction.Correct:
        return correction.Correct(event=wrong.hash, fields=fields, reason="mistyped")

    correction.correct(correct(item="power-cord"), store, CLERK, NOON)

    known = store.labelled(cord)
    assert known is not None
    assert (known.item, known.device) == ("power-cord", laptop)
    refused(store, UnknownReference, correction.correct, correct(item="ssd-120gb"))
    refused(store, refusals.CorrectionNotAllowed, correction.correct, correct(device=None))
    assert verify(store.engine).sound


# ---- labels still to stick ----


def test_a_label_is_to_stick_until_it_is_printed_written_or_the_device_is_gone(
    either_store: SqlStore,
) -> None:
    store = either_store
    printed, written, sent, kept = (life.receive(store) for _ in range(4))
    blank = labelling.ReserveCodes(of=CodeKind.DEVICE, count=1, purpose="roll")
    (roll,) = labelling.reserve_codes(blank, store, CLERK, NOON)
    life.receive(store, code=roll)
    assert [d.code for d in store.unlabelled()] == [kept, sent, written, printed]

    labelling.record_labels((printed,), store, CLERK, NOON, stock="35x22-3up-104")
    labelling.record_label(written, store, CLERK, NOON, stock=e.BY_HAND)
    transfer.send(transfer.Send(device=sent, place="point-011"), store, CLERK, NOON)

    assert [d.code for d in store.unlabelled()] == [kept]
    assert store.count_unlabelled() == 1
    assert store.unlabelled(limit=0) == ()
    transfer.arrive(transfer.Arrive(device=sent, place="point-011"), store, CLERK, NOON)
    assert store.count_unlabelled() == 2  # it came back as bare as it went
    assert verify(store.engine).sound


def test_a_correction_leaves_the_list_as_it_is(either_store: SqlStore) -> None:
    device = life.receive(either_store)
    received = either_store.timeline(device)[0].event
    command = correction.Correct(event=received.hash, fields={"kind": "aio"}, reason="mistyped")

    correction.correct(command, either_store, LEAD, NOON)

    assert [known.code for known in either_store.unlabelled()] == [device]


def test_of_labels_that_left_the_printer_only_those_of_known_things_are_noted(
    store: SqlStore,
) -> None:
    laptop = life.receive(store)
    charger = label(store, device=laptop)
    blank = make(CodeKind.DEVICE, STATION, 500)
    lot = make(CodeKind.LOT, STATION, 1)

    noted = labelling.record_labels((blank, laptop, lot, charger, "x"), store, CLERK, NOON)
    again = labelling.record_labels((charger,), store, CLERK, NOON)

    assert [event.header.subject for event in noted] == [laptop, charger]
    (reprint,) = again
    assert reprint.said == e.LabelPrinted(reprint=1, by=CLERK.id)


# ---- together on the way, and away for good ----


def test_devices_travel_together_under_one_code(either_store: SqlStore) -> None:
    store = either_store
    devices = tuple(life.receive(store) for _ in range(3))
    command = transfer.SendTogether(devices=devices, place="point-011")

    sent = transfer.send_together(command, store, CLERK, NOON)

    assert sent.devices == devices
    lot = store.lot(sent.batch)
    assert lot is not None
    assert (lot.kind, lot.place, lot.devices) == ("transfer", "point-011", devices)
    assert lot.on == NOON.day
    assert len(store.timeline(sent.batch)) == 3
    assert verify(store.engine).sound


def test_a_batch_goes_whole_or_not_at_all(store: SqlStore) -> None:
    here, gone = life.receive(store), life.receive(store)
    transfer.send(transfer.Send(device=gone, place="point-011"), store, CLERK, NOON)

    def together(*devices: str, place: str = "point-011") -> transfer.SendTogether:
        return transfer.SendTogether(devices=devices, place=place)

    send = transfer.send_together
    refused(store, refusals.NotInThisStage, send, together(here, gone))
    refused(store, refusals.NothingToRecord, send, together())
    refused(store, refusals.NotFromHere, send, together(here, place="point-012"))
    refused(store, refusals.SchoolTakesBatches, send, together(here, place="truong-th-go-dau"))
    refused(store, refusals.NotYourRole, send, together(here), TECHNICIAN)


def test_a_device_scanned_twice_travels_once(store: SqlStore) -> None:
    device = life.receive(store)
    command = transfer.SendTogether(devices=(device, device), place="point-011")

    assert transfer.send_together(command, store, CLERK, NOON).devices == (device,)


def test_retired_devices_leave_as_waste_once(either_store: SqlStore) -> None:
    store = either_store
    devices = tuple(life.receive(store) for _ in range(2))
    for device in devices:
        stock.retire(stock.Retire(device=device, reason="too-old"), store, LEAD, NOON)
    command = stock.GiveWaste(devices=devices, receiver=Donor("Xanh", organisation=True))

    out = stock.give_waste(command, store, LEAD, NOON)

    lot, known = store.lot(out.batch), store.device(devices[0])
    assert lot is not None
    assert known is not None
    assert (lot.kind, lot.devices) == ("waste", devices)
    assert lot.receiver is not None
    assert store.content(lot.receiver) == Donor("Xanh", organisation=True)
    assert (known.given_as_waste, known.place) == (True, "")
    assert not known.allows(e.PartTaken)
    assert known.allows(e.LabelPrinted)
    refused(store, refusals.GivenAsWaste, stock.give_waste, command)
    part = bench.MovePart(item="ram-ddr3-4gb", out_of=devices[0])
    refused(store, refusals.GivenAsWaste, bench.move_part, part)
    assert verify(store.engine).sound


def test_only_retired_devices_are_waste_and_somebody_takes_them(store: SqlStore) -> None:
    device = life.receive(store)

    def waste(*devices: str, name: str = "Xanh") -> stock.GiveWaste:
        return stock.GiveWaste(devices=devices, receiver=Donor(name))

    refused(store, refusals.NotInThisStage, stock.give_waste, waste(device))
    refused(store, refusals.NothingToRecord, stock.give_waste, waste())
    refused(store, refusals.ReceiverWithoutName, stock.give_waste, waste(device, name=" "))
    refused(store, refusals.NotYourRole, stock.give_waste, waste(device), CLERK)
