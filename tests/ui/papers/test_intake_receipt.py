from datetime import date, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from labels.paper_pdf import paper_pdf
from station import correction, intake
from station import events as e
from station.codes import grouped
from station.paper_facts import Choice
from station.people import Donor
from station.printed import Party
from station.store.store import SqlStore
from station.words import use
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON
from tests.ui.papers.lives import COMPANY, purge, visit
from ui.papers import making
from ui.papers.history import NothingToSay
from ui.papers.intake_receipt import intake_receipt

LAPTOP = intake.NewDevice(
    kind="laptop",
    maker="Dell",
    model="Latitude E7450",
    serial="8XK2F32",
    condition="scratched",
    kit=("charger", "bag"),
    locks=("bios-password",),
    data_wish="keep-disk",
    if_hopeless="return",
    note="Chai pin,\ngãy bản lề",
)
SCREEN = intake.NewDevice(kind="monitor", belongs_to=0)


def test_a_receipt_says_what_came_from_whom_and_what_they_wish(store: SqlStore) -> None:
    use("en")
    lot = visit(store, LAPTOP, SCREEN)

    facts = intake_receipt(store, lot.lot)

    assert (facts.subject, facts.day, facts.hour) == (lot.lot, date(2021, 10, 11), time(12, 0))
    assert facts.donor == Party(organisation="Công ty Mía đường", phone="0276 3888 999")
    assert facts.giver == Party()
    assert facts.operator == Party("VNPT Tây Ninh", "Lê Thị Lan", "Nhân viên tiếp nhận")
    assert (facts.point, facts.place) == ("VNPT Gò Dầu", "thị trấn Gò Dầu")
    assert facts.form == "Nhận tại cơ quan"
    assert facts.choices == (
        Choice("Đồng ý cho lưu thông tin liên hệ", True),
        Choice("Đồng ý công khai tên người tặng", True),
    )
    assert facts.tracking_address == f"https://maytinhcu.example/t/{lot.lot}"
    laptop, screen = facts.devices
    assert (laptop.code, screen.code) == lot.devices
    assert (laptop.kind, laptop.name) == ("Máy tính xách tay", "Dell Latitude E7450")
    assert (laptop.serial, laptop.condition) == ("8XK2F32", "Trầy xước")
    assert laptop.kit == "Bộ sạc, Túi đựng"
    assert laptop.remark == "Có mật khẩu BIOS, Chai pin, gãy bản lề"
    assert (laptop.data, laptop.hopeless) == ("Yêu cầu giữ lại ổ cứng", "Trả lại người tặng")
    assert (screen.kind, screen.data) == ("Màn hình", "")
    assert screen.remark == f"Thuộc bộ máy {grouped(laptop.code)}"


def test_a_walk_in_gets_the_receipt_of_one_device(store: SqlStore) -> None:
    device = life.receive(store)

    facts = intake_receipt(store, device)

    assert facts.subject == ""  # it has no visit's code
    assert facts.donor == Party(person="Nguyễn Thị Hòa", phone="0912 345 678")
    assert facts.giver == Party(person="Nguyễn Thị Hòa")
    assert [row.code for row in facts.devices] == [device]


def test_any_device_of_a_visit_gives_the_receipt_of_all_of_it(store: SqlStore) -> None:
    lot = visit(store, LAPTOP, SCREEN)

    assert intake_receipt(store, lot.devices[1]) == intake_receipt(store, lot.lot)


def test_later_work_does_not_show_and_a_correction_does(store: SqlStore) -> None:
    device = life.receive(store, serial="8XK2F32", serial_known_by="second-scan")
    life.refurbish(store, device)
    looked = intake.Describe(device=device, condition="broken")
    intake.describe(looked, store, CLERK, NOON)
    (received,) = [
        row.event for row in store.timeline(device) if isinstance(row.event.said, e.Received)
    ]
    mended = correction.Correct(
        event=received.hash, fields={"kit": ("bag",)}, reason="paper-differs"
    )
    correction.correct(mended, store, LEAD, NOON)

    (row,) = intake_receipt(store, device).devices

    assert (row.condition, row.configuration, row.kit) == ("", "", "Túi đựng")


def test_an_anonymous_donor_is_not_asked_twice(store: SqlStore) -> None:
    command = intake.ReceiveDevice(device=LAPTOP)
    device = intake.receive_device(command, store, CLERK, NOON).header.subject

    facts = intake_receipt(store, device)

    assert facts.anonymous


def test_a_donor_whose_name_was_purged_is_not_said_to_have_left_none(store: SqlStore) -> None:
    lot = visit(store, LAPTOP)
    purge(store)

    facts = intake_receipt(store, lot.lot)

    assert (facts.anonymous, facts.unnamed) == (False, True)
    assert facts.choices == ()


def test_the_address_stays_out_and_a_purged_donor_is_written_in_by_hand(store: SqlStore) -> None:
    lot = visit(store, LAPTOP)
    assert COMPANY.address not in repr(intake_receipt(store, lot.lot))

    purge(store)

    facts = intake_receipt(store, lot.lot)
    assert (facts.donor, facts.choices) == (Party(), ())
    assert facts.devices[0].remark == "Có mật khẩu BIOS"


def test_a_lot_of_refused_things_has_no_receipt(store: SqlStore) -> None:
    command = intake.RefuseItem(
        kind="monitor", reason="too-broken", donor=Donor(name="Nguyễn Thị Hòa")
    )
    lot = intake.refuse_item(command, store, CLERK, NOON).header.subject

    with pytest.raises(NothingToSay):
        intake_receipt(store, lot)


def test_five_devices_of_an_organisation_in_sets_have_both_copies_on_one_sheet(
    store: SqlStore,
) -> None:
    desktop = intake.NewDevice(
        kind="desktop", maker="Dell", model="OptiPlex 3020", serial="7H2K9X1"
    )
    other = intake.NewDevice(kind="monitor", belongs_to=2)
    second, laptop = intake.NewDevice(kind="desktop"), intake.NewDevice(kind="laptop")
    lot = visit(store, desktop, SCREEN, second, other, laptop)

    ((document, said),) = making.make(
        store, CLERK, NOON, [("intake-receipt", intake_receipt(store, lot.lot))]
    )

    assert len(PdfReader(BytesIO(paper_pdf([(document, said)]))).pages) == 1
