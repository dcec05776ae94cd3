from diagnostics.assemble import assemble
from station.machine import Battery, Disk, Machine, Reading

NAMELESS = Battery(charge_percent=50)


def test_the_only_battery_is_one_whether_or_not_a_source_names_it() -> None:
    named = Battery(serial_number="541", design_capacity_mwh=50_000)
    both = Battery(serial_number="541", design_capacity_mwh=50_000, charge_percent=50)

    for parts in ((NAMELESS, named), (named, NAMELESS)):
        assert assemble(Machine(batteries=(part,)) for part in parts).batteries == (both,)


def test_two_batteries_with_names_stay_two() -> None:
    first, second = Battery(name="BAT0"), Battery(name="BAT1")

    machine = assemble((Machine(batteries=(first,)), Machine(batteries=(second,))))

    assert machine.batteries == (first, second)


def test_things_are_joined_by_name_and_the_earlier_source_wins() -> None:
    asked = Disk(name="sda", model="ACME 500", smart=Reading.OK)
    listed = Disk(name="sda", model="USB bridge", capacity_bytes=500)

    machine = assemble((Machine(storage=(asked,)), Machine(storage=(listed, Disk(name="sdb")))))

    assert machine.storage == (
        Disk(name="sda", model="ACME 500", capacity_bytes=500, smart=Reading.OK),
        Disk(name="sdb"),
    )
