"""Several PCs at one store write one chain."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from station.store import tables as t
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station.conftest import new_store
from tests.station.many_writers import receive_at_once

WRITERS = 3


def seqs(store: SqlStore) -> list[int]:
    with store.engine.connect() as connection:
        return list(connection.execute(select(t.log.c.seq).order_by(t.log.c.position)).scalars())


def assert_one_chain(url: str, each: int) -> None:
    with new_store(url) as store:
        codes = receive_at_once(url, WRITERS, each)

        assert len(set(codes)) == WRITERS * each  # no code was given out twice
        assert seqs(store) == list(range(1, 1 + WRITERS * each + 1))  # the first begins the chain
        found = verify(store.engine)
        assert (found.chains, found.sound) == (1, True)


def test_three_processes_write_one_chain_without_gap_or_fork(database: str) -> None:
    assert_one_chain(database, each=60)


def test_a_store_is_sound_at_every_moment_while_others_write(database: str) -> None:
    with new_store(database) as store, ThreadPoolExecutor() as pool:
        writing = pool.submit(receive_at_once, database, WRITERS, 40)
        while not writing.done():
            assert verify(store.engine).sound
