"""Channels are told what became of what they brought: in order, signed, until they have it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import time

import pytest
from sqlalchemy import Engine, select, update

from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import reading, writing, written
from sync.central.programme import notices, telling, webhooks
from sync.central.programme.notices import NoticeKind
from sync.central.programme.webhooks import BadWebhook, NoSuchWebhook
from tests.sync.channel import Channel, listening

APP, OTHER = "smart", "zalo-1022"
OFFER = "M9001234562"


@pytest.fixture
def channel() -> Iterator[Channel]:
    with listening() as channel:
        yield channel


def put(engine: Engine, how_many: int = 1, channel: str = APP) -> None:
    for _ in range(how_many):
        with writing(engine) as connection:
            kind = NoticeKind.OFFER_ASSIGNED
            notices.put(connection, channel, kind, OFFER, 1_790_000_000)


def register(engine: Engine, own: Secrets, url: str, channel: str = APP, position: int = 0) -> str:
    return written(engine, lambda c: webhooks.register(c, own.tokens, channel, url, position))


def due_again(engine: Engine) -> None:
    """As if every pause were over."""
    with writing(engine) as connection:
        connection.execute(update(t.webhook), {"again_s": 0})


def tell_all(engine: Engine, own: Secrets) -> None:
    while telling.tell_next(engine, own.tokens):
        pass


def nth(engine: Engine, positions: Sequence[int]) -> list[int]:
    """Which notices stand at these positions: the first is 1, and 0 stands before all."""
    wanted = select(t.notice.c.position).order_by(t.notice.c.position)
    with reading(engine) as connection:
        places = [0, *connection.execute(wanted).scalars()]
    return [places.index(position) for position in positions]


def test_a_page_of_notices_is_the_channels_own_and_goes_on_behind_a_position(
    engine: Engine,
) -> None:
    put(engine, 3)
    put(engine, 1, OTHER)
    put(engine, 1)
    with reading(engine) as connection:
        first = notices.after(connection, APP, 0, 2)
        second = notices.after(connection, APP, first.position, 2)
        last = notices.after(connection, APP, second.position, 2)

    told = [one.position for one in first.notices + second.notices]
    assert nth(engine, told) == [1, 2, 3, 5]
    assert (first.more, second.more, last.more) == (True, False, False)
    assert (last.notices, nth(engine, [last.position])) == ((), [5])


def test_a_channel_is_told_in_order_signed_and_once(
    engine: Engine, own: Secrets, channel: Channel
) -> None:
    secret = register(engine, own, channel.url)
    put(engine, webhooks.MOST_AT_ONCE + 5)
    put(engine, 1, OTHER)

    tell_all(engine, own)

    assert nth(engine, channel.positions) == list(range(1, webhooks.MOST_AT_ONCE + 6))
    assert [one.is_signed_with(secret) for one in channel.told] == [True, True]
    assert not channel.told[0].is_signed_with("another")
    assert abs(int(channel.told[0].headers["Station-Time"]) - time()) < 60
    put(engine)
    tell_all(engine, own)
    assert nth(engine, channel.positions)[-1] == webhooks.MOST_AT_ONCE + 7


@pytest.mark.parametrize("status", [301, 307, 404, 410, 429, 500, 503])
def test_what_a_channel_does_not_take_it_is_told_again_later(
    engine: Engine, own: Secrets, channel: Channel, status: int
) -> None:
    register(engine, own, channel.url)
    put(engine)
    channel.status, channel.elsewhere = status, f"{channel.url}/elsewhere"
    tell_all(engine, own)
    (standing,) = webhooks.standings(engine)

    assert (nth(engine, [standing.position]), standing.failures) == ([0], 1)
    assert standing.again_s > time()
    assert [one.path for one in channel.told] == ["/told"]  # no redirect is followed
    tell_all(engine, own)
    assert len(channel.told) == 1  # not before the pause is over

    channel.status = 200
    due_again(engine)
    tell_all(engine, own)
    (standing,) = webhooks.standings(engine)
    assert nth(engine, channel.positions) == [1, 1]
    assert (nth(engine, [standing.position]), standing.failures) == ([1], 0)


def test_a_channel_that_is_not_there_holds_up_no_other(
    engine: Engine, own: Secrets, channel: Channel
) -> None:
    with listening() as gone:
        nowhere = gone.url
    register(engine, own, nowhere, APP)
    register(engine, own, channel.url, OTHER)
    put(engine, 2, APP)
    put(engine, 2, OTHER)

    tell_all(engine, own)

    assert nth(engine, channel.positions) == [3, 4]
    failures = {one.channel: one.failures for one in webhooks.standings(engine)}
    assert failures == {APP: 1, OTHER: 0}


def test_a_channel_that_never_answers_is_given_up(
    engine: Engine, own: Secrets, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "ANSWER_S", 0.3)
    channel.silent_s = 1.0
    register(engine, own, channel.url)
    put(engine)

    tell_all(engine, own)

    (standing,) = webhooks.standings(engine)
    assert (nth(engine, [standing.position]), standing.failures) == ([0], 1)


def test_pauses_grow_up_to_a_quarter_of_a_day() -> None:
    pauses = [webhooks.pause_s(failures) for failures in range(1, 40)]

    assert pauses[:4] == [30, 60, 120, 240]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 6 * 3_600


def test_several_workers_tell_a_channel_in_turns(
    engine: Engine, own: Secrets, channel: Channel
) -> None:
    register(engine, own, channel.url)
    put(engine, 3)
    channel.silent_s = 0.2

    with ThreadPoolExecutor(4) as workers:
        told = list(workers.map(lambda _: telling.tell_next(engine, own.tokens), range(4)))

    assert sum(told) == 1
    assert nth(engine, channel.positions) == [1, 2, 3]


def test_a_worker_that_died_over_a_turn_loses_nothing(
    engine: Engine, own: Secrets, channel: Channel
) -> None:
    register(engine, own, channel.url)
    put(engine)
    now_s = int(time())
    turn = webhooks.taken(engine, own.tokens, now_s)
    assert turn is not None
    assert webhooks.taken(engine, own.tokens, now_s) is None

    again = webhooks.taken(engine, own.tokens, now_s + webhooks.TURN_S)
    assert again is not None
    assert again.notices == turn.notices
    webhooks.told(engine, turn)  # too late: the turn is another worker's
    assert nth(engine, [webhooks.standings(engine)[0].position]) == [0]
    webhooks.told(engine, again)
    assert nth(engine, [webhooks.standings(engine)[0].position]) == [1]


def test_a_new_address_gets_a_new_secret_and_goes_on_from_where_it_was(
    engine: Engine, own: Secrets, channel: Channel
) -> None:
    old = register(engine, own, channel.url)
    put(engine, 2)
    tell_all(engine, own)
    with listening() as moved:
        new = register(engine, own, moved.url)
        put(engine)
        tell_all(engine, own)

        assert nth(engine, moved.positions) == [3]
        assert moved.told[0].is_signed_with(new)
        assert not moved.told[0].is_signed_with(old)


def test_what_was_ended_is_told_nothing(engine: Engine, own: Secrets, channel: Channel) -> None:
    register(engine, own, channel.url)
    put(engine)
    written(engine, lambda connection: webhooks.end(connection, APP))

    tell_all(engine, own)

    assert channel.told == []
    with pytest.raises(NoSuchWebhook):
        written(engine, lambda connection: webhooks.end(connection, APP))


def test_the_secret_lies_sealed(engine: Engine, own: Secrets, channel: Channel) -> None:
    secret = register(engine, own, channel.url)
    with reading(engine) as connection:
        row = connection.execute(t.webhook.select()).one()

    assert secret.encode() not in bytes(row.sealed)


@pytest.mark.parametrize(
    "url",
    [
        "", "https://", "http://example.vn/told", "ftp://example.vn/", "https://a:b@example.vn/",
        "https://example.vn/#part", "https://example.vn:port/", "https://exa mple.vn/",
        "https://ví.vn/", "https://example.vn/\n", "//example.vn", "http://127.0.0.1.example.vn/",
        "https://[::1", "https://example.vn/" + "a" * 500,
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(engine: Engine, own: Secrets, url: str) -> None:
    with pytest.raises(BadWebhook):
        register(engine, own, url)


@pytest.mark.parametrize(
    "url", ["https://smart.example.vn/told?x=1", "http://localhost:8080/", "http://[::1]/a"]
)
def test_https_and_this_machine_can_be_told(url: str) -> None:
    webhooks.require_tellable(url)
