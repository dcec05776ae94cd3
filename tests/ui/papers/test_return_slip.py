import pytest

from station import intake
from station.paper_facts import ItemLine
from station.people import Donor
from station.printed import Party
from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON
from tests.ui.papers.lives import everything, retired
from ui.papers.history import NothingToSay
from ui.papers.making import about
from ui.papers.return_slip import return_slip

HOA = Donor(name="Nguyễn Thị Hòa", phone="0912 345 678")


def test_what_was_refused_goes_home_with_its_reason(store: SqlStore) -> None:
    command = intake.RefuseItem(
        kind="monitor", reason="too-broken", count=2, donor=HOA, note="Vỡ tấm nền"
    )
    lot = intake.refuse_item(command, store, CLERK, NOON).header.subject

    facts = return_slip(store, lot)

    assert facts.subject == lot
    assert facts.receiver == Party(person="Nguyễn Thị Hòa")
    assert facts.operator.person == "Lê Thị Lan"
    assert facts.items == (
        ItemLine(
            name="Màn hình",
            unit="chiếc",
            quantity=2,
            remark="Hỏng nặng, không dùng được, Vỡ tấm nền",
        ),
    )
    assert "0912" not in everything(facts)


def test_a_device_that_goes_back_to_its_donor_says_what_became_of_the_data(
    store: SqlStore,
) -> None:
    device = retired(store, "S1", "returned-to-donor", kit=("charger",))

    facts = return_slip(store, device)

    (row,) = facts.devices
    assert (row.code, row.kit, row.reason) == (device, "Bộ sạc", "Trả lại người tặng")
    assert row.data == "Chưa đọc được danh sách ổ lưu trữ của máy"
    assert facts.receiver == Party(person="Nguyễn Thị Hòa")


def test_what_was_retired_for_another_reason_does_not_go_back(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        return_slip(store, retired(store, "S1"))


def test_a_device_that_came_alone_is_not_called_a_visit(store: SqlStore) -> None:
    device = retired(store, "S1", "returned-to-donor")

    facts = return_slip(store, device)

    assert (facts.subject, about(facts)) == ("", (device,))
