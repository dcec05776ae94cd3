"""Whatever bytes arrive at the receiver: it answers in HTTP, stores nothing, and goes on."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from zeroconf import BadTypeInNameException, ServiceInfo

from sync import lan_wire, pairing
from sync.lan import Refused, Sent, StrangeAnswer, Unreachable, Waiting, send_report
from sync.lan_discovery import Station, stations_of
from sync.lan_networks import is_on_the_lan
from sync.lan_wire import (
    OFFERS_PATH,
    SERVICE,
    Offer,
    UnreadableMessage,
    digest_of,
    machine_line,
    read,
)
from tests.sync.lan_point import HERE, Point, listening_point, report, status_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
FIELDS = ("digest", "size_bytes", "code_name", "proof", "maker", "model", "serial")


@pytest.fixture(scope="module")
def point(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Point]:
    with listening_point(tmp_path_factory.mktemp("lan")) as point:
        yield point
        assert point.shelf.digests() == frozenset()
        code = pairing.draw_code()
        point.desk.expect(code, None)
        assert send_report(report(), code, [point.station]) == Sent(point.station)


def valid_request(point: Point) -> bytes:
    data = report()
    key = pairing.key_of("B1234567894", point.desk.salt)
    proof = pairing.prove(key, digest_of(data), len(data)).hex()
    body = msgspec.json.encode(Offer(digest_of(data).hex(), len(data), key.name.hex(), proof))
    head = (
        f"POST {OFFERS_PATH} HTTP/1.1\r\nHost: {HERE}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@given(sent=st.binary(max_size=2000))
@settings(max_examples=100)
def test_arbitrary_bytes_are_refused(point: Point, sent: bytes) -> None:
    assert status_of(point.raw(sent)) in range(400, 600)


@given(cut=st.integers(0, 10_000), flips=st.lists(st.tuples(st.integers(0), st.integers(1, 255))))
@settings(max_examples=100)
def test_a_request_cut_short_and_flipped_is_answered(
    point: Point, cut: int, flips: list[tuple[int, int]]
) -> None:
    sent = bytearray(valid_request(point))
    for place, change in flips:
        sent[place % len(sent)] ^= change
    del sent[cut % (len(sent) + 1) :]

    assert status_of(point.raw(bytes(sent))) in range(200, 600)


@given(body=JSON | st.dictionaries(st.sampled_from(FIELDS), JSON))
@settings(max_examples=100)
def test_an_arbitrary_json_header_is_refused(point: Point, body: Any) -> None:
    answer = point.request("POST", OFFERS_PATH, msgspec.json.encode(body))

    assert status_of(answer) in range(400, 600)


@given(path=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=200))
@settings(max_examples=100)
def test_an_arbitrary_address_is_refused(point: Point, path: str) -> None:
    assert status_of(point.request("PUT", "/" + path, b"{}")) in range(400, 600)


@given(body=st.binary(max_size=300))
def test_an_arbitrary_answer_is_no_message_or_one_of_ours(body: bytes) -> None:
    for kind in (lan_wire.Greeting, lan_wire.Answer, lan_wire.Problem, Offer):
        try:
            assert isinstance(read(body, kind), kind)
        except UnreadableMessage:
            continue


class Babbler:
    """Answers every connection with the same bytes, whatever it is asked."""

    def __init__(self) -> None:
        self.says = b""
        self._server = socket.create_server((HERE, 0))
        self.station = Station(HERE, self._server.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._server.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._server.accept()
                with line, suppress(OSError):
                    line.recv(65_536)
                    line.sendall(self.says)


@pytest.fixture(scope="module")
def babbler() -> Iterator[Babbler]:
    babbler = Babbler()
    yield babbler
    babbler.close()


def http(body: bytes, status: int = 200) -> bytes:
    return b"HTTP/1.1 %d OK\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


@given(
    says=st.binary(max_size=300)
    | JSON.map(msgspec.json.encode).map(http)
    | st.builds(http, st.binary(max_size=300), st.integers(100, 599))
    | st.just(http(msgspec.json.encode({"salt": "00" * 16, "standing": "accepted"})))
)
@settings(max_examples=60)
def test_whatever_a_station_says_a_laptop_has_an_ending(babbler: Babbler, says: bytes) -> None:
    babbler.says = says

    ending = send_report(report(), "B1234567894", [babbler.station])

    assert isinstance(ending, Sent | Waiting | Refused | StrangeAnswer | Unreachable)


@given(
    properties=st.dictionaries(st.binary(max_size=20), st.none() | st.binary(max_size=20)),
    point=st.binary(max_size=5),
    port=st.integers(0, 65_535),
    name=st.text(max_size=60),
    addresses=st.lists(st.binary(min_size=4, max_size=4), max_size=3),
)
def test_whatever_is_announced_is_a_neighbour_or_nobody(
    properties: dict[bytes, bytes | None],
    point: bytes,
    port: int,
    name: str,
    addresses: list[bytes],
) -> None:
    try:
        info = ServiceInfo(
            SERVICE,
            f"{name}.{SERVICE}",
            addresses=addresses,
            port=port,
            properties=properties | {b"point": point},
        )
    except BadTypeInNameException:  # zeroconf lets no such name through
        reject()

    for station in stations_of(info):
        assert is_on_the_lan(station.address)
        assert station.name.isprintable()


@given(data=st.binary(max_size=300) | JSON.map(msgspec.json.encode))
def test_how_a_report_names_its_machine_is_never_a_mistake(data: bytes) -> None:
    assert isinstance(machine_line(data), lan_wire.MachineLine)


def test_the_machine_is_named_by_what_its_firmware_said(tmp_path: Path) -> None:
    assert machine_line(report("ACME-9")) == lan_wire.MachineLine("ACME", "Nimbus 14", "ACME-9")
    assert machine_line(report("<script>")).serial is None
