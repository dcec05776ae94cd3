"""How the service was asked to serve, and the place where it listens."""

import socket
from dataclasses import dataclass
from pathlib import Path

HIGHEST_PORT = 65_535


class CannotListen(Exception):
    """Nobody can listen at this address and port."""


@dataclass(frozen=True)
class Serving:
    """How the service was asked to serve."""

    database: str
    key_file: Path | None
    host: str
    port: int
    workers: int
    proxies: str | None  # addresses whose X-Forwarded-For is believed
    per_second: int
    tries_per_minute: int
    patience_s: int  # for the headers of a question to arrive


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes calls; raises CannotListen."""
    if not 0 <= port <= HIGHEST_PORT:
        raise CannotListen(host, port)
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise CannotListen(host, port) from error
