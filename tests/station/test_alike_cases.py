import pytest

from station.alike_cases import EnterOnce, enter_once
from station.handover import EnterCase
from station.people import Pupil
from station.refusals import PupilHasCase
from station.store.store import SqlStore
from tests.station.conftest import GIVER, NOON

SCHOOL, OTHER = "truong-th-go-dau", "truong-th-thanh-duc"


def enter(store: SqlStore, name: str, school: str | None = SCHOOL, *, sure: bool = False) -> str:
    case = EnterCase(level="primary", school=school, pupil=Pupil(name=name))
    return enter_once(EnterOnce(case=case, sure=sure), store, GIVER, NOON).header.subject


@pytest.mark.parametrize(
    ("name", "school"),
    [("Trần Văn An", SCHOOL), ("  trần  văn an", SCHOOL), ("Trần Văn An", None)],
)
def test_a_pupil_that_seems_to_have_a_case_is_told_with_it(
    store: SqlStore, name: str, school: str | None
) -> None:
    first = enter(store, "Trần Văn An")
    with pytest.raises(PupilHasCase, match=first):
        enter(store, name, school)
    assert enter(store, name, school, sure=True) != first


@pytest.mark.parametrize(
    ("name", "school"),
    [("Trần Văn Ân", SCHOOL), ("Trần Văn An", OTHER), ("Trần Văn Anh", SCHOOL)],
)
def test_another_name_or_school_is_another_pupil(store: SqlStore, name: str, school: str) -> None:
    enter(store, "Trần Văn An")
    assert enter(store, name, school)
