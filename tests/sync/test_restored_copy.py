"""A point's real store that was restored from an old copy: told, and able to go on."""

import shutil
from pathlib import Path

import pytest

from station import events
from station.reference import load
from station.store import upkeep
from station.store.engine import sqlite_url
from station.store.store import SqlStore, create_store, open_store
from sync.enrolling import go_on
from sync.problems import ChainAhead, ChainStuck
from sync.push import push
from sync.service import CentralService
from tests.sync.conftest import KEY, LEAD, NOON, STATION, whole_copy
from tests.sync.service_process import ServiceProcess


def count_parts(store: SqlStore) -> None:
    with store.transaction(LEAD, NOON) as work:
        work.record("ram-4", events.PartsReceived(count=1))


def test_an_old_copy_is_told_and_goes_on_with_a_new_chain(
    tmp_path: Path, process: ServiceProcess, service: CentralService
) -> None:
    file, copy = tmp_path / "station.db", tmp_path / "copy.db"
    with create_store(sqlite_url(file), KEY, load(), station=STATION, by=LEAD, when=NOON) as store:
        process.enrol(store)
        push(store, service)
        chain = store.standing().chain
    shutil.copy(file, copy)  # closed, so the file is whole
    with open_store(sqlite_url(file), KEY, load()) as store:
        count_parts(store)
        push(store, service)
        held = whole_copy(service, chain)

    with open_store(sqlite_url(copy), KEY, load()) as restored:
        with pytest.raises(ChainAhead) as ahead:
            push(restored, service)
        assert (ahead.value.chain, ahead.value.seq) == (chain, 2)

        begin_anew(restored, service)

        assert push(restored, service).answered == 2
        new_chain = restored.standing().chain
        copied = whole_copy(service, new_chain)
        assert [entry.header.kind for entry in copied] == ["ChainStarted", "PartsReceived"]
        assert restored.sync_state().waiting == 0
    assert whole_copy(service, chain) == held


@pytest.mark.parametrize(
    ("sent", "recorded"), [(3, 1), (2, 2), (1, 3)], ids=["shorter", "as-long", "longer"]
)
def test_a_copy_that_was_worked_on_does_not_hold_up_what_follows(
    tmp_path: Path, process: ServiceProcess, service: CentralService, sent: int, recorded: int
) -> None:
    file, copy = tmp_path / "station.db", tmp_path / "copy.db"
    with create_store(sqlite_url(file), KEY, load(), station=STATION, by=LEAD, when=NOON) as store:
        process.enrol(store)
        push(store, service)
        chain = store.standing().chain
    shutil.copy(file, copy)
    with open_store(sqlite_url(file), KEY, load()) as store:
        for _ in range(sent):
            count_parts(store)
        push(store, service)
        held = whole_copy(service, chain)

    with open_store(sqlite_url(copy), KEY, load()) as restored:
        for _ in range(recorded):
            count_parts(restored)
        stuck = restored.unanswered(100)
        with pytest.raises(ChainAhead) as ahead:
            push(restored, service)
        assert (ahead.value.chain, ahead.value.seq) == (chain, 1 + sent)  # the head tells: not sent
        begin_anew(restored, service)

        for _ in range(2):
            with pytest.raises(ChainStuck) as told:
                push(restored, service)
            assert (told.value.chain, told.value.seq) == (chain, 2)
        assert went_out(restored, service)
        assert restored.unanswered(100) == stuck
        assert restored.sync_state().waiting == recorded
        count_parts(restored)
        with pytest.raises(ChainStuck):
            push(restored, service)
        assert restored.sync_state().waiting == recorded  # later ones go out too
    assert whole_copy(service, chain) == held


def begin_anew(store: SqlStore, service: CentralService) -> None:
    """The chain that is left vouches for the new one: nobody types a code."""
    upkeep.start_chain(store.engine, LEAD, NOON, printed=0, reason="restored")
    go_on(store, service)
    count_parts(store)


def went_out(store: SqlStore, service: CentralService) -> bool:
    """Whether the chain begun anew arrived and was answered whole."""
    standing = store.standing()
    copied = whole_copy(service, standing.chain)
    kinds = [entry.header.kind for entry in copied]
    left = store.unanswered(100, [chain for chain, _seq in standing.older_chains])
    return kinds == ["ChainStarted", "PartsReceived"] and not left


def test_a_stores_whole_ledger_is_the_services_copy(
    store: SqlStore, process: ServiceProcess, service: CentralService
) -> None:
    process.enrol(store)
    for _ in range(5):
        count_parts(store)

    recorded = list(store.unanswered(100))

    assert push(store, service).answered == 6

    assert whole_copy(service, store.standing().chain) == recorded
    assert store.sync_state().answered == 6
