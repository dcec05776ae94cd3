from datetime import date, timedelta

import pytest

from station import handover, intake
from station.ledger import Moment
from station.printed import Party
from station.stock import Retire, retire
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import COMPANY, everything, give, promise, purge, to_school, visit
from ui.papers.donor_letters import sponsorship_confirmation, thank_you_letter
from ui.papers.history import NothingToSay
from ui.papers.making import about
from ui.papers.offers import offers

LAPTOP = intake.NewDevice(kind="laptop", maker="Dell", model="E7450", serial="S1")
SCREEN = intake.NewDevice(kind="monitor", condition="good")
NEXT_WEEK = Moment(NOON.at + timedelta(days=7))


def test_a_letter_thanks_by_name_and_says_where_to_follow_the_devices(store: SqlStore) -> None:
    lot = visit(store, LAPTOP, SCREEN)

    facts = thank_you_letter(store, lot.lot, LEAD, NEXT_WEEK)

    assert facts.day == date(2021, 10, 18)
    assert facts.donor == Party(organisation="Công ty Mía đường")
    assert facts.giver == Party("VNPT Tây Ninh", "Trần Thị Mai", "Phụ trách điểm")
    assert [(row.kind, row.name) for row in facts.devices] == [
        ("Máy tính xách tay", "Dell E7450"),
        ("Màn hình", ""),
    ]
    assert facts.tracking_address == f"https://maytinhcu.example/t/{lot.lot}"
    told = everything(facts)
    for kept_out in (COMPANY.phone, "0276", COMPANY.address, "S1"):
        assert kept_out not in told


def test_a_letter_says_nothing_of_what_became_of_the_device(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    before = thank_you_letter(store, device, CLERK, NEXT_WEEK)
    give(store, device, promise(store, device))

    assert thank_you_letter(store, device, CLERK, NEXT_WEEK) == before


def test_a_confirmation_says_what_came_in_all_lots_of_a_donor(store: SqlStore) -> None:
    first = visit(store, LAPTOP, SCREEN)
    command = intake.ReceiveLot(devices=(SCREEN,), donor=COMPANY)
    second = intake.receive_lot(command, store, CLERK, NEXT_WEEK)

    facts = sponsorship_confirmation(store, (first.lot, second.lot), LEAD, NEXT_WEEK)

    assert facts.donor == Party(organisation=COMPANY.name, address=COMPANY.address)
    assert [row.code for row in facts.devices] == [*first.devices, *second.devices]
    assert (facts.began, facts.ended) == (date(2021, 10, 11), date(2021, 10, 18))
    assert (facts.subject, facts.tracking_address) == ("", "")
    assert [row.condition for row in facts.devices] == ["", "Tốt", "Tốt"]
    assert "0276" not in everything(facts)
    assert [row.lot for row in facts.devices] == [first.lot, first.lot, second.lot]
    assert {first.lot, second.lot} <= set(about(facts))


def test_what_went_back_to_its_donor_is_neither_thanked_for_nor_confirmed(store: SqlStore) -> None:
    lot = visit(store, LAPTOP, SCREEN)
    laptop, screen = lot.devices
    retire(Retire(device=laptop, reason="returned-to-donor"), store, TECHNICIAN, NOON)

    for facts in (
        thank_you_letter(store, lot.lot, LEAD, NOON),
        sponsorship_confirmation(store, (lot.lot,), LEAD, NOON),
    ):
        assert [row.code for row in facts.devices] == [screen]
    with pytest.raises(NothingToSay):
        thank_you_letter(store, laptop, LEAD, NOON)
    assert "thank-you-letter" not in offers(store, laptop)
    assert "thank-you-letter" in offers(store, lot.lot)


def test_a_confirmation_of_one_day_names_the_day_once(store: SqlStore) -> None:
    lot = visit(store, LAPTOP)

    facts = sponsorship_confirmation(store, (lot.lot,), LEAD, NOON)

    assert (facts.subject, facts.began, facts.ended) == (lot.lot, date(2021, 10, 11), None)


def test_what_two_donors_gave_is_confirmed_to_neither(store: SqlStore) -> None:
    lot, device = visit(store, LAPTOP), life.receive(store, serial="S9")

    facts = sponsorship_confirmation(store, (lot.lot, device), LEAD, NOON)

    assert facts.donor == Party()


def test_a_purged_donor_is_written_in_by_hand(store: SqlStore) -> None:
    lot = visit(store, LAPTOP)
    purge(store)

    assert thank_you_letter(store, lot.lot, LEAD, NOON).donor == Party()


def test_a_schools_batch_is_no_gift(store: SqlStore) -> None:
    out: handover.BatchOut = to_school(store, ("Trần Văn An", "4A2"))

    with pytest.raises(NothingToSay):
        thank_you_letter(store, out.batch, LEAD, NOON)
