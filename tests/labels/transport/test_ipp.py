"""CUPS' answers, whole and broken."""

import socket
import struct
import threading
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labels.transport import ipp
from tests.labels.transport.cups_server import CupsServer


def answered(body: bytes) -> ipp.Attributes:
    """What is read of this answer, from a server that gives it to whoever asks."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65_536)
                head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
                line.sendall(head + body)
                line.shutdown(socket.SHUT_WR)
                while line.recv(65_536):
                    pass

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            address = f"127.0.0.1:{server.getsockname()[1]}"
            return ipp.ask(address, ipp.GET_JOB, "ipp://localhost/jobs/1", ["job-state"], 5)
        finally:
            thread.join()


WHOLE = b"\x02\x00\x00\x00\x00\x00\x00\x01\x02\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09\x03"


def test_an_answer_is_read() -> None:
    assert answered(WHOLE) == {"job-state": (9,)}


@pytest.mark.parametrize("end", range(len(WHOLE) - 1))
def test_an_answer_that_ends_early_is_none(end: int) -> None:
    with suppress(ipp.NoAnswer):
        assert answered(WHOLE[:end]) == {}  # cut between two values it is still an answer


@given(st.binary(max_size=60))
@example(b"\x22\x00\x00\x00\x00")  # a yes or no that is neither
def test_no_answer_upsets_the_reading(body: bytes) -> None:
    with suppress(ValueError, struct.error):
        ipp._read(WHOLE[:9] + body)


def test_cups_refuses_what_it_does_not_have(private_cups: CupsServer) -> None:
    with pytest.raises(ipp.Refused) as refused:
        ipp.ask(private_cups.address, ipp.GET_JOB, "ipp://localhost/jobs/77777", [], 5)

    assert refused.value.status == ipp.NOT_FOUND
