"""The line to the service: what is said, what is understood, and how it ends when it fails."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic

import httpx
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import packing, wire
from sync.problems import (
    Offline,
    ServiceRefused,
    ServiceUnavailable,
    Stopped,
    StrangeAnswer,
    SyncProblem,
    TimedOut,
    TooLarge,
)
from sync.transport import MAX_ANSWER, Line

MSGPACK = {"Content-Type": wire.CONTENT_TYPE}
HURRIED = httpx.Timeout(2.0)


class Scripted:
    """Answers each question with the next of some bytes, and keeps what was asked."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.answers: list[bytes] = []
        self.asked: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                call, _ = self._listening.accept()
            except OSError:
                return
            with call:
                while self.answers and self._answer(call):
                    pass

    def _answer(self, call: socket.socket) -> bool:
        asked = b""
        while not _is_whole(asked):
            if not (piece := call.recv(65_536)):
                return False
            asked += piece
        self.asked.append(asked)
        call.sendall(self.answers.pop(0))
        return True


def _is_whole(asked: bytes) -> bool:
    head, border, body = asked.partition(b"\r\n\r\n")
    lengths = [
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    ]
    return bool(border) and len(body) >= (lengths or [0])[0]


@pytest.fixture
def server() -> Iterator[Scripted]:
    server = Scripted()
    yield server
    server.close()


@pytest.fixture
def line(server: Scripted) -> Iterator[Line]:
    with Line(server.address, HURRIED) as line:
        yield line


def answer(status: int = 200, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    said = {"Content-Length": str(len(body))} | (MSGPACK if headers is None else headers)
    lines = [f"HTTP/1.1 {status} Word", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


HEAD = wire.ChainHead(7, bytes(32))


def ask(line: Line) -> wire.ChainHead:
    return line.ask(wire.ChainHead, "GET", "chains/12/1")


def test_a_plain_and_a_packed_answer_say_the_same(server: Scripted, line: Line) -> None:
    plain = wire.write(HEAD)
    packed = MSGPACK | {"Content-Encoding": packing.CODING}
    server.answers = [answer(body=plain), answer(body=packing.packed(plain), headers=packed)]

    assert ask(line) == ask(line) == HEAD


def test_a_message_goes_out_packed_and_with_few_words(server: Scripted, line: Line) -> None:
    server.answers = [answer(body=wire.write(HEAD))]
    question = wire.CodeQuestion("1234567812345678")

    line.ask(wire.ChainHead, "POST", "enrol/ask", question, token="t0ken")

    head, _, body = server.asked[0].partition(b"\r\n\r\n")
    assert wire.read(packing.unpacked(body, 1_000), wire.CodeQuestion) == question
    assert b"Authorization: Bearer t0ken" in head
    assert len(head) < 320


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_service_that_cannot_now_says_how_long_it_wants_to_be_left_alone(
    server: Scripted, line: Line, status: int
) -> None:
    server.answers = [answer(status, headers={"Retry-After": "17"})]

    with pytest.raises(ServiceUnavailable) as told:
        ask(line)

    assert told.value.after_s == 17


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("", None),
        ("-5", None),
        ("soon", None),
        ("Fri, 31 Dec 1999 23:59:59 GMT", None),  # a date would need a clock to be right
        ("99999999999", 3_600),
        ("٣", None),
    ],
)
def test_a_wait_that_means_nothing_is_none(
    server: Scripted, line: Line, said: str, heard: float | None
) -> None:
    server.answers = [answer(503, headers={"Retry-After": said})]

    with pytest.raises(ServiceUnavailable) as told:
        ask(line)

    assert told.value.after_s == heard


def test_a_no_has_its_name(server: Scripted, line: Line) -> None:
    server.answers = [answer(409, wire.write(wire.Problem("gap", 6, 4)))]

    with pytest.raises(ServiceRefused) as refused:
        ask(line)

    assert (refused.value.code, refused.value.seq, refused.value.expected) == ("gap", 6, 4)


def test_a_proxy_that_takes_less_says_it_in_its_own_words(server: Scripted, line: Line) -> None:
    server.answers = [answer(413, b"<html>", {"Content-Type": "text/html"})]

    with pytest.raises(TooLarge):
        ask(line)


def test_a_question_that_took_too_long_is_a_time_out(server: Scripted, line: Line) -> None:
    server.answers = [answer(408, wire.write(wire.Problem("too_slow")))]

    with pytest.raises(TimedOut):
        ask(line)


BOMB = zstandard.ZstdCompressor(level=19).compress(bytes(MAX_ANSWER + 1))
PACKED = MSGPACK | {"Content-Encoding": packing.CODING}


@pytest.mark.parametrize(
    "said",
    [
        answer(200, b"<html>please log in", {"Content-Type": "text/html"}),
        answer(302, b"", {"Location": "http://login.example/"}),
        answer(403, b"go away", {"Content-Type": "text/plain"}),
        answer(403, b"\xc1"),
        answer(200, b"\xc1"),
        answer(200, b""),
        answer(200, b"not packed", PACKED),
        answer(200, BOMB, PACKED),
        answer(200, b"x", MSGPACK | {"Content-Encoding": "br"}),
        answer(200, wire.write(wire.Problem("gap"))),
    ],
    ids=["login", "moved", "forbidden", "problem", "body", "empty", "zstd", "bomb", "br", "other"],
)
def test_what_does_not_speak_this_protocol_is_not_understood(
    server: Scripted, line: Line, said: bytes
) -> None:
    server.answers = [said]

    with pytest.raises(StrangeAnswer):
        ask(line)


def test_an_answer_without_an_end_is_given_up(server: Scripted, line: Line) -> None:
    endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + bytes(MAX_ANSWER + 1)
    server.answers = [endless]

    with pytest.raises(StrangeAnswer):
        ask(line)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", b"\0"])
def test_a_line_that_breaks_is_offline(server: Scripted, line: Line, said: bytes) -> None:
    server.answers = [said]

    with pytest.raises(Offline):
        ask(line)


def test_silence_is_a_time_out(silent_address: str) -> None:
    with Line(silent_address, httpx.Timeout(0.1)) as line, pytest.raises(TimedOut):
        ask(line)


def test_a_question_is_cut_from_another_thread(silent_address: str) -> None:
    with Line(silent_address, httpx.Timeout(30.0)) as line:
        threading.Timer(0.2, line.cut).start()
        began = monotonic()

        with pytest.raises(Stopped):
            ask(line)

        assert monotonic() - began < 5.0
        with pytest.raises(Stopped):
            ask(line)


@pytest.fixture(scope="module")
def shared() -> Iterator[Scripted]:
    server = Scripted()
    yield server
    server.close()


@settings(max_examples=40)
@given(said=st.binary(max_size=300), whole=st.booleans())
def test_whatever_comes_is_an_answer_or_a_named_problem(
    shared: Scripted, said: bytes, whole: bool
) -> None:
    shared.answers = [answer(body=said) if whole else said]
    with Line(shared.address, httpx.Timeout(1.0)) as line, suppress(SyncProblem):
        assert isinstance(ask(line), wire.ChainHead)
