import pytest

from station.codes import CodeKind, make
from station.paper_facts import Choice, PupilFacts
from station.people import Person
from station.printed import Party
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import GIVER, NOON
from tests.ui.papers.lives import everything, given_laptop, promise, purge, taken_back
from ui.papers.history import NothingToSay
from ui.papers.pupils_papers import proxy_letter, repair_receipt

MOTHER = Person(name="Nguyễn Thị Lệ", title="Mẹ", phone="0912 000 333")


def test_a_repair_receipt_says_whose_device_came_why_and_whom_to_call(store: SqlStore) -> None:
    device, case = given_laptop(store)
    taken_back(store, device, erasure_consent_by=MOTHER, note="Vào nước hôm qua")

    facts = repair_receipt(store, device)

    assert facts.subject == device
    assert facts.giver == Party(person="Nguyễn Thị Lệ", title="Mẹ", phone="0912 000 333")
    assert facts.operator.person == "Phạm Hòa"
    assert facts.pupil == PupilFacts(name="Trần Văn An", case=case)
    assert facts.choices == (
        Choice("Đồng ý cho xóa dữ liệu nếu việc sửa chữa cần", True),
        Choice("Không đồng ý xóa; điểm gọi lại trước khi xóa", False),
    )
    (row,) = facts.devices
    assert (row.reason, row.remark, row.kit) == ("Hỏng khi đang dùng", "Vào nước hôm qua", "Bộ sạc")
    assert row.condition == ""  # its grade is no word for its looks
    told = everything(facts)
    for kept_out in ("Nguyễn Thị Hòa", "4A2", "Trường Tiểu học", "Trần Văn Bình"):
        assert kept_out not in told


def test_without_a_consent_the_receipt_asks_for_one(store: SqlStore) -> None:
    device, _case = given_laptop(store)
    taken_back(store, device)

    facts = repair_receipt(store, device)

    assert (facts.choices, facts.giver) == ((), Party())


def test_what_was_never_taken_back_has_no_repair_receipt(store: SqlStore) -> None:
    device, _case = given_laptop(store)

    with pytest.raises(NothingToSay):
        repair_receipt(store, device)


def test_a_guardian_lets_somebody_fetch_what_is_kept_for_the_case(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)

    facts = proxy_letter(store, case, GIVER, NOON)

    assert facts.giver == Party(person="Trần Văn Bình", title="Cha, mẹ")
    assert facts.receiver == Party()
    assert facts.pupil.name == "Trần Văn An"
    assert [(row.code, row.kit) for row in facts.devices] == [(device, "Bộ sạc")]
    assert "0912" not in everything(facts)


def test_a_purged_family_writes_its_names_in_by_hand(store: SqlStore) -> None:
    device = life.ready_laptop(store)
    case = promise(store, device)
    purge(store)

    facts = proxy_letter(store, case, GIVER, NOON)

    assert facts.giver == Party()
    assert facts.pupil == PupilFacts(school="Trường Tiểu học Gò Dầu", case=case)


def test_a_case_nobody_entered_has_no_letter(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        proxy_letter(store, make(CodeKind.CASE, 12, 99), GIVER, NOON)
