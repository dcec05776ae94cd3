"""The desk: what waits for each role, where it is settled; and every page of officials is sound."""

import pytest
from sqlalchemy import Engine

from sync.central.access.secrets import Secrets
from sync.central.officials.roles import OfficialRole
from sync.central.site import rendering
from tests.sync.site.conftest import SignIn
from tests.sync.site.markup import faults
from tests.sync.site.test_hostile_words_for_officials import Office
from tests.sync.site.test_hostile_words_for_officials import office as office  # noqa: PLC0414
from tests.sync.site.wishes import an_application, an_offer

LISTS = (
    "/dieu-phoi",
    "/dieu-phoi/ho-so",
    "/dieu-phoi/ho-so/trung",
    "/dieu-phoi/diem",
    "/dieu-phoi/quyen",
    "/dieu-phoi/quyen?xong_roi=1",
)
OF_THE_DEPARTMENT = ("/dieu-phoi/phan-bo", "/dieu-phoi/tranh-chap", "/dieu-phoi/nhat-ky")


def leads_to(links: list[object]) -> set[str]:
    return {str(link).partition("?")[0] for link in links}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (OfficialRole.DEPARTMENT, "/dieu-phoi/tang-may"),
        (OfficialRole.EDUCATION, "/dieu-phoi/ho-so"),
        (OfficialRole.VIEWER, "/dieu-phoi/diem"),
    ],
)
def test_each_role_sees_what_waits_and_is_led_to_what_it_may_settle(
    signed_in: SignIn, engine: Engine, own: Secrets, role: OfficialRole, may: str
) -> None:
    an_offer(engine, own)
    an_application(engine, own)
    desk = signed_in(role)

    led = leads_to(desk.all("//ul[contains(@class, 'waits')]//a/@href"))
    assert may in led
    assert ("/dieu-phoi/tang-may" in led) == (role is OfficialRole.DEPARTMENT)
    assert "Offers to assign" in desk.text
    for link in desk.all("//main//a/@href"):
        assert desk.get(link).status == 200


@pytest.mark.parametrize("role", [OfficialRole.DEPARTMENT, OfficialRole.EDUCATION])
def test_every_page_of_officials_is_valid_labelled_and_light(
    office: Office, role: OfficialRole
) -> None:
    official = office.officials[role]
    more = OF_THE_DEPARTMENT if role is OfficialRole.DEPARTMENT else ()

    for page in (*office.pages[role], *LISTS, *more):
        answer = official.get(page).answer
        assert answer.status_code == 200, page
        assert faults(answer, len(rendering.style())) == [], page
