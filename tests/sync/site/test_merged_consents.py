"""Merged applications: one pupil is forgotten from any of them; one parent's yes is not two."""

from datetime import date

from sqlalchemy import Engine, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing
from sync.central.programme import approving, likenesses, persons, secrets_told
from sync.central.programme.approving import Decided
from sync.central.programme.deciding import By
from sync.central.programme.likenesses import Pair
from tests.sync.site.test_direct_gifts_end import WORD, stands
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import alike, an_application

BY = By("official-x", 1_790_000_000)
LATER_S = 1_780_000_000


def an_application_of(engine: Engine, own: Secrets, *publishing: str) -> str:
    """Of a child of 11 years; these agreed that it is published."""
    public = set(publishing) == {"child", "representative"}
    code = an_application(engine, own, public=public)
    with writing(engine) as connection:
        for by in publishing:
            row = {"purpose": "publish", "by": by, "way": "form", "text_version": "2026-01-01"}
            connection.execute(t.consent.insert(), row | {"code": code, "given_s": LATER_S})
    return code


def public(engine: Engine, code: str) -> bool:
    with reading(engine) as connection:
        wanted = select(t.application.c.public).where(t.application.c.code == code)
        return bool(connection.execute(wanted).scalar_one())


def merged(engine: Engine, later: str, earlier: str) -> Pair:
    pair = Pair(later, earlier, "number")
    alike(engine, later, earlier)
    likenesses.decide(engine, pair, same=True, by=BY)
    return pair


def test_parted_again_what_only_the_parent_agreed_to_is_not_published(
    engine: Engine, own: Secrets
) -> None:
    earlier = an_application_of(engine, own)
    later = an_application_of(engine, own, "representative")

    likenesses.take_back(engine, merged(engine, later, earlier), BY)

    assert not public(engine, later)


def test_parted_again_the_other_one_is_as_public_as_it_was(engine: Engine, own: Secrets) -> None:
    earlier = an_application_of(engine, own)
    later = an_application_of(engine, own, "child", "representative")
    pair = merged(engine, later, earlier)
    assert (public(engine, earlier), public(engine, later)) == (True, False)

    likenesses.take_back(engine, pair, BY)

    assert (public(engine, earlier), public(engine, later)) == (False, True)


def test_who_registered_the_one_that_does_not_count_sees_how_the_other_one_stands(
    visitor: Visitor, engine: Engine, own: Secrets
) -> None:
    earlier = an_application(engine, own)
    later = an_application(engine, own, secret_hash=secrets_told.hashed(WORD))
    merged(engine, later, earlier)
    with writing(engine) as connection:
        approving.approve_within(connection, earlier, Decided("12/QĐ", date(2026, 9, 1)), BY)

    stands(visitor, "/dang-ky", later)

    assert "Approved" in visitor.text
    assert "12/QĐ" in visitor.text
    assert "registered twice" in visitor.text
    with reading(engine) as connection:
        told = select(t.notice.c.kind).where(t.notice.c.code == later)
        assert connection.execute(told).scalars().all() == ["application_merged"]
    assert earlier not in visitor.text.replace(" ", "")
    assert not visitor.all("//form[contains(@action, 'rut')]")


def test_from_any_of_three_that_were_merged_all_are_forgotten(engine: Engine, own: Secrets) -> None:
    first, second, third = (an_application_of(engine, own) for _ in range(3))
    merged(engine, third, second)
    merged(engine, second, first)

    persons.erase(engine, own, third, BY)

    for code in (first, second, third):
        (one, *others) = persons.held(engine, own, code)
        assert len(others) == 2
        assert one.details is None
        assert one.pupil is None
