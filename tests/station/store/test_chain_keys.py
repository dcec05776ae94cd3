"""Keys of own chains: made once, durable before they are used, sealed and bound to their chain."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update

from station import ports, signing
from station.ledger import ChainId
from station.reference import load
from station.signing import SigningKey
from station.store import tables as t
from station.store import upkeep
from station.store.engine import sqlite_url, writing
from station.store.store import SqlStore, open_store
from tests.station.conftest import KEY, LEAD, NOON, new_store

SERVICE = SigningKey.new()


def current(store: SqlStore) -> ChainId:
    return store.standing().chain


def granted(store: SqlStore, at: int = 1_633_000_000) -> signing.ChainGrant:
    chain = current(store)
    grant = signing.granted(SERVICE, chain, store.signing_key(chain).public, at)
    store.note_enrolment(grant, [SERVICE.public])
    return grant


def test_a_key_is_made_once_and_stays(database: str) -> None:
    with new_store(database) as store:
        made = store.signing_key(current(store)).public

    with open_store(database, KEY, load()) as store:
        assert store.signing_key(current(store)).public == made


def test_a_key_lies_sealed_in_the_store_and_in_every_copy(tmp_path: Path) -> None:
    with new_store(sqlite_url(tmp_path / "station.db")) as store:
        private = store.signing_key(current(store)).private

    for file in tmp_path.iterdir():
        copy = shutil.copy(file, tmp_path / "copy")
        assert private not in Path(copy).read_bytes()


def test_a_key_moved_to_another_chain_does_not_open(either_store: SqlStore) -> None:
    store = either_store
    old = current(store)
    store.signing_key(old)
    new = store.start_chain(LEAD, NOON, printed=0, reason="restored")
    with writing(store.engine) as connection:
        connection.execute(update(t.chain_key).values(chain=new.number))

    with pytest.raises(ports.WrongKey):
        store.signing_key(new)


def test_no_key_is_made_for_a_chain_of_somebody_else(store: SqlStore) -> None:
    with pytest.raises(LookupError):
        store.signing_key(ChainId(13, 1))


def test_nobody_believes_a_chain_before_the_service_says_so(either_store: SqlStore) -> None:
    store = either_store
    assert store.enrolment() == ports.Enrolment()
    assert store.last_granted() is None

    grant = granted(store)

    assert store.enrolment() == ports.Enrolment(grant, (SERVICE.public,))
    assert store.last_granted() == grant


def test_a_word_for_another_key_is_not_kept(store: SqlStore) -> None:
    chain = current(store)
    store.signing_key(chain)

    store.note_enrolment(signing.granted(SERVICE, chain, bytes(32), 1), [SERVICE.public])

    assert store.enrolment().grant is None


def test_a_restored_copys_chain_has_its_own_key_and_the_old_one_vouches(
    either_store: SqlStore,
) -> None:
    store = either_store
    grant = granted(store)
    new = store.start_chain(LEAD, NOON, printed=0, reason="restored")

    assert store.enrolment() == ports.Enrolment(None, (SERVICE.public,))
    assert store.last_granted() == grant
    assert store.signing_key(new).public != grant.key
    assert store.signing_key(grant.chain).public == grant.key
    newer = granted(store, grant.granted_s + 1)
    assert store.last_granted() == newer


def test_keys_do_not_touch_what_is_folded(either_store: SqlStore) -> None:
    granted(either_store)

    assert upkeep.projections_match(either_store.engine)
