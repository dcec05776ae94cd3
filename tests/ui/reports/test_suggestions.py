from itertools import product

from station import bench
from station.identity import Reason, WitnessKind
from station.machine import Machine, NetworkAdapter, System
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from ui.reports.suggestions import reason_words, suggestions


def machine(serial: str | None, mac: str = "02:00:00:00:00:01", model: str = "Nimbus") -> Machine:
    system = System(manufacturer="ACME", model=model, serial_number=serial)
    return Machine(system=system, network=(NetworkAdapter(name="eth0", mac=mac, usb=False),))


def diagnosed(store: SqlStore, facts: Machine) -> str:
    serial = facts.system.serial_number
    code = life.receive(store, serial=serial, maker="ACME", model="Nimbus")
    bench.take_to_bench(code, store, TECHNICIAN, NOON)
    command = bench.RecordChecks(
        device=code, report=code.encode().ljust(32), machine=facts, results=(), policy="p"
    )
    bench.record_checks(command, store, TECHNICIAN, NOON)
    return code


def test_a_machine_is_found_by_what_speaks_for_it_the_likeliest_first(store: SqlStore) -> None:
    by_card = diagnosed(store, machine("A-1"))
    by_serial = diagnosed(store, machine("A-2", "02:00:00:00:00:02"))

    found = suggestions(store, machine("A-2"))

    assert [one.device.code for one in found] == [by_serial, by_card][: len(found)]
    assert found[0].reasons == ("same serial number", "same model")


def test_a_machine_nobody_knows_has_no_proposal(store: SqlStore) -> None:
    diagnosed(store, machine("A-1"))

    assert suggestions(store, machine("B-1", "02:00:00:00:00:09")) == ()
    assert suggestions(store, Machine()) == ()


def test_a_mark_on_several_devices_says_so() -> None:
    shared = Reason(WitnessKind.SERIAL, agrees=True, value="1", shared_by=3)

    assert reason_words(shared) == "same serial number (on 3 devices)"


def test_every_reason_has_words_of_its_own() -> None:
    every = [Reason(kind, agrees=yes) for kind, yes in product([None, *WitnessKind], [True, False])]

    assert len({reason_words(reason) for reason in every}) == len(every)
