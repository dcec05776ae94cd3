"""The open forms: a donor gives, a family asks; each sees how it stands, and takes it back."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count as count_from
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from sqlalchemy import Engine, func, insert, select

from station.codes import CodeKind, make
from station.device import Stage
from station.journey import Journey
from station.people import Donor
from station.store.engine import sqlite_url
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing
from sync.central.officials import acts  # noqa: F401 -- the service's own words of acts
from sync.central.programme import assigning
from sync.central.programme.deciding import By
from sync.central.programme.opened import content, details
from tests.sync.service_process import ServiceProcess
from tests.sync.site.visitor import Visitor

FEW_TRIES = ("--tries", "3")
GIVE, ASK = "/tang-may?lang=en", "/dang-ky?lang=en"
POINT = 12
CASE, OFFER = make(CodeKind.CASE, 900, 1234), make(CodeKind.OFFER, 900, 1234)

_devices = (make(CodeKind.DEVICE, POINT, number) for number in count_from(70_001))

GIFT = {
    "giver": "person",
    "name": "Trần Thị Hạnh",
    "phone": "0912 345 678",
    "count-laptop": "2",
    "count-monitor": "1",
    "way": "point",
    "place": "point",
    "unit": "25654",
    "note": "một máy không lên nguồn",
    "donor-process": "1",
}
PUPIL = {
    "pupil": "Lê Ngọc Ánh",
    "born_on": "20/05/2017",
    "number": "072 317 000123",
    "level": "primary",
    "school": "Trường Tiểu học Gò Dầu",
    "school_class": "4B",
    "relation": "parent",
    "registrant": "Phạm Thị Hoa",
    "phone": "0987 654 321",
    "representative-process": "1",
    "child-process": "1",
}


def told(visitor: Visitor) -> tuple[str, str]:
    """Code and word, as the page says them."""
    code, word = (cell.text_content().strip() for cell in visitor.all("//dl/dd[@class='code']"))
    return code.replace(" ", ""), word


def row_of(engine: Engine, table: Any, code: str) -> Any:
    with reading(engine) as connection:
        return connection.execute(select(table).where(table.c.code == code)).one()


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def without(values: dict[str, str], *names: str, **changes: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names} | changes


# ---- giving ----


def test_a_donor_registers_a_gift_that_waits_for_an_official(
    visitor: Visitor, engine: Engine, own: Secrets
) -> None:
    visitor.get(GIVE).send(GIFT)

    assert visitor.status == 200
    code, word = told(visitor)
    row = row_of(engine, t.offer, code)
    assert (row.state, row.devices, row.channel, row.unit) == ("waiting", 3, "form", "25654")
    with reading(engine) as connection:
        donor = content(connection, own.people, row.donor)
    assert donor == Donor(
        name="Trần Thị Hạnh", phone="0912 345 678", may_process=True, may_publish=False
    )
    assert len(word) == 14


def test_what_is_missing_is_said_beside_each_field_and_nothing_is_lost(
    visitor: Visitor, engine: Engine
) -> None:
    before = count(engine, t.offer)
    typed = without(GIFT, "giver", "way", "place", "donor-process", phone="12", note="giữ lại")
    visitor.get(GIVE).send(typed | {"expected_on": "40/1/2026"})

    assert visitor.status == 422
    assert visitor.wrong.keys() == {
        "giver", "way", "place", "phone", "expected_on", "donor-process",
    }  # fmt: skip
    assert visitor.all("//input[@id='name']")[0].get("value") == GIFT["name"]
    assert visitor.all("//input[@id='phone']")[0].get("value") == "12"
    assert visitor.all("//textarea[@id='note']")[0].text.strip() == "giữ lại"
    assert count(engine, t.offer) == before
    named = {link.get("href")[1:] for link in visitor.all("//div[@role='alert']//a")}
    assert all(visitor.all(f"//*[@id='{name}']") for name in named)


def test_without_consent_nothing_is_registered_and_none_is_ticked_beforehand(
    visitor: Visitor, engine: Engine
) -> None:
    before = count(engine, t.offer)
    visitor.get(GIVE)
    assert visitor.all("//input[@type='checkbox'][@checked]") == []
    visitor.send(without(GIFT, "donor-process"))

    assert visitor.wrong == {"donor-process": "Without this consent nothing can be registered."}
    assert count(engine, t.offer) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count-laptop": "", "count-monitor": "0"}, "items"),
        ({"count-laptop": "-1"}, "count-laptop"),
        ({"count-laptop": "10000", "count-monitor": "1"}, "items"),
        ({"place": "pick-up"}, "address"),
        ({"expected_on": "01/01/2020"}, "expected_on"),
        ({"way": "direct"}, "chosen_case"),
        ({"way": "direct", "chosen_case": OFFER}, "chosen_case"),
        ({"unit": "99999"}, "unit"),
        ({"station": "898"}, "station"),
        ({"name": "0912345678"}, "name"),
        ({"place": "elsewhere"}, "place"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    visitor: Visitor, changes: dict[str, str], field: str
) -> None:
    visitor.get(GIVE)
    answer = visitor.ask("POST", GIVE, GIFT | changes | hidden(visitor))
    wrong = html.fromstring(answer.content).xpath("//p[@class='wrong']/@id")

    assert (answer.status_code, wrong) == (422, [f"{field}-wrong"])


def hidden(visitor: Visitor) -> dict[str, str]:
    """What the form of this page carries."""
    found = visitor.all("//main//form[1]//input[@type='hidden']")
    return {field.get("name"): field.get("value") for field in found}


def test_a_gift_straight_to_a_pupil_comes_from_the_list_with_its_code(
    visitor: Visitor, engine: Engine
) -> None:
    visitor.get(f"/tang-may?ho_so={CASE}&lang=en")
    assert visitor.all("//input[@name='way'][@checked]")[0].get("value") == "direct"
    visitor.send(without(GIFT, "way", "place", "unit"))

    row = row_of(engine, t.offer, told(visitor)[0])
    assert (row.state, row.gift, row.chosen_case) == ("direct", "chosen", CASE)
    assert "family" in visitor.text


def test_the_same_form_sent_many_times_at_once_is_one_offer(
    process: ServiceProcess, visitor: Visitor, engine: Engine
) -> None:
    before = count(engine, t.offer)
    visitor.get(GIVE)
    sent = GIFT | hidden(visitor)
    with ThreadPoolExecutor(20) as browsers:
        answers = list(browsers.map(lambda _: visitor.ask("POST", GIVE, sent), range(20)))

    assert {answer.status_code for answer in answers} == {200}
    pages = {html.fromstring(answer.content).xpath("string(//main)") for answer in answers}
    assert len(pages) == 1
    assert count(engine, t.offer) == before + 1


def test_a_form_that_was_changed_after_it_was_sent_is_told_so(
    visitor: Visitor, engine: Engine
) -> None:
    visitor.get(GIVE)
    sent = GIFT | hidden(visitor)
    assert visitor.ask("POST", GIVE, sent).status_code == 200
    before = count(engine, t.offer)
    again = visitor.ask("POST", GIVE, sent | {"count-laptop": "3"})

    assert again.status_code == 409
    assert b"This form was sent before" in again.content
    assert count(engine, t.offer) == before


# ---- how it stands ----


def stands(visitor: Visitor, page: str, code: str, word: str) -> Visitor:
    return visitor.get(f"{page}/tinh-trang?lang=en").send({"code": code, "word": word})


def test_a_donor_sees_how_the_gift_stands_and_withdraws_it(
    visitor: Visitor, engine: Engine
) -> None:
    code, word = told(visitor.get(GIVE).send(GIFT))
    row = row_of(engine, t.offer, code)
    by = By("official", row.changed_s + 1)
    assigning.assign(engine, code, POINT, row.changed_s, by)

    stands(visitor, "/tang-may", code, word.upper().replace("-", " "))
    assert "VNPT Gò Dầu" in visitor.text
    visitor.send({}, action="rut")
    assert visitor.wrong == {"sure": "Tick the box if you are sure."}
    visitor.send({"sure": "1"}, action="rut")

    assert "Withdrawn" in visitor.text
    assert row_of(engine, t.offer, code).state == "withdrawn"
    with reading(engine) as connection:
        held = select(t.document.c.body).where(t.document.c.id == code)
        assert connection.execute(held).scalar_one() is None
        ended = select(t.consent.c.withdrawn_s).where(t.consent.c.code == code)
        assert None not in connection.execute(ended).scalars().all()


def test_a_wrong_word_is_answered_as_a_code_that_is_not_there(visitor: Visitor) -> None:
    code, _word = told(visitor.get(GIVE).send(GIFT))
    pages = []
    for tried in (code, OFFER, CASE, "nothing", ""):
        stands(visitor, "/tang-may", tried, "2222-2222-2222")
        assert visitor.status == 422
        pages.append(visitor.answer.text.replace(f'value="{tried}"', ""))

    assert len(set(pages)) == 1


def came(engine: Engine, offer: str) -> str:
    """A laptop that came under an offer, and is ready."""
    device = next(_devices)
    journey = Journey(code=device, kind="laptop", stage=Stage.READY)
    row = {
        "code": device,
        "state": msgspec.msgpack.encode(journey),
        "counts": msgspec.msgpack.encode(()),
        "offer": offer,
    }
    with writing(engine) as connection:
        connection.execute(insert(t.journey), row)
    return device


def test_what_has_come_in_cannot_be_withdrawn_by_the_form(visitor: Visitor, engine: Engine) -> None:
    code, word = told(visitor.get(GIVE).send(GIFT))
    stands(visitor, "/tang-may", code, word)
    device = came(engine, code)
    visitor.send({"sure": "1"}, action="rut")
    assert visitor.status == 409
    assert row_of(engine, t.offer, code).state == "waiting"

    stands(visitor, "/tang-may", code, word)
    assert visitor.all(f"//a[@href='/t/{device}?lang=en']")
    assert "ready to give" in visitor.text


# ---- asking ----


def test_a_family_registers_a_pupil(visitor: Visitor, engine: Engine, own: Secrets) -> None:
    visitor.get(ASK).send(PUPIL)

    assert visitor.status == 200
    row = row_of(engine, t.application, told(visitor)[0])
    said = details(own.people, row.code, row.sealed)
    assert (row.state, row.school, row.public) == ("waiting", "truong-th-go-dau", False)
    assert said is not None
    assert (said.pupil, said.registrant, said.number_end) == (
        "Lê Ngọc Ánh", "Phạm Thị Hoa", "0123",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("born_on", "ticked", "missing"),
    [
        ("20/05/2022", ("representative",), ()),
        ("20/05/2022", ("child", "self"), ("representative",)),
        ("20/05/2017", ("representative", "child"), ()),
        ("20/05/2017", ("representative",), ("child",)),
        ("20/05/2017", ("child",), ("representative",)),
        ("20/05/2017", ("self",), ("child", "representative")),
        ("20/05/2005", ("self",), ()),
        ("20/05/2005", ("representative", "child"), ("self",)),
        ("20/05/2005", (), ("self",)),
    ],
)
def test_whose_consent_is_needed_depends_on_the_age(
    visitor: Visitor,
    engine: Engine,
    born_on: str,
    ticked: tuple[str, ...],
    missing: tuple[str, ...],
) -> None:
    boxes = {f"{giver}-process": "1" for giver in ticked}
    boxes |= {f"{giver}-publish": "1" for giver in ticked}
    said = without(PUPIL, "representative-process", "child-process", born_on=born_on) | boxes
    visitor.get(ASK).send(said)

    assert set(visitor.wrong) == {f"{giver}-process" for giver in missing}
    assert visitor.status == (422 if missing else 200)
    if not missing:
        code = told(visitor)[0]
        assert row_of(engine, t.application, code).public
        with reading(engine) as connection:
            kept = connection.execute(select(t.consent).where(t.consent.c.code == code)).all()
        assert {(one.purpose, one.by) for one in kept} == {
            (purpose, giver) for purpose in ("process", "publish") for giver in ticked
        }
        assert {(one.text_version, one.way) for one in kept} == {("2026-01-01", "form")}


def test_a_box_under_a_text_that_nobody_knows_is_no_consent(
    visitor: Visitor, engine: Engine
) -> None:
    visitor.get(ASK)
    answer = visitor.ask("POST", ASK, PUPIL | hidden(visitor) | {"ban": "1999-01-01"})

    assert answer.status_code == 422
    assert b"Without this consent" in answer.content


def test_who_is_of_age_registers_alone(visitor: Visitor, engine: Engine, own: Secrets) -> None:
    said = without(
        PUPIL, "registrant", "representative-process", "child-process",
        born_on="2005-01-31", relation="self", level="student", school="Đại học Tây Ninh",
    )  # fmt: skip
    visitor.get(ASK).send(said | {"self-process": "1"})

    row = row_of(engine, t.application, told(visitor)[0])
    said_of = details(own.people, row.code, row.sealed)
    assert said_of is not None
    assert (said_of.registrant, said_of.school, row.school) == (
        "Lê Ngọc Ánh", "Đại học Tây Ninh", None,
    )  # fmt: skip


def test_a_family_sees_how_it_stands_and_withdraws(visitor: Visitor, engine: Engine) -> None:
    code, word = told(visitor.get(ASK).send(PUPIL))
    stands(visitor, "/dang-ky", code, word)
    assert "Waits for the decision" in visitor.text
    visitor.send({"sure": "1"}, action="rut")

    assert row_of(engine, t.application, code).state == "withdrawn"
    stands(visitor, "/tang-may", code, word)  # a case is no offer
    assert visitor.status == 422


# ---- whatever is typed ----

ANYTHING = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "=1+1",
            "\x00", "a\x07b", "\ud7ff\u202e", "'; DROP TABLE offer; --", "1" * 300, "٣", "²", "1e3",
            "31/02/2026", "9" * 5000, "%s%n", "../../etc/passwd", "\r\nSet-Cookie: a=b",
        ]
    ),
)  # fmt: skip


@pytest.mark.parametrize(("page", "filled"), [(GIVE, GIFT), (ASK, PUPIL)])
def test_whatever_is_typed_is_answered_by_a_page_and_escaped(
    sqlite_process: ServiceProcess, page: str, filled: dict[str, str]
) -> None:
    with Visitor(sqlite_process.address) as visitor:
        visitor.get(page)
        carried = hidden(visitor)
        names = sorted({field.get("name") for field in visitor.all("//main//form[1]//*[@name]")})

        @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.dictionaries(st.sampled_from([*names, "unknown"]), ANYTHING, max_size=6))
        def typed(changes: dict[str, str]) -> None:
            answer = visitor.ask("POST", page, filled | carried | changes)
            assert answer.status_code in {200, 403, 409, 422}, changes
            assert html.fromstring(answer.content).xpath("//script | //img | //@onerror") == []

        typed()


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"x", "multipart/form-data", 400),
        (b"\xff\xfe", "multipart/form-data; boundary=x", 400),
        (b"x" * 2**20, "application/x-www-form-urlencoded", 413),
    ],
    ids=["no boundary", "no parts", "too large"],
)
def test_what_is_no_form_is_told_as_such(
    process: ServiceProcess, body: bytes, media: str, status: int
) -> None:
    headers = {"Content-Type": media}
    answer = httpx.post(f"{process.address}/tang-may", content=body, headers=headers)

    assert answer.status_code == status


def test_no_word_of_a_person_stands_in_the_log(process: ServiceProcess, visitor: Visitor) -> None:
    visitor.get(GIVE).send(GIFT)
    code, word = told(visitor)
    stands(visitor, "/tang-may", code, word)
    visitor.get(ASK).send(PUPIL)

    log = process.log()
    for said in ("Hạnh", "0912 345 678", "Ánh", "Hoa", "654 321", "072 317", code, word, "nguồn"):
        assert said not in log


def test_words_cannot_be_tried_through(tmp_path: Path) -> None:
    process = ServiceProcess(sqlite_url(tmp_path / "central.sqlite"), tmp_path / "log", *FEW_TRIES)
    with Visitor(process.address) as visitor:
        statuses = []
        for _ in range(5):
            stands(visitor, "/tang-may", OFFER, "2222-2222-2222")
            statuses.append(visitor.status)
        waits = visitor.answer.headers.get("Retry-After")
    process.stop()

    assert statuses == [422, 422, 422, 429, 429]
    assert waits is not None
