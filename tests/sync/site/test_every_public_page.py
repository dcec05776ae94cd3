"""Every page that everybody may see: valid, labelled, light, guarded; with figures and without."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import sleep, time

import httpx
import pytest
from sqlalchemy import Engine, NullPool, create_engine, insert

from station.codes import CodeKind, make
from station.counting import Count, Measure
from station.reference import load
from station.store.engine import sqlite_url
from sync.central import tables as t
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.database import writing
from sync.central.keeping import ledger_files
from sync.central.numbers import case_list, showing
from sync.central.site.views import VIEWS
from sync.central.site.visiting import View
from tests.sync.central.tallied import tally
from tests.sync.conftest import fresh_ledger
from tests.sync.service_process import ServiceProcess
from tests.sync.site import markup
from tests.sync.site.visitor import Visitor

PUBLIC = [view for view in VIEWS if view.roles is None and view.method == "GET"]
DAY_S = 86_400
LEVELS = ("primary", "lower-secondary", "student")
COMMUNES = ("25459", "25462", "25465")
MONTHS = 30
MOST_WEIGHT_OF_STYLE = 20_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    """A service with years of figures and a long list."""
    folder = tmp_path_factory.mktemp("public")
    process = ServiceProcess(sqlite_url(folder / "central.sqlite"), folder / "log")
    engine = create_engine(process.database, poolclass=NullPool)
    fill(engine, process)
    yield process
    process.stop()


def fill(engine: Engine, process: ServiceProcess) -> None:
    """Figures of every point of the list, and cases of every level."""
    reference = load()
    own = opened_secrets(engine, read_key(process.key_file))
    today = reference.programme.day(int(time()))
    months = [today - timedelta(days=30 * n) for n in range(MONTHS)]
    with writing(engine) as connection:
        tally(
            connection,
            [
                Count(point.number, day, measure, 7 + n, "laptop", "person", unit, "", LEVELS[n])
                for point in reference.points(today)
                for day in months
                for n, unit in enumerate(COMMUNES)
                for measure in (Measure.RECEIVED, Measure.GIVEN, Measure.READY)
            ],
        )
        connection.execute(insert(t.application), [case(n) for n in range(450)])
    for day in range(1, 9):
        later_s = int(time()) + day * DAY_S
        showing.renew(engine, own, reference, later_s)
        case_list.renew(engine, reference, later_s)


def case(n: int) -> dict[str, object]:
    """An approved application, all but two of each level public."""
    return {
        "code": make(CodeKind.CASE, 900 + n % 100, 1 + n * 7919 % 999_999),
        "created_s": 1,
        "changed_s": 1,
        "channel": "form",
        "state": "approved",
        "level": LEVELS[n % 3],
        "unit": COMMUNES[n % 7 % 3],
        "relation": "parent",
        "pupil": bytes(16),
        "pupil_digest": bytes(32),
        "public": n > 5,
        "secret_hash": b"",
    }


@pytest.fixture
def reader(served: ServiceProcess) -> Iterator[Visitor]:
    """Anybody."""
    with Visitor(served.address) as visitor:
        yield visitor


def address_of(view: View) -> str:
    """An address of this page that shows something, as far as there is anything."""
    filled = {
        "{code}": make(CodeKind.DEVICE, 12, 1),
        "{kind}": "csv",
        "{station}": "0",
    }
    path = view.path
    for place, value in filled.items():
        path = path.replace(place, value)
    return path


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", PUBLIC, ids=lambda view: view.name)
def test_a_page_is_valid_labelled_light_and_guarded(
    reader: Visitor, view: View, language: str
) -> None:
    path = address_of(view)
    answer = reader.get(path if language == "vi" else f"{path}?lang=en").answer

    assert answer.status_code in {200, 404}
    if answer.headers["Content-Type"].startswith("text/html"):
        style = reader.all("//link[@rel='stylesheet']/@href")[0]
        style_bytes = len(httpx.get(reader.address + style).content)
        assert style_bytes < MOST_WEIGHT_OF_STYLE
        assert markup.faults(answer, style_bytes) == []
        assert reader.all("/html/@lang") == [language]
    else:
        assert markup.missing_headers(answer) == []


@pytest.mark.parametrize("view", PUBLIC, ids=lambda view: view.name)
def test_the_other_language_is_one_link_away(reader: Visitor, view: View) -> None:
    reader.get(address_of(view))
    if reader.status == 200 and reader.answer.headers["Content-Type"].startswith("text/html"):
        other = reader.all("//footer//a[@hreflang='en']/@href")
        assert other == ["?lang=en"]


@pytest.mark.parametrize("view", PUBLIC, ids=lambda view: view.name)
def test_what_has_a_version_is_not_sent_twice(reader: Visitor, view: View) -> None:
    path = address_of(view)
    first = reader.get(path).answer
    tag = first.headers.get("ETag")
    if tag is None:
        assert first.headers["Cache-Control"] == "no-store"
        return

    again = httpx.get(reader.address + path, headers={"If-None-Match": tag})
    head = httpx.head(reader.address + path)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == head.headers["ETag"] == tag
    assert head.content == b""
    assert "Set-Cookie" not in first.headers
    for answer in (again, head):
        assert markup.missing_headers(answer) == []


def test_every_cookie_is_for_this_site_alone_and_for_no_script(reader: Visitor) -> None:
    for view in PUBLIC:
        with Visitor(reader.address) as fresh:
            said = fresh.get(address_of(view)).answer.headers.get_list("Set-Cookie")
        for cookie in said:
            parts = {part.strip().casefold() for part in cookie.split(";")[1:]}
            assert {"httponly", "path=/", "samesite=strict"} <= parts


@pytest.mark.parametrize(
    "path",
    ["/khong-co", "/t/0120000011", "/danh-sach?trang=9999", "/so-lieu?thang=1999-01", "/x/y"],
)
def test_what_is_not_there_is_a_guarded_page_too(reader: Visitor, path: str) -> None:
    answer = reader.get(path).answer

    assert answer.status_code == 404
    assert markup.faults(answer, 0) == []


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/robots.txt", 200, "text/plain"),
        ("/favicon.svg", 200, "image/svg+xml"),
        ("/favicon.ico", 204, ""),
    ],
)
def test_browsers_and_robots_find_what_they_ask_for_by_themselves(
    served: ServiceProcess, path: str, status: int, kind: str
) -> None:
    answer = httpx.get(served.address + path)

    assert answer.status_code == status
    assert answer.headers.get("Content-Type", "").startswith(kind)
    assert markup.missing_headers(answer) == []
    assert "Set-Cookie" not in answer.headers


def test_figures_of_points_add_up_and_lead_to_their_months(reader: Visitor) -> None:
    reader.get("/so-lieu?lang=en")

    cells = reader.all("//table[caption='Devices by point']/tbody/tr/td[1]")
    received = sum(int(cell.text.replace(".", "")) for cell in cells)
    told = int(reader.all("//ul[@class='figures']//b")[0].text.replace(".", ""))
    assert received == told > 0
    month = reader.all("//table[caption='Devices by month']//a/@href")[0]
    reader.get(month)
    assert reader.status == 200
    assert "The programme in" in reader.heading


def test_the_list_is_paged_filtered_and_taken_along(reader: Visitor) -> None:
    reader.get("/danh-sach?lang=en")
    first = reader.all("//tbody/tr/th")
    assert len(first) == 100
    codes = [one.text for one in first]
    assert codes == sorted(codes)

    reader.get("/danh-sach?lang=en&cap=student")
    assert {cell.text for cell in reader.all("//tbody/tr/td[1]")} == {"University or college"}

    sheet = reader.get("/danh-sach/tai-ve/csv?lang=en").answer.content.decode("utf-8-sig")
    assert len(sheet.splitlines()) == 1 + 444
    book = reader.get("/danh-sach/tai-ve/xlsx").answer.content
    assert book.startswith(b"PK")


def test_a_file_of_the_list_is_made_once_however_often_it_is_asked_for(reader: Visitor) -> None:
    first = reader.get("/danh-sach/tai-ve/xlsx").answer.content
    sleep(1.1)  # a workbook holds the second in which it was made

    assert reader.get("/danh-sach/tai-ve/xlsx").answer.content == first
    assert reader.get("/danh-sach/tai-ve/xlsx?lang=en").answer.content != first
    assert reader.get("/danh-sach/tai-ve/pdf").status == 404


def test_programs_read_the_same_without_a_token(served: ServiceProcess) -> None:
    numbers = httpx.get(f"{served.address}/v1/public/numbers").json()
    codes: list[str] = []
    more = True
    while more:
        after = codes[-1] if codes else ""
        page = httpx.get(f"{served.address}/v1/public/cases", params={"after": after}).json()
        codes += [one["code"] for one in page["cases"]]
        more = page["more"]

    given = sum(point["given"] for point in numbers["points"])
    assert sum(cell["given"] for cell in numbers["communes"]) + numbers["communes_rest"] == given
    assert len(set(codes)) == len(codes) == 444


def test_the_ledger_is_handed_out_as_a_file_that_is_sound(
    served: ServiceProcess, reader: Visitor, tmp_path: Path
) -> None:
    engine = create_engine(served.database, poolclass=NullPool)
    own = opened_secrets(engine, read_key(served.key_file))
    fresh_ledger(served)
    day = date(2030, 1, 1)
    while ledger_files.renew(
        engine, own.signing, ledger_files.folder(served.database, served.cache), day
    ):
        sleep(0)

    anchor = reader.get("/so-cai").all("//p[@class='key']")[0].text_content().strip()
    body = reader.get("/so-cai/tai-ve/0").answer.content

    assert anchor == own.signing.public.hex()
    assert body.startswith(b'{"type":"file"')
    assert body.splitlines()[-1].startswith(b'{"type":"end"')
