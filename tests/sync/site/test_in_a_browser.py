"""From offer and application to a machine's way, clicked through a browser without scripts."""

import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import sleep

import pytest

from station import handover, intake
from station.store.engine import sqlite_url
from sync.central.officials import accounts
from sync.central.officials.roles import OfficialRole
from sync.central.site.views import VIEWS
from tests.station.conftest import CLERK, LEAD, NOON
from tests.station.life import HOA
from tests.sync.points import Point, to_the_shelf
from tests.sync.programme import Programme
from tests.sync.site.browser import CHROMIUM, DRIVER, SMALLEST, Browser, browser
from tests.sync.site.conftest import NOW_S, PASSWORD
from tests.sync.site.test_every_public_page import fill

PICTURES = Path(__file__).parents[3] / "out" / "site"
STATION = 12
COUNTED_S = 30  # until the service counted what a point sent
CODE = re.compile(r"\b([MH]) (\d{3}) (\d{6}) (\d)\b")
_officials = count(1)
PUBLIC = (
    "/", "/so-lieu", "/danh-sach", "/so-cai", "/tang-may", "/dang-ky", "/quyen-rieng-tu",
    "/tang-may/tinh-trang", "/dang-ky/tinh-trang", "/dieu-phoi/dang-nhap", "/khong-co",
)  # fmt: skip
OF_OFFICIALS = tuple(
    view.path
    for view in VIEWS
    if view.method == "GET"
    and OfficialRole.DEPARTMENT in (view.roles or ())
    and "{" not in view.path
)

pytestmark = pytest.mark.skipif(
    not (Path(CHROMIUM).exists() and Path(DRIVER).exists()),
    reason="Debian's packages chromium and chromium-driver are not there",
)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    """A service and a point that begins."""
    folder = tmp_path_factory.mktemp("clicked")
    made = Programme(sqlite_url(folder / "central.sqlite"), folder, {STATION: lambda _store: None})
    yield made
    made.close()


@pytest.fixture(scope="module")
def window(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser at the service."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    profile = tmp_path_factory.mktemp("profile")
    with browser(programme.process.address, profile, PICTURES) as opened:
        yield opened


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return "".join(found.groups())


def sign_in(window: Browser, programme: Programme, role: OfficialRole) -> None:
    """As somebody whose account was made and whose password is their own."""
    name = f"{role.value}-clicks-{next(_officials)}"
    first = accounts.make(programme.engine, name, role, NOW_S)
    accounts.change_password(programme.engine, name, first, PASSWORD, NOW_S)
    window.open("/dieu-phoi/dang-nhap")
    window.fill({"name": name, "password": PASSWORD})
    window.submit()
    assert window.path == "/dieu-phoi"


def test_from_offer_and_application_to_the_way_of_a_device(
    programme: Programme, window: Browser
) -> None:
    with programme.begun() as points:
        offer, application = offered(window), applied(window)
        approve(window, programme, application)
        assign(window, programme, offer)
        allot(window, application)
        device = given(points[STATION], offer, application)
        look_up(window, device)


def offered(window: Browser) -> str:
    """A donor registers a gift; its code."""
    window.open("/")
    window.picture("home")
    window.follow("/tang-may")
    window.picture("offer-empty")
    window.submit()
    window.picture("offer-errors")
    window.fill(
        {
            "count-monitor": "1",
            "way": "point",
            "place": "point",
            "station": str(STATION),
            "giver": "person",
            "name": "Lê Thị Tặng",
            "phone": "0912 345 678",
            "donor-process": True,
        }
    )
    window.submit()
    window.picture("offer-registered")
    return code_in(window.text)


def applied(window: Browser) -> str:
    """A mother registers her child; the case."""
    window.open("/dang-ky")
    window.fill(
        {
            "pupil": "Nguyễn Văn Bé",
            "born_on": "20/05/2015",
            "level": "primary",
            "school": "Trường Tiểu học Gò Dầu",
            "school_class": "4A",
            "relation": "parent",
            "registrant": "Trần Thị Mẹ",
            "phone": "0987 654 321",
            "representative-process": True,
            "child-process": True,
        }
    )
    window.picture("application-filled")
    window.submit()
    window.picture("application-registered")
    return code_in(window.text)


def approve(window: Browser, programme: Programme, case: str) -> None:
    """The Department of Education approves it."""
    sign_in(window, programme, OfficialRole.EDUCATION)
    window.picture("desk-education")
    window.open(f"/dieu-phoi/ho-so/ma/{case}")
    window.fill({"decision": "152/QĐ-SGDĐT", "decided_on": "01/11/2026"})
    window.picture("application-to-approve")
    window.send("/duyet")
    window.picture("application-approved")
    leave(window)


def leave(window: Browser) -> None:
    window.open("/dieu-phoi")
    window.find("header form button").click()


def assign(window: Browser, programme: Programme, offer: str) -> None:
    """The Department gives the offer to the point."""
    sign_in(window, programme, OfficialRole.DEPARTMENT)
    window.picture("desk-department")
    window.open("/dieu-phoi/tang-may")
    window.picture("offers")
    window.open(f"/dieu-phoi/tang-may/ma/{offer}")
    window.fill({"station": str(STATION)})
    window.send("/giao")
    window.picture("offer-assigned")


def allot(window: Browser, case: str) -> None:
    """And the case."""
    window.open(f"/dieu-phoi/ho-so/ma/{case}")
    window.fill({"station": str(STATION)})
    window.send("/giao")
    window.picture("case-allotted")
    window.open("/dieu-phoi/phan-bo")
    window.picture("allotment")


def given(point: Point, offer: str, case: str) -> str:
    """The point takes the device in, checks it and gives it to the pupil; its code."""
    point.whole_round()
    store = point.store
    new = intake.NewDevice(kind="monitor", serial="CN0XYZ", serial_known_by="second-scan")
    received = intake.receive_device(
        intake.ReceiveDevice(device=new, donor=HOA, offer=offer), store, CLERK, NOON
    )
    device = received.header.subject
    to_the_shelf(store, device)
    handover.reserve(handover.Reserve(device=device, case=case), store, LEAD, NOON)
    handover.hand_over(handover.HandOver(device=device, case=case), store, LEAD, NOON)
    point.whole_round()
    return device


def look_up(window: Browser, device: str) -> None:
    """Anybody types the code on the label and reads its way."""
    window.open("/")
    window.fill({"code": device})
    window.send("/tra-cuu")
    for _ in range(COUNTED_S):
        if window.path.startswith(f"/t/{device}") and "404" not in window.text:
            window.open(f"/t/{device}")
            if "11/2026" in window.text or "10/2021" in window.text:
                break
        sleep(1)
    window.picture("journey")
    assert "10/2021" in window.text
    assert window.path == f"/t/{device}"


@pytest.fixture
def filled(programme: Programme) -> Programme:
    """Years of figures and a long list."""
    with programme.begun():
        fill(programme.engine, programme.process)
    return programme


def test_no_page_is_wider_than_the_smallest_phone(filled: Programme, window: Browser) -> None:
    public = too_wide(window, PUBLIC)
    sign_in(window, filled, OfficialRole.DEPARTMENT)

    assert public == []
    assert too_wide(window, OF_OFFICIALS) == []


def too_wide(window: Browser, paths: tuple[str, ...]) -> list[tuple[str, int]]:
    found = []
    for path in paths:
        window.open(path)
        window.resize(SMALLEST)
        if (width := window.content_width()) > SMALLEST:
            found.append((path, width))
        window.picture(f"page{path.replace('/', '-')}")
    return found
