"""A running service and the programs through which donors and families speak to it."""

from collections.abc import Iterator
from time import monotonic, sleep

import httpx
import pytest
from sqlalchemy import Engine, NullPool, create_engine

from sync.central.access.secrets import opened_secrets, read_key
from sync.central.database import writing, written
from sync.central.programme import notices, webhooks
from sync.central.programme.notices import NoticeKind
from tests.sync.channel import Channel, listening
from tests.sync.service_process import ServiceProcess

OFFER = "M9001234562"
PATIENCE_S = 20


@pytest.fixture
def engine(process: ServiceProcess) -> Iterator[Engine]:
    """The service's database, beside the service."""
    made = create_engine(process.database, poolclass=NullPool)
    yield made
    made.dispose()


def put(engine: Engine, channel: str) -> int:
    """A notice for a channel; its position."""
    with writing(engine) as connection:
        notices.put(connection, channel, NoticeKind.OFFER_ASSIGNED, OFFER, 1_790_000_000)
        return notices.after(connection, channel, 0).position


def polled(process: ServiceProcess, token: str, after: int) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    where = {"after": after}
    return httpx.get(f"{process.address}/v1/notices", params=where, headers=headers)


def until_told(channel: Channel, positions: list[int]) -> None:
    ends = monotonic() + PATIENCE_S
    while channel.positions != positions and monotonic() < ends:
        sleep(0.05)
    assert channel.positions == positions


def test_a_program_polls_what_is_its_own(process: ServiceProcess, engine: Engine) -> None:
    token = process.give_token("notices")  # its name is "program"
    before = polled(process, token, 0).json()["position"]
    put(engine, "another")
    position = put(engine, "program")

    told = polled(process, token, before).json()
    assert [(one["position"], one["code"]) for one in told["notices"]] == [(position, OFFER)]
    assert polled(process, token, position).json()["notices"] == []
    assert polled(process, process.give_token("settle"), 0).json()["code"] == "wrong_scope"


def test_a_running_service_tells_a_channel_by_itself_also_after_it_was_killed(
    process: ServiceProcess, engine: Engine
) -> None:
    own = opened_secrets(engine, read_key(process.key_file))
    with listening() as channel:
        where = ("told-by-itself", channel.url)
        secret = written(engine, lambda c: webhooks.register(c, own.tokens, *where))
        first = put(engine, "told-by-itself")
        until_told(channel, [first])
        process.kill()
        second = put(engine, "told-by-itself")
        process.start()
        until_told(channel, [first, second])
        assert all(one.is_signed_with(secret) for one in channel.told)
        written(engine, lambda connection: webhooks.end(connection, "told-by-itself"))
