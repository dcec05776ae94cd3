"""A line that drops, delays, truncates, duplicates and reorders, at a place of one's choice.

It takes each question and each answer whole before it passes them on, so that a harm is done
exactly where it was asked for. A place is a class of byte positions of an HTTP exchange.
"""

import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from time import sleep
from urllib.parse import urlsplit

from msgspec import Struct

PIECE = 65_536
WINDOW = 7  # bytes that come twice, or in the wrong order
LATE_S = 0.05
CHUNK = 61
GIVEN_UP_S = 2.0  # on an answer to a question that never arrived whole


class Place(StrEnum):
    """Where something happens."""

    BEFORE = "before"  # nothing was passed on yet
    LINE = "request-line"
    HEAD = "request-headers"
    BORDER = "end-of-request-headers"
    BODY_START = "request-body-start"
    BODY_MIDDLE = "request-body-middle"
    BODY_END = "request-body-end"
    BETWEEN = "between-request-and-answer"
    ANSWER_LINE = "answer-line"
    ANSWER_HEAD = "answer-headers"
    ANSWER_BORDER = "end-of-answer-headers"
    ANSWER_START = "answer-body-start"
    ANSWER_MIDDLE = "answer-body-middle"
    ANSWER_END = "answer-body-end"
    CHUNK_BORDER = "chunk-border"
    AFTER = "after"  # the line idles


class Harm(StrEnum):
    """What happens there."""

    DROP = "drop"  # both ends find the line dead
    DELAY = "delay"
    TRUNCATE = "truncate"  # the rest is lost, and the line seems to stand
    DUPLICATE = "duplicate"
    REORDER = "reorder"


class Fault(Struct, frozen=True):
    """One harm at one place."""

    place: Place
    harm: Harm


FAULTS = tuple(Fault(place, harm) for place in Place for harm in Harm)
OF_THE_QUESTION = tuple(Place)[:7]
Plan = Callable[[str], Fault | None]  # for a question's method and path


def once(question: str, fault: Fault) -> Plan:
    """Harm the first of these questions, and nothing else."""
    left = [fault]
    return lambda asked: left.pop() if question in asked and left else None


class Cut(Exception):
    """This connection ends here."""


class NoisyLine:
    """Passes HTTP on to the service and does what the plan says to each exchange."""

    def __init__(self, service: str, plan: Plan = lambda _question: None) -> None:
        self.upstream = (urlsplit(service).hostname or "", urlsplit(service).port or 80)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.plan = plan
        self.chance = random.Random(0)  # noqa: S311 -- which byte of a class it is
        self.done: list[tuple[str, Fault]] = []
        self.withheld: list[bytes] = []  # questions that arrive after later ones
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
                point.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._carry, args=(point,), daemon=True).start()

    def _carry(self, point: socket.socket) -> None:
        with point, suppress(OSError, Cut), socket.create_connection(self.upstream) as service:
            service.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            service.settimeout(GIVEN_UP_S)
            while question := _message(point):
                _Exchange(self, point, service, question).carry()


class _Exchange:
    """One question and its answer."""

    def __init__(
        self, line: NoisyLine, point: socket.socket, service: socket.socket, question: bytes
    ) -> None:
        self._line, self._point, self._service, self._question = line, point, service, question
        self._name = question.partition(b" HTTP/")[0].decode("latin-1")
        self._fault = line.plan(self._name)
        if self._fault:
            line.done.append((self._name, self._fault))

    def carry(self) -> None:
        """Pass both on, and harm them."""
        self._late_deliveries()
        self._whole(Place.BEFORE)
        self._send(self._service, self._question, of_question=True)
        if self._is(Place.BETWEEN, Harm.DUPLICATE):
            _asked_apart(self._line.upstream, self._question)
        self._whole(Place.BETWEEN)
        answer = _message(self._service)
        if not answer:
            raise Cut
        if self._fault and self._fault.place is Place.CHUNK_BORDER:
            answer = _chunked(answer)
        self._send(self._point, answer, of_question=False)
        if self._is(Place.AFTER, Harm.DUPLICATE):
            self._point.sendall(answer)
        self._whole(Place.AFTER)

    def _is(self, place: Place, harm: Harm) -> bool:
        return self._fault == Fault(place, harm)

    def _late_deliveries(self) -> None:
        """What an old connection still held arrives now, and nobody hears the answer."""
        while self._line.withheld:
            _asked_apart(self._line.upstream, self._line.withheld.pop())

    def _whole(self, place: Place) -> None:
        """Harms to a whole message, or to the line while nothing is on it."""
        if self._fault is None or self._fault.place is not place:
            return
        if self._fault.harm is Harm.DELAY:
            sleep(LATE_S)
        elif self._fault.harm is Harm.DUPLICATE and place is Place.BEFORE:
            _asked_apart(self._line.upstream, self._question)
        elif self._fault.harm is Harm.REORDER and place is Place.BEFORE:
            self._line.withheld.append(self._question)
            raise Cut
        elif self._fault.harm is not Harm.DUPLICATE:
            raise Cut

    def _send(self, to: socket.socket, message: bytes, *, of_question: bool) -> None:
        fault = self._fault
        if fault is None or fault.place in {Place.BEFORE, Place.BETWEEN, Place.AFTER}:
            to.sendall(message)
            return
        if (fault.place in OF_THE_QUESTION) is not of_question:
            to.sendall(message)
            return
        _harmed(to, message, _position(message, fault.place, self._line.chance), fault.harm)


def _harmed(to: socket.socket, message: bytes, at: int, harm: Harm) -> None:
    before, behind = message[:at], message[at:]
    if harm is Harm.DUPLICATE:
        to.sendall(before + behind[:WINDOW] + behind)
    elif harm is Harm.REORDER:
        start = max(at - WINDOW, 0)
        to.sendall(before[:start] + behind[:WINDOW] + before[start:] + behind[WINDOW:])
    else:
        to.sendall(before)
        if harm is Harm.DELAY:
            sleep(LATE_S)
            to.sendall(behind)
        elif harm is Harm.DROP:
            raise Cut


def _position(message: bytes, place: Place, chance: random.Random) -> int:
    """A byte of this class."""
    line = message.index(b"\r\n")
    head = message.index(b"\r\n\r\n") + 4
    last = max(len(message) - 1, head)
    places = {
        Place.LINE: lambda: chance.randrange(1, line),
        Place.HEAD: lambda: chance.randrange(line + 2, head - 4),
        Place.BORDER: lambda: head - 2,
        Place.BODY_START: lambda: min(head + 1, last),
        Place.BODY_MIDDLE: lambda: chance.randrange(head, last + 1),
        Place.BODY_END: lambda: last,
        Place.CHUNK_BORDER: lambda: _border(message, head, chance),
    }
    same = {
        Place.ANSWER_LINE: Place.LINE,
        Place.ANSWER_HEAD: Place.HEAD,
        Place.ANSWER_BORDER: Place.BORDER,
        Place.ANSWER_START: Place.BODY_START,
        Place.ANSWER_MIDDLE: Place.BODY_MIDDLE,
        Place.ANSWER_END: Place.BODY_END,
    }
    return places[same.get(place, place)]()


def _border(message: bytes, head: int, chance: random.Random) -> int:
    borders = [at for at in range(head, len(message)) if message.startswith(b"\r\n", at)]
    return chance.choice(borders) + chance.randrange(3)  # before, in or behind it


def _chunked(answer: bytes) -> bytes:
    """The same answer as a proxy passes it on that does not know its length yet."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = [x for x in head.split(b"\r\n") if not x.lower().startswith(b"content-length")]
    pieces = [body[at : at + CHUNK] for at in range(0, len(body), CHUNK)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    chunked = [*lines, b"transfer-encoding: chunked"]
    return b"\r\n".join(chunked) + b"\r\n\r\n" + chunks + b"0\r\n\r\n"


def _asked_apart(service: tuple[str, int], question: bytes) -> None:
    """The same question once more, over another connection."""
    with suppress(OSError), socket.create_connection(service, timeout=5) as again:
        again.sendall(question)
        _message(again)


def _message(end: socket.socket) -> bytes:
    """One whole message with its body; empty when the other side hung up."""
    came = b""
    while b"\r\n\r\n" not in came:
        if not (piece := end.recv(PIECE)):
            return b""
        came += piece
    head, _, body = came.partition(b"\r\n\r\n")
    wanted = _length(head) - len(body)
    while wanted > 0:
        if not (piece := end.recv(PIECE)):
            return b""
        came += piece
        wanted -= len(piece)
    return came


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
