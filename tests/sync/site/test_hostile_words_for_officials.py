"""Whatever is typed into any field of the console is text: never markup, never a mistake."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine

from station.store.engine import sqlite_url
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.officials.roles import OfficialRole
from sync.central.programme import rights_requests
from sync.central.programme.once import Asking as Once
from sync.central.programme.rights import Asking, RightsKind
from sync.central.programme.rights_requests import NewRequest
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import PASSWORD, new_official
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import alike, an_application, an_offer

SCRIPT = '"><script>alert(1)</script>'
WORDS = (SCRIPT, "=HYPERLINK(1)", "a\x00b", "\ud7ff\u202e", "x" * 5_000, "-1", "NaN", "' OR 1=1 --")


class Office:
    """A service of its own with one of everything, and two officials."""

    def __init__(self, folder: Path) -> None:
        url = sqlite_url(folder / "central.sqlite")
        self.process = ServiceProcess(url, folder / "log")
        engine = create_engine(url, poolclass=NullPool)
        own = opened_secrets(engine, read_key(self.process.key_file))
        offer = an_offer(engine, own)
        first, second, third = (an_application(engine, own) for _ in range(3))
        approved = an_application(engine, own, state="approved")
        alike(engine, second, first)
        today = date(2026, 11, 2)
        requests = [
            rights_requests.ask(
                engine,
                own,
                NewRequest(kind, Asking(name="Ai"), about=about),
                today,
                Once("form", f"request {place}", b"", 1_790_000_000),
            ).code
            for place, (kind, about) in enumerate(
                (
                    (RightsKind.CORRECT, third),
                    (RightsKind.CORRECT, offer),
                    (RightsKind.WITHDRAW, third),
                    (RightsKind.ERASE, third),
                )
            )
        ]
        self.pages = {
            OfficialRole.DEPARTMENT: (
                "/dieu-phoi/tang-may",
                f"/dieu-phoi/tang-may/ma/{offer}",
                "/dieu-phoi/tang-may/quy-tac",
                f"/dieu-phoi/ho-so/ma/{approved}",
                "/dieu-phoi/phan-bo/truong/truong-th-go-dau",
                "/dieu-phoi/nhat-ky",
                *(f"/dieu-phoi/quyen/ma/{code}" for code in requests),
            ),
            OfficialRole.EDUCATION: (
                "/dieu-phoi/ho-so",
                f"/dieu-phoi/ho-so/ma/{third}",
                f"/dieu-phoi/ho-so/trung/{second}/{first}",
                "/dieu-phoi/ho-so/danh-sach",
            ),
        }
        self.officials = {role: self._signed_in(engine, role) for role in self.pages}

    def _signed_in(self, engine: Any, role: OfficialRole) -> Visitor:
        visitor = Visitor(self.process.address)
        name = new_official(engine, role)
        return visitor.get("/dieu-phoi/dang-nhap").send({"name": name, "password": PASSWORD})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    for official in made.officials.values():
        official.close()
    made.process.stop()


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_every_field_of_every_form_takes_words_as_words(office: Office, words: str) -> None:
    asked = 0
    for role, pages in office.pages.items():
        official = office.officials[role]
        for page in pages:
            official.get(page)
            for form in official.all("//main//form"):
                action, fields = form.action or page, list(form.fields)
                values = dict.fromkeys(fields, words) | {"form": form.fields.get("form", "")}
                values |= {"sure": ""} if "sure" in fields else {}  # the next words need it
                answer = official.ask(form.method, action, values)
                asked += 1
                assert answer.status_code < 500, (page, action, answer.status_code)
                assert SCRIPT not in answer.text, (page, action)

    assert asked > 20


@pytest.mark.parametrize("words", ["%00", "%3Cscript%3E", "999999999999999999", "-1", "1-", "a-b"])
def test_every_place_in_an_address_is_read_or_is_no_page(office: Office, words: str) -> None:
    official = office.officials[OfficialRole.DEPARTMENT]
    for page in (
        "tang-may?sau={}", "tang-may?trang_thai={}", "tang-may/ma/{}", "tang-may/ma/M1?xong={}",
        "ho-so?sau={}", "ho-so?truong={}", "ho-so?xa={}", "ho-so/ma/{}", "ho-so/trung?sau={}",
        "ho-so/trung/{}/x", "phan-bo?trang={}", "phan-bo/truong/{}", "tranh-chap?sau={}",
        "tranh-chap/{}/x", "tranh-chap/12/{}", "quyen/ma/{}", "quyen?xong_roi={}",
        "nhat-ky?ve={}", "nhat-ky?truoc={}",
    ):  # fmt: skip
        answer = official.get(f"/dieu-phoi/{page.format(words)}").answer

        assert answer.status_code in {200, 404}, (page, answer.status_code)
        assert "<script>" not in answer.text


def test_forms_of_officials_count_from_our_pages_alone(office: Office) -> None:
    """Without the hidden word nothing is done, whoever is signed in."""
    for role, pages in office.pages.items():
        official = office.officials[role]
        for page in pages:
            official.get(page)
            for form in official.all("//main//form[@method='post']"):
                answer = official.ask("POST", form.action or page, {"form": "0" * 64})
                assert answer.status_code == 403
