"""The service as a process: killed, refused by its database, sent rubbish."""

import json
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from station import events
from station.store.store import SqlStore
from sync import wire
from sync.central import schema
from sync.central.database import opened, reading
from sync.central.tables import metadata
from sync.problems import Offline, ServiceRefused, ServiceUnavailable
from sync.push import push
from sync.service import CentralService
from tests.sync.conftest import STATION, NewLedger, unknown_ledger, whole_copy
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess, command
from tests.sync.test_push import LAPTOP, receive

NEWEST = max(
    path.name[:4] for path in Path(schema.__file__).parent.glob("migrations/versions/[0-9]*.py")
)


@pytest.fixture
def pilot(pilot_url: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    """A service of this test's own, to be killed."""
    process = ServiceProcess(pilot_url, tmp_path / "log")
    yield process
    process.stop()


@pytest.fixture
def lone_point(pilot: ServiceProcess) -> MemoryLedger:
    """A point of that service."""
    ledger = unknown_ledger()
    pilot.enrol(ledger)
    return ledger


def test_killed_in_the_middle_it_goes_on_where_it_was(
    lone_point: MemoryLedger, pilot: ServiceProcess
) -> None:
    point = lone_point
    receive(point, 400)
    with CentralService(pilot.address, point) as service:
        for patience in (0.05, 0.1, 0.2):
            killer = threading.Timer(patience, pilot.kill)
            killer.start()
            with pytest.raises(Offline):
                _push_slowly(point, service)
            killer.join()
            pilot.start()
        push(point, service)

        assert whole_copy(service, point.chain) == point.entries
    assert point.numbers() == list(range(1, 401))  # none twice, none left out


def _push_slowly(point: MemoryLedger, service: CentralService) -> None:
    while True:  # until the service is gone
        push(point, service, batch_size=1)
        service.head(point.chain)


def test_what_was_answered_before_a_kill_is_there_after_it(
    lone_point: MemoryLedger, pilot: ServiceProcess
) -> None:
    point = lone_point
    receive(point, 20)
    with CentralService(pilot.address, point) as service:
        push(point, service)
        pilot.kill()
        pilot.start()

        assert whole_copy(service, point.chain) == point.entries


def test_the_health_says_which_protocol_is_spoken(process: ServiceProcess) -> None:
    answer = httpx.get(f"{process.address}/v1/health").json()

    assert (answer["service"], answer["protocol"]) == ("station-central", "v1")


def test_the_log_is_lines_of_json_that_say_nothing_that_was_said(
    point: MemoryLedger, process: ServiceProcess, service: CentralService
) -> None:
    code = process.give_code(STATION)
    point.record(LAPTOP, events.Received(kind="laptop", maker="Dell", serial="SECRET-WORDS"))
    push(point, service)
    fork = point.copied(0)
    fork.record(LAPTOP, events.Received(kind="laptop", maker="Dell", serial="SECRET-WORDS"))
    with pytest.raises(ServiceRefused, match="fork"):
        service.submit(fork.request(fork.entries))
    service.point_of_code(code)
    httpx.get(f"{process.address}/v1/pull", headers={"Authorization": "Bearer s1.SECRET"})

    log = process.log()
    lines = [json.loads(line) for line in log.splitlines()]
    pushed = [line for line in lines if line.get("pushed_chain") == point.chain.number]
    assert [line["status"] for line in pushed] == [200, 409]
    assert (pushed[0]["accepted"], pushed[1]["code"]) == (1, "fork")
    assert pushed[0]["station"] == STATION
    for secret in (
        "WORDS",
        LAPTOP,
        "SECRET",
        code,
        service.session().token,
        service.session().token[3:40],
    ):
        assert secret not in log


# ---- databases ----


def test_postgresql_is_refused_until_it_was_migrated(postgres_database: str) -> None:
    refused = command("--database", postgres_database, "--port", "0")

    assert refused.returncode == 2
    assert "migrate" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_migrating_twice_is_harmless(postgres_database: str) -> None:
    for _ in range(2):
        assert command("migrate", "--database", postgres_database).returncode == 0


def test_the_newest_migration_is_the_one_the_code_asks_for() -> None:
    assert schema.REVISION == NEWEST


def test_migrations_make_the_tables_the_code_knows(
    pilot: ServiceProcess, pilot_url: str, postgres_database: str
) -> None:
    assert command("migrate", "--database", postgres_database).returncode == 0

    for url in (pilot_url, postgres_database):
        with opened(url) as engine, reading(engine) as connection:
            context = MigrationContext.configure(
                connection, opts={"version_table": schema.VERSION_TABLE}
            )
            assert compare_metadata(context, metadata) == []


def test_a_points_store_is_not_taken_for_the_services_database(store: SqlStore) -> None:
    refused = command("--database", str(store.engine.url), "--port", "0")

    assert refused.returncode == 2
    assert "holds something else" in refused.stderr


def test_a_newer_database_is_refused(pilot: ServiceProcess, pilot_url: str) -> None:
    engine = create_engine(pilot_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE central_version SET version_num = '9999'"))
    engine.dispose()

    assert "newer version" in command("--database", pilot_url, "--port", "0").stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite:////no/such/folder/file"])
def test_a_database_that_cannot_be_opened_gets_a_sentence(url: str) -> None:
    refused = command("--database", url, "--port", "0")

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("task", [("serve", "--port", "0"), ("migrate",)])
def test_a_file_that_is_no_database_gets_a_sentence_and_stays(
    task: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Kính gửi Sở Khoa học và Công nghệ\n" * 400)
    before = file.read_bytes()

    refused = command(*task, "--database", f"sqlite:///{file}")

    assert refused.returncode == 2
    assert refused.stderr == "--database names a file that is no SQLite database.\n"
    assert file.read_bytes() == before


def test_migrate_makes_no_database_that_nobody_named(tmp_path: Path) -> None:
    refused = command("migrate", folder=tmp_path)

    assert refused.returncode == 2
    assert "--database" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["99999", "-1", "taken"])
def test_a_port_nobody_can_listen_at_gets_a_sentence(
    port: str, process: ServiceProcess, tmp_path: Path
) -> None:
    asked = process.address.rpartition(":")[2] if port == "taken" else port

    refused = command("--database", f"sqlite:///{tmp_path / 'new.sqlite'}", f"--port={asked}")

    assert refused.returncode == 2
    assert "--port" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_database_that_goes_away_is_said_and_nothing_is_lost(
    lone_point: MemoryLedger, pilot: ServiceProcess, pilot_url: str
) -> None:
    point = lone_point
    receive(point, 3)
    engine = create_engine(pilot_url)
    with CentralService(pilot.address, point) as service:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE event RENAME TO hidden"))
        with pytest.raises(ServiceUnavailable):
            push(point, service)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE hidden RENAME TO event"))

        assert push(point, service).answered == 3
    engine.dispose()


# ---- rubbish ----


@pytest.fixture
def stranger(process: ServiceProcess, service: CentralService) -> Iterator[httpx.Client]:
    """Whoever got hold of a point's token and speaks HTTP, on one connection."""
    token = {"Authorization": f"Bearer {service.session().token}"}
    with httpx.Client(base_url=f"{process.address}/{wire.VERSION}", headers=token) as stranger:
        yield stranger


def post(stranger: httpx.Client, body: bytes) -> httpx.Response:
    return stranger.post("push", content=body)


def refused_by_name(response: httpx.Response) -> bool:
    problem = msgspec.msgpack.decode(response.content, type=wire.Problem)
    return response.is_client_error and problem.code != "not_served"


fuzz = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.binary() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@fuzz
@given(body=st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(stranger: httpx.Client, body: bytes) -> None:
    assert refused_by_name(post(stranger, body))


@fuzz
@given(
    message=st.fixed_dictionaries(
        dict.fromkeys(
            ("station", "number", "first_seq", "prev", "head", "events", "signature"), anything
        )
    )
)
def test_any_message_of_the_wrong_shape_is_refused_by_name(
    stranger: httpx.Client, message: dict[str, object]
) -> None:
    assert refused_by_name(post(stranger, msgspec.msgpack.encode(message)))


@fuzz
@given(
    core=st.binary(min_size=1, max_size=60), number=st.integers(1, 2**62), seq=st.integers(1, 2**62)
)
def test_any_event_without_a_header_is_refused_by_name(
    stranger: httpx.Client, core: bytes, number: int, seq: int
) -> None:
    sent = wire.Sent(core, bytes(16), b"")
    request = wire.PushRequest(12, number, seq, bytes(32), bytes(32), (sent,), bytes(64))

    assert refused_by_name(post(stranger, wire.write(request)))


@fuzz
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_push_with_one_bit_turned_is_refused_or_harmless(
    stranger: httpx.Client,
    service: CentralService,
    new_ledger: NewLedger,
    place: float,
    bit: int,
) -> None:
    point = new_ledger()
    receive(point, 3)
    body = bytearray(wire.write(point.request(point.entries)))
    body[int(place * len(body))] ^= 1 << bit

    response = post(stranger, bytes(body))

    assert response.is_success or refused_by_name(response)
    if response.is_success:  # the bit stood in something that is not read
        assert whole_copy(service, point.chain) == point.entries


@fuzz
@example(subject="?", kind="", data=b"\x00")
@given(
    subject=st.from_regex(r"[^\x00-\x1f\x7f]{0,60}", fullmatch=True),
    kind=st.from_regex(r"[^\x00-\x1f\x7f]{0,30}", fullmatch=True),
    data=st.binary(max_size=60),
)
def test_whatever_an_event_says_is_kept(
    service: CentralService, point: MemoryLedger, subject: str, kind: str, data: bytes
) -> None:
    point.append(subject, kind, data)
    point.record(subject, events.Reserved(case="H0120000019"))

    push(point, service)

    assert whole_copy(service, point.chain) == point.entries


@pytest.mark.parametrize(
    "body",
    [
        b"\x91" * 100_000,
        b"\x81\xa1x" + b"\x91" * 100_000,
        b"\xdd\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"",
    ],
    ids=["deep", "deep-unknown-field", "endless-list", "endless-bytes", "empty"],
)
def test_a_body_made_to_exhaust_the_service_is_refused(stranger: httpx.Client, body: bytes) -> None:
    assert refused_by_name(post(stranger, body))


def test_a_body_above_the_limit_is_too_large(stranger: httpx.Client) -> None:
    response = post(stranger, bytes(wire.MAX_BODY + 1))

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert refused_by_name(response)


def test_a_body_above_the_limit_that_does_not_say_so_is_too_large(stranger: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(9):
            yield bytes(2**20)

    response = stranger.post("push", content=pieces())

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize(
    "path",
    ["chains/0/1", "chains/900/1", "chains/12/-1", "chains/12/99999999999999999999", "chains/a/b",
     "chains/12/1/events?after=-1", "chains/12/1/events?after=x", "../etc", "%00"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_by_name(stranger: httpx.Client, path: str) -> None:
    assert refused_by_name(stranger.get(path))
