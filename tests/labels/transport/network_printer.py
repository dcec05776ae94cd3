"""A label printer on the network, as unkind as they come: a raw port on this machine."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final

QUESTIONS: Final = (b"\x1b!?\r\n", b"~HS\r\n")
SILENT, READY, NO_PAPER, HEAD_OPEN, PRINTING = None, b"\x00", b"\x04", b"\x01", b"\x20"
RESET_AT_ONCE: Final = struct.pack("ii", 1, 0)


class NetworkPrinter:
    """Takes one line after the other; `manner` says how. `pages` is what really came.

    `answers` are what it says, one after the other, when it is asked how it is; the last stays.
    """

    def __init__(
        self,
        manner: "Manner | None" = None,
        answers: tuple[bytes | None, ...] = (None,),
        host: str = "127.0.0.1",
    ) -> None:
        self.pages: list[bytes] = []
        self._manner, self._answers = manner or kindly, list(answers)
        self.questions = 0
        self.kept: list[socket.socket] = []
        self._over = threading.Event()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._server = socket.create_server((host, 0), family=family)
        self._thread = threading.Thread(target=self._serve, name="network printer")

    @property
    def address(self) -> str:
        """As a printer's address is typed."""
        host, port = self._server.getsockname()[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def __enter__(self) -> "NetworkPrinter":
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _: TracebackType | None,
    ) -> None:
        self._over.set()
        with suppress(OSError):
            socket.create_connection(self._server.getsockname()[:2], 1).close()
        self._thread.join()
        for line in self.kept:
            line.close()
        self._server.close()

    def answer(self) -> bytes | None:
        """What it says now."""
        self.questions += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def settle_down(self) -> None:
        """Until whatever was sent before now is on the paper: lines are taken in their order."""
        with socket.create_connection(self._server.getsockname()[:2], 20) as line:
            line.shutdown(socket.SHUT_WR)
            while line.recv(1024):
                pass

    def wait(self) -> None:
        """Until the test is over."""
        self._over.wait(20)

    def _serve(self) -> None:
        while True:
            line, _ = self._server.accept()
            with line:
                if self._over.is_set():
                    return
                line.settimeout(20)
                with suppress(OSError):
                    self._manner(self, line)


Manner = Callable[[NetworkPrinter, socket.socket], None]


def kindly(printer: NetworkPrinter, line: socket.socket) -> None:
    """Read all, answer every question, close."""
    page = bytearray()
    while heard := line.recv(1 << 20):
        page += heard
        for question in QUESTIONS:
            while (place := page.find(question, max(0, len(page) - len(heard) - 8))) >= 0:
                del page[place : place + len(question)]
                if answer := printer.answer():
                    line.sendall(answer)
    if page:
        printer.pages.append(bytes(page))


def never_closing(printer: NetworkPrinter, line: socket.socket) -> None:
    """Read all and leave closing to the other end, as most label printers do."""
    printer.kept.append(line.dup())
    kindly(printer, line)


def stalling(printer: NetworkPrinter, line: socket.socket) -> None:
    """Take the line and read nothing."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    printer.wait()


def resetting(after: int) -> Manner:
    """Read so much, then reset the line."""

    def reset(printer: NetworkPrinter, line: socket.socket) -> None:
        page = b""
        while len(page) < after and (heard := line.recv(after - len(page))):
            page += heard
        printer.pages.append(page)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)

    return reset


def closing_half_way(after: int) -> Manner:
    """Read so much, then close in good order with the rest unread."""

    def close(printer: NetworkPrinter, line: socket.socket) -> None:
        page = b""
        while len(page) < after and (heard := line.recv(after - len(page))):
            page += heard
        printer.pages.append(page)

    return close


def trickling(printer: NetworkPrinter, line: socket.socket) -> None:
    """Read a little now and then."""
    page = b""
    while heard := line.recv(65_536):
        page += heard
        time.sleep(0.01)
    printer.pages.append(page)
