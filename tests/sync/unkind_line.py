"""A line between point and service that loses answers and cuts questions short."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

PIECE = 65_536


class UnkindLine:
    """Passes TCP on to the service; `lose_answers` pushes arrive there and are never answered."""

    def __init__(self, service: str) -> None:
        self._service = (urlsplit(service).hostname, urlsplit(service).port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.lose_answers = 0
        self.cut_after: int | None = None  # bytes of a question, over one connection
        self.lost = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more calls."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                point, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(point,), daemon=True).start()

    def _carry(self, point: socket.socket) -> None:
        with point, socket.create_connection(self._service) as service, suppress(OSError):
            _Call(self, point, service).carry()


class _Call:
    """One connection, with both ends."""

    def __init__(self, line: UnkindLine, point: socket.socket, service: socket.socket) -> None:
        self._line, self._point, self._service = line, point, service
        self._pushes = False
        self._asked = 0

    def carry(self) -> None:
        back = threading.Thread(target=self._answers, daemon=True)
        back.start()
        self._questions()
        back.join()

    def _questions(self) -> None:
        with suppress(OSError):
            while piece := self._point.recv(PIECE):
                self._pushes |= piece.startswith(b"POST")
                self._asked += len(piece)
                if self._line.cut_after is not None and self._asked > self._line.cut_after:
                    self._service.sendall(piece[: self._line.cut_after])
                    break
                self._service.sendall(piece)
        self._hang_up()

    def _answers(self) -> None:
        with suppress(OSError):
            while piece := self._service.recv(PIECE):
                if self._pushes and self._line.lose_answers:
                    self._line.lose_answers -= 1
                    self._line.lost += 1
                    break
                self._point.sendall(piece)
        self._hang_up()

    def _hang_up(self) -> None:
        for end in (self._point, self._service):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
