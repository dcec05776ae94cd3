"""Whoever means harm: forged words, foreign tokens, bodies made to hurt, text made to be run."""

import json
import secrets
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

import httpx
import msgspec
import psutil
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from station import events
from station.ledger import ChainId, UnreadableEntry
from station.signing import SigningKey
from sync import packing, wire
from sync.exchange import Exchange
from sync.problems import BadSignature, NotEnrolled, Revoked, ServiceRefused
from sync.push import push
from sync.service import CentralService
from tests.sync.conftest import STATION, NewLedger, unknown_ledger
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess
from tests.sync.test_push import LAPTOP, receive

JSON = {"Accept": "application/json"}
OTHER_STATION = 21


@pytest.fixture
def stranger(process: ServiceProcess) -> Iterator[httpx.Client]:
    """Anybody, who reads JSON."""
    with httpx.Client(base_url=f"{process.address}/{wire.VERSION}", headers=JSON) as stranger:
        yield stranger


def bearer(service: CentralService) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.session().token}"}


def said(response: httpx.Response) -> str:
    """The code of a problem, whatever it was asked in."""
    return str(response.json()["code"])


# ---- who speaks ----


def test_nobody_asks_about_a_point_without_a_token(stranger: httpx.Client) -> None:
    for method, path in (
        ("POST", "push"), ("GET", "pull"), ("GET", "chains/12/1"), ("GET", "chains/12/1/events"),
        ("GET", "people"), ("POST", "documents"), ("POST", "decisions"), ("GET", "disputes"),
        ("POST", "codes"), ("POST", "revocations"), ("GET", f"attachments/{'0' * 64}"),
    ):  # fmt: skip
        response = stranger.request(method, path)
        assert (response.status_code, said(response)) == (401, "no_token")
        assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Basic eDp5", "Bearer s1.", "Bearer p1.x", "Bearer é", "bearer s1.AAAA",
     "Bearer " + "s1." + "A" * 4_000],
)  # fmt: skip
def test_a_token_that_is_none_lets_nobody_in(stranger: httpx.Client, authorization: str) -> None:
    response = stranger.get("pull", headers={b"Authorization": authorization.encode()})

    assert (response.status_code, said(response)) == (401, "no_token")


def test_a_points_token_does_what_a_point_may(
    stranger: httpx.Client, service: CentralService, point: MemoryLedger
) -> None:
    mine = bearer(service)
    other = f"chains/{OTHER_STATION}/{point.chain.number}"
    for method, path, body in (
        ("GET", other, None),
        ("GET", f"{other}/events", None),
        ("GET", f"disputes?station={OTHER_STATION}", None),
        ("POST", "codes", {"station": STATION}),
        ("POST", "documents", {"station": 12, "kind": "policy", "id": "x", "body": None}),
        ("POST", "revocations", {"station": 12, "number": 1, "reason": "lost"}),
    ):
        response = stranger.request(method, path, json=body, headers=mine)
        assert (response.status_code, said(response)) == (403, "wrong_scope")


def test_a_programs_token_does_what_it_was_given_for(
    stranger: httpx.Client, process: ServiceProcess
) -> None:
    mine = {"Authorization": f"Bearer {process.give_token('settle')}"}

    assert stranger.get("disputes", headers=mine).status_code == HTTPStatus.OK
    for path in ("pull", "chains/12/1", "people"):
        assert said(stranger.get(path, headers=mine)) == "wrong_scope"


def test_a_foreign_point_pushes_nothing_of_this_one(
    process: ServiceProcess, point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 2)
    foreign = MemoryLedger(ChainId(OTHER_STATION, secrets.randbits(60) + 1))
    process.enrol(foreign)
    with (
        CentralService(process.address, foreign) as theirs,
        pytest.raises(ServiceRefused, match="wrong_scope"),
    ):
        theirs.submit(point.request(point.entries))

    assert service.head(point.chain) is None


def test_a_batch_that_another_key_signed_is_refused(
    point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 2)
    request = point.request(point.entries)
    forger = point.copied(2)
    forger.key = SigningKey.new()
    short = point.request(point.entries[:1])

    for forged in (
        forger.request(point.entries),
        replace(request, signature=bytes(64)),
        replace(request, signature=short.signature),  # a true one, of another head
    ):
        with pytest.raises(ServiceRefused, match="bad_signature"):
            service.submit(forged)
    assert service.head(point.chain) is None


def test_a_chain_that_nobody_enrolled_pushes_nothing(service: CentralService) -> None:
    unknown = unknown_ledger()
    receive(unknown, 1)

    with pytest.raises(NotEnrolled):
        push(unknown, service)


def test_a_revoked_chain_says_nothing_new_and_reads_nothing(
    process: ServiceProcess, stranger: httpx.Client, new_ledger: NewLedger
) -> None:
    stolen, office = new_ledger(), {"Authorization": f"Bearer {process.give_token('enrolment')}"}
    receive(stolen, 3)
    with CentralService(process.address, stolen) as thief:
        push(stolen, thief)
        receive(stolen, 1)
        word = {"station": STATION, "number": stolen.chain.number, "reason": "stolen"}
        answer = stranger.post("revocations", json=word, headers=office).json()

        assert answer["revoked_seq"] == 3
        with pytest.raises(Revoked):
            push(stolen, thief)
        for path in ("pull", "people", "disputes"):
            assert said(stranger.get(path, headers=bearer(thief))) == "revoked"
    with CentralService(process.address, stolen) as again, pytest.raises(Revoked):
        again.session()


def test_a_session_that_was_overheard_cannot_be_begun_again(
    process: ServiceProcess, stranger: httpx.Client, point: MemoryLedger
) -> None:
    challenge = msgspec.convert(stranger.get("challenge").json(), wire.Challenge).challenge
    exchange, (station, number) = Exchange().public, (point.chain.station, point.chain.number)
    statement = wire.session_statement(station, number, challenge, exchange)
    overheard = wire.SessionRequest(station, number, challenge, exchange, point.key.sign(statement))

    def begin(request: wire.SessionRequest) -> httpx.Response:
        return stranger.post("sessions", content=wire.write(request))

    assert begin(overheard).status_code == HTTPStatus.OK
    assert said(begin(overheard)) == "replayed"
    assert said(begin(replace(overheard, exchange=Exchange().public))) == "bad_signature"
    assert said(begin(replace(overheard, challenge=bytes(36)))) == "expired_challenge"


# ---- bodies made to hurt ----


def test_json_does_what_msgpack_does(
    stranger: httpx.Client, point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 3)
    body = msgspec.json.encode(point.request(point.entries))
    headers = bearer(service) | {"Content-Type": "application/json"}

    answer = stranger.post("push", content=body, headers=headers)

    verdicts = msgspec.json.decode(answer.content, type=wire.PushAnswer)
    assert wire.whole(verdicts, [e.hash for e in point.entries]) == wire.whole(
        service.submit(point.request(point.entries)), [e.hash for e in point.entries]
    )


def test_answers_are_packed_for_whoever_understands_it(
    process: ServiceProcess, point: MemoryLedger, service: CentralService
) -> None:
    receive(point, 3)
    push(point, service)
    where = f"chains/{point.chain.station}/{point.chain.number}/events"
    accepted = {"Accept-Encoding": packing.CODING} | bearer(service)
    with httpx.stream("GET", f"{process.address}/v1/{where}", headers=accepted) as response:
        raw = b"".join(response.iter_raw())

    assert response.headers["Content-Encoding"] == packing.CODING
    held = wire.read(packing.unpacked(raw, 10_000), wire.Held)
    assert held.entries == tuple(point.entries)


@pytest.mark.parametrize(
    ("coding", "kind", "code"),
    [
        ("gzip", wire.CONTENT_TYPE, "unknown_encoding"),
        ("zstd, zstd", wire.CONTENT_TYPE, "unknown_encoding"),
        ("zstd", wire.CONTENT_TYPE, "bad_encoding"),
        ("identity", "text/html", "unknown_type"),
        ("identity", "multipart/form-data; boundary=x", "unknown_type"),
        ("identity", "application/json; charset=utf-16", "unreadable_body"),
    ],
)
def test_a_body_in_another_form_is_refused_by_name(
    stranger: httpx.Client, service: CentralService, coding: str, kind: str, code: str
) -> None:
    headers = bearer(service) | {"Content-Encoding": coding, "Content-Type": kind}

    response = stranger.post("push", content=b"no zstd", headers=headers)

    assert said(response) == code


def bomb(size: int, window_log: int = 20) -> bytes:
    parameters = zstandard.ZstdCompressionParameters(window_log=window_log)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    piece = bytes(2**20)
    packed = b"".join(packer.compress(piece) for _ in range(size // len(piece)))
    return packed + packer.flush()


def test_a_zip_bomb_costs_no_more_memory_than_a_body_may_have(
    tmp_path: Path, pilot_url: str
) -> None:
    pilot = ServiceProcess(pilot_url, tmp_path / "log")
    point = unknown_ledger()
    pilot.enrol(point)
    with CentralService(pilot.address, point) as service:
        headers = bearer(service) | JSON | {"Content-Encoding": "zstd"}
    bodies = [bomb(2**30), bomb(2**28, window_log=27), bomb(2**27) * 8]
    process = psutil.Process(pilot.pid)
    before = process.memory_info().rss

    def ask(body: bytes) -> str:
        return said(httpx.post(f"{pilot.address}/v1/push", content=body, headers=headers))

    with ThreadPoolExecutor(4) as four:
        answers = list(four.map(ask, bodies * 6))
    grown = peak(pilot.pid) - before
    pilot.stop()

    assert set(answers) <= {"too_large", "bad_encoding"}
    assert answers[:3] == ["too_large", "bad_encoding", "too_large"]
    assert grown < 4 * 3 * wire.MAX_BODY  # four at a time: unpacked, its window, what came


def peak(pid: int) -> int:
    """The most memory a process ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_small_questions_have_small_limits(stranger: httpx.Client) -> None:
    for path in ("enrol", "enrol/ask", "sessions"):
        response = stranger.post(path, content=bytes(5_000))
        assert (response.status_code, said(response)) == (413, "too_large")


def test_who_never_finishes_asking_is_hung_up_on(pilot_url: str, tmp_path: Path) -> None:
    pilot = ServiceProcess(pilot_url, tmp_path / "log", "--patience", "1")
    host, port = pilot.address.removeprefix("http://").split(":")
    began = time.monotonic()
    with socket.create_connection((host, int(port))) as slow:
        slow.settimeout(10)
        slow.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert slow.recv(1) == b""
    assert time.monotonic() - began > 0.9
    with httpx.Client(base_url=pilot.address) as quick:  # who asks is not hung up on
        assert quick.get("/v1/health").is_success
        time.sleep(1.5)
        assert quick.get("/v1/health").is_success
    pilot.stop()


# ---- text made to be run ----

NASTY = [
    "\x00", "a\x00b", "'; DROP TABLE event; --", '" OR 1=1', "<script>alert(1)</script>",
    "../../etc/passwd", "..\\..\\x", "%00", "%2e%2e%2f", "{{7*7}}", "${jndi:ldap://x}", "\ud800",
    "\u202e", "\x1b[2J", "a" * 10_000, "",
]  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
def test_nasty_text_in_a_message_is_refused_or_kept_as_text(
    stranger: httpx.Client, process: ServiceProcess, nasty: str
) -> None:
    office = {"Authorization": f"Bearer {process.give_token('documents', 'settle', 'enrolment')}"}
    quoted = json.dumps(nasty)
    questions = (
        ("documents", f'{{"station": 12, "kind": {quoted}, "id": "x", "body": null}}'),
        ("documents", f'{{"station": 12, "kind": "policy", "id": {quoted}, "body": null}}'),
        ("documents", f'{{"station": 12, "kind": "policy", "id": "x", "body": {quoted}}}'),
        ("decisions", f'{{"station": 12, "event": {quoted}, "decision": "leave"}}'),
        ("decisions", f'{{"station": 12, "event": "{"A" * 43}=", "decision": {quoted}}}'),
        ("revocations", f'{{"station": 12, "number": 1, "reason": {quoted}}}'),
        ("enrol/ask", f'{{"code": {quoted}}}'),
    )
    for path, body in questions:
        headers = office | {"Content-Type": "application/json"}
        response = stranger.post(path, content=body.encode(errors="replace"), headers=headers)
        assert response.is_client_error or (path == "documents" and nasty == ""), path


@pytest.mark.parametrize("nasty", [*NASTY[:-2], "a" * 200], ids=ascii)
def test_nasty_names_in_an_address_are_refused_by_name(
    stranger: httpx.Client, service: CentralService, nasty: str
) -> None:
    for path in ("attachments/{}", "people/scans/{}", "chains/{}/1", "chains/12/{}", "pull?own={}",
                 "disputes?after_event={}", "people?after={}"):  # fmt: skip
        name = httpx.URL("http://x/", params={"n": nasty.encode(errors="replace").decode()})
        escaped = name.query.decode().removeprefix("n=").replace("+", "%20")
        response = stranger.get(path.format(escaped), headers=bearer(service))
        assert response.is_client_error, path
        assert said(response) in {"unreadable_request", "no_such_address"}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(subject=st.text(max_size=30), kind=st.text(max_size=30))
def test_any_text_in_an_events_header_is_kept_or_refused(
    service: CentralService, point: MemoryLedger, subject: str, kind: str
) -> None:
    try:
        point.append(subject, kind, b"")
    except UnicodeEncodeError:  # half a character has no bytes
        return
    try:
        service.submit(point.request(point.entries[-1:]))
    except UnreadableEntry:  # the point says no before it signs
        with pytest.raises(ServiceRefused, match="unreadable_entry"):
            service.submit(unsigned(point))
        point.entries.pop()


def unsigned(point: MemoryLedger) -> wire.PushRequest:
    last, seq = point.entries[-1], len(point.entries)
    sent = wire.Sent(last.core, last.salt, last.data)
    station, number = point.chain.station, point.chain.number
    return wire.PushRequest(station, number, seq, last.prev, last.hash, (sent,), bytes(64))


def test_what_an_event_says_is_kept_byte_for_byte_whatever_it_is(
    service: CentralService, point: MemoryLedger
) -> None:
    for nasty in NASTY:
        words = msgspec.msgpack.encode({"kind": nasty.encode(errors="replace").decode()})
        point.append(LAPTOP, events.Received.__name__, words)

    push(point, service)

    assert service.entries(point.chain) == tuple(point.entries)


# ---- too often ----


def test_who_asks_too_often_is_told_how_long_to_wait(pilot_url: str, tmp_path: Path) -> None:
    pilot = ServiceProcess(pilot_url, tmp_path / "log", "--rate", "3", "--tries", "4")
    with httpx.Client(base_url=f"{pilot.address}/v1", headers=JSON) as stranger:
        tries = [stranger.post("enrol/ask", json={"code": "0" * 16}) for _ in range(6)]
        asked = [stranger.get("challenge") for _ in range(17)]
        guessed = [stranger.get("pull", headers={"Authorization": "Bearer s1.x"}) for _ in range(3)]
    pilot.stop()

    assert [said(answer) for answer in tries] == ["wrong_code"] * 4 + ["too_many"] * 2
    assert tries[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 1 <= int(tries[-1].headers["Retry-After"]) <= 15
    assert asked[0].is_success
    assert said(asked[-1]) == "too_many"
    assert said(guessed[-1]) == "too_many"  # whoever guesses tokens is a stranger


def test_another_key_than_the_enrolled_one_opens_no_session(
    process: ServiceProcess, point: MemoryLedger
) -> None:
    forger = point.copied(0)
    forger.key = SigningKey.new()

    with CentralService(process.address, forger) as theirs, pytest.raises(BadSignature):
        theirs.session()
