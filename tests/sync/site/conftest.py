"""A served site, somebody who reads it, and officials who sign in."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from sqlalchemy import Engine, NullPool, create_engine

from sync.central.access.secrets import Secrets, opened_secrets, read_key
from sync.central.officials import accounts
from sync.central.officials.roles import OfficialRole
from tests.sync.conftest import LONG_ON_BOTH, process_on
from tests.sync.service_process import ServiceProcess
from tests.sync.site.visitor import Visitor

NOW_S = 1_790_000_000
PASSWORD = "một câu dài dễ nhớ"

_officials = count(1)

SignIn = Callable[..., Visitor]


@pytest.fixture(params=LONG_ON_BOTH)
def process(request: pytest.FixtureRequest) -> ServiceProcess:
    """The service on SQLite; on PostgreSQL pages wait for the proof, what lies below does not."""
    return process_on(request)


@pytest.fixture
def engine(process: ServiceProcess) -> Iterator[Engine]:
    """The service's database, beside the service."""
    made = create_engine(process.database, poolclass=NullPool)
    yield made
    made.dispose()


@pytest.fixture
def own(process: ServiceProcess, engine: Engine) -> Secrets:
    """The service's own secrets."""
    return opened_secrets(engine, read_key(process.key_file))


@pytest.fixture
def visitor(process: ServiceProcess) -> Iterator[Visitor]:
    """Anybody."""
    with Visitor(process.address) as visitor:
        yield visitor


def new_official(engine: Engine, role: OfficialRole) -> str:
    """An account whose owner chose a password; its name."""
    name = f"official-{next(_officials)}-{role}"
    first = accounts.make(engine, name, role, NOW_S)
    accounts.change_password(engine, name, first, PASSWORD, NOW_S)
    return name


@pytest.fixture
def signed_in(process: ServiceProcess, engine: Engine) -> Iterator[SignIn]:
    """Sign somebody in who has this role."""
    visitors: list[Visitor] = []

    def sign_in(role: OfficialRole) -> Visitor:
        visitor = Visitor(process.address)
        visitors.append(visitor)
        visitor.get("/dieu-phoi/dang-nhap?lang=en")
        return visitor.send({"name": new_official(engine, role), "password": PASSWORD})

    yield sign_in
    for visitor in visitors:
        visitor.close()
