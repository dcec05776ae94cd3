"""Direct gifts: nobody learns anything before the guardian agreed; the first agreed one wins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, select, update

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import opened as opened_database
from sync.central.database import reading, writing
from sync.central.officials.roles import OfficialRole
from sync.central.programme import allotting, gifts, giving_directly
from sync.central.programme.deciding import By, ChangedMeanwhile
from sync.central.programme.giving_directly import CaseTaken
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import SignIn
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import CHILD, NAME, SCHOOL, an_application, an_offer

CONTACT = "Cô Lan, 0276 382 2222, buổi chiều"
BY = By("official-x", 1_790_000_000)


def a_case(engine: Engine, own: Secrets) -> str:
    return an_application(engine, own, state="approved")


def a_gift(engine: Engine, own: Secrets, case: str) -> str:
    chosen = {"state": "direct", "form": "direct", "gift": "chosen", "chosen_case": case}
    return an_offer(engine, own, **chosen)


def states(engine: Engine, *codes: str) -> list[tuple[str, str]]:
    table = t.offer.c
    with reading(engine) as connection:
        rows = connection.execute(select(table.code, table.state, table.gift)).all()
    found = {row.code: (row.state, row.gift) for row in rows}
    return [found[code] for code in codes]


def told(engine: Engine, own: Secrets, code: str) -> str:
    """What the donor's page says of the family."""
    with reading(engine) as connection:
        row = connection.execute(select(t.offer).where(t.offer.c.code == code)).one()
        return gifts.contact(connection, own, row)


def seen(engine: Engine, code: str) -> int:
    with reading(engine) as connection:
        its = t.offer.c.code == code
        return int(connection.execute(select(t.offer.c.changed_s).where(its)).scalar_one())


def agree(engine: Engine, own: Secrets, code: str) -> None:
    giving_directly.agree(engine, own, code, BY, contact=CONTACT, seen=seen(engine, code))


def opened(official: Visitor, code: str) -> Visitor:
    return official.get(f"/dieu-phoi/tang-truc-tiep/ma/{code}?lang=en")


@pytest.mark.parametrize("role", [OfficialRole.DEPARTMENT, OfficialRole.EDUCATION])
def test_the_contact_is_told_once_the_guardian_agreed_and_not_before(
    signed_in: SignIn, engine: Engine, own: Secrets, role: OfficialRole
) -> None:
    code = a_gift(engine, own, a_case(engine, own))
    official = opened(signed_in(role), code)
    assert NAME in official.text
    assert CHILD in official.text
    assert told(engine, own, code) == ""

    official.send({"contact": CONTACT}, action="dong-y")
    assert official.status == 422
    assert "asked" in official.wrong
    assert official.all("//input[@name='contact']/@value") == [CONTACT]
    assert told(engine, own, code) == ""

    official.send({"contact": CONTACT, "asked": "1"}, action="dong-y")
    assert "Agreed." in official.text
    assert states(engine, code) == [("direct", "agreed")]
    assert told(engine, own, code) == CONTACT


def test_whoever_chose_the_same_case_is_to_choose_another(engine: Engine, own: Secrets) -> None:
    case = a_case(engine, own)
    first, second = a_gift(engine, own, case), a_gift(engine, own, case)

    agree(engine, own, first)

    assert states(engine, first, second) == [("direct", "agreed"), ("direct", "refused")]
    assert told(engine, own, second) == ""
    with reading(engine) as connection:
        table = t.notice.c
        wanted = select(table.code, table.kind).where(table.code.in_((first, second)))
        kinds = dict(tuple(row) for row in connection.execute(wanted).all())
    assert kinds == {first: "gift_agreed", second: "gift_refused"}


def test_of_four_agreed_with_at_once_one_is(
    process: ServiceProcess, engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    codes = [a_gift(engine, own, case) for _ in range(4)]

    def tried(code: str) -> bool:
        try:
            agree(services, own, code)
        except (CaseTaken, ChangedMeanwhile):
            return False
        return True

    with opened_database(process.database) as services, ThreadPoolExecutor(4) as officials:
        agreed = list(officials.map(tried, codes))

    assert agreed.count(True) == 1
    assert sorted(state for _, state in states(engine, *codes)) == ["agreed", *["refused"] * 3]


def test_refused_the_case_is_free_for_the_next_donor(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    first = a_gift(engine, own, case)
    agree(engine, own, first)
    second = a_gift(engine, own, case)
    official = opened(signed_in(OfficialRole.DEPARTMENT), second)
    assert "must choose another" in official.text
    with pytest.raises(CaseTaken):
        agree(engine, own, second)

    opened(official, first).send({}, action="khong")

    assert told(engine, own, first) == ""
    agree(engine, own, second)
    assert states(engine, first, second) == [("direct", "refused"), ("direct", "agreed")]


def test_given_the_case_is_allotted_to_nobody(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    code = a_gift(engine, own, case)
    agree(engine, own, code)
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)
    official.send({"day": "31/12/2099"}, action="da-trao")
    assert official.wrong["day"] == "This day is yet to come."

    official.send({"day": "02/11/2021"}, action="da-trao")

    assert states(engine, code) == [("done", "given")]
    assert told(engine, own, code) == ""
    with reading(engine) as connection:
        its = t.offer.c.code == code
        given_on = connection.execute(select(t.offer.c.expected_on).where(its)).scalar_one()
    assert given_on == date(2021, 11, 2)
    allotting.allot(engine, allotting.Wish(SCHOOL, 12, 200), BY)
    with reading(engine) as connection:
        station = select(t.application.c.station).where(t.application.c.code == case)
        assert connection.execute(station).scalar_one() is None


def test_what_the_donor_took_back_keeps_nobody_from_the_case_and_tells_them_nothing_more(
    engine: Engine, own: Secrets
) -> None:
    case = a_case(engine, own)
    first, second = a_gift(engine, own, case), a_gift(engine, own, a_case(engine, own))
    agree(engine, own, first)
    with writing(engine) as connection:
        its = t.offer.c.code == first
        connection.execute(update(t.offer).where(its).values(state="withdrawn"))
        its = t.offer.c.code == second
        connection.execute(update(t.offer).where(its).values(chosen_case=case))

    agree(engine, own, second)

    assert told(engine, own, first) == ""
    assert told(engine, own, second) == CONTACT


def test_an_offer_that_is_no_direct_gift_has_no_page_here(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    official = opened(signed_in(OfficialRole.DEPARTMENT), an_offer(engine, own))

    assert official.status == 404


def test_the_list_shows_what_waits_and_names_nobody(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    a_gift(engine, own, a_case(engine, own))
    official = signed_in(OfficialRole.EDUCATION).get("/dieu-phoi/tang-truc-tiep?lang=en")

    assert official.all("//tbody/tr")
    assert NAME not in official.text
    assert CHILD not in official.text
