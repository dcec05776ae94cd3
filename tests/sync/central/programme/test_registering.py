"""Registrations: what is kept of them, whose consent they need, who may be the same pupil."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from station.people import Donor, Pupil
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading
from sync.central.programme import secrets_told
from sync.central.programme.checking import NotRegistered
from sync.central.programme.consents import ConsentMissing, Giver, Purpose
from sync.central.programme.offers import OfferForm, OfferPlace
from sync.central.programme.opened import content, details
from tests.sync.central.programme.registered import (
    agreed,
    register_application,
    register_offer,
    some_details,
)

NUMBER = "072 317 000123"


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        wanted = select(t.metadata.tables[table])
        return [dict(row) for row in connection.execute(wanted).mappings()]


def test_an_offer_is_kept_with_its_donor_sealed_and_a_word_told_once(
    engine: Engine, own: Secrets
) -> None:
    registered = register_offer(engine, own)
    (row,) = rows(engine, "offer")

    assert row["code"] == registered.code
    assert (row["state"], row["devices"], row["donor_kind"]) == ("waiting", 2, "person")
    assert secrets_told.is_word(registered.word.upper(), bytes(row["secret_hash"]))
    with reading(engine) as connection:
        donor = content(connection, own.people, row["donor"])
    assert isinstance(donor, Donor)
    assert (donor.name, donor.may_process, donor.may_publish) == ("Trần Thị Hạnh", True, False)


def test_nobodys_words_lie_open_in_any_table(engine: Engine, own: Secrets) -> None:
    register_offer(engine, own, note="nhà sau chợ")
    register_application(engine, own, number=NUMBER)

    held = b"|".join(
        value if isinstance(value, bytes) else str(value).encode()
        for table in t.metadata.sorted_tables
        for row in rows(engine, table.name)
        for value in row.values()
    )

    for word in ("Hạnh", "0912 345", "chợ", "Ánh", "Phạm", "0987 654", "Hùng Vương", "000123"):
        assert word.encode() not in held


def test_a_point_will_get_of_a_pupil_what_it_needs_and_no_more(
    engine: Engine, own: Secrets
) -> None:
    register_application(engine, own, number=NUMBER)
    (row,) = rows(engine, "application")

    with reading(engine) as connection:
        pupil = content(connection, own.people, row["pupil"])
    assert isinstance(pupil, Pupil)
    assert (pupil.name, pupil.school_class, pupil.guardian) == (
        "Lê Ngọc Ánh", "4B", "Phạm Thị Hoa",
    )  # fmt: skip
    kept = details(own.people, str(row["code"]), row["sealed"])
    assert kept is not None
    assert kept.number_end == "0123"
    assert kept.born_on == date(2017, 5, 20)


@pytest.mark.parametrize(
    ("born_on", "givers", "enough"),
    [
        (date(2021, 5, 20), (Giver.REPRESENTATIVE,), True),
        (date(2021, 5, 20), (Giver.CHILD,), False),
        (date(2017, 5, 20), (Giver.CHILD, Giver.REPRESENTATIVE), True),
        (date(2017, 5, 20), (Giver.REPRESENTATIVE,), False),
        (date(2017, 5, 20), (Giver.CHILD,), False),
        (date(2008, 5, 20), (Giver.SELF,), True),
        (date(2008, 5, 20), (Giver.CHILD, Giver.REPRESENTATIVE), False),
        (date(2019, 9, 21), (Giver.REPRESENTATIVE,), False),  # seven on this very day
        (date(2019, 9, 22), (Giver.REPRESENTATIVE,), True),  # tomorrow
    ],
)
def test_whose_consent_is_needed_follows_from_the_age(
    engine: Engine, own: Secrets, born_on: date, givers: tuple[Giver, ...], enough: bool
) -> None:
    said = some_details(born_on=born_on)
    if enough:
        register_application(engine, own, said, consented=agreed(*givers))
        assert len(rows(engine, "consent")) == len(givers)
    else:
        with pytest.raises(ConsentMissing):
            register_application(engine, own, said, consented=agreed(*givers))
        assert rows(engine, "application") == []


def test_a_case_may_be_listed_only_where_everybody_agreed_to_that_as_well(
    engine: Engine, own: Secrets
) -> None:
    both = (Purpose.PROCESS, Purpose.PUBLISH)
    register_application(
        engine, own, consented=agreed(Giver.CHILD, Giver.REPRESENTATIVE, purposes=both)
    )
    register_application(engine, own, some_details(pupil="Võ Gia Bảo"))

    assert sorted(bool(row["public"]) for row in rows(engine, "application")) == [False, True]


def test_the_same_pupil_is_asked_about_however_the_name_is_written(
    engine: Engine, own: Secrets
) -> None:
    first = register_application(engine, own)
    second = register_application(engine, own, some_details(pupil="LE NGOC  ANH"))
    register_application(engine, own, some_details(born_on=date(2017, 5, 21)))

    (likeness,) = rows(engine, "likeness")
    assert (likeness["code"], likeness["other"], likeness["by"]) == (
        second.code, first.code, "name",
    )  # fmt: skip


def test_the_personal_number_says_more_than_the_name(engine: Engine, own: Secrets) -> None:
    first = register_application(engine, own, number=NUMBER)
    register_application(engine, own, number="072317000999")  # a namesake of the same day
    other_name = register_application(
        engine, own, some_details(pupil="Lê Thị Ngọc Ánh"), number="072317000123"
    )

    (likeness,) = rows(engine, "likeness")
    assert (likeness["code"], likeness["other"], likeness["by"]) == (
        other_name.code, first.code, "number",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": ()}, "items"),
        ({"unit": "99999"}, "unit"),
        ({"station": 899}, "station"),
        ({"donor": Donor(name="A", phone="")}, "phone"),
        ({"place": OfferPlace.PICK_UP}, "address"),
        ({"expected_on": date(2020, 1, 1)}, "expected_on"),
        ({"form": OfferForm.DIRECT}, "chosen_case"),
        ({"form": OfferForm.DIRECT, "chosen_case": "0120003457"}, "chosen_case"),
        ({"chosen_case": "H0120000016"}, "chosen_case"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_by_its_field(
    engine: Engine, own: Secrets, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotRegistered) as refusal:
        register_offer(engine, own, **changes)

    assert refusal.value.field == field
    assert rows(engine, "offer") == []
    assert rows(engine, "person") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"details": some_details(pupil=" ")}, "pupil"),
        ({"details": some_details(born_on=None)}, "born_on"),
        ({"details": some_details(born_on=date(1950, 1, 1))}, "born_on"),
        ({"details": some_details(phone="")}, "phone"),
        ({"number": "12345"}, "number"),
        ({"level": "kindergarten"}, "level"),
        ({"relation": "neighbour"}, "relation"),
        ({"school": "truong-khong-co"}, "school"),
        ({"school": None}, "school"),
        ({"wants": "phone"}, "wants"),
    ],
)
def test_an_application_that_cannot_be_is_refused_by_its_field(
    engine: Engine, own: Secrets, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotRegistered) as refusal:
        register_application(engine, own, **changes)

    assert refusal.value.field == field
    assert rows(engine, "application") == []
