"""How long the public figures and the approved list take over a million devices and 74,242 cases.

The tally is that of the report's measurement; the pages are asked of a real service, one after the
other, and each answer is made anew: nothing between the reader and the service keeps it.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from sqlalchemy import Engine, insert

from station.codes import CodeKind, make
from station.reference import load
from sync.central import tables as t
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.database import opened, writing
from sync.central.numbers import case_list, showing
from tests.bench import report
from tests.figures import Figure
from tests.postgres_server import running_server
from tests.sync.service_process import ServiceProcess, command

CASES = 74_242  # pupils without means, as the announcement counts them
ASKED = 50  # times each page
MOST_MS = 200.0
COMMUNES = tuple(f"{25_000 + n}" for n in range(96))
LEVELS = ("primary", "lower-secondary", "upper-secondary")
DAY_S = 86_400


def figures(made_by: str, devices: int = report.DEVICES) -> Iterator[Figure]:
    """Making the snapshots, and reading the pages."""
    with (
        TemporaryDirectory() as folder,
        running_server() as server,
        server.fresh_database() as url,
        opened(url) as engine,
    ):
        migrated = command("migrate", "--database", url)
        assert migrated.returncode == 0, migrated.stderr
        report.fill(engine, devices)
        _fill_cases(engine)
        process = ServiceProcess(url, Path(folder) / "log")
        try:
            yield from _made(engine, process, made_by)
            yield from _read(process, made_by)
        finally:
            process.stop()


def _made(engine: Engine, process: ServiceProcess, made_by: str) -> Iterator[Figure]:
    own, now_s = opened_secrets(engine, read_key(process.key_file)), int(time.time()) + DAY_S
    began = time.perf_counter()
    assert showing.renew(engine, own, load(), now_s)
    yield Figure("public figures made", time.perf_counter() - began, "s", None, made_by)
    began = time.perf_counter()
    assert case_list.renew(engine, load(), now_s)
    yield Figure(f"list of {CASES} cases made", time.perf_counter() - began, "s", None, made_by)


def _read(process: ServiceProcess, made_by: str) -> Iterator[Figure]:
    pages = (
        "/so-lieu", "/so-lieu?thang=2026-10", "/danh-sach", "/danh-sach?trang=700",
        "/v1/public/numbers", "/v1/public/cases",
    )  # fmt: skip
    with httpx.Client(base_url=process.address, timeout=60) as client:
        for path in pages:
            took, size = [], 0
            for _ in range(ASKED):
                began = time.perf_counter()
                answer = client.get(path)
                took.append((time.perf_counter() - began) * 1000)
                assert answer.is_success, (path, answer.status_code)
                size = len(answer.content)
            p99 = quantiles(took, n=100)[98]
            yield Figure(f"{path}, p99 of {ASKED}", p99, "ms", MOST_MS, made_by)
            yield Figure(f"{path}, size", size / 1000, "kB", None, made_by)


def _fill_cases(engine: Engine) -> None:
    with writing(engine) as connection:
        for first in range(0, CASES, 5_000):
            rows = [_case(n) for n in range(first, min(first + 5_000, CASES))]
            connection.execute(insert(t.application), rows)


def _case(n: int) -> dict[str, Any]:
    return {
        "code": make(CodeKind.CASE, 900 + n % 100, 1 + n),
        "created_s": n,
        "changed_s": n,
        "channel": "list",
        "state": "approved",
        "level": LEVELS[n % 3],
        "unit": COMMUNES[n * 31 % 96],
        "relation": "teacher",
        "pupil": bytes(16),
        "pupil_digest": bytes(32),
        "public": True,
        "secret_hash": b"",
    }


def main() -> None:
    """Measure, and print."""
    for figure in figures("python -m tests.bench.public"):
        print(f"{figure.name}: {figure.value:.1f} {figure.unit}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
