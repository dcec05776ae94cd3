"""How long officials wait for a page of the console with a million offers and applications.

    python -m tests.bench.console --rows 1000000

Rows are built in bulk; sealed words are bytes of the usual size that nobody opens here. Every page
is asked of the real service on PostgreSQL by a signed-in official, one after another.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from sqlalchemy import Engine, text

from station.codes import CodeKind, make
from station.reference import OrganisationKind, load
from sync.central import schema
from sync.central.database import opened
from sync.central.officials import accounts
from sync.central.officials.roles import OfficialRole
from tests.figures import Figure, write_figures
from tests.postgres_server import running_server
from tests.sync.service_process import ServiceProcess
from tests.sync.site.visitor import Visitor

ROWS = 1_000_000
COMMAND = "python -m tests.bench.console"
LIMIT_MS = 150.0
ASKED = 40
PASSWORD = "một câu dài dễ nhớ"
PAGES = {
    "today": "/dieu-phoi",
    "offers that wait": "/dieu-phoi/tang-may",
    "offers that are assigned": "/dieu-phoi/tang-may?trang_thai=assigned",
    "applications that wait": "/dieu-phoi/ho-so",
    "applications of a school": "/dieu-phoi/ho-so?trang_thai=approved&truong={school}",
    "applications of a commune": "/dieu-phoi/ho-so?trang_thai=approved&xa=25654",
    "approved, no point has them": "/dieu-phoi/ho-so?trang_thai=approved&chua_giao=1",
    "allotment by school": "/dieu-phoi/phan-bo",
    "points": "/dieu-phoi/diem",
}

_OFFERS = """
INSERT INTO offer (code, created_s, changed_s, channel, state, form, place, station, unit,
    donor_kind, items, devices, donor, donor_digest, secret_hash, phone_key, name_key)
SELECT 'M' || lpad(n::text, 10, '0'), 1600000000 + n, 1600000000 + n, 'form',
    (ARRAY['waiting', 'assigned', 'assigned', 'done', 'done'])[1 + n % 5], 'point', 'point',
    CASE WHEN n % 5 = 0 THEN NULL ELSE 1 + n % 13 END, '25654', 'person',
    '\\x9192a66c6170746f7001'::bytea, 1, decode(md5(n::text), 'hex'),
    sha256(n::text::bytea), sha256(n::text::bytea), sha256(n::text::bytea), sha256(n::text::bytea)
FROM generate_series(1, :rows) AS n
"""
_APPLICATIONS = """
INSERT INTO application (code, created_s, changed_s, channel, state, level, school, unit, relation,
    pupil, pupil_digest, sealed, number_key, name_key, pupil_key, phone_key, station, public,
    secret_hash)
SELECT 'H' || lpad(n::text, 10, '0'), 1600000000 + n, 1600000000 + n, 'form',
    (ARRAY['waiting', 'approved', 'approved', 'approved', 'refused'])[1 + n % 5], 'primary',
    CASE WHEN n % 1000 < :known THEN (CAST(:schools AS text[]))[1 + n % 1000] ELSE
        'truong-so-' || n % 1000 END,
    (25000 + n % 700)::text, 'parent', decode(md5(n::text), 'hex'), sha256(n::text::bytea),
    decode(repeat(md5(n::text), 8), 'hex'), sha256(n::text::bytea), sha256(n::text::bytea),
    sha256(n::text::bytea), sha256(n::text::bytea),
    CASE WHEN n % 5 IN (1, 2) THEN 1 + n % 13 ELSE NULL END, n % 2 = 0, sha256(n::text::bytea)
FROM generate_series(1, :rows) AS n
"""


def figures(rows: int, command: str) -> Iterator[Figure]:
    """The slowest and the usual page of each kind."""
    with (
        tempfile.TemporaryDirectory(prefix="station-bench-") as folder,
        running_server() as server,
        server.fresh_database() as database,
        opened(database) as engine,
    ):
        schema.migrate(engine)
        schools = _build(engine, rows)
        service = ServiceProcess(database, Path(folder) / "log")
        try:
            with Visitor(service.address) as official:
                _sign_in(engine, official)
                yield from _pages(official, rows, schools[0], command)
        finally:
            service.stop()


def _build(engine: Engine, rows: int) -> list[str]:
    reference = load()
    day = reference.programme.day(int(time.time()))
    schools = [one.id for one in reference.organisations(OrganisationKind.SCHOOL, day)]
    with engine.begin() as connection:
        connection.execute(text(_OFFERS), {"rows": rows})
        values = {"rows": rows, "schools": schools, "known": len(schools)}
        connection.execute(text(_APPLICATIONS), values)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE offer"))
        connection.execute(text("VACUUM ANALYZE application"))
    return schools


def _sign_in(engine: Engine, official: Visitor) -> None:
    now_s = int(time.time())
    first = accounts.make(engine, "bench", OfficialRole.DEPARTMENT, now_s)
    accounts.change_password(engine, "bench", first, PASSWORD, now_s)
    official.get("/dieu-phoi/dang-nhap").send({"name": "bench", "password": PASSWORD})


def _pages(official: Visitor, rows: int, school: str, command: str) -> Iterator[Figure]:
    for name, page in PAGES.items():
        took = []
        for _ in range(ASKED):
            begun = time.perf_counter()
            official.get(page.format(school=school))
            took.append((time.perf_counter() - begun) * 1_000)
            assert official.status == 200, (page, official.status)
        p95 = quantiles(took[1:], n=20)[18]
        yield Figure(f"console with {rows} rows: {name}, p95", p95, "ms", LIMIT_MS, command)
    yield from _found(official, rows, command)


def _found(official: Visitor, rows: int, command: str) -> Iterator[Figure]:
    """A search that finds nothing looks everywhere."""
    took = []
    for _ in range(ASKED):
        official.get("/dieu-phoi/ho-so")
        begun = time.perf_counter()
        official.send({"words": make(CodeKind.CASE, 900, 1)})
        took.append((time.perf_counter() - begun) * 1_000)
    p95 = quantiles(took[1:], n=20)[18]
    yield Figure(f"console with {rows} rows: a search, p95", p95, "ms", LIMIT_MS, command)


def main() -> None:
    """Measure, print, and leave out/console.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--out", type=Path, default=Path("out/console.json"))
    asked = parser.parse_args()
    measured = []
    for figure in figures(asked.rows, COMMAND):
        print(f"{figure.name}: {figure.value:.1f} {figure.unit} (at most {figure.limit})")  # noqa: T201
        measured.append(figure)
    write_figures(asked.out, measured)


if __name__ == "__main__":
    main()
