import time

import pytest

from station import handover, sets
from station.codes import CodeKind, grouped, make
from station.people import Person
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON
from tests.ui.papers.lives import MAI, SCHOOL, everything, given_laptop, promise, to_school
from ui.papers import making
from ui.papers.describing import Wanted, describe
from ui.papers.extras import Extras
from ui.papers.history import NothingToSay
from ui.papers.school_batch import batch_minutes, individual_minutes, minutes_of, signing_list

AN, BICH, CHI = ("Trần Văn An", "10A"), ("Lê Ngọc Bích", "4A2"), ("Vũ Ánh", "4A2")
NO_LOT = make(CodeKind.LOT, 12, 99)
LISTED = ["Vũ Ánh", "Lê Ngọc Bích", "Trần Văn An"]  # 4A2 before 10A, Ánh before Bích


def test_a_school_signs_one_table_that_says_which_device_is_for_whom(store: SqlStore) -> None:
    out = to_school(store, AN, BICH, CHI)

    facts = batch_minutes(store, out.batch)

    assert facts.subject == out.batch
    assert facts.receiver.organisation == facts.school == "Trường Tiểu học Gò Dầu"
    assert facts.receiver.person == "Cô Mai"
    assert [row.pupil for row in facts.pupils] == LISTED
    assert [row.case for row in facts.devices] == [row.case for row in facts.pupils]
    assert [row.school_class for row in facts.pupils] == ["4A2", "4A2", "10A"]
    assert not any(row.pupil or row.school_class for row in facts.devices)
    assert sorted(row.code for row in facts.devices) == sorted(out.devices)
    assert all(row.kit == "Bộ sạc" and row.configuration for row in facts.devices)
    assert facts == batch_minutes(store, out.devices[0])


def test_a_signing_list_says_no_more_than_who_signs_for_what(store: SqlStore) -> None:
    out = to_school(store, AN, BICH, CHI)

    facts = signing_list(store, out.batch)

    assert [row.pupil for row in facts.devices] == LISTED
    for row in facts.devices:
        case = store.case(row.case)
        assert case is not None
        assert case.devices == (row.code,)
    assert facts.place == ""
    told = everything(facts)
    for kept_out in ("Nguyễn Thị Hòa", "0912", "Trần Văn Bình", "Cô Mai"):
        assert kept_out not in told


def test_a_pupil_signs_once_for_a_set(store: SqlStore) -> None:
    head, screen = life.ready_laptop(store, "S1"), life.ready_laptop(store, "S2")
    sets.join_set(sets.JoinSet(head=head, member=screen), store, CLERK, NOON)
    promise(store, head)
    command = handover.HandOverBatch(school=SCHOOL, devices=(head,), receiver=MAI)
    batch = handover.hand_over_batch(command, store, GIVER, NOON).batch

    (row,) = signing_list(store, batch).devices

    assert (row.code, row.remark) == (head, f"Cùng bộ: {grouped(screen)}")
    minutes = batch_minutes(store, batch)
    assert [line.code for line in minutes.devices] == [head, screen]
    assert minutes.pupils == (row,)


def test_each_pupil_gets_minutes_that_name_no_other(store: SqlStore) -> None:
    out = to_school(store, AN, BICH)

    bich, an = individual_minutes(store, out.batch)

    assert (bich.pupil.name, bich.pupil.school_class) == ("Lê Ngọc Bích", "4A2")
    assert (bich.subject, bich.receiver) == (bich.pupil.case, Party())
    assert [row.code for row in an.devices] == [out.devices[0]]
    assert "Trần Văn An" not in everything(bich)
    assert minutes_of(store, out.batch) == (bich, an)
    assert minutes_of(store, out.devices[0]) == minutes_of(store, an.subject) == (an,)


def test_what_a_whole_batch_is_worth_stands_on_no_single_pupils_minutes(store: SqlStore) -> None:
    out = to_school(store, AN, BICH)
    worth = Extras(value=9_000_000, values=((out.devices[0], 4_000_000),))

    def values(paper: str) -> list[int | None]:
        wanted = Wanted(paper=paper, about=(out.batch,), extras=worth)
        return [facts.value for facts in describe(store, wanted, GIVER, NOON)]

    assert values("batch-minutes") == [9_000_000]
    assert values("handover-minutes") == [None, 4_000_000]


def test_who_received_stands_on_a_pupils_minutes_once_the_school_said_so(store: SqlStore) -> None:
    out = to_school(store, AN)
    mother = Person(name="Nguyễn Thị Lệ", title="Mẹ")
    command = handover.ConfirmHandover(device=out.devices[0], result="proxy", receiver=mother)
    handover.confirm_handover(command, store, GIVER, NOON)

    (facts,) = individual_minutes(store, out.batch)

    assert facts.receiver == Party(person="Nguyễn Thị Lệ", title="Mẹ")


def test_minutes_of_a_device_or_a_case_are_those_of_the_pupil(store: SqlStore) -> None:
    device, case = given_laptop(store)

    assert minutes_of(store, device) == minutes_of(store, case)
    assert minutes_of(store, device)[0].pupil.name == "Trần Văn An"


def test_what_is_no_schools_batch_has_no_signing_list(store: SqlStore) -> None:
    device, case = given_laptop(store)

    for code in (device, NO_LOT):
        with pytest.raises(NothingToSay):
            signing_list(store, code)
    with pytest.raises(NothingToSay):
        individual_minutes(store, NO_LOT, case)


@pytest.mark.proof
def test_five_hundred_pupils_are_described_and_made_within_seconds(store: SqlStore) -> None:
    out = to_school(store, *((f"Trần Văn {n}", f"{n % 12 + 1}A") for n in range(500)))
    began = time.perf_counter()
    described = individual_minutes(store, out.batch)
    told = time.perf_counter() - began

    prints = making.make(store, GIVER, NOON, [("handover-minutes", facts) for facts in described])

    assert len({document.code for document, _issue in prints}) == 500
    assert told < 5
    assert time.perf_counter() - began < 10


def test_forty_pupils_are_described_at_once(store: SqlStore) -> None:
    out = to_school(store, *((f"Trần Văn {n}", "4A2") for n in range(40)))
    began = time.perf_counter()

    described = individual_minutes(store, out.batch)

    assert len({facts.pupil.name for facts in described}) == 40
    assert time.perf_counter() - began < 4
