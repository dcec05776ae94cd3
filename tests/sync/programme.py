"""The whole programme for a test: one real service, and points that begin each time anew."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from msgspec import Struct
from sqlalchemy import NullPool, create_engine, delete, insert, select

from station.documents import encode
from station.reference import Reference, load
from station.store.store import SqlStore
from sync import wire
from sync.central import tables as c
from tests.sync.points import Point, new_point_file
from tests.sync.service_process import ServiceProcess

T = TypeVar("T")

Rows = list[dict[str, Any]]


class Programme:
    """A service that knows the keys of its points, and stores that were never synced."""

    def __init__(
        self,
        database: str,
        folder: Path,
        fills: Mapping[int, Callable[[SqlStore], None]],
        *,
        before: Callable[["Programme", Mapping[int, Point]], None] | None = None,
        clock_years: int = 0,
    ) -> None:
        self.stations = tuple(fills)
        self.reference: Reference = load()
        self._folder = folder
        self.process = ServiceProcess(database, folder / "log", clock_years=clock_years)
        self.engine = create_engine(database, poolclass=NullPool)  # servers come and go
        self._token = self.process.give_token("documents", "settle")
        for station, fill in fills.items():
            new_point_file(station, self._fresh(station), fill)
            self._enrol(station)
        self._first_rows = self.rows()
        if before is not None:
            with self.begun() as points:
                before(self, points)
                for station, point in points.items():
                    point.copy_to(self._fresh(station))
                self._first_rows = self.rows()

    def close(self) -> None:
        """End the service."""
        self.process.stop()
        self.engine.dispose()

    # ---- beginning anew ----

    @contextmanager
    def begun(self, folder: Path | None = None) -> Iterator[dict[int, Point]]:
        """The points as on their first day, before a service that heard nothing of them yet."""
        self.put_back(self._first_rows)
        with tempfile.TemporaryDirectory(prefix="points-", dir=folder or self._folder) as name:
            points: dict[int, Point] = {}
            for station in self.stations:
                file = shutil.copy(self._fresh(station), Path(name) / f"{station}.db")
                points[station] = Point(station, Path(file), self.process.address, self.reference)
            try:
                yield points
            finally:
                for point in points.values():
                    point.close()

    def _fresh(self, station: int) -> Path:
        return self._folder / f"fresh-{station}.db"

    def _enrol(self, station: int) -> None:
        point = Point(station, self._fresh(station), self.process.address, self.reference)
        self.process.enrol(point.store)
        point.close()

    # ---- the service's own backup ----

    def rows(self) -> dict[str, Rows]:
        """Everything the service holds, as of one moment."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")  # else each table is read as of its own moment
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
            return {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in c.metadata.sorted_tables
            }

    def put_back(self, saved: dict[str, Rows]) -> None:
        """Its database is again as it was then; the service is not told."""
        with self.engine.begin() as connection:
            for table in c.metadata.sorted_tables:
                connection.execute(delete(table))
                if rows := saved[table.name]:
                    connection.execute(insert(table), rows)

    # ---- the Department ----

    def ask(self, kind: type[T], path: str, message: Struct | None = None) -> T:
        """One of the Department's programs asks the service."""
        return wire.read(self._asked(path, message), kind)

    def _asked(self, path: str, message: Struct | None) -> bytes:
        answer = httpx.request(
            "GET" if message is None else "POST",
            f"{self.process.address}/{wire.VERSION}/{path}",
            content=None if message is None else wire.write(message),
            headers={
                "Accept": wire.CONTENT_TYPE,
                "Authorization": f"Bearer {self._token}",
                "Content-Type": wire.CONTENT_TYPE,
            },
            timeout=60,
        )
        assert answer.is_success, (answer.status_code, answer.content)
        return answer.content

    def disputes(self) -> tuple[wire.OpenDispute, ...]:
        """What nobody settled yet."""
        return self.ask(wire.OpenDisputes, "disputes").disputes

    def decide(self, decision: wire.Decision) -> None:
        """Say what is to be done."""
        self._asked("decisions", decision)

    def publish(self, station: int, kind: str, id_: str, body: Struct | None) -> None:
        """Give a document to a point, or take it back."""
        said = wire.DocumentRequest(station, kind, id_, encode(body) if body else None)
        self.ask(wire.DocumentAnswer, "documents", said)
