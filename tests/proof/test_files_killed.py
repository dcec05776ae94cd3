"""The service is killed between chunks of a file, on both engines: it goes on where it was."""

from pathlib import Path

import pytest

from station.store.engine import sqlite_url
from sync.files import FilesCourse
from sync.problems import Offline
from tests.sync.service_process import ServiceProcess, command
from tests.sync.test_people_and_files import (
    SCAN,
    Harmed,
    Point,
    fetched,
    held,
    pushed,
    small_chunks,
)


@pytest.mark.proof
@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_killed_behind_every_chunk_a_file_and_a_scan_arrive_whole(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if name == "sqlite":
        url = sqlite_url(tmp_path / "central.sqlite")
    else:
        url = request.getfixturevalue("postgres_database")
        assert command("migrate", "--database", url).returncode == 0
    process = ServiceProcess(url, tmp_path / "log")
    point = Point(process, tmp_path)
    try:
        photo, scan = point.let_go(point.photo), point.attach_scan(SCAN)
        pushed(point)
        reached = []
        for _ in range(4):
            with Harmed(process.address, point.store) as service:
                service.until, service.behind = 0, True
                with pytest.raises(Offline):
                    FilesCourse(point.store, service, small_chunks()).run()
            process.kill()
            process.start()
            reached.append(held(point, photo))
        with point.client() as service:
            FilesCourse(point.store, service, small_chunks()).run()

        assert reached == [4_096 * n for n in (1, 2, 3, 4)]
        assert fetched(point, photo) == point.photo
        assert fetched(point, scan, "scan") == SCAN
    finally:
        point.store.close()
        process.stop()
