"""Several PCs of one point: its store moves to a server of its own, on a real PostgreSQL."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep

import psycopg
import pytest
from msgspec import structs
from psycopg import conninfo

from station import intake
from station.ports import StoreExists, StoreLockedOut, StoreUnreachable
from station.reference import load
from station.store import tables as t
from station.store import upkeep
from station.store.engine import RESTED_S, open_engine, reading, sqlite_url, writing
from station.store.shared.certificate import new_certificate
from station.store.shared.cluster import HERE, PORTS, _standin
from station.store.shared.moving import MovedWrong, moved
from station.store.shared.passes import DATABASE, ROLE, SharedPass, opened
from station.store.shared.point import SharedPoint
from station.store.store import SqlStore, open_store
from station.store.verifying import verify
from tests.station.conftest import CLERK, KEY, NOON

OTHERS = new_certificate().public
LAPTOP = intake.NewDevice(kind="laptop")


class Stopped(Exception):
    """A person cancelled."""


def heard(_done: int, _total: int) -> None:
    """Nobody looks."""


def everything(url: str) -> bytes:
    engine = open_engine(url)
    with reading(engine) as connection:
        digest = upkeep.fingerprint(connection, t.metadata.sorted_tables)
    engine.dispose()
    return digest


def url_of(point: SharedPoint, shared: SharedPass) -> str:
    return shared.url(point.passes.certificate_file(shared))


def receive(store: SqlStore) -> str:
    lot = intake.ReceiveLot(devices=(LAPTOP,))
    return intake.receive_lot(lot, store, CLERK, NOON).devices[0]


def join(main: SharedPoint, other: Path) -> tuple[SharedPoint, SqlStore]:
    """Another PC comes in with a file and a passcode."""
    raw, passcode = main.pass_for_another((HERE,))
    joining = SharedPoint(other, lambda _new: "a password of its own")
    return joining, joining.join(opened(raw, passcode), load())


def test_a_point_moves_whole_and_two_pcs_go_on_with_one_chain(
    file: Path, folder: Path, main: SharedPoint, no_keyring: None
) -> None:
    before = everything(sqlite_url(file))

    main.begin(sqlite_url(file), KEY, heard)

    assert not file.exists()
    assert everything(sqlite_url(folder / "station.before-sharing.db")) == before
    with main.open(load(), file) as here:
        there_pc, there = join(main, folder / "other")
        with there:
            made = [receive(here), receive(there), receive(here)]
            assert len(set(made)) == len(made)
            assert there.device(made[0]) == here.device(made[0])
            assert verify(there.engine).sound
            assert [one.name for one in there.operators()] == [one.name for one in here.operators()]
        assert main.is_main()
        assert not there_pc.is_main()
        with there_pc.open(load(), None) as again:  # the next morning
            assert again.device(made[2])


def test_a_stopped_or_spoiled_move_leaves_the_point_as_it_was(
    file: Path, main: SharedPoint, no_keyring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(sqlite_url(file))

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        main.begin(sqlite_url(file), KEY, stop)
    assert not main.is_in_use()
    assert not main.cluster.is_running()
    assert everything(sqlite_url(file)) == before

    main.begin(sqlite_url(file), KEY, heard)  # the next try succeeds
    assert main.is_main()


def test_a_file_that_another_program_holds_keeps_nobody_from_the_moved_data(
    file: Path, folder: Path, main: SharedPoint, no_keyring: None
) -> None:
    held = folder / "station.before-sharing.db"
    (held / "in the way").mkdir(parents=True)

    main.begin(sqlite_url(file), KEY, heard)

    with main.open(load(), file) as store:
        receive(store)
    assert file.exists()
    shutil.rmtree(held)
    main.open(load(), file).close()
    assert not file.exists()


def test_what_arrives_spoiled_or_at_a_full_place_does_not_count(
    tmp_path: Path, file: Path, postgres_database: str
) -> None:
    source, target = open_engine(sqlite_url(file)), open_engine(postgres_database)
    upkeep.bring_up_to_date(target)
    with writing(target) as connection:  # the server loses a row of what it is given
        connection.exec_driver_sql("CREATE RULE forget AS ON INSERT TO people DO INSTEAD NOTHING")
    with pytest.raises(MovedWrong), moved(source, target, heard):
        raise AssertionError
    with writing(target) as connection:
        connection.exec_driver_sql("DROP RULE forget ON people")
    with moved(source, target, heard):
        pass
    with pytest.raises(StoreExists), moved(source, target, heard):
        raise AssertionError
    assert upkeep.projections_match(target)
    source.dispose()
    target.dispose()


def test_after_a_power_cut_the_server_comes_back_with_everything(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    with main.open(load(), file) as store:
        made = receive(store)
        data = main.cluster.folder / "data"
        main.cluster._run("pg_ctl", "stop", "-m", "immediate", "-D", data)  # as if the power went
    with main.open(load(), file) as store:
        assert store.device(made)
        assert verify(store.engine).sound


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PostgreSQL itself tells them apart")
def test_another_program_under_the_servers_old_number_is_neither_taken_for_it_nor_ended(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    pid_file = main.cluster.folder / "data" / "postmaster.pid"
    noted = pid_file.read_text().splitlines(keepends=True)
    main.cluster._run("pg_ctl", "stop", "-m", "immediate", "-D", pid_file.parent)
    other = subprocess.Popen(["/bin/sleep", "600"], cwd="/", **_standin())
    pid_file.write_text("".join([f"{other.pid}\n", *noted[1:]]))

    assert not main.cluster.is_running()
    with main.open(load(), None) as store:
        receive(store)
    assert other.poll() is None

    main.cluster.stop()
    pid_file.write_text("".join([f"{other.pid}\n", *noted[1:]]))
    main.cluster.stop()
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_server_whose_pc_lost_power_is_given_up_within_seconds(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    with main.open(load(), None) as store, store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with socket.socket(fileno=os.dup(driver.fileno())) as line:
            waits_ms = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
            asks = line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            first_s = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
    assert (waits_ms, asks, first_s) == (15_000, 1, 5)


def test_a_server_that_was_started_anew_costs_nobody_an_act(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    with main.open(load(), None) as store:
        receive(store)
        main.cluster.stop()
        with pytest.raises(StoreUnreachable):
            receive(store)
        main.cluster.start()
        assert store.device(receive(store))
        main.cluster.stop()
        main.cluster.start()
        sleep(RESTED_S)
        assert store.device(receive(store))


def test_whoever_is_locked_out_needs_a_new_file(
    file: Path, folder: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    other, store = join(main, folder / "other")
    with store:
        main.lock_others_out()
        with pytest.raises(StoreUnreachable):  # cut off, or locked out already
            receive(store)
        with pytest.raises(StoreLockedOut):
            receive(store)
    with pytest.raises(StoreLockedOut):
        other.open(load(), None)
    changed = main.passes.read()
    cut_short = structs.replace(changed, password="the old one", coming=changed.password)
    main.passes.change(cut_short)  # the power went before the new one was all that is kept
    with main.open(load(), None) as here:
        receive(here)
    join(main, folder / "other")[1].close()


def test_the_line_is_sealed_and_nobody_comes_in_without_the_password(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    shared = main.passes.read()
    where = {"host": HERE, "port": str(shared.port), "user": ROLE, "dbname": DATABASE}
    for harm in ({"sslmode": "disable", "password": shared.password}, {"password": "guessed"}):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(conninfo.make_conninfo(**where, **harm))
    stranger = SharedPass(shared.hosts, shared.port, shared.password, OTHERS, shared.key)
    with pytest.raises(StoreUnreachable):  # another server with the same name and password
        open_store(url_of(main, stranger), KEY, load())
    lying_about = [each for each in main.cluster.folder.rglob("*") if each.is_file()]
    assert not any(shared.password.encode() in each.read_bytes() for each in lying_about)


def test_a_server_that_was_in_use_is_never_thrown_away(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    main.begin(sqlite_url(file), KEY, heard)
    main.cluster.stop()
    main.passes.file.unlink()  # and its secret with it
    file.with_name("station.before-sharing.db").rename(file)

    main.begin(sqlite_url(file), KEY, heard)

    assert (main.cluster.folder.with_name("shared.1") / "data" / "PG_VERSION").exists()


def test_another_programs_port_is_left_to_it(
    file: Path, main: SharedPoint, no_keyring: None
) -> None:
    with socket.socket() as other:
        with suppress(OSError):  # another test may have it
            other.bind(("", PORTS[0]))
            other.listen()
        main.begin(sqlite_url(file), KEY, heard)
    assert main.passes.read().port in PORTS[1:]
