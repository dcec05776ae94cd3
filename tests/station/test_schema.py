"""The migrations make the tables the code works with, and a store says what it is."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from station import labelling, ports
from station.reference import load
from station.store import schema, upkeep
from station.store import tables as t
from station.store.engine import open_engine, sqlite_url, writing
from station.store.store import create_store, open_store
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import KEY, LEAD, NOON, STATION, new_store
from tests.station.older_stores import older


def migrations() -> ScriptDirectory:
    config = Config()
    folder = Path(schema.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config)


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    assert migrations().get_heads() == [schema.REVISION]
    assert {script.revision for script in migrations().walk_revisions()} == set(schema.KNOWN)


def test_the_migrated_tables_are_those_the_code_names(database: str) -> None:
    engine = open_engine(database)
    upkeep.bring_up_to_date(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []
    engine.dispose()


def test_a_current_store_is_left_as_it_is(database: str) -> None:
    with new_store(database) as store:
        standing = store.standing()
        upkeep.bring_up_to_date(store.engine)
        assert store.standing() == standing


def test_a_store_of_the_first_version_is_brought_up_to_date_with_what_is_folded(
    database: str,
) -> None:
    with new_store(database) as store:
        device = life.receive(store, serial="8XK2F32")

    with open_store(older(database), KEY, load()) as store:
        found = store.devices_with(["serial:8xk2f32"])
        assert [known.code for known in found] == [device]
        assert upkeep.projections_match(store.engine)


def test_a_store_of_the_second_version_knows_which_labels_are_still_to_stick(
    database: str,
) -> None:
    with new_store(database) as store:
        stuck, bare = life.receive(store), life.receive(store)
        labelling.record_label(stuck, store, LEAD, NOON)

    with open_store(older(database, "0002"), KEY, load()) as store:
        assert [device.code for device in store.unlabelled(10)] == [bare]
        assert verify(store.engine).sound


def test_a_store_whose_folding_was_cut_short_is_folded_at_the_next_start(database: str) -> None:
    with new_store(database) as store:
        device = life.receive(store, serial="8XK2F32")
    engine = open_engine(older(database))

    def power_cut(_connection: Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        schema.bring_up_to_date(engine, power_cut)
    engine.dispose()

    with open_store(database, KEY, load()) as store:
        found = store.devices_with(["serial:8xk2f32"])
        assert [known.code for known in found] == [device]


def test_a_store_of_an_older_version_is_named_where_nothing_may_be_written(database: str) -> None:
    new_store(database).close()

    with pytest.raises(ports.StoreTooOld, match="0001"):
        schema.existing_engine(older(database))

    upkeep.current_engine(database).dispose()
    schema.existing_engine(database).dispose()


def test_a_store_from_the_future_is_not_touched(database: str) -> None:
    with new_store(database) as store, writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(ports.StoreTooNew, match="9999"):
        open_store(database, KEY, load())


def test_a_store_is_founded_once(database: str) -> None:
    with new_store(database) as store:
        standing = store.standing()

        with pytest.raises(ports.StoreExists):
            create_store(database, KEY, load(), station=STATION, by=LEAD, when=NOON)

        assert store.standing() == standing


def test_a_store_nobody_founded_is_empty(database: str) -> None:
    with pytest.raises(ports.StoreEmpty):
        open_store(database, KEY, load())


def test_a_store_can_be_founded_after_somebody_looked(database: str) -> None:
    with pytest.raises(ports.StoreEmpty):
        open_store(database, KEY, load())

    with new_store(database) as store:
        assert store.standing().seq == 1


def test_every_commit_of_a_file_is_durable(tmp_path: Path) -> None:
    with new_store(sqlite_url(tmp_path / "station.db")) as store, store.engine.connect() as asked:
        assert asked.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert asked.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_the_chain_begins_with_the_point(database: str) -> None:
    with new_store(database) as store:
        (first,) = store.timeline(schema.point_subject(STATION))
        assert (first.event.header.kind, first.event.header.seq) == ("ChainStarted", 1)
        assert first.event.header.chain.station == STATION
