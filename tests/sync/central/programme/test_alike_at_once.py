"""Two registrations of one pupil in the same moment: one of them sees the other and asks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading
from sync.central.programme import likenesses, persons, taking_lists
from sync.central.programme.deciding import By, ChangedMeanwhile, NothingThere
from sync.central.programme.likenesses import Pair
from sync.central.programme.persons import Corrected
from sync.central.programme.pupil_list import Line
from tests.sync.central.programme.registered import (
    NOW_S,
    register_application,
    some_details,
)

NUMBER = "072317000123"
BY = By("an.nguyen", NOW_S)


def asked(engine: Engine) -> int:
    with reading(engine) as connection:
        return likenesses.count_open(connection)


def changed_s(engine: Engine, code: str) -> int:
    with reading(engine) as connection:
        wanted = select(t.application.c.changed_s).where(t.application.c.code == code)
        return int(connection.execute(wanted).scalar_one())


def test_of_many_at_once_each_pair_is_asked_about(engine: Engine, own: Secrets) -> None:
    def register(_: int) -> None:
        register_application(engine, own, number=NUMBER)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(register, range(4)))

    assert asked(engine) == 6


def test_a_correction_into_another_pupils_name_is_asked_about(engine: Engine, own: Secrets) -> None:
    register_application(engine, own)
    other = register_application(engine, own, some_details(pupil="Lê Ngọc Anh Thư")).code
    assert asked(engine) == 0
    new = Corrected(
        name="Lê Ngọc Ánh", phone="0987654321", registrant="Phạm Thị Hoa", born_on=date(2017, 5, 20)
    )

    persons.correct(engine, own, other, new, BY, seen=changed_s(engine, other))

    assert asked(engine) == 1


def test_a_page_that_is_old_corrects_nothing(engine: Engine, own: Secrets) -> None:
    code = register_application(engine, own).code
    seen = changed_s(engine, code)
    new = Corrected(name="Lê Ngọc Ánh", registrant="Phạm Thị Hoa", born_on=date(2017, 5, 20))
    persons.correct(engine, own, code, new, BY, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        persons.correct(engine, own, code, new, BY, seen=seen)


def test_what_was_erased_is_not_corrected(engine: Engine, own: Secrets) -> None:
    code = register_application(engine, own).code
    persons.erase(engine, own, code, BY)
    new = Corrected(name="Lê Ngọc Ánh", born_on=date(2017, 5, 20))

    with pytest.raises(NothingThere):
        persons.correct(engine, own, code, new, BY, seen=changed_s(engine, code))


def test_a_line_like_a_merged_application_is_the_one_that_counts(
    engine: Engine, own: Secrets
) -> None:
    kept = register_application(engine, own, number=NUMBER).code
    said = some_details(pupil="Lê Thị Ngọc Ánh")
    merged = register_application(engine, own, said, number=NUMBER).code
    likenesses.decide(engine, Pair(merged, kept, "number"), True, BY)
    line = Line(
        row=2, name=said.pupil, born_on=said.born_on, school="truong-th-go-dau", level="primary"
    )

    (looked,) = taking_lists.looked(engine, own, [line])

    assert looked.code == kept
