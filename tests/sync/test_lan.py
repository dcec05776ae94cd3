"""A laptop's report on its way to a real receiver, over real sockets."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from station.codes import WrongCheckDigit
from station.files import MAX_REPORT
from sync import lan, pairing
from sync.lan import (
    NoStation,
    NotAStationAddress,
    Refused,
    Sent,
    StrangeAnswer,
    Unreachable,
    Waiting,
    Why,
    keep_sending,
    send_report,
    typed_station,
)
from sync.lan_desk import Landed
from sync.lan_discovery import Station
from sync.lan_wire import digest_of
from sync.pairing import CodeTaken, NotWaiting
from tests.sync.lan_point import HERE, Point, listening_point, report

DEVICE = "0120003457"


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Point]:
    with listening_point(tmp_path) as point:
        yield point


def test_a_report_whose_code_was_scanned_lands_at_the_device(point: Point) -> None:
    code, data = pairing.draw_code(), report()
    point.desk.expect(code, DEVICE)

    ending = send_report(data, code, [point.station])

    assert ending == Sent(point.station)
    assert point.landed == [Landed(digest_of(data), DEVICE, HERE)]
    assert point.shelf.read(digest_of(data).hex()) == data


def test_a_report_sent_again_is_one_report_with_the_same_answer(point: Point) -> None:
    code, data = pairing.draw_code(), report()
    point.desk.expect(code, DEVICE)

    endings = [send_report(data, code, [point.station]) for _ in range(3)]

    assert endings == [Sent(point.station)] * 3
    assert len(point.landed) == 1
    assert len(point.shelf.digests()) == 1


def test_a_report_nobody_expects_waits_and_its_body_is_not_kept(point: Point) -> None:
    data = report("ACME-7")

    ending = send_report(data, pairing.draw_code(), [point.station])

    assert ending == Waiting(point.station)
    (waiting,) = point.desk.waiting()
    assert (waiting.maker, waiting.model, waiting.serial) == ("ACME", "Nimbus 14", "ACME-7")
    assert waiting.short_form == pairing.short_form(digest_of(data))
    assert point.shelf.digests() == frozenset()


def test_laptop_and_station_show_the_same_six_digits(point: Point) -> None:
    data = report()
    shown = lan.shown_for(data)

    send_report(data, shown.code, [point.station])

    assert [waiting.short_form for waiting in point.desk.waiting()] == [shown.short_form]


def test_picking_a_waiting_report_lets_in_exactly_that_one(point: Point) -> None:
    picked, other = report("ACME-1"), report("ACME-2")
    codes = [pairing.draw_code(), pairing.draw_code()]
    for data, code in zip((picked, other), codes, strict=True):
        send_report(data, code, [point.station])

    point.desk.pick(digest_of(picked), DEVICE)

    assert send_report(other, codes[1], [point.station]) == Waiting(point.station)
    assert send_report(picked, codes[0], [point.station]) == Sent(point.station)
    assert point.landed == [Landed(digest_of(picked), DEVICE, HERE)]


def test_a_report_picked_without_a_device_lands_without_one(point: Point) -> None:
    data, code = report(), pairing.draw_code()
    send_report(data, code, [point.station])
    point.desk.pick(digest_of(data), None)

    send_report(data, code, [point.station])

    assert point.landed == [Landed(digest_of(data), None, HERE)]


def test_another_report_under_a_used_code_is_refused_and_not_stored(point: Point) -> None:
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)
    send_report(report("ACME-1"), code, [point.station])

    ending = send_report(report("ACME-2"), code, [point.station])

    assert ending == Refused("code_used", point.station)
    assert ending.is_final
    assert len(point.shelf.digests()) == 1


def test_a_used_code_is_not_expected_again(point: Point) -> None:
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)
    send_report(report(), code, [point.station])

    with pytest.raises(CodeTaken):
        point.desk.expect(code, DEVICE)


def test_a_code_scanned_for_the_wrong_device_counts_for_the_device_scanned_last(
    point: Point,
) -> None:
    code, data = pairing.draw_code(), report()
    point.desk.expect(code, "0120000019")
    point.desk.expect(code, DEVICE)

    send_report(data, code, [point.station])

    assert point.landed == [Landed(digest_of(data), DEVICE, HERE)]


def test_a_report_that_a_stick_brought_before_is_bound_by_its_code(
    point: Point, tmp_path: Path
) -> None:
    code, data = pairing.draw_code(), report()
    (tmp_path / "reports").mkdir()
    point.shelf.file_of(digest_of(data).hex()).write_bytes(data)
    point.desk.expect(code, DEVICE)

    assert send_report(data, code, [point.station]) == Sent(point.station)
    assert send_report(data, code, [point.station]) == Sent(point.station)
    assert point.landed == [Landed(digest_of(data), DEVICE, HERE)]


def test_a_file_that_the_disk_damaged_is_not_taken_for_the_report(point: Point) -> None:
    code, data = pairing.draw_code(), report()
    file = point.shelf.file_of(digest_of(data).hex())
    file.parent.mkdir()
    file.write_bytes(data[:-7])
    point.desk.expect(code, DEVICE)

    send_report(data, code, [point.station])

    assert file.read_bytes() == data


def test_a_declined_report_is_told_so(point: Point) -> None:
    code, data = pairing.draw_code(), report()
    send_report(data, code, [point.station])

    point.desk.decline(digest_of(data))

    assert send_report(data, code, [point.station]) == Refused("declined", point.station)
    assert point.desk.waiting() == ()


def test_a_report_that_stopped_asking_cannot_be_picked(point: Point) -> None:
    with pytest.raises(NotWaiting):
        point.desk.pick(digest_of(report()), DEVICE)


def test_a_code_with_a_wrong_digit_is_refused_before_anything_is_sent(point: Point) -> None:
    code = pairing.draw_code()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)

    assert send_report(report(), wrong, [point.station]) == Refused("bad_code")
    with pytest.raises(WrongCheckDigit):
        pairing.pairing_code(wrong)


def test_what_is_no_report_is_refused_and_not_stored(point: Point) -> None:
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)

    ending = send_report(b'{"format": 2}', code, [point.station])

    assert ending == Refused("not_a_report", point.station)
    assert point.shelf.digests() == frozenset()
    assert send_report(report(), code, [point.station]) == Sent(point.station)


def test_a_report_of_a_later_version_is_refused_by_name(point: Point) -> None:
    code = pairing.draw_code()
    point.desk.expect(code, DEVICE)

    ending = send_report(b'{"format": 99}', code, [point.station])

    assert ending == Refused("newer_report", point.station)


def test_a_report_too_long_is_not_sent_at_all(point: Point) -> None:
    data = b" " * (MAX_REPORT + 1)

    assert send_report(data, pairing.draw_code(), [point.station]) == Refused("too_large")


def test_a_disk_that_takes_nothing_acknowledges_nothing(point: Point, tmp_path: Path) -> None:
    code, data = pairing.draw_code(), report()
    point.desk.expect(code, DEVICE)
    in_the_way = tmp_path / "reports"
    in_the_way.write_text("a file where the folder should be")

    assert send_report(data, code, [point.station]) == Refused("cannot_keep", point.station)
    in_the_way.unlink()
    assert send_report(data, code, [point.station]) == Sent(point.station)
    assert len(point.landed) == 1


def test_sending_goes_on_until_a_person_scanned_the_code(point: Point) -> None:
    code, data, told = pairing.draw_code(), report(), list[lan.Outcome]()

    def hear(outcome: lan.Outcome) -> None:
        told.append(outcome)
        if len(told) == 2:
            point.desk.expect(code, DEVICE)

    ending = keep_sending(
        data, code, lambda: [point.station], hear, threading.Event(), pause_s=0.01
    )

    assert ending == Sent(point.station)
    assert told == [Waiting(point.station)] * 2 + [Sent(point.station)]


def test_sending_stops_when_it_is_told_to(point: Point) -> None:
    stop = threading.Event()

    ending = keep_sending(
        report(), pairing.draw_code(), lambda: [point.station], lambda _told: stop.set(), stop
    )

    assert ending == Waiting(point.station)


def test_of_several_stations_the_one_that_expects_it_counts(point: Point, tmp_path: Path) -> None:
    code = pairing.draw_code()
    with listening_point(tmp_path / "other") as other:
        other.desk.expect(code, DEVICE)
        silent = Station(HERE, _closed_port())

        ending = send_report(report(), code, [silent, point.station, other.station])

    assert ending == Sent(other.station)


def test_no_station_and_a_closed_one_are_told_apart() -> None:
    closed = Station(HERE, _closed_port(), announced=True)

    assert send_report(report(), pairing.draw_code(), []) == NoStation()
    assert send_report(report(), pairing.draw_code(), [closed]) == Unreachable(closed, Why.CLOSED)


def test_a_firewall_that_swallows_everything_is_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "CONNECT_S", 0.3)
    with _deaf_port() as port:
        deaf = Station(HERE, port, announced=True)

        assert send_report(report(), pairing.draw_code(), [deaf]) == Unreachable(deaf, Why.SILENT)


WELCOME = b"<html>Welcome to the guest network</html>"


def test_something_else_that_answers_is_no_station() -> None:
    with _answering(_answer(WELCOME)) as page:
        assert send_report(report(), pairing.draw_code(), [page]) == StrangeAnswer(page)


def test_an_answer_that_unpacks_to_half_a_gigabyte_is_not_unpacked() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"".join(packer.compress(bytes(2**20)) for _ in range(512)) + packer.flush()
    bomb = _answer(gzip.compress(zeros), "Content-Encoding: gzip, gzip\r\n")

    with _answering(bomb) as rogue:
        tracemalloc.start()
        try:
            assert send_report(report(), pairing.draw_code(), [rogue]) == StrangeAnswer(rogue)
            assert tracemalloc.get_traced_memory()[1] < 50 * 2**20
        finally:
            tracemalloc.stop()


def test_an_answer_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "ANSWER_S", 0.3)
    endless = (piece for piece in (_answer(bytes(4000))[:-4000], *[b" "] * 1000))

    with _answering(endless) as rogue:
        assert send_report(report(), pairing.draw_code(), [rogue]) == StrangeAnswer(rogue)


@pytest.mark.parametrize(
    ("typed", "address", "port"),
    [
        ("192.168.1.20", "192.168.1.20", 8471),
        (" 10.0.0.7:9000 ", "10.0.0.7", 9000),
        ("localhost", "127.0.0.1", 8471),
    ],
)
def test_an_address_is_typed_with_a_port_or_without(typed: str, address: str, port: int) -> None:
    assert typed_station(typed) == Station(address, port)


@pytest.mark.parametrize(
    "typed",
    ["", ":8471", "192.168.1.20:", "192.168.1.20:0", "192.168.1.20:99999", "8.8.8.8", "a b"],
)
def test_what_leads_to_no_neighbour_is_no_address(typed: str) -> None:
    with pytest.raises(NotAStationAddress):
        typed_station(typed)


def _closed_port() -> int:
    with socket.create_server((HERE, 0)) as server:
        port: int = server.getsockname()[1]
        return port


class _deaf_port:  # noqa: N801 -- used like a function
    """A port whose queue is full, so that a connection gets no answer, as behind a firewall."""

    def __enter__(self) -> int:
        self._server = socket.socket()
        self._server.bind((HERE, 0))
        self._server.listen(0)
        self._fill = [socket.socket() for _ in range(4)]
        for line in self._fill:
            line.setblocking(False)
            line.connect_ex(self._server.getsockname())
        port: int = self._server.getsockname()[1]
        return port

    def __exit__(self, *_error: object) -> None:
        for each in (*self._fill, self._server):
            each.close()


def _answer(body: bytes, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


@contextmanager
def _answering(said: bytes | Iterable[bytes]) -> Iterator[Station]:
    """Something that says the same to whoever asks, at once or a piece every few milliseconds."""
    with socket.create_server((HERE, 0)) as server:
        threading.Thread(target=_say, args=(server, said), daemon=True).start()
        yield Station(HERE, server.getsockname()[1])


def _say(server: socket.socket, said: bytes | Iterable[bytes]) -> None:
    line, _ = server.accept()
    with line, suppress(OSError):
        line.recv(4096)
        for piece in [said] if isinstance(said, bytes) else said:
            line.sendall(piece)
            time.sleep(0.01)
