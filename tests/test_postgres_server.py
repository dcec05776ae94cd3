from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.postgres_server import PostgresServer, installed_programs


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        found = [row.tablename for row in names]
    engine.dispose()
    return found


def test_every_database_is_fresh(postgres: PostgresServer) -> None:
    with postgres.fresh_database() as first:
        engine = create_engine(first)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE device (code TEXT)"))
        engine.dispose()
        assert tables(first) == ["device"]
        with postgres.fresh_database() as second:
            assert tables(second) == []


def test_a_database_goes_even_while_someone_is_connected(postgres: PostgresServer) -> None:
    with postgres.fresh_database() as url:
        engine = create_engine(url)
        still_connected = engine.connect()
    with postgres.connect() as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_database WHERE datname = %s", [engine.url.database]
        ).fetchone()
    still_connected.invalidate()
    engine.dispose()

    assert left == (0,)


def test_the_server_keeps_what_it_says_is_kept(postgres: PostgresServer) -> None:
    with postgres.connect() as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_a_machine_without_postgresql_is_told_the_package(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Debian package: postgresql"):
        installed_programs(tmp_path)


def test_the_newest_server_is_taken(tmp_path: Path) -> None:
    for version in ("9", "15", "14"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()

    assert installed_programs(tmp_path) == tmp_path / "15" / "bin"
