"""Offers: an official finds one, gives it to a point, says no, and takes it back."""

from sqlalchemy import Engine, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.officials import acts
from sync.central.officials.roles import OfficialRole
from tests.sync.site.conftest import SignIn
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import NAME, PHONE, an_offer

POINT = 12


def state_of(engine: Engine, code: str) -> tuple[str, int | None]:
    with engine.connect() as connection:
        table = t.offer.c
        row = connection.execute(select(table.state, table.station).where(table.code == code)).one()
        return row.state, row.station


def documents_of(engine: Engine, code: str) -> dict[int, bool]:
    """By point, whether it has the document."""
    table = t.document.c
    with engine.connect() as connection:
        wanted = select(table.station, table.body).where(table.id == code)
        return {row.station: row.body is not None for row in connection.execute(wanted)}


def opened(official: Visitor, code: str) -> Visitor:
    return official.get(f"/dieu-phoi/tang-may/ma/{code}?lang=en")


def test_an_offer_is_assigned_to_a_point_and_becomes_its_document(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_offer(engine, own)
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)
    assert NAME in official.text

    official.send({"station": str(POINT)}, action="giao")

    assert "Assigned to 012" in official.text
    assert state_of(engine, code) == ("assigned", POINT)
    assert documents_of(engine, code) == {POINT: True}


def test_another_point_takes_it_over_and_an_undo_leaves_no_document(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_offer(engine, own)
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)
    official.send({"station": str(POINT)}, action="giao")

    official.send({"station": "11"}, action="giao")
    assert documents_of(engine, code) == {11: True, POINT: False}
    official.send({}, action="lai")

    assert state_of(engine, code) == ("waiting", None)
    assert documents_of(engine, code) == {11: False, POINT: False}


def test_of_two_officials_who_decide_at_once_the_second_looks_again(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_offer(engine, own)
    first = opened(signed_in(OfficialRole.DEPARTMENT), code)
    second = opened(signed_in(OfficialRole.DEPARTMENT), code)

    first.send({"station": str(POINT)}, action="giao")
    second.send({"reason": "too-old"}, action="tu-choi")

    assert second.status == 409
    assert "Somebody else changed this" in second.text
    assert state_of(engine, code) == ("assigned", POINT)


def test_a_reason_is_one_of_the_list_and_is_kept(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_offer(engine, own)
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)

    assert official.send({"reason": "because"}, action="tu-choi").status == 422
    opened(official, code).send({"reason": "too-old"}, action="tu-choi")

    assert state_of(engine, code) == ("declined", None)
    assert acts.listed(engine, code)[1].detail == "too-old"


def test_every_look_at_a_donor_is_noted(signed_in: SignIn, engine: Engine, own: Secrets) -> None:
    code = an_offer(engine, own)

    opened(signed_in(OfficialRole.DEPARTMENT), code)

    assert [act.act for act in acts.listed(engine, code)] == ["saw_person"]


def test_an_offer_is_found_by_code_name_and_number_and_no_address_says_so(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_offer(engine, own)
    official = signed_in(OfficialRole.DEPARTMENT)

    for words in (code, "le thi tang", "0912345678", PHONE):
        official.get("/dieu-phoi/tang-may?lang=en").send({"words": words})
        assert code in official.answer.text or official.path.endswith(code)
        assert "words" not in str(official.answer.url)


def test_what_a_donor_typed_is_shown_as_text(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_offer(engine, own, name="<script>alert(1)</script>")

    official = opened(signed_in(OfficialRole.DEPARTMENT), code)

    assert "<script>alert" not in official.answer.text
    assert "&lt;script&gt;alert" in official.answer.text


def test_the_rule_of_a_commune_is_set_and_taken_away(signed_in: SignIn, engine: Engine) -> None:
    official = signed_in(OfficialRole.DEPARTMENT)
    rules = "/dieu-phoi/tang-may/quy-tac?lang=en"

    official.get(rules).send({"unit": "25654", "station": str(POINT)})
    assert official.all("//tbody/tr")
    official.get(rules).send({"unit": "25654", "station": ""})

    with engine.connect() as connection:
        assert not connection.execute(
            select(t.unit_point).where(t.unit_point.c.code == "25654")
        ).all()
