from datetime import date

from msgspec import structs

from station.paper_facts import Decision, ItemLine, MemberLine, PaperFacts
from station.printed import Party
from station.store.store import SqlStore
from tests.station.conftest import LEAD, NOON
from tests.ui.papers.lives import given_laptop, retired
from ui.papers.disposal import disposal_minutes
from ui.papers.extras import Extras, with_extras
from ui.papers.handover_minutes import handover_minutes


def minutes(store: SqlStore) -> PaperFacts:
    device, case = given_laptop(store)
    return handover_minutes(store, (device,), case)


def test_without_extras_a_paper_says_what_the_ledger_says(store: SqlStore) -> None:
    facts = minutes(store)

    assert with_extras(facts, Extras()) == facts


def test_a_decision_the_copies_and_the_place_are_what_the_person_says(store: SqlStore) -> None:
    decision = Decision("UBND tỉnh", "12/QĐ-UBND", date(2021, 10, 1))
    extras = Extras(copies=4, place="Trường Tiểu học Gò Dầu", decision=decision)

    facts = with_extras(minutes(store), extras)

    assert (facts.copies, facts.place, facts.decision) == (4, "Trường Tiểu học Gò Dầu", decision)


def test_a_recorded_receiver_stands_and_what_is_missing_is_added(store: SqlStore) -> None:
    said = Party(person="Người khác", address="Ấp Mẫu", phone="0900 000 000")

    receiver = with_extras(minutes(store), Extras(receiver=said)).receiver

    assert receiver.person == "Trần Văn Bình"
    assert (receiver.phone, receiver.address) == ("0900 000 000", "Ấp Mẫu")


def test_values_of_all_devices_make_the_sum_and_those_of_some_do_not(store: SqlStore) -> None:
    one, two = retired(store, "S1"), retired(store, "S2")
    facts = disposal_minutes(store, (one, two), LEAD, NOON)

    some = with_extras(facts, Extras(values=((one, 500_000),)))
    both = with_extras(facts, Extras(values=((one, 500_000), (two, 0))))
    stated = with_extras(facts, Extras(values=((one, 500_000),), value=900_000))

    assert [row.value for row in some.devices] == [500_000, None]
    assert (some.value, both.value, stated.value) == (None, 500_000, 900_000)


def test_a_committee_and_what_was_weighed_come_from_the_person(store: SqlStore) -> None:
    facts = disposal_minutes(store, (retired(store, "S1"),), LEAD, NOON)
    head = MemberLine(name="Trần Thị Mai", role="Chủ tịch")
    battery = ItemLine(name="Pin", quantity=1, weight="0,3")

    added = with_extras(facts, Extras(members=(head,), items=(battery,), note="Ghi thêm"))

    assert (added.members, added.items, added.note) == ((head,), (battery,), "Ghi thêm")


def test_a_note_of_the_ledger_is_not_written_over(store: SqlStore) -> None:
    facts = structs.replace(minutes(store), note="Chưa đọc được", reason="Hỏng")

    added = with_extras(facts, Extras(note="Ghi thêm", reason="Khác"))

    assert (added.note, added.reason) == ("Chưa đọc được Ghi thêm", "Hỏng")
