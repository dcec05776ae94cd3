import pytest
from msgspec import structs

from station import refusals, staff
from station.operators import Operator, Role
from station.people import OperatorName
from station.store.store import SqlStore
from station.text import TooLong
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN

TU = staff.AddOperator(name="Võ Văn Tư", role=Role.BENCH)


def test_the_lead_names_somebody_who_can_sign_in(store: SqlStore) -> None:
    named = staff.add_operator(TU, store, LEAD, NOON)

    assert store.operators() == (named,)
    assert (named.name, named.role) == ("Võ Văn Tư", Role.BENCH)


def test_no_two_people_get_one_id_and_an_event_may_carry_each(store: SqlStore) -> None:
    people = [structs.replace(TU, name=f"Võ Văn Tư {number}") for number in range(50)]
    ids = [staff.add_operator(each, store, LEAD, NOON).id for each in people]

    assert len(set(ids)) == 50
    assert len(store.operators()) == 50


def test_another_name_leaves_id_and_role(store: SqlStore) -> None:
    named = staff.add_operator(TU, store, LEAD, NOON)

    renamed = staff.RenameOperator(operator=named, name=" Võ Văn Tú ")
    staff.rename_operator(renamed, store, LEAD, NOON)

    assert store.operators() == (OperatorName(named.id, "Võ Văn Tú", Role.BENCH),)


@pytest.mark.parametrize("role", [Role.BENCH, Role.INTAKE])
def test_two_people_of_one_name_could_not_be_told_apart(store: SqlStore, role: Role) -> None:
    named = staff.add_operator(TU, store, LEAD, NOON)

    again = staff.AddOperator(name="võ  văn tư", role=role)
    with pytest.raises(refusals.NameInUse, match="võ văn tư"):
        staff.add_operator(again, store, LEAD, NOON)

    assert store.operators() == (named,)
    another = staff.AddOperator(name="Võ Văn Tú", role=role)  # another tone is another person
    assert staff.add_operator(another, store, LEAD, NOON).name == "Võ Văn Tú"


def test_nobody_is_renamed_to_somebody_else(store: SqlStore) -> None:
    staff.add_operator(TU, store, LEAD, NOON)
    lan = staff.add_operator(staff.AddOperator(name="Lan", role=Role.BENCH), store, LEAD, NOON)

    with pytest.raises(refusals.NameInUse):
        staff.rename_operator(
            staff.RenameOperator(operator=lan, name="Võ Văn Tư"), store, LEAD, NOON
        )

    capital = staff.RenameOperator(operator=lan, name="LAN")
    assert staff.rename_operator(capital, store, LEAD, NOON).name == "LAN"


@pytest.mark.parametrize("other", [CLERK, TECHNICIAN, GIVER])
def test_nobody_else_names_people(store: SqlStore, other: Operator) -> None:
    with pytest.raises(refusals.NotYourRole):
        staff.add_operator(TU, store, other, NOON)
    renamed = staff.RenameOperator(operator=OperatorName("op.1", "A", Role.LEAD), name="B")
    with pytest.raises(refusals.NotYourRole):
        staff.rename_operator(renamed, store, other, NOON)

    assert store.operators() == ()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("", refusals.NothingToRecord),
        ("\u3000 ", refusals.NothingToRecord),
        ("a" * 10_001, TooLong),
    ],
)
def test_a_name_must_be_one(store: SqlStore, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        staff.add_operator(staff.AddOperator(name=name, role=Role.BENCH), store, LEAD, NOON)

    assert store.operators() == ()


def test_who_left_is_named_and_may_come_back(store: SqlStore) -> None:
    named = staff.add_operator(TU, store, LEAD, NOON)

    gone = staff.ReleaseOperator(operator=named, gone=True)
    left = staff.release_operator(gone, store, LEAD, NOON)
    assert store.operators() == (structs.replace(named, gone=True),)
    with pytest.raises(refusals.NameInUse):  # what Tư recorded would be another Tư's
        staff.add_operator(TU, store, LEAD, NOON)

    staff.release_operator(staff.ReleaseOperator(operator=left, gone=False), store, LEAD, NOON)
    assert store.operators() == (named,)


def test_a_point_keeps_a_lead_and_nobody_takes_themselves_off(store: SqlStore) -> None:
    lead = OperatorName(LEAD.id, "Mai", Role.LEAD)
    store.add_operator(lead)
    other = staff.add_operator(staff.AddOperator(name="Hương", role=Role.LEAD), store, LEAD, NOON)
    with pytest.raises(refusals.StillNeeded):
        release(lead, store, LEAD)

    release(lead, store, Operator(other.id, Role.LEAD))
    with pytest.raises(refusals.StillNeeded):  # the last who may sign in
        release(other, store, Operator("op.elsewhere", Role.LEAD))


def release(operator: OperatorName, store: SqlStore, by: Operator) -> None:
    gone = staff.ReleaseOperator(operator=operator, gone=True)
    staff.release_operator(gone, store, by, NOON)


@pytest.mark.parametrize("other", [CLERK, TECHNICIAN, GIVER])
def test_nobody_else_takes_people_off_the_list(store: SqlStore, other: Operator) -> None:
    named = staff.add_operator(TU, store, LEAD, NOON)
    with pytest.raises(refusals.NotYourRole):
        release(named, store, other)
