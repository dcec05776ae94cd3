"""The server of a channel: takes what it is told, as long as it wants to."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any

import msgspec


@dataclass
class Told:
    """One question as it arrived."""

    headers: dict[str, str]
    body: bytes
    path: str

    @property
    def positions(self) -> list[int]:
        """Of its notices."""
        return [notice["position"] for notice in msgspec.json.decode(self.body)["notices"]]

    def is_signed_with(self, secret: str) -> bool:
        """As docs/channels.md says that a channel checks it."""
        signed = self.headers["Station-Time"].encode() + b"." + self.body
        computed = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(computed, self.headers["Station-Signature"])


@dataclass
class Channel:
    """What it was told, and how it answers."""

    url: str = ""
    told: list[Told] = field(default_factory=list)
    status: int = 204
    elsewhere: str = ""  # where it redirects to
    silent_s: float = 0

    @property
    def positions(self) -> list[int]:
        """Of every notice, in the order in which they arrived."""
        return [position for one in self.told for position in one.positions]


@contextmanager
def listening(port: int = 0) -> Iterator[Channel]:
    """A channel on this machine, until the end of a `with`."""
    channel = Channel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            channel.told.append(Told(dict(self.headers), body, self.path))
            sleep(channel.silent_s)
            self.send_response(channel.status)
            if channel.elsewhere:
                self.send_header("Location", channel.elsewhere)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    channel.url = f"http://127.0.0.1:{server.server_port}/told"
    try:
        yield channel
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
