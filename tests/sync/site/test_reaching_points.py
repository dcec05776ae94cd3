"""What officials decide reaches a point's real store with the person's data, and leaves it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from station.people import Donor, Pupil
from station.reference import load
from sync.central.access.secrets import Secrets
from sync.central.officials.roles import OfficialRole
from tests.sync.points import Point, new_point_file
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import SignIn
from tests.sync.site.test_peoples_rights import ask
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import CHILD, NAME, an_application, an_offer

STATION = 13


@pytest.fixture
def point(process: ServiceProcess, tmp_path: Path) -> Iterator[Point]:
    """A point that the service believes."""
    file = tmp_path / "point.db"
    new_point_file(STATION, file, lambda _store: None)
    made = Point(STATION, file, process.address, load())
    process.enrol(made.store)
    made.whole_round()
    yield made
    made.close()


def person(point: Point, row: bytes | None) -> Any:
    return point.store.content(row) if row is not None else None


def test_an_allotted_case_comes_with_its_pupil_and_leaves_with_them(
    signed_in: SignIn, engine: Engine, own: Secrets, point: Point
) -> None:
    code = an_application(engine, own, state="approved")
    official = signed_in(OfficialRole.DEPARTMENT).get(f"/dieu-phoi/ho-so/ma/{code}?lang=en")

    official.send({"station": str(STATION)}, action="giao")
    point.whole_round()
    case = point.store.case(code)
    assert case is not None
    pupil = person(point, case.pupil)
    assert isinstance(pupil, Pupil)
    assert pupil.name == CHILD
    official.send({}, action="thu-hoi")
    point.whole_round()

    assert person(point, case.pupil) is None


def test_an_assigned_offer_is_expected_at_its_point_until_it_is_taken_back(
    signed_in: SignIn, engine: Engine, own: Secrets, point: Point
) -> None:
    code = an_offer(engine, own)
    official = signed_in(OfficialRole.DEPARTMENT).get(f"/dieu-phoi/tang-may/ma/{code}?lang=en")

    official.send({"station": str(STATION)}, action="giao")
    point.whole_round()
    offer = next(one for one in point.store.expected_offers() if one.code == code)
    donor = person(point, offer.donor)
    assert isinstance(donor, Donor)
    assert donor.name == NAME
    official.send({}, action="lai")
    point.whole_round()

    assert code not in {one.code for one in point.store.expected_offers()}
    assert person(point, offer.donor) is None


def test_what_is_corrected_and_erased_is_so_at_the_point(
    signed_in: SignIn, engine: Engine, own: Secrets, point: Point, visitor: Visitor
) -> None:
    code = an_application(engine, own, state="approved")
    official = signed_in(OfficialRole.DEPARTMENT).get(f"/dieu-phoi/ho-so/ma/{code}?lang=en")
    official.send({"station": str(STATION)}, action="giao")
    point.whole_round()
    request, _word = ask(visitor, "correct", code)

    official.get(f"/dieu-phoi/quyen/ma/{request}?lang=en")
    official.send({"name": "Nguyễn Văn Đúng"}, action="sua")
    point.whole_round()
    case = point.store.case(code)
    assert case is not None
    assert person(point, case.pupil).name == "Nguyễn Văn Đúng"
    request, _word = ask(visitor, "erase", code)
    official.get(f"/dieu-phoi/quyen/ma/{request}?lang=en").send({"sure": "1"}, action="xoa")
    point.whole_round()

    assert person(point, case.pupil) is None
