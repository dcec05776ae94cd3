"""Several workers on one port: they share the database and the key, and nothing else."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sync.central.listening import Serving
from sync.central.serving import config_of
from sync.push import push
from sync.service import CentralService
from tests.sync.conftest import unknown_ledger
from tests.sync.service_process import ServiceProcess, command
from tests.sync.test_push import receive

PATIENCE_S = 30


@pytest.fixture
def several(postgres_database: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    """Two workers on PostgreSQL."""
    assert command("migrate", "--database", postgres_database).returncode == 0
    process = ServiceProcess(postgres_database, tmp_path / "log", "--workers", "2")
    wait_until_it_answers(process)
    yield process
    process.stop()


def wait_until_it_answers(process: ServiceProcess) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{process.address}/v1/ready").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(process.log())


def pushed_events(process: ServiceProcess) -> int:
    said = httpx.get(f"{process.address}/metrics").text
    counted = re.search(r'_events_total\{outcome="accepted"\} (\d+)', said)
    return int(counted[1]) if counted else 0


def test_a_session_of_one_worker_is_good_at_the_others_and_all_are_counted(
    several: ServiceProcess,
) -> None:
    point = unknown_ledger()
    several.enrol(point)
    receive(point, 60)
    with CentralService(several.address, point) as service:
        token = service.session().token
        for _ in range(12):  # each on a new connection: whichever worker takes it
            answer = httpx.get(
                f"{several.address}/v1/pull", headers={"Authorization": f"Bearer {token}"}
            )
            assert answer.is_success
        push(point, service, batch_size=7)

    assert {pushed_events(several) for _ in range(6)} == {60}


def test_an_id_given_by_a_proxy_stands_in_the_log_and_in_the_answer(
    sqlite_process: ServiceProcess,
) -> None:
    at = f"{sqlite_process.address}/v1/health"
    given = httpx.get(at, headers={"X-Request-Id": "proxy-4711"})
    strange = httpx.get(at, headers={"X-Request-Id": "a b\tc; DROP"})

    assert given.headers["X-Request-Id"] == "proxy-4711"
    assert re.fullmatch(r"[0-9a-f]{32}", strange.headers["X-Request-Id"])
    assert '"request_id": "proxy-4711"' in sqlite_process.log()


def test_addresses_that_a_proxy_tells_are_believed_of_that_proxy_alone(
    pilot_url: str, tmp_path: Path
) -> None:
    def tries(*more: str) -> set[int]:
        process = ServiceProcess(pilot_url, tmp_path / "log", "--tries", "2", *more)
        answers = {
            httpx.post(
                f"{process.address}/v1/enrol/ask",
                json={"code": "0" * 16},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
            ).status_code
            for number in range(4)
        }
        process.stop()
        return answers

    assert tries("--proxy-headers", "127.0.0.1") == {403}  # four addresses behind the proxy
    assert tries("--proxy-headers", "10.1.1.1") == {403, 429}  # this is another one


def test_no_proxy_is_believed_unless_it_was_named() -> None:
    asked = Serving("sqlite:///x", None, "127.0.0.1", 0, 1, None, 100, 20, 20)

    assert not config_of(asked).proxy_headers
