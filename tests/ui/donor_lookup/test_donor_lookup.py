"""What a donor hears on the telephone, found by whatever they have at hand."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from station import events as e
from station import handover, stock, transfer
from station.codes import parse
from station.intake import NewDevice, ReceiveLot, RefusedThing, receive_lot
from station.people import Donor
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.donor_lookup.found import look_up
from ui.donor_lookup.page import DonorLookupPage, answer

PUPIL = "Trần Văn An"


def told(store: SqlStore, text: str) -> list[str]:
    return [line.told for line in answer(text, store, store.reference).lines]


def given_to_a_pupil(store: SqlStore) -> str:
    device, case = life.ready_laptop(store), life.enter_case(store, PUPIL)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, GIVER, NOON)
    return device


@pytest.mark.parametrize("text", ["0912345678", "0912 345 678", "nguyen thi hoa", "HÒA"])
def test_a_donor_is_found_by_telephone_or_name_without_marks(store: SqlStore, text: str) -> None:
    given_to_a_pupil(store)

    (sentence,) = told(store, text)

    assert sentence.startswith("Dell Latitude E7450, given on 11/10/2021: it was given on ")
    assert sentence.endswith("Its data was erased.")


def test_of_the_child_nothing_but_the_level_is_said(store: SqlStore) -> None:
    device = given_to_a_pupil(store)

    (sentence,) = told(store, device)

    assert "(Primary school)" in sentence
    assert PUPIL not in sentence
    assert "An" not in sentence.split()


def test_a_receipts_code_tells_of_everything_that_came_and_what_did_not(store: SqlStore) -> None:
    command = ReceiveLot(
        devices=(NewDevice(kind="desktop"), NewDevice(kind="monitor")),
        donor=life.HOA,
        refused=(RefusedThing(kind="monitor", reason="too-broken", count=2),),
    )
    lot = receive_lot(command, store, CLERK, NOON).lot

    found = answer(lot, store, store.reference)

    assert len(found.lines) == 2
    assert "2 things were not taken in" in found.beside


def test_data_that_was_not_erased_yet_is_said_to_be_kept_closed(store: SqlStore) -> None:
    code = life.receive(store)

    (sentence,) = told(store, code)

    assert "waits to be checked" in sentence
    assert "kept here, closed" in sentence


def test_a_kind_that_only_a_newer_version_knows_hides_no_other_machine(store: SqlStore) -> None:
    command = ReceiveLot(devices=(NewDevice(kind="desktop"),) * 2, donor=life.HOA)
    visit = receive_lot(command, store, CLERK, NOON)
    with store.transaction(CLERK, NOON) as work:
        work.record(visit.devices[0], e.Described(kind="kind-of-tomorrow"))

    assert len(told(store, visit.lot)) == 2


def test_a_machine_that_became_parts_is_said_to_help_others(store: SqlStore) -> None:
    code = life.receive(store)
    stock.retire(stock.Retire(device=code, reason="harvested"), store, TECHNICIAN, NOON)

    assert "its good parts help other machines" in told(store, code)[0]


def test_nobody_is_told_that_a_machine_is_kept_here_once_it_left(store: SqlStore) -> None:
    back, waste, away = (life.receive(store, serial=f"S{number}") for number in range(3))
    stock.retire(stock.Retire(device=back, reason="returned-to-donor"), store, TECHNICIAN, NOON)
    stock.retire(stock.Retire(device=waste, reason="harvested"), store, TECHNICIAN, NOON)
    firm = Donor("Cty Xanh", organisation=True)
    stock.give_waste(stock.GiveWaste(devices=(waste,), receiver=firm), store, TECHNICIAN, NOON)
    transfer.send(transfer.Send(device=away, place="point-013"), store, CLERK, NOON)

    for code in (back, waste, away):
        (sentence,) = told(store, code)
        assert "kept here" not in sentence, sentence


@pytest.mark.parametrize("text", ["", "a", "Zzyzx", "0120000006", "999"])
def test_what_nobody_gave_finds_nothing(store: SqlStore, text: str) -> None:
    given_to_a_pupil(store)

    assert look_up(text, store) == ()


def test_the_chosen_sentence_stands_large_and_all_can_be_copied(
    qtbot: QtBot, store: SqlStore
) -> None:
    device = given_to_a_pupil(store)
    with desk_at(store, CLERK) as desk:
        page = DonorLookupPage(desk)
        qtbot.addWidget(page)
        QAbstractItemModelTester(page.lines.model, page)
        page.show()

        assert page.accept_scan(parse(device))
        qtbot.waitUntil(lambda: bool(page.lines.model.lines))
        page.lines.choose(device)

        assert page.open.isVisible()
        assert page._aloud.text() == page.lines.model.lines[0].told
        with qtbot.waitSignal(page.said):
            page.copy.click()
