"""A point's program in a process of its own: enrols, or catches up and says how long it took."""

import sys
import threading
from pathlib import Path
from time import perf_counter

from station.reference import load
from station.store.engine import sqlite_url
from station.store.store import SqlStore, open_store
from sync.course import Going
from sync.enrolling import enrol_by_code
from sync.push import push
from sync.retry import Retries
from sync.service import CentralService
from tests.bench.slow_line import KEY


def main(file: str, address: str, act: str, code: str = "") -> None:
    """Do one thing and print its seconds."""
    with (
        open_store(sqlite_url(Path(file)), KEY, load()) as store,
        CentralService(address, store) as service,
    ):
        began = perf_counter()
        if act == "enrol":
            enrol_by_code(store, service, code)
        elif act == "push":
            push(store, service, patience=Retries(threading.Event()))
        else:
            _go_round(store, service)
        print(perf_counter() - began)  # noqa: T201 -- read by the bench


def _go_round(store: SqlStore, service: CentralService) -> None:
    done = Going(store, service, Retries(threading.Event())).go()
    if done.problem is not None or done.waiting:
        raise SystemExit(f"{done.waiting} events still wait: {done.problem!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
