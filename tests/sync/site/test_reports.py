"""Officials look at reports, take them along, and close periods."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, delete, insert, select

from station.counting import Count, Measure
from station.periods import PeriodKind, of
from station.reference import load
from station.report import By
from sync.central import tables as t
from sync.central.database import writing
from sync.central.feeds.words import Words
from sync.central.numbers import projector
from sync.central.numbers.facts import mark_of
from sync.central.officials import acts
from sync.central.officials.acts import Act
from sync.central.officials.roles import OfficialRole
from tests.sync.central.tallied import tally
from tests.sync.site.conftest import SignIn
from tests.sync.site.visitor import Visitor

REPORTS = "/dieu-phoi/bao-cao"
ZONE = load().programme.zone
TODAY = datetime.now(ZONE).date()
RUNNING = of(PeriodKind.MONTH, TODAY)
LAST = RUNNING.before
OLDER = LAST.before


def count(day: date, measure: Measure, devices: int = 1, **more: str) -> Count:
    told = {"kind": "laptop", "donor_kind": "person", "unit": "25654"} | more
    return Count(station=12, day=day, measure=measure, devices=devices, **told)


COUNTS = (
    count(OLDER.first, Measure.RECEIVED, 7),
    count(LAST.first, Measure.RECEIVED, 1_240),
    count(LAST.last, Measure.GIVEN, 3, school="truong-th-go-dau", level="primary"),
    count(RUNNING.first, Measure.RECEIVED, 2),
)


@pytest.fixture
def counted(engine: Engine) -> Iterator[Engine]:
    """A few devices counted beside those of other tests, and no period closed."""
    words = Words(engine)
    while projector.is_behind(engine, mark_of(words.now())):  # else that would count, too
        projector.read_on(engine, words)
    with writing(engine) as connection:
        before = [row._asdict() for row in connection.execute(select(t.tally))]
        connection.execute(delete(t.closed_period))
        tally(connection, COUNTS)
    yield engine
    with writing(engine) as connection:
        connection.execute(delete(t.closed_period))
        connection.execute(delete(t.tally))
        if before:
            connection.execute(insert(t.tally), before)


@pytest.fixture
def department(counted: Engine, signed_in: SignIn) -> Visitor:
    """The Department looks at reports."""
    return signed_in(OfficialRole.DEPARTMENT).get(f"{REPORTS}?lang=en")


def line(page: Visitor, name: str) -> list[str]:
    """A line of the total."""
    (row,) = page.all(f"(//table)[1]/tbody/tr[th='{name}']")
    return [cell.text for cell in row.findall("td")]


def test_the_last_period_that_is_over_is_shown_first(department: Visitor) -> None:
    assert department.status == 200
    assert f"Month {LAST.last:%m/%Y}" in department.text
    assert line(department, "Received") == ["7", "0", "1.240", "1.247"]
    assert line(department, "Given") == ["0", "0", "3", "3"]


def test_each_heading_adds_up_to_the_total(department: Visitor) -> None:
    for heading in By:
        department.get(f"{REPORTS}?muc={heading}&lang=en")
        (table,) = department.all("//section[@aria-labelledby='heading']//table")
        rows = [[c.text for c in row.findall("td")] for row in table.findall("tbody/tr")]
        total = [int(c.text.replace(".", "")) for c in table.findall("tfoot/tr/td")]
        numbers = [[int(v.replace(".", "")) for v in row] for row in rows]
        assert [sum(column) for column in zip(*numbers, strict=True)] == total, heading


def test_every_kind_of_period_can_be_chosen_by_the_form(department: Visitor) -> None:
    for kind in PeriodKind:
        department.send({"loai": kind.value, "ky": LAST.first.isoformat()})
        assert department.status == 200
        (chosen,) = department.all("//select[@id='ky']/option[@selected]")
        assert chosen.get("value") == of(kind, LAST.first).first.isoformat()


def test_a_chart_stands_beside_its_figures(department: Visitor) -> None:
    (chart,) = department.all("//*[local-name()='svg']")

    assert chart.get("role") == "img"
    last = department.all("//details//tbody/tr")[-1]
    assert [cell.text for cell in last.findall("td")] == ["1.240", "3"]
    assert len(department.answer.content) < 60_000


def test_the_files_hold_what_the_page_shows_and_are_noted(
    department: Visitor, counted: Engine
) -> None:
    links = [a.get("href") for a in department.all("//a[contains(@href, 'tai-ve')]")]
    assert len(links) == 2
    for link in links:
        department.get(link)
        assert department.status == 200
        assert department.answer.headers["Content-Disposition"].startswith("attachment")
        if "docx" in link:
            made = docx.Document(io.BytesIO(department.answer.content))
            first = [cell.text for cell in made.tables[1].rows[1].cells]
        else:
            book = load_workbook(io.BytesIO(department.answer.content))
            row = next(book.worksheets[0].iter_rows(min_row=6, max_row=6))
            first = [str(cell.value) for cell in row]
        assert [value.replace(".", "") for value in first[1:]] == ["7", "0", "1240", "1247"]

    noted = [act.detail for act in acts.listed(counted) if act.act == Act.EXPORTED]
    assert {f"month {LAST.first} docx", f"month {LAST.first} xlsx"} <= set(noted)


def test_a_period_is_closed_once_it_was_checked_and_tells_later_changes_in_the_next(
    department: Visitor, counted: Engine
) -> None:
    department.send({}, action="chot")
    assert department.status == 422
    assert department.wrong.keys() == {"checked"}
    department.send({"checked": "1"}, action="chot")

    assert department.status == 200
    assert "was closed" in department.text
    assert "these figures stay" in department.text
    with writing(counted) as connection:
        tally(connection, [*COUNTS, count(OLDER.first, Measure.RECEIVED, 5)])
    again = department.get(f"{REPORTS}?ky={LAST.first}&lang=en")
    assert line(again, "Received") == ["7", "0", "1.240", "1.247"]
    after = department.get(f"{REPORTS}?ky={RUNNING.first}&lang=en")
    assert line(after, "Received") == ["1.247", "5", "2", "1.254"]
    assert not after.all("//form[contains(@action, 'chot')]")


def test_periods_are_closed_in_order_and_not_before_their_end(
    department: Visitor, counted: Engine
) -> None:
    department.get(f"{REPORTS}?ky={OLDER.before.first}&lang=en")
    department.send({"checked": "1"}, action="chot")
    department.get(f"{REPORTS}?ky={OLDER.first}&lang=en")
    token = department.all("//form[contains(@action, 'chot')]")

    assert token
    refused = department.send({"checked": "1", "ky": LAST.first.isoformat()}, action="chot")
    assert refused.wrong["checked"] == f"Month {OLDER.last:%m/%Y} is to be closed first."
    running = department.get(f"{REPORTS}?ky={OLDER.first}&lang=en").send(
        {"checked": "1", "ky": RUNNING.first.isoformat()}, action="chot"
    )
    assert running.wrong["checked"] == "The period is not over yet."


@pytest.mark.parametrize("role", [OfficialRole.EDUCATION, OfficialRole.VIEWER])
def test_others_look_and_do_not_close(
    counted: Engine, signed_in: SignIn, role: OfficialRole
) -> None:
    official = signed_in(role).get(f"{REPORTS}?lang=en")

    assert line(official, "Received") == ["7", "0", "1.240", "1.247"]
    assert not official.all("//form[contains(@action, 'chot')]")
    assert official.get(f"{REPORTS}/tai-ve?dang=xlsx").status == 200


def test_what_is_no_report_is_no_page(department: Visitor) -> None:
    for query in ("loai=week", "ky=x", "ky=9999-99-99", "muc=person"):
        assert department.get(f"{REPORTS}?{query}").status == 404


def test_a_day_before_the_programme_shows_its_first_period(department: Visitor) -> None:
    first = of(PeriodKind.MONTH, load().programme.began_on)

    for day in ("0001-01-01", "1999-12-31"):
        department.get(f"{REPORTS}?ky={day}&lang=en")
        assert f"Month {first.last:%m/%Y}" in department.text
        assert line(department, "Received") == ["0", "0", "0", "0"]


def test_a_day_to_come_shows_the_period_that_runs(department: Visitor) -> None:
    later = TODAY + timedelta(days=900)

    shown = department.get(f"{REPORTS}?ky={later}&lang=en")

    assert f"Month {RUNNING.last:%m/%Y}" in shown.text
    assert "not over" in shown.text
