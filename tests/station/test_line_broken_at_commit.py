"""The line to a main PC breaks while an act is being kept: nobody is told that nothing was."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url

from station.ports import StoreUncertain, StoreUnreachable
from station.reference import load
from station.store.store import open_store
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import KEY, new_store

SOCKET = ".s.PGSQL.5432"


class Line:
    """Hands on what a client and the server say, until one of them says what it waits for."""

    def __init__(self, server: str, folder: Path) -> None:
        self._server, self.folder = server, folder
        self.breaks_at: bytes | None = None
        self.lets_through = True
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET))
        self._listener.listen()
        self._ends = [self._listener]
        self._threads: list[threading.Thread] = []
        self._begin(self._serve)

    def close(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()

    def _begin(self, work: Callable[..., None], *about: object) -> None:
        self._threads.append(threading.Thread(target=work, args=about))
        self._threads[-1].start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._ends += [client, server]
                self._begin(self._hand_on, client, server, True)
                self._begin(self._hand_on, server, client, False)

    def _hand_on(self, source: socket.socket, sink: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while said := source.recv(65_536):
                if asks and self.breaks_at is not None and self.breaks_at in said:
                    self.breaks_at = None
                    self._break(said, source, sink)
                    return
                sink.sendall(said)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _break(self, said: bytes, client: socket.socket, server: socket.socket) -> None:
        """The client hears no answer; the server hears the question, or does not."""
        client.shutdown(socket.SHUT_RDWR)
        if self.lets_through:
            server.sendall(said)
        else:
            server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(postgres_database: str, tmp_path: Path) -> Iterator[tuple[str, Line]]:
    """A store behind a line, its address there, and the line."""
    with new_store(postgres_database):
        pass
    url = make_url(postgres_database)
    folder = url.query.get("host") or url.host
    broken = Line(f"{folder}/{SOCKET}", tmp_path)
    through = url.update_query_dict({"host": str(tmp_path)})
    yield through.render_as_string(hide_password=False), broken
    broken.close()


@pytest.mark.parametrize("arrives", [True, False])
def test_a_line_that_breaks_at_the_commit_leaves_it_open_whether_it_counts(
    line: tuple[str, Line], postgres_database: str, arrives: bool
) -> None:
    url, broken = line
    with open_store(url, KEY, load()) as store:
        life.receive(store)
        broken.breaks_at, broken.lets_through = b"COMMIT\0", arrives
        with pytest.raises(StoreUncertain):
            life.receive(store)

        life.receive(store)  # the next act goes over a new line

    with open_store(postgres_database, KEY, load()) as store:
        assert store.standing().highest_number == 2 + arrives
        assert verify(store.engine).sound


def test_a_line_that_breaks_before_leaves_nothing(
    line: tuple[str, Line], postgres_database: str
) -> None:
    url, broken = line
    with open_store(url, KEY, load()) as store:
        life.receive(store)
        broken.breaks_at = b"INSERT INTO"
        with pytest.raises(StoreUnreachable) as caught:
            life.receive(store)
        assert type(caught.value) is StoreUnreachable

    with open_store(postgres_database, KEY, load()) as store:
        assert store.standing().highest_number == 1
