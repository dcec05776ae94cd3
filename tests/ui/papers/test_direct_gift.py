import pytest

from station import batches, handover
from station.direct_gifts import GiveDirectly, give_directly, withdraw_gift
from station.people import Donor
from station.store.store import SqlStore
from tests.station.conftest import GIVER, NOON
from tests.ui.papers.lives import case_of, given_laptop, to_school
from ui.papers.history import NothingToSay
from ui.papers.offers import offers
from ui.papers.school_batch import batch_minutes, minutes_of, signing_list

HAND_OVER = "handover-minutes"
AN, BICH = ("Trần Văn An", "10A"), ("Lê Ngọc Bích", "4A2")


def gift_to(store: SqlStore, case: str) -> str:
    gift = GiveDirectly(kind="laptop", case=case, donor=Donor(name="Nguyễn Ba"), model="E7450")
    return give_directly(gift, store, GIVER, NOON).header.subject


def test_the_minutes_of_a_direct_gift_are_the_donors_and_say_that_nobody_checked_it(
    store: SqlStore,
) -> None:
    case = case_of(store)
    code = gift_to(store, case)

    (facts,) = minutes_of(store, code)

    assert facts == minutes_of(store, case)[0]
    assert facts.giver.organisation == "Nguyễn Ba"
    assert facts.receiver.person == "Trần Văn Bình"
    assert facts.pupil.name == "Trần Văn An"
    assert facts.place == ""
    assert [row.remark for row in facts.devices] == ["Không qua kiểm tra tại điểm"]
    assert offers(store, code) == offers(store, case)[:1] == (HAND_OVER,)


def test_a_direct_gift_entered_by_mistake_has_no_paper(store: SqlStore) -> None:
    case = case_of(store)
    code = gift_to(store, case)
    withdraw_gift(code, store, GIVER, NOON)

    assert offers(store, code) == offers(store, case) == ()
    with pytest.raises(NothingToSay):
        minutes_of(store, code)


def test_a_hand_over_that_did_not_happen_has_no_minutes(store: SqlStore) -> None:
    device, case = given_laptop(store)
    batches.withdraw_handover((device,), store, GIVER, NOON)

    assert HAND_OVER not in offers(store, device)
    assert offers(store, case) == ("proxy-letter",)
    with pytest.raises(NothingToSay):
        minutes_of(store, device)


def test_what_was_left_out_stands_on_no_paper_of_the_batch_made_afterwards(
    store: SqlStore,
) -> None:
    out = to_school(store, AN, BICH)
    left = handover.ConfirmHandover(device=out.devices[0], result="left-out", back=True)
    handover.confirm_handover(left, store, GIVER, NOON)

    rest = [out.devices[1]]
    assert [row.code for row in signing_list(store, out.batch).devices] == rest
    assert [row.code for row in batch_minutes(store, out.batch).devices] == rest

    handover.confirm_handover(
        handover.ConfirmHandover(device=rest[0], result="absent"), store, GIVER, NOON
    )
    assert [row.code for row in signing_list(store, out.batch).devices] == rest
