"""What a receiver refuses: it says why in one word, and nothing is stored."""

import asyncio
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from station.files import MAX_REPORT
from sync import lan_problems, pairing
from sync.lan_http import Head
from sync.lan_limits import Allowance, Limits
from sync.lan_networks import is_on_the_lan
from sync.lan_receiver import CannotListen, LanReceiver
from sync.lan_wire import OFFERS_PATH, REPORTS_PATH, STATION_PATH, Offer, digest_of
from tests.sync.lan_point import (
    GENEROUS,
    HERE,
    Point,
    body_of,
    listening_point,
    read_all,
    report,
    status_of,
)

DEVICE = "0120003457"
GIGABYTE = 2**30


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Point]:
    with listening_point(tmp_path) as point:
        yield point
        assert point.shelf.digests() == frozenset()


def offer(point: Point, data: bytes, code: str, **changed: str | int) -> bytes:
    """The bytes of an offer, with some fields changed after its proof was made."""
    key = pairing.key_of(code, point.desk.salt)
    digest = digest_of(data)
    proof = pairing.prove(key, digest, len(data))
    said = Offer(digest.hex(), len(data), key.name.hex(), proof.hex())
    return msgspec.json.encode(msgspec.to_builtins(said) | changed)


def refused(answer: bytes) -> tuple[int, object]:
    return status_of(answer), body_of(answer)["code"]


def test_a_proof_that_does_not_fit_the_code_is_refused(point: Point) -> None:
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)

    answer = point.request("POST", OFFERS_PATH, offer(point, report(), code, proof="0" * 64))

    assert refused(answer) == (403, "wrong_proof")
    assert point.desk.waiting() == ()


@pytest.mark.parametrize("changed", [{"digest": "0" * 64}, {"size_bytes": 1}])
def test_a_proof_holds_for_one_report_of_one_size(
    point: Point, changed: dict[str, str | int]
) -> None:
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)

    answer = point.request("POST", OFFERS_PATH, offer(point, report(), code, **changed))

    assert refused(answer) == (403, "wrong_proof")


def test_bytes_that_nobody_asked_for_are_refused(point: Point) -> None:
    data = report()

    answer = point.request("PUT", REPORTS_PATH + digest_of(data).hex(), data)

    assert refused(answer) == (403, "not_expected")


def granted(point: Point, data: bytes) -> str:
    """The address at which exactly these bytes may come."""
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)
    answer = point.request("POST", OFFERS_PATH, offer(point, data, code))
    assert body_of(answer) == {"standing": "send"}
    return REPORTS_PATH + digest_of(data).hex()


def test_other_bytes_of_the_same_size_are_refused(point: Point) -> None:
    data = report("ACME-1")
    path = granted(point, data)

    answer = point.request("PUT", path, report("ACME-2"))

    assert refused(answer) == (400, "wrong_digest")


def test_of_two_reports_under_one_code_the_first_to_land_uses_it_up(tmp_path: Path) -> None:
    with listening_point(tmp_path) as point:
        code, first, second = pairing.draw_code(), report("ACME-1"), report("ACME-2")
        point.desk.expect(code, DEVICE)
        for data in (first, second):
            answer = point.request("POST", OFFERS_PATH, offer(point, data, code))
            assert body_of(answer) == {"standing": "send"}

        landed = point.request("PUT", REPORTS_PATH + digest_of(second).hex(), second)
        late = point.request("PUT", REPORTS_PATH + digest_of(first).hex(), first)

        assert body_of(landed) == {"standing": "accepted"}
        assert refused(late) == (403, "not_expected")
        assert point.shelf.digests() == {digest_of(second).hex()}


def test_fewer_bytes_than_were_offered_are_refused(point: Point) -> None:
    data = report()

    assert refused(point.request("PUT", granted(point, data), data[:-1])) == (400, "wrong_size")


def test_a_gigabyte_is_refused_by_its_length_without_being_read(point: Point) -> None:
    path = granted(point, report())
    began = time.monotonic()

    with socket.create_connection((HERE, point.port), 5) as line:
        line.sendall(_head("PUT", path, f"Content-Length: {GIGABYTE}"))
        answer = read_all(line)

    assert refused(answer) == (413, "too_large")
    assert time.monotonic() - began < 5


def test_a_gigabyte_in_pieces_is_refused_once_it_is_too_long(point: Point) -> None:
    path = granted(point, report())
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"

    with socket.create_connection((HERE, point.port), 5) as line:
        line.sendall(_head("PUT", path, "Transfer-Encoding: chunked"))
        sent = _send_until_refused(line, piece, GIGABYTE)
        answer = read_all(line)

    assert sent < 16 * MAX_REPORT
    assert refused(answer) == (413, "too_large")


def _send_until_refused(line: socket.socket, piece: bytes, most: int) -> int:
    sent = 0
    try:
        while sent < most:
            line.sendall(piece)
            sent += len(piece)
    except (ConnectionError, TimeoutError):
        pass
    return sent


def test_an_offer_as_long_as_a_report_is_refused(point: Point) -> None:
    assert refused(point.request("POST", OFFERS_PATH, bytes(100_000))) == (413, "too_large")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"[" * 4000,
        b'{"digest": 1}',
        b"\xff\xfe",
        b'{"digest": "' + b"0" * 64 + b'"}',
    ],
)
def test_a_header_that_says_nothing_is_unreadable(point: Point, body: bytes) -> None:
    assert refused(point.request("POST", OFFERS_PATH, body)) == (400, "unreadable_offer")


@pytest.mark.parametrize(
    "changed",
    [
        {"size_bytes": 0},
        {"size_bytes": MAX_REPORT + 1},
        {"size_bytes": -1},
        {"size_bytes": "1"},
        {"digest": "0" * 64 + "\n"},
        {"digest": "Z" * 64},
        {"maker": "<b>ACME</b>"},
        {"model": "A" * 65},
        {"serial": "A\x00B"},
    ],
)
def test_a_field_that_breaks_its_rule_is_unreadable(
    point: Point, changed: dict[str, str | int]
) -> None:
    body = offer(point, report(), pairing.draw_code(), **changed)

    assert refused(point.request("POST", OFFERS_PATH, body)) == (400, "unreadable_offer")
    assert point.desk.waiting() == ()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8471", "192.168.1.1", "[::1]", ""])
def test_another_host_is_refused(point: Point, host: str) -> None:
    assert refused(point.request("GET", STATION_PATH, Host=host)) == (403, "foreign_host")


def test_a_peer_from_outside_is_refused(point: Point) -> None:
    head = Head(
        method="GET",
        target=STATION_PATH,
        host=HERE,
        content_type="",
        length=None,
        peer="203.0.113.9",
        here=HERE,
    )

    with pytest.raises(lan_problems.ForeignHost):
        asyncio.run(point.receiver._answers.answer(head))


@pytest.mark.parametrize(
    ("address", "on_it"),
    [
        ("192.168.1.20", True),
        ("10.255.0.1", True),
        ("172.31.0.1", True),
        ("169.254.3.4", True),
        ("127.0.0.1", True),
        ("172.32.0.1", False),
        ("8.8.8.8", False),
        ("100.64.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("", False),
        ("192.168.1.20 ", False),
    ],
)
def test_a_neighbour_is_known_by_its_address(address: str, on_it: bool) -> None:
    assert is_on_the_lan(address) is on_it


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_what_a_web_page_may_send_without_asking_is_refused(point: Point, kind: str) -> None:
    body = offer(point, report(), pairing.draw_code())

    answer = point.request("POST", OFFERS_PATH, body, Content_Type=kind)

    assert refused(answer) == (415, "not_json")
    assert point.desk.waiting() == ()


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", (404, "no_such_address")),
        ("GET", "/v2/station", (404, "no_such_address")),
        ("POST", STATION_PATH, (405, "wrong_method")),
        ("GET", OFFERS_PATH, (405, "wrong_method")),
        ("OPTIONS", OFFERS_PATH, (405, "wrong_method")),
        ("PUT", REPORTS_PATH + "../../etc/passwd", (404, "no_such_address")),
        ("PUT", REPORTS_PATH + "00" * 32, (403, "not_expected")),
    ],
)
def test_other_addresses_and_methods_are_refused(
    point: Point, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert refused(point.request(method, path)) == expected


@pytest.mark.parametrize(
    "sent",
    [
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET /" + b"a" * 20_000,
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"",
    ],
)
def test_what_is_no_http_is_told_so(point: Point, sent: bytes) -> None:
    assert refused(point.raw(sent)) == (400, "unreadable_request")


def test_a_sender_that_drips_is_shown_out_in_time(point: Point) -> None:
    began = time.monotonic()

    with socket.create_connection((HERE, point.port), 5) as line:
        answer = _drip(line, b"GET /v1/station HTTP/1.1\r\nX-A: ")

    assert refused(answer) == (408, "too_slow")
    assert time.monotonic() - began < GENEROUS.head_s + 2


def test_a_report_that_drips_is_shown_out_in_time(point: Point) -> None:
    path = granted(point, report())
    began = time.monotonic()

    with socket.create_connection((HERE, point.port), 5) as line:
        line.sendall(_head("PUT", path, "Content-Length: 100"))
        answer = _drip(line, b"")

    assert refused(answer) == (408, "too_slow")
    assert time.monotonic() - began < GENEROUS.body_s + 2


def _drip(line: socket.socket, first: bytes) -> bytes:
    """One byte at a time, as long as the other end listens; what it said."""
    line.sendall(first)
    line.settimeout(0.1)
    for _ in range(200):
        try:
            line.sendall(b"a")
            return line.recv(4096)
        except TimeoutError:
            continue
    raise AssertionError("nobody showed it out")


def test_of_many_open_connections_some_are_refused_and_a_laptop_still_comes_through(
    tmp_path: Path,
) -> None:
    limits = msgspec.structs.replace(GENEROUS, connections_of_one=5)
    with listening_point(tmp_path, limits) as point:
        idle = [socket.create_connection((HERE, point.port), 5) for _ in range(5)]
        _until(lambda: len(idle) == 5 and refused_or_none(point) == (503, "busy"))

        for line in idle:
            line.close()

        _until(lambda: status_of(point.request("GET", STATION_PATH)) == 200)


@pytest.mark.skipif(sys.platform != "linux", reason="one loopback address elsewhere")
def test_a_neighbour_that_holds_many_lines_leaves_room_for_another(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(GENEROUS, body_s=10.0, bodies=4, bodies_of_one=2)
    with listening_point(tmp_path, limits) as point:
        slow, wanted = report("ACME-1") + b" " * 100_000, report("ACME-2") + b" " * 100_000
        held, path = granted(point, slow), granted(point, wanted)
        lines = [socket.create_connection((HERE, point.port), 5) for _ in range(6)]
        for line in lines:
            line.sendall(_head("PUT", held, f"Content-Length: {len(slow)}") + slow[:70_000])
        time.sleep(0.3)  # as many of them as may come in are in

        with socket.create_connection((HERE, point.port), 5, ("127.0.0.2", 0)) as other:
            other.sendall(_head("PUT", path, f"Content-Length: {len(wanted)}") + wanted)
            answer = read_all(other)

        assert body_of(answer) == {"standing": "accepted"}
        for line in lines:
            line.close()


def refused_or_none(point: Point) -> tuple[int, object] | None:
    answer = point.request("GET", STATION_PATH)
    return refused(answer) if status_of(answer) != 200 else None


def _until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_whoever_asks_too_often_must_wait(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(GENEROUS, asks=3, asks_per_s=0.0)
    with listening_point(tmp_path, limits) as point:
        answers = [status_of(point.request("GET", STATION_PATH)) for _ in range(4)]

    assert answers == [200, 200, 200, 429]


def test_whoever_guesses_codes_is_stopped_though_the_next_guess_were_right(
    tmp_path: Path,
) -> None:
    limits = msgspec.structs.replace(GENEROUS, wrong_proofs=2, wrong_proofs_per_s=0.0)
    with listening_point(tmp_path, limits) as point:
        code = pairing.draw_code()
        point.desk.expect(code, DEVICE)
        wrong = offer(point, report(), code, proof="0" * 64)
        for _ in range(2):
            assert refused(point.request("POST", OFFERS_PATH, wrong))[1] == "wrong_proof"

        right = point.request("POST", OFFERS_PATH, offer(point, report(), code))

        assert refused(right) == (429, "too_many_tries")


def test_one_neighbour_cannot_fill_the_list_of_waiting_reports(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(GENEROUS, waiting_of_one=2)
    with listening_point(tmp_path, limits) as point:
        answers = [
            point.request("POST", OFFERS_PATH, offer(point, report(f"A-{n}"), pairing.draw_code()))
            for n in range(3)
        ]

        assert [status_of(answer) for answer in answers] == [200, 200, 503]
        assert refused(answers[2])[1] == "too_many_waiting"
        assert len(point.desk.waiting()) == 2


def test_an_allowance_refills_and_knows_a_bounded_number_of_neighbours() -> None:
    now = [0.0]
    allowance = Allowance(2, 0.5, lambda: now[0])

    assert [allowance.take("a") for _ in range(3)] == [True, True, False]
    now[0] = 2.0
    assert [allowance.take("a") for _ in range(2)] == [True, False]
    assert all(allowance.take(str(n)) for n in range(1000))
    assert len(allowance._left) <= 256


def test_a_taken_port_is_no_reason_not_to_listen(point: Point, tmp_path: Path) -> None:
    second = LanReceiver(point.desk, host=HERE, port=point.port, limits=Limits())

    state = second.start()

    assert state.port not in {0, point.port}
    second.stop()


def test_an_address_that_is_not_this_pcs_cannot_be_listened_at(point: Point) -> None:
    with pytest.raises(CannotListen):
        LanReceiver(point.desk, host="203.0.113.9", port=0).start()


def _head(method: str, path: str, length: str) -> bytes:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: {HERE}\r\nContent-Type: application/json\r\n"
        f"{length}\r\n\r\n"
    ).encode()
