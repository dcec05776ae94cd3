"""Officials sign in; nobody else does, and no form counts that another site sent."""

from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import Engine

from sync.central.officials import accounts
from sync.central.officials.accounts import MustWait, WrongPassword
from sync.central.officials.roles import OfficialRole
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import NOW_S, PASSWORD, new_official
from tests.sync.site.visitor import Visitor

SIGN_IN = "/dieu-phoi/dang-nhap"


def test_an_official_signs_in_and_out(signed_in: Callable[..., Visitor]) -> None:
    official = signed_in(OfficialRole.DEPARTMENT)

    assert official.path == "/dieu-phoi"
    official.send({}, action="dang-xuat")
    assert official.path == "/"
    assert official.get("/dieu-phoi").path == SIGN_IN


def test_a_first_password_must_be_changed_before_anything_else(
    visitor: Visitor, engine: Engine
) -> None:
    first = accounts.make(engine, "moi.vao", OfficialRole.VIEWER, NOW_S)
    visitor.get(SIGN_IN).send({"name": "moi.vao", "password": first})
    assert visitor.path == "/dieu-phoi/mat-khau"
    assert visitor.get("/dieu-phoi").path == "/dieu-phoi/mat-khau"

    visitor.send({"old": first, "new": PASSWORD, "again": PASSWORD})

    assert visitor.path == "/dieu-phoi"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(visitor: Visitor, engine: Engine) -> None:
    name = new_official(engine, OfficialRole.VIEWER)

    told = [
        visitor.get(SIGN_IN).send({"name": tried, "password": "khong phai"}).wrong
        for tried in [name] * (accounts.FREE_TRIES + 2) + ["khong.co.ai"] * 2
    ]

    assert told[0].keys() == {"password"}
    assert all(one == told[0] for one in told)


def test_who_guesses_waits_longer_each_time_and_the_owner_comes_in_later(engine: Engine) -> None:
    name = new_official(engine, OfficialRole.VIEWER)
    for _ in range(accounts.FREE_TRIES + 3):
        with pytest.raises((WrongPassword, MustWait)):
            accounts.checked(engine, name, "khong phai", NOW_S)

    with pytest.raises(MustWait):
        accounts.checked(engine, name, PASSWORD, NOW_S)
    assert accounts.checked(engine, name, PASSWORD, NOW_S + 60).name == name


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {},
    ],
    ids=["the browser says so", "another origin", "no word of ours"],
)
def test_no_other_site_sends_a_form(process: ServiceProcess, headers: dict[str, str]) -> None:
    answer = httpx.post(
        f"{process.address}{SIGN_IN}", data={"name": "a", "password": "b"}, headers=headers
    )

    assert answer.status_code == 403


def test_every_page_forbids_scripts_frames_and_guessing(visitor: Visitor) -> None:
    for path in ("/", SIGN_IN, "/khong-co"):
        headers = visitor.get(path).answer.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_are_out_of_reach_and_over_tls_bound_to_the_host(process: ServiceProcess) -> None:
    answer = httpx.get(f"{process.address}{SIGN_IN}")
    cookie = answer.headers["Set-Cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_page_for_another_role_is_as_if_it_were_not_there(
    signed_in: Callable[..., Visitor],
) -> None:
    viewer = signed_in(OfficialRole.VIEWER)

    assert viewer.get("/dieu-phoi/khong-co?lang=en").status == 404
