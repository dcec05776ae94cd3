from station import bench, intake, sets, stock, transfer
from station.codes import CodeKind, make
from station.people import Donor
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.papers.lives import (
    case_of,
    given_laptop,
    promise,
    retired,
    taken_back,
    to_school,
    visit,
)
from ui.papers.describing import Wanted, describe
from ui.papers.forms import set_aside
from ui.papers.offers import offers

LETTERS = ("thank-you-letter", "sponsorship-confirmation")


def elsewhere(store: SqlStore) -> str:
    return next(p.id for p in store.reference.points(NOON.day) if p.id != "point-012")


def test_a_device_is_offered_what_its_life_can_say_and_its_stage_asks_for_first(
    store: SqlStore,
) -> None:
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    assert offers(store, device) == ("intake-receipt", *LETTERS)

    life.refurbish(store, device)
    life.make_ready(store, device)
    at_point = ("bench-sheet", "intake-receipt", "erasure-certificate", *LETTERS)
    assert offers(store, device) == at_point

    case = promise(store, device)
    assert offers(store, case) == ("proxy-letter",)


def test_a_given_device_is_offered_its_minutes_and_in_repair_its_receipt(store: SqlStore) -> None:
    device, case = given_laptop(store)
    assert offers(store, device)[0] == "handover-minutes"
    assert offers(store, case) == ("handover-minutes", "proxy-letter")

    taken_back(store, device)
    assert offers(store, device)[:2] == ("repair-receipt", "bench-sheet")


def test_a_schools_batch_and_its_devices_are_offered_its_papers(store: SqlStore) -> None:
    out = to_school(store, ("Trần Văn An", "4A2"))

    assert offers(store, out.batch) == ("batch-minutes", "signing-list", "handover-minutes")
    assert offers(store, out.devices[0])[:2] == ("batch-minutes", "handover-minutes")


def test_a_visit_is_offered_a_receipt_or_a_slip_for_what_was_refused(store: SqlStore) -> None:
    lot = visit(store, intake.NewDevice(kind="laptop")).lot
    refuse = intake.RefuseItem(kind="monitor", reason="too-broken")
    refused = intake.refuse_item(refuse, store, CLERK, NOON).header.subject

    assert offers(store, lot) == ("intake-receipt", *LETTERS)
    assert offers(store, refused) == ("return-slip",)


def test_a_retired_device_is_offered_what_its_end_asks_for(store: SqlStore) -> None:
    scrap, back = retired(store, "S1"), retired(store, "S2", "returned-to-donor")
    assert offers(store, scrap)[0] == "disposal-minutes"
    assert offers(store, back)[0] == "return-slip"

    command = stock.GiveWaste(devices=(scrap,), receiver=Donor(name="Công ty Môi trường"))
    out = stock.give_waste(command, store, GIVER, NOON)

    assert offers(store, scrap)[:2] == ("e-waste-minutes", "disposal-minutes")
    assert offers(store, out.batch) == ("e-waste-minutes",)


def test_what_travels_is_offered_its_manifest(store: SqlStore) -> None:
    device = life.receive(store)
    command = transfer.SendTogether(devices=(device,), place=elsewhere(store))
    out = transfer.send_together(command, store, CLERK, NOON)

    assert offers(store, out.batch) == ("transfer-manifest",)
    assert offers(store, device)[0] == "transfer-manifest"


def test_a_certificate_is_offered_once_no_disk_holds_anybodys_data(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    life.measure(store, device)
    assert "erasure-certificate" not in offers(store, device)

    life.erase_and_install(store, device)
    assert "erasure-certificate" in offers(store, device)


def test_forms_are_offered_for_the_point_and_for_codes_that_wait_for_theirs(
    store: SqlStore,
) -> None:
    lot, *_devices = set_aside(store, 1, "power-cut", CLERK, NOON)

    assert offers(store, lot) == ("pick-up-form", "emergency-form")
    assert offers(store, "point-012") == ("stocktake-minutes", "pick-up-form", "emergency-form")


def test_nothing_is_offered_for_what_nobody_knows(store: SqlStore) -> None:
    unknown = [make(kind, 12, 99) for kind in CodeKind if kind is not CodeKind.PAIRING]

    assert [offers(store, code) for code in (*unknown, "8XK2F32", "")] == [()] * 8
    assert offers(store, case_of(store)) == ()


def test_everything_that_is_offered_can_be_described(store: SqlStore) -> None:
    head, screen = life.ready_laptop(store, "T1"), life.ready_laptop(store, "T2")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)
    device, case = given_laptop(store)
    taken_back(store, device)
    out = to_school(store, ("Trần Văn An", "4A2"))
    lot = visit(store, intake.NewDevice(kind="laptop"))
    codes = (head, screen, device, case, out.batch, *out.devices, lot.lot, retired(store, "S9"))

    for code in codes:
        for paper in offers(store, code):
            described = describe(store, Wanted(paper=paper, about=(code,)), CLERK, NOON)
            assert described, (paper, code)
