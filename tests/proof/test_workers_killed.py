"""A worker of the service is killed: the others answer, and another one takes its place."""

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from sync.push import push
from sync.service import CentralService
from tests.sync.conftest import unknown_ledger, whole_copy
from tests.sync.service_process import ServiceProcess, command
from tests.sync.test_push import receive
from tests.sync.test_workers import PATIENCE_S, wait_until_it_answers


@pytest.fixture
def several(postgres_database: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    """Three workers on PostgreSQL."""
    assert command("migrate", "--database", postgres_database).returncode == 0
    process = ServiceProcess(postgres_database, tmp_path / "log", "--workers", "3")
    wait_until_it_answers(process)
    yield process
    process.stop()


def workers(process: ServiceProcess) -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(process.pid).children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    ]


@pytest.mark.proof
def test_a_worker_that_dies_is_missed_by_nobody(several: ServiceProcess) -> None:
    point = unknown_ledger()
    several.enrol(point)
    receive(point, 10)
    victim = workers(several)[0]
    victim.kill()
    victim.wait(PATIENCE_S)
    wait_until_it_answers(several)

    with CentralService(several.address, point) as service:
        assert push(point, service).answered == 10
        assert whole_copy(service, point.chain) == point.entries
    deadline = time.monotonic() + PATIENCE_S
    while len(workers(several)) < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(workers(several)) == 3
