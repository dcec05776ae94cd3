import pytest

from station import intake
from station.codes import CodeKind, parse
from station.paper_facts import DeviceLine
from station.printed import Party
from station.store.store import SqlStore
from tests.station.conftest import CLERK, NOON
from tests.ui.papers.lives import COMPANY, everything
from ui.papers.forms import emergency_form, pick_up_form, set_aside
from ui.papers.history import NothingToSay


def test_a_form_stands_under_codes_that_are_never_given_out_again(store: SqlStore) -> None:
    codes = set_aside(store, 3, "power-cut", CLERK, NOON)
    kinds = [parse(code).kind for code in codes]
    assert kinds == [CodeKind.LOT, *[CodeKind.DEVICE] * 3]

    facts = emergency_form(store, codes, CLERK, NOON)

    assert (facts.subject, facts.codes, facts.hour) == (codes[0], codes[:1], None)
    assert facts.devices == tuple(DeviceLine(code=code) for code in codes[1:])
    assert facts.donor == Party()
    new = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop"),))
    assert not {*intake.receive_lot(new, store, CLERK, NOON).devices} & {*codes}


def test_what_a_form_brings_is_received_under_its_codes(store: SqlStore) -> None:
    lot, device = set_aside(store, 1, "home-pickup", CLERK, NOON)
    new = intake.ReceiveLot(devices=(intake.NewDevice(kind="laptop", code=device),), lot=lot)

    assert intake.receive_lot(new, store, CLERK, NOON) == intake.LotIn(lot, (device,))


def test_who_fetches_devices_at_home_knows_whom_to_find_and_call(store: SqlStore) -> None:
    codes = set_aside(store, 2, "home-pickup", CLERK, NOON)

    facts = pick_up_form(store, COMPANY, codes, CLERK, NOON)

    assert facts.donor == Party(
        organisation=COMPANY.name, address=COMPANY.address, phone=COMPANY.phone
    )
    assert "Lê Thị Lan" not in everything(facts)  # who drives there is not who prints
    assert pick_up_form(store, None, codes, CLERK, NOON).donor == Party()


def test_a_form_without_codes_is_refused(store: SqlStore) -> None:
    with pytest.raises(NothingToSay):
        emergency_form(store, (), CLERK, NOON)
