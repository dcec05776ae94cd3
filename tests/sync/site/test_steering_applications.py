"""Applications: approved or refused by the Department of Education, duplicates decided first."""

from datetime import date

import pytest
from sqlalchemy import Engine, select

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.officials import acts
from sync.central.officials.roles import OfficialRole
from sync.central.programme import approving
from sync.central.programme.approving import Decided, OpenLikeness
from sync.central.programme.deciding import By
from tests.sync.site.conftest import NOW_S, SignIn
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import CHILD, alike, an_application

DECISION = {"decision": "12/QĐ-SGDĐT", "decided_on": "05/09/2025"}
DECIDED = Decided("12/QĐ-SGDĐT", date(2025, 9, 5))
POINT = "12"


def changed_s(engine: Engine, code: str) -> int:
    with engine.connect() as connection:
        table = t.application.c
        wanted = select(table.changed_s).where(table.code == code)
        return int(connection.execute(wanted).scalar_one())


def state_of(engine: Engine, code: str) -> str:
    with engine.connect() as connection:
        table = t.application.c
        return str(connection.execute(select(table.state).where(table.code == code)).scalar_one())


def opened(official: Visitor, code: str) -> Visitor:
    return official.get(f"/dieu-phoi/ho-so/ma/{code}?lang=en")


def test_education_approves_by_a_decision_and_takes_it_back(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_application(engine, own)
    official = opened(signed_in(OfficialRole.EDUCATION), code)
    assert CHILD in official.text

    official.send(DECISION, action="duyet")
    assert state_of(engine, code) == "approved"
    official.send({}, action="lai")

    assert state_of(engine, code) == "waiting"
    assert [act.act for act in acts.listed(engine, code)].count("approved") == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"decision": "", "decided_on": "05/09/2025"},
        {"decision": "12", "decided_on": "hôm qua"},
        {"decision": "12", "decided_on": "05/09/2999"},
        {"decision": "x" * 61, "decided_on": "05/09/2025"},
        {"decision": "a\x00b", "decided_on": "05/09/2025"},
    ],
    ids=["no number", "no day", "to come", "too long", "no text"],
)
def test_a_decision_that_is_none_is_told_beside_its_field(
    signed_in: SignIn, engine: Engine, own: Secrets, typed: dict[str, str]
) -> None:
    code = an_application(engine, own)

    official = opened(signed_in(OfficialRole.EDUCATION), code).send(typed, action="duyet")

    assert official.status == 422
    assert official.wrong
    assert state_of(engine, code) == "waiting"


def test_the_department_sees_and_does_not_approve(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_application(engine, own)
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)
    token = official.all("//input[@name='form']")[0].get("value")

    answer = official.ask("POST", f"/dieu-phoi/ho-so/ma/{code}/duyet", DECISION | {"form": token})

    assert answer.status_code == 404
    assert state_of(engine, code) == "waiting"


def test_what_may_be_one_pupils_is_not_approved_before_a_person_said(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    earlier, later = an_application(engine, own), an_application(engine, own)
    alike(engine, later, earlier)
    by = By("somebody", NOW_S)

    for code in (earlier, later):
        with pytest.raises(OpenLikeness):
            approving.approve(engine, code, DECIDED, changed_s(engine, code), by)
    official = signed_in(OfficialRole.EDUCATION)
    official.get(f"/dieu-phoi/ho-so/trung/{later}/{earlier}?lang=en")
    assert official.all("//tr[@class='alike']")
    official.send({"said": "same"})

    assert "one pupil" in official.text
    assert (state_of(engine, earlier), state_of(engine, later)) == ("waiting", "merged")
    opened(official, earlier).send(DECISION, action="duyet")
    assert state_of(engine, earlier) == "approved"


def test_two_pupils_go_their_own_ways_and_a_mistake_is_undone(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    earlier, later = an_application(engine, own), an_application(engine, own)
    alike(engine, later, earlier, "name")
    official = signed_in(OfficialRole.EDUCATION)
    page = f"/dieu-phoi/ho-so/trung/{later}/{earlier}?lang=en"

    official.get(page).send({"said": "same"})
    official.send({}, action="lai")
    assert (state_of(engine, earlier), state_of(engine, later)) == ("waiting", "waiting")
    official.get(page).send({"said": "different"})

    opened(official, later).send(DECISION, action="duyet")
    assert state_of(engine, later) == "approved"


def test_of_three_alike_the_question_goes_on_to_the_one_that_counts(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    first, second, third = (an_application(engine, own) for _ in range(3))
    alike(engine, second, first)
    alike(engine, third, second)
    official = signed_in(OfficialRole.EDUCATION)

    official.get(f"/dieu-phoi/ho-so/trung/{second}/{first}?lang=en").send({"said": "same"})

    with engine.connect() as connection:
        table = t.likeness.c
        wanted = select(table.code, table.other, table.state).where(table.code == third)
        rows = connection.execute(wanted)
        assert {tuple(row) for row in rows} == {
            (third, second, "moved"),
            (third, first, "open"),
        }


def test_consents_of_the_merged_one_are_kept(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    earlier = an_application(engine, own)
    later = an_application(engine, own, public=True)
    with engine.begin() as connection:
        row = {
            "code": later, "purpose": "publish", "by": "representative", "way": "form",
            "text_version": "2026-01-01", "given_s": NOW_S,
        }  # fmt: skip
        connection.execute(t.consent.insert(), row)
    alike(engine, later, earlier)
    official = signed_in(OfficialRole.EDUCATION)

    official.get(f"/dieu-phoi/ho-so/trung/{later}/{earlier}?lang=en").send({"said": "same"})

    with engine.connect() as connection:
        purposes = select(t.consent.c.purpose).where(t.consent.c.code == earlier)
        assert "publish" in connection.execute(purposes).scalars().all()
        public = select(t.application.c.public).where(t.application.c.code == earlier)
        assert connection.execute(public).scalar_one()


def test_names_stand_on_no_list(signed_in: SignIn, engine: Engine, own: Secrets) -> None:
    code = an_application(engine, own, child="Phạm Thị Không Hiện")
    official = signed_in(OfficialRole.DEPARTMENT)

    for path in ("/dieu-phoi", "/dieu-phoi/ho-so", "/dieu-phoi/ho-so/trung"):
        assert "Không Hiện" not in official.get(path).text
    official.get("/dieu-phoi/ho-so?lang=en").send({"words": "phạm thị không hiện"})
    assert official.path.endswith(code) or code in official.answer.text


def test_a_case_goes_to_a_point_and_comes_back(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code = an_application(engine, own)
    opened(signed_in(OfficialRole.EDUCATION), code).send(DECISION, action="duyet")
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)

    official.send({"station": POINT}, action="giao")
    with engine.connect() as connection:
        wanted = select(t.document.c.body).where(t.document.c.id == code)
        assert connection.execute(wanted).scalar_one() is not None
        pupil = select(t.application.c.pupil).where(t.application.c.code == code)
        sent = select(t.person_sent.c.ended).where(
            t.person_sent.c.id == pupil.scalar_subquery(), t.person_sent.c.station == 12
        )
        assert connection.execute(sent).scalars().all() == [False]
    official.send({}, action="thu-hoi")

    with engine.connect() as connection:
        assert connection.execute(wanted).scalar_one() is None
        assert connection.execute(sent).scalars().all() == [True]
