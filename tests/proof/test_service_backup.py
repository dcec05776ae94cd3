"""An old backup of the service is put back: points send what it lost, and nothing counts twice."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sync.central import tables as t
from sync.central.database import opened, reading
from sync.problems import NotEnrolled
from sync.push import push
from sync.service import CentralService
from tests.postgres_server import PostgresServer, installed_programs
from tests.sync.conftest import unknown_ledger, whole_copy
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess, command
from tests.sync.test_push import receive

PROGRAMS = Path("/usr/lib/postgresql")

Restore = Callable[[], str]


def run(program: str, *arguments: str) -> None:
    subprocess.run([installed_programs(PROGRAMS) / program, *arguments], check=True)


def plain(url: str) -> str:
    """The address as PostgreSQL's own programs read it."""
    return url.replace("postgresql+psycopg", "postgresql")


def pilot_backup(url: str, folder: Path) -> Restore:
    """As docs/service.md says for SQLite; the key file is copied by itself."""
    copy, key = folder / "backup.sqlite", folder / "backup.key"
    assert command("backup", "--to", str(copy), "--database", url).returncode == 0
    shutil.copy(folder / "central.sqlite.key", key)

    def restore() -> str:
        shutil.copy(copy, folder / "restored.sqlite")
        shutil.copy(key, folder / "restored.sqlite.key")
        return f"sqlite:///{folder / 'restored.sqlite'}"

    return restore


def postgres_backup(url: str, fresh: str, folder: Path) -> Restore:
    """As docs/service.md says for PostgreSQL."""
    dump = str(folder / "central.dump")
    run("pg_dump", "--format=custom", f"--file={dump}", plain(url))

    def restore() -> str:
        run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={plain(fresh)}", dump)
        return fresh

    return restore


@pytest.mark.proof
@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_after_an_old_backup_points_send_again_what_it_lost(
    dialect: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.fresh_database() as first, postgres.fresh_database() as second:
        url = f"sqlite:///{tmp_path / 'central.sqlite'}" if dialect == "sqlite" else first
        assert command("migrate", "--database", url).returncode == 0
        process = ServiceProcess(url, tmp_path / "log")
        points = [unknown_ledger() for _ in range(2)]
        for point in points:
            process.enrol(point)
            receive(point, 20)
            send(process, point)
        restore = (
            pilot_backup(url, tmp_path)
            if dialect == "sqlite"
            else postgres_backup(url, second, tmp_path)
        )
        late = unknown_ledger()
        process.enrol(late)
        for point in (*points, late):
            receive(point, 10)
            send(process, point)
        before = {point.chain: dict(point.verdicts) for point in points}
        process.stop()

        (tmp_path / "new").mkdir()
        if dialect == "postgresql":  # the key comes from its own copy
            shutil.copy(process.key_file, tmp_path / "new" / "central-key")
        restored = ServiceProcess(restore(), tmp_path / "new" / "log")

        for point in points:
            receive(point, 5)
            assert send(restored, point) == (5, 10)  # new ones, and those it had lost
            assert send(restored, point) == (0, 0)
            assert before[point.chain].keys() <= point.verdicts.keys()
        with pytest.raises(NotEnrolled):  # it was enrolled after the backup: a new code helps
            send(restored, late)
        restored.enrol(late)
        assert send(restored, late) == (0, 10)
        require_each_once(restored.database, [*points, late])
        restored.stop()


def send(process: ServiceProcess, point: MemoryLedger) -> tuple[int, int]:
    with CentralService(process.address, point) as service:
        pushed = push(point, service)
        assert whole_copy(service, point.chain) == point.entries
    return pushed.answered, pushed.again


def require_each_once(url: str, points: list[MemoryLedger]) -> None:
    with opened(url) as engine, reading(engine) as connection:
        count, numbers = connection.execute(
            select(func.count(), func.count(t.event.c.number.distinct())).select_from(t.event)
        ).one()
    assert count == numbers == sum(len(point.entries) for point in points)
