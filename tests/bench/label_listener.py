"""A printer on the network that notes when the first byte of a label came."""

import socket
import threading
import time
from contextlib import suppress
from typing import Final

QUESTION: Final = b"\x1b!?\r\n"
READY: Final = b"\x00"


class LabelListener:
    """Answers that it is ready; `arrived` is the perf_counter of the label's first bytes."""

    def __init__(self) -> None:
        self.arrived = 0.0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._over = False
        self._thread = threading.Thread(target=self._serve, name="label listener", daemon=True)

    @property
    def address(self) -> str:
        """As a printer's address is typed."""
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> "LabelListener":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over = True
        with suppress(OSError):
            socket.create_connection(self._server.getsockname(), 1).close()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._over:
            line, _ = self._server.accept()
            with line, suppress(OSError):
                self._read(line)

    def _read(self, line: socket.socket) -> None:
        while heard := line.recv(65_536):
            while QUESTION in heard:
                heard = heard.replace(QUESTION, b"", 1)
                line.sendall(READY)
            if heard and not self.arrived:
                self.arrived = time.perf_counter()
