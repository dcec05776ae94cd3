"""Telling one channel what became of what it brought: one signed question at a time."""

import asyncio
import logging
from http import HTTPStatus
from time import time

import msgspec
from sqlalchemy import Engine

from sync.central.programme import webhooks
from sync.central.programme.webhooks import Turn
from sync.http import httpx
from sync.sealing import Cipher

log = logging.getLogger("sync.central")

TIME_HEADER, SIGNATURE_HEADER = "Station-Time", "Station-Signature"
ANSWER_S = 20.0  # for all of it, whatever trickles in; well below the turn


def tell_next(engine: Engine, seal: Cipher) -> bool:
    """Tell the channel whose turn it is; False where none waits."""
    turn = webhooks.taken(engine, seal, int(time()))
    if turn is None:
        return False
    why = asyncio.run(_asked(turn))
    if why is None:
        webhooks.told(engine, turn)
    else:
        log.warning("channel %s was not told: %s", turn.channel, why)
        webhooks.not_told(engine, turn, int(time()))
    return True


async def _asked(turn: Turn) -> str | None:
    """None once the channel said that it has them; else what went wrong."""
    at_s, body = int(time()), msgspec.json.encode(turn.notices)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "station-central",
        TIME_HEADER: str(at_s),
        SIGNATURE_HEADER: webhooks.signature(turn.secret, at_s, body),
    }
    try:
        async with (
            asyncio.timeout(ANSWER_S),
            # a redirect would carry a signed body to where no operator sent it
            httpx.AsyncClient(follow_redirects=False, timeout=ANSWER_S) as client,
            client.stream("POST", turn.url, content=body, headers=headers) as answer,
        ):
            status = answer.status_code  # what else it says is not read
    except TimeoutError:
        return "no answer in time"
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return type(error).__name__
    taken = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return None if taken else f"status {status}"
