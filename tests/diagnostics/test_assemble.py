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


def test_of_batteries_that_one_source_cannot_name_the_other_knows_them_all() -> None:
    nameless = (Battery(charge_percent=50), Battery(charge_percent=60))
    named = (Battery(serial_number="541"), Battery(serial_number="542"))

    assert assemble([Machine(batteries=nameless), Machine(batteries=named)]).batteries == named


def test_a_battery_that_both_sources_name_keeps_what_each_says_of_it() -> None:
    first = (Battery(serial_number="541", charge_percent=50), Battery(charge_percent=60))
    second = (Battery(serial_number="541", cycles=7), Battery(serial_number="542"))

    joined = assemble([Machine(batteries=first), Machine(batteries=second)]).batteries

    assert joined == (Battery(serial_number="541", charge_percent=50, cycles=7), second[1])


def test_batteries_that_the_other_source_does_not_know_stay() -> None:
    nameless = (Battery(charge_percent=50), Battery(charge_percent=60))
    known = (Battery(serial_number="541"),)

    joined = assemble([Machine(batteries=nameless), Machine(batteries=known)]).batteries

    assert set(nameless) <= set(joined)
