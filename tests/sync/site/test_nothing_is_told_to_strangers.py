"""Pages for officials: to strangers and to other roles they are as if they were not there."""

import httpx
import msgspec
import pytest
from sqlalchemy import NullPool, create_engine

from station.codes import CodeKind, make
from sync.central.officials.roles import OfficialRole
from sync.central.site.views import VIEWS
from sync.central.site.visiting import View
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import PASSWORD, new_official
from tests.sync.site.visitor import Visitor

SIGN_IN = "/dieu-phoi/dang-nhap"
FILLED = {"code": make(CodeKind.CASE, 900, 1), "station": "12", "school": "truong-th-go-dau"}
OF_OFFICIALS = [view for view in VIEWS if view.roles is not None]


def address_of(view: View) -> str:
    """An address of this page; codes in it belong to nothing."""
    path = view.path
    for field in msgspec.structs.fields(view.where):
        path = path.replace(f"{{{field.name}}}", FILLED.get(field.name, "1"))
    assert "{" not in path, path
    return path


@pytest.mark.parametrize("view", OF_OFFICIALS, ids=lambda view: f"{view.name}-{view.method}")
def test_signed_out_every_page_of_officials_asks_who_it_is(
    sqlite_process: ServiceProcess, view: View
) -> None:
    answer = httpx.request(view.method, f"{sqlite_process.address}{address_of(view)}")

    if view.method == "POST":
        assert answer.status_code == 403  # no word of ours: it is not even asked who it is
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, SIGN_IN)


@pytest.mark.parametrize("role", OfficialRole)
def test_what_another_role_may_see_is_as_if_it_were_not_there(
    sqlite_process: ServiceProcess, role: OfficialRole
) -> None:
    engine = create_engine(sqlite_process.database, poolclass=NullPool)
    name = new_official(engine, role)
    with Visitor(sqlite_process.address) as official:
        official.get(SIGN_IN).send({"name": name, "password": PASSWORD})
        form_token = official.all("//input[@name='form']")[0].get("value")
        missing = official.get("/dieu-phoi/khong-co-trang-nay").answer

        told = [
            (view.name, view.method, answer.status_code)
            for view in OF_OFFICIALS
            if role not in (view.roles or ())
            for answer in [official.ask(view.method, address_of(view), {"form": form_token})]
            if (answer.status_code, answer.content) != (404, missing.content)
        ]

    assert told == []
