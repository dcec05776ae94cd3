"""People ask by right of the law: by the clock, done here, and nothing of them in any log."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select, update

from station.people import Donor, Pupil
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing
from sync.central.officials import acts
from sync.central.officials.roles import OfficialRole
from sync.central.programme import rights
from sync.central.programme.opened import content, details
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import SignIn
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import CHILD, NAME, PHONE, an_application, an_offer

PAGE, STATUS = "/quyen-rieng-tu?lang=en", "/quyen-rieng-tu/tinh-trang?lang=en"
DECISION = {"decision": "12/QĐ", "decided_on": "05/09/2025"}


def ask(visitor: Visitor, kind: str, about: str = "") -> tuple[str, str]:
    """Ask for something; the code and the word."""
    typed = {"kind": kind, "about": about, "name": "Trần Thị Hỏi", "phone": PHONE, "words": "xin"}
    visitor.get(PAGE).send(typed)
    found = re.search(r"(YC\d{8}).*?((?:[0-9a-z]{4}-){2}[0-9a-z]{4})", visitor.text)
    assert found is not None, visitor.text
    return found[1], found[2]


def opened(official: Visitor, request: str) -> Visitor:
    return official.get(f"/dieu-phoi/quyen/ma/{request}?lang=en")


@pytest.mark.parametrize(
    ("asked_on", "answer_by"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),  # Monday
        (date(2026, 11, 27), date(2026, 12, 1)),  # Friday
        (date(2026, 11, 28), date(2026, 12, 1)),  # Saturday
        (date(2026, 4, 29), date(2026, 5, 5)),  # before two holidays and a weekend
        (date(2026, 2, 13), date(2026, 2, 24)),  # before Tết
    ],
)
def test_two_working_days_leave_out_weekends_and_holidays(asked_on: date, answer_by: date) -> None:
    clock = rights.clock(asked_on, rights.days_off())

    assert clock.answer_by == answer_by
    assert clock.do_by == asked_on + timedelta(days=15)


def test_a_request_has_a_code_a_word_and_a_state(visitor: Visitor, signed_in: SignIn) -> None:
    code, word = ask(visitor, "see")

    visitor.get(STATUS).send({"code": code, "word": word})
    assert "It waits" in visitor.text
    official = opened(signed_in(OfficialRole.DEPARTMENT), code)
    official.send({}, action="tra-loi")
    official.send({"outcome": "nothing-held"}, action="ket-qua")
    visitor.get(STATUS).send({"code": code, "word": word.upper()})

    assert "The programme holds no such data" in visitor.text


def test_a_wrong_word_and_no_request_are_told_alike(visitor: Visitor) -> None:
    code, _word = ask(visitor, "see")

    wrong = visitor.get(STATUS).send({"code": code, "word": "abcd-efgh-jkmn"}).wrong
    nothing = visitor.get(STATUS).send({"code": "YC00000000", "word": "abcd-efgh-jkmn"}).wrong

    assert wrong == nothing
    assert wrong.keys() == {"word"}


def test_whoever_asks_to_see_gets_everything_that_is_held(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = an_application(engine, own)
    code, _word = ask(visitor, "see", case)
    official = opened(signed_in(OfficialRole.EDUCATION), code)
    assert "the one that was registered" in official.text

    official.send({}, action="tep")

    text = official.answer.content.decode("utf-8-sig")
    for said in (CHILD, "04/05/2015", case, PHONE):
        assert said in text
    assert "exported" in [act.act for act in acts.listed(engine, case)]


def test_a_consent_taken_back_ends_the_case_and_frees_the_point(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = an_application(engine, own, state="approved", public=True)
    department = signed_in(OfficialRole.DEPARTMENT)
    department.get(f"/dieu-phoi/ho-so/ma/{case}?lang=en").send({"station": "12"}, action="giao")
    code, _word = ask(visitor, "withdraw", case)

    opened(department, code).send({"what": "all"}, action="rut")

    with reading(engine) as connection:
        table = t.application.c
        row = connection.execute(select(t.application).where(table.code == case)).one()
        assert (row.state, row.public, row.station) == ("withdrawn", False, None)
        document = select(t.document.c.body).where(t.document.c.id == case)
        assert connection.execute(document).scalar_one() is None
        consents = select(t.consent.c.withdrawn_s).where(t.consent.c.code == case)
        assert None not in connection.execute(consents).scalars().all()
        sent = select(t.person_sent.c.ended).where(t.person_sent.c.id == row.pupil)
        assert connection.execute(sent).scalar_one()


def test_publishing_alone_may_be_taken_back(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    offer = an_offer(engine, own)
    code, _word = ask(visitor, "withdraw", offer)

    opened(signed_in(OfficialRole.DEPARTMENT), code).send({"what": "publish"}, action="rut")

    with reading(engine) as connection:
        row = connection.execute(select(t.offer).where(t.offer.c.code == offer)).one()
        donor = content(connection, own.people, row.donor)
    assert row.state == "waiting"
    assert isinstance(donor, Donor)
    assert not donor.may_publish


def test_erased_data_are_nowhere_any_more(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = an_application(engine, own, state="approved")
    department = signed_in(OfficialRole.DEPARTMENT)
    department.get(f"/dieu-phoi/ho-so/ma/{case}?lang=en").send({"station": "12"}, action="giao")
    code, _word = ask(visitor, "erase", case)
    assert opened(department, code).send({}, action="xoa").status == 422  # not sure

    opened(department, code).send({"sure": "1"}, action="xoa")
    assert "not the one that was registered" not in department.text  # none is, any more
    department.send({"outcome": "request-met"}, action="ket-qua")

    with reading(engine) as connection:
        row = connection.execute(select(t.application).where(t.application.c.code == case)).one()
        assert content(connection, own.people, row.pupil) is None
        request = select(t.rights_request.c.sealed).where(t.rights_request.c.code == code)
        assert connection.execute(request).scalar_one() is None
    keys = (row.sealed, row.number_key, row.name_key, row.pupil_key, row.phone_key)
    assert keys == (None,) * 5
    assert "These data were erased" in department.get(f"/dieu-phoi/ho-so/ma/{case}?lang=en").text


def test_an_erasure_that_ended_in_the_middle_is_done_once_more(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = an_application(engine, own)
    its = t.application.c.code == case
    with writing(engine) as connection:  # all that was written before the person's own row
        connection.execute(update(t.application).where(its), {"sealed": None})
    department = signed_in(OfficialRole.DEPARTMENT)
    code, _word = ask(visitor, "erase", case)

    opened(department, code).send({"sure": "1"}, action="xoa")

    with reading(engine) as connection:
        pupil = connection.execute(select(t.application.c.pupil).where(its)).scalar_one()
        assert content(connection, own.people, pupil) is None
    assert "Nothing of a person is held" in opened(department, code).text
    code, _word = ask(visitor, "correct", case)
    assert opened(department, code).status == 200


def test_what_is_put_right_is_put_right_at_the_point_too(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    case = an_application(engine, own, state="approved")
    department = signed_in(OfficialRole.DEPARTMENT)
    department.get(f"/dieu-phoi/ho-so/ma/{case}?lang=en").send({"station": "12"}, action="giao")
    code, _word = ask(visitor, "correct", case)

    opened(department, code).send(
        {"name": "Nguyễn Văn Đúng", "born_on": "01/02/2014"}, action="sua"
    )

    with reading(engine) as connection:
        row = connection.execute(select(t.application).where(t.application.c.code == case)).one()
        pupil = content(connection, own.people, row.pupil)
        said = details(own.people, case, row.sealed)
        digest = select(t.person.c.digest).where(t.person.c.id == row.pupil)
        assert connection.execute(digest).scalar_one() == row.pupil_digest
        body = select(t.document.c.body).where(t.document.c.id == case)
        assert row.pupil_digest in connection.execute(body).scalar_one()
    assert isinstance(pupil, Pupil)
    assert pupil.name == "Nguyễn Văn Đúng"
    assert said is not None
    assert said.born_on == date(2014, 2, 1)


def test_requests_about_donors_are_the_departments_alone(
    visitor: Visitor, signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    code, _word = ask(visitor, "see", an_offer(engine, own))

    assert opened(signed_in(OfficialRole.EDUCATION), code).status == 404
    assert (
        NAME in opened(signed_in(OfficialRole.DEPARTMENT), code).send({}, action="tep").answer.text
    )


def test_what_is_late_is_red_and_says_so(
    visitor: Visitor, signed_in: SignIn, engine: Engine
) -> None:
    code, _word = ask(visitor, "object")
    with engine.begin() as connection:
        late = {"answer_by": date(2026, 1, 2), "do_by": date(2026, 1, 15)}
        its = t.rights_request.update().where(t.rights_request.c.code == code)
        connection.execute(its, late)
    official = signed_in(OfficialRole.DEPARTMENT)

    assert official.get("/dieu-phoi?lang=en").all("//li[@class='late']")
    official.get("/dieu-phoi/quyen?lang=en")

    assert "overdue" in official.text
    assert official.all("//span[contains(@class,'fail')]/span[@aria-hidden]")


def test_nobodys_name_stands_in_the_services_log(visitor: Visitor, process: ServiceProcess) -> None:
    ask(visitor, "see")

    assert "Trần Thị Hỏi" not in process.log()
    assert PHONE.replace(" ", "") not in process.log().replace(" ", "")


def test_a_request_that_is_sent_twice_is_one(visitor: Visitor) -> None:
    visitor.get("/quyen-rieng-tu?lang=en")
    form_page = visitor.answer
    asked = {"kind": "see", "name": "Phạm Thị Hoa", "phone": "0987654321"}
    visitor.send(asked)
    first = visitor.all("//b[@class='code']/text()")

    visitor.show(form_page).send(asked)

    assert len(first) == 2
    assert visitor.all("//b[@class='code']/text()") == first
