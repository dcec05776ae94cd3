"""A direct gift ends with either side: the case is free again, and no contact is told any more."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, Row, Table, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading
from sync.central.programme import (
    allotting,
    approving,
    giving_directly,
    likenesses,
    persons,
    secrets_told,
)
from sync.central.programme.allotting import Promised, Wish
from sync.central.programme.deciding import By
from sync.central.programme.likenesses import Pair
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import SCHOOL, alike, an_application, an_offer

CONTACT = "Cô Lan, 0276 382 2222, buổi chiều"
WORD = "abcd-efgh-jkmn"
BY = By("official-x", 1_790_000_000)

Ending = Callable[[Engine, str], None]


def a_case(engine: Engine, own: Secrets) -> str:
    word = secrets_told.hashed(WORD)
    return an_application(engine, own, state="approved", secret_hash=word)


def a_gift(engine: Engine, own: Secrets, case: str, *, agreed: bool = True) -> str:
    """A donor chose the case; its guardian agreed."""
    chosen = {"state": "direct", "form": "direct", "gift": "chosen", "chosen_case": case}
    code = an_offer(engine, own, secret_hash=secrets_told.hashed(WORD), **chosen)
    if agreed:
        seen = row_of(engine, t.offer, code).changed_s
        giving_directly.agree(engine, own, code, BY, contact=CONTACT, seen=seen)
    return code


def give(engine: Engine, code: str) -> None:
    seen = row_of(engine, t.offer, code).changed_s
    giving_directly.give(engine, code, date(2026, 9, 1), seen, BY)


def row_of(engine: Engine, table: Table, code: str) -> Row[Any]:
    with reading(engine) as connection:
        return connection.execute(select(table).where(table.c.code == code)).one()


def stands(visitor: Visitor, page: str, code: str) -> Visitor:
    """What its page says to who holds code and word."""
    return visitor.get(f"{page}/tinh-trang?lang=en").send({"code": code, "word": WORD})


def withdrawn(visitor: Visitor, page: str, code: str) -> Visitor:
    return stands(visitor, page, code).send({"sure": "1"}, action="rut")


def test_a_donor_who_withdraws_sees_no_contact_and_the_case_is_free(
    visitor: Visitor, engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    code = a_gift(engine, own, case)
    assert CONTACT in stands(visitor, "/tang-may", code).text

    withdrawn(visitor, "/tang-may", code)

    assert "Withdrawn" in visitor.text
    assert CONTACT not in stands(visitor, "/tang-may", code).text
    allotting.allot(engine, Wish(SCHOOL, 12, 200), BY)
    assert row_of(engine, t.application, case).station == 12


def by_right(engine: Engine, case: str) -> None:
    persons.withdraw_consent(engine, case, BY)


def approval_taken_back(engine: Engine, case: str) -> None:
    approving.take_back(engine, case, row_of(engine, t.application, case).changed_s, BY)


@pytest.mark.parametrize("end", [by_right, approval_taken_back])
def test_whoever_chose_a_case_that_is_none_any_more_is_to_choose_another(
    visitor: Visitor, engine: Engine, own: Secrets, end: Ending
) -> None:
    case = a_case(engine, own)
    code = a_gift(engine, own, case)
    other = a_gift(engine, own, case, agreed=False)

    end(engine, case)

    for one in (code, other):
        assert row_of(engine, t.offer, one).gift == "refused"
        assert "choose another" in stands(visitor, "/tang-may", one).text
        assert CONTACT not in visitor.text
    with reading(engine) as connection:
        told = select(t.notice.c.kind).where(t.notice.c.code == other)
        assert connection.execute(told).scalars().all() == ["gift_refused"]


def test_a_family_that_withdraws_is_called_by_nobody(
    visitor: Visitor, engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    code = a_gift(engine, own, case)

    withdrawn(visitor, "/dang-ky", case)

    assert "Withdrawn" in visitor.text
    assert CONTACT not in stands(visitor, "/tang-may", code).text


def test_a_case_that_turns_out_to_be_another_ones_is_given_nothing_directly(
    engine: Engine, own: Secrets
) -> None:
    earlier, later = an_application(engine, own), an_application(engine, own)
    code = a_gift(engine, own, later, agreed=False)
    alike(engine, later, earlier)

    likenesses.decide(engine, Pair(later, earlier, "number"), same=True, by=BY)

    assert row_of(engine, t.offer, code).gift == "refused"


def test_a_gift_that_was_given_stays_given_whatever_is_withdrawn(
    visitor: Visitor, engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    code = a_gift(engine, own, case)
    give(engine, code)

    assert "A computer was given" in stands(visitor, "/dang-ky", case).text
    assert not visitor.all("//form[contains(@action, 'rut')]")
    persons.withdraw_consent(engine, code, BY)
    assert row_of(engine, t.offer, code).gift == "given"
    allotting.allot(engine, Wish(SCHOOL, 12, 200), BY)
    assert row_of(engine, t.application, case).station is None


def test_what_is_promised_to_a_donor_goes_to_no_point_and_leaves_the_one_that_had_it(
    engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    seen = row_of(engine, t.application, case).changed_s
    allotting.allot_one(engine, case, Wish("", 12, 1), seen, BY)

    a_gift(engine, own, case)

    row = row_of(engine, t.application, case)
    assert row.station is None
    with reading(engine) as connection:
        held = select(t.document.c.body).where(t.document.c.id == case)
        assert connection.execute(held).scalar_one() is None
    with pytest.raises(Promised):
        allotting.allot_one(engine, case, Wish("", 12, 1), row.changed_s, BY)
