"""A backup holds everything, and what comes back of it goes on: whatever happens in between."""

import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from sqlalchemy import select

from station import intake
from station.people import Donor
from station.ports import BackupDamaged, PlaceMissing, WrongKey
from station.reference import load
from station.store import schema
from station.store import tables as t
from station.store.backup import archive
from station.store.backup.making import KEPT, SNAPSHOT, back_up
from station.store.backup.recovery import NoRecovery, RecoveryNeeded
from station.store.backup.restoring import FOLDER, NotSound, Restore
from station.store.engine import reading, sqlite_url, writing
from station.store.keys import KeyringElsePassword, KeySource, PasswordKey
from station.store.store import SqlStore, create_store, open_store
from station.store.upkeep import fingerprint
from station.store.verifying import verify
from tests.station import busy_day
from tests.station.conftest import CLERK, LEAD, NOON, new_store

REFERENCE = load()
DAY = NOON.at
TYPED = "con gà trống 26"


def unheard(_done: int, _total: int) -> None:
    pass


def never_asked(_new: bool) -> str:
    raise AssertionError("no password is needed")


class Keyring(KeyringBackend):
    """The keyring of one account."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types there
        self.held: dict[str, str] = {}

    def set_password(self, _service: str, username: str, password: str) -> None:
        self.held[username] = password

    def get_password(self, _service: str, username: str) -> str | None:
        return self.held.get(username)

    def delete_password(self, _service: str, username: str) -> None:
        del self.held[username]


@pytest.fixture
def account() -> Iterator[Keyring]:
    """This PC's account has a keyring; emptied, it is another PC's."""
    before, made = keyring.get_keyring(), Keyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a point, with what lies beside the store."""
    folder = tmp_path / "data"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / f"{'ab' * 32}.json").write_bytes(b"{}")
    (folder / "paper-words").mkdir()
    (folder / "paper-words" / "receipt.toml").write_text("x = 1\n")
    (folder / "papers").mkdir()
    (folder / "papers" / "receipt.pdf").write_bytes(b"names in clear")
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def point(data: Path, keys: KeySource | None = None) -> SqlStore:
    """A point whose key lies in the account's keyring, or where it is told to."""
    return create_store(
        sqlite_url(data / "station.db"),
        keys or KeyringElsePassword(never_asked),
        REFERENCE,
        station=12,
        by=LEAD,
        when=NOON,
    )


def receive(store: SqlStore, donor: str = "Nguyễn Thị Ánh") -> str:
    lot = intake.ReceiveLot(
        devices=(intake.NewDevice(kind="laptop"),), donor=Donor(name=donor, phone="0901234567")
    )
    return intake.receive_lot(lot, store, CLERK, NOON).devices[0]


def the_rows(store: SqlStore) -> bytes:
    with reading(store.engine) as connection:
        return fingerprint(connection, t.metadata.sorted_tables)


def names_known(store: SqlStore) -> int:
    return len(store.find_people("anh", limit=10))


def test_everything_comes_back_on_another_pc_with_the_recovery_code(
    data: Path, stick: Path, tmp_path: Path, account: Keyring
) -> None:
    with point(data) as store:
        device = receive(store)
        code = store.draw_recovery_code()
        store.keep_recovery_code(code)
        made = store.back_up(data, stick, DAY, unheard)
        before = store.standing()
    account.held.clear()
    target = tmp_path / "other" / "station.db"

    with pytest.raises(RecoveryNeeded):
        Restore(stick / made.file, DAY, never_asked).to(target)
    with pytest.raises(WrongKey):
        Restore(stick / made.file, DAY, never_asked, "0" * len(code)).to(target)
    assert not target.exists()
    standing = Restore(stick / made.file, DAY, never_asked, code).to(target)

    with open_store(sqlite_url(target), KeyringElsePassword(never_asked), REFERENCE) as store:
        assert store.device(device) is not None
        assert names_known(store) == 1
        assert verify(store.engine).sound
        assert store.standing() == standing
        assert standing.chain != before.chain
        assert standing.reaches(before.chain, before.seq)
        assert int(receive(store)[3:9]) > before.highest_number + 1_000  # no code twice
    assert (target.parent / "reports" / f"{'ab' * 32}.json").read_bytes() == b"{}"
    assert (target.parent / "paper-words" / "receipt.toml").exists()
    assert not (target.parent / "papers").exists()
    assert not (target.parent / FOLDER).exists()


def test_without_a_code_another_pc_is_told_so(
    data: Path, stick: Path, tmp_path: Path, account: Keyring
) -> None:
    with point(data) as store:
        assert not store.has_recovery()
        made = store.back_up(data, stick, DAY, unheard)
    Restore(stick / made.file, DAY, never_asked).to(tmp_path / "same-pc" / "station.db")
    account.held.clear()

    with pytest.raises(NoRecovery):
        Restore(stick / made.file, DAY, never_asked).to(tmp_path / "other" / "station.db")


def test_on_a_pc_without_a_keyring_a_password_is_chosen(
    data: Path, stick: Path, tmp_path: Path, account: Keyring
) -> None:
    with point(data) as store:
        receive(store)
        code = store.draw_recovery_code()
        store.keep_recovery_code(code)
        made = store.back_up(data, stick, DAY, unheard)
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415

    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    asked: list[bool] = []

    def ask(new: bool) -> str:
        asked.append(new)
        return TYPED

    target = tmp_path / "other" / "station.db"
    Restore(stick / made.file, DAY, ask, code).to(target)

    with open_store(sqlite_url(target), KeyringElsePassword(ask), REFERENCE) as store:
        assert names_known(store) == 1
    assert asked == [True, False]


def test_the_code_gives_a_store_under_a_lost_password_a_new_one(
    data: Path, stick: Path, tmp_path: Path, account: Keyring
) -> None:
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415

    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    with point(data, PasswordKey(lambda _new: "forgotten")) as store:
        receive(store)
        code = store.draw_recovery_code()
        store.keep_recovery_code(code)
        made = store.back_up(data, stick, DAY, unheard)
    target = tmp_path / "other" / "station.db"

    with pytest.raises(WrongKey):
        Restore(stick / made.file, DAY, lambda _new: TYPED, "0" * len(code)).to(target)
    Restore(stick / made.file, DAY, lambda _new: TYPED, code).to(target)

    with open_store(
        sqlite_url(target), KeyringElsePassword(lambda _new: TYPED), REFERENCE
    ) as store:
        assert names_known(store) == 1


def test_no_name_stands_in_a_backup(data: Path, stick: Path, account: Keyring) -> None:
    with point(data) as store:
        receive(store, "Trần Văn Kín")
        code = store.draw_recovery_code()
        store.keep_recovery_code(code)
        made = store.back_up(data, stick, DAY, unheard)
    with zipfile.ZipFile(stick / made.file) as within:
        held = b"".join(within.read(name) for name in within.namelist())
    for secret in ("Trần Văn Kín", "0901234567", code, *account.held.values()):
        assert secret.encode() not in held
    assert b"names in clear" not in held


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_backup_is_one_state_while_others_write(
    engine: str, tmp_path: Path, data: Path, stick: Path, request: pytest.FixtureRequest
) -> None:
    if engine == "postgresql":
        url = request.getfixturevalue("postgres_database")
    else:
        url = sqlite_url(data / "station.db")
    with new_store(url) as store:
        busy_day.work(store, lambda *_events: None)
        over = threading.Event()

        def write() -> None:
            while not over.is_set():
                receive(store)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            told: list[tuple[int, int]] = []
            made = store.back_up(data, stick, DAY, lambda *far: told.append(far))
        finally:
            over.set()
            writer.join()
    contents = archive.check_archive(stick / made.file)
    archive.unpack(stick / made.file, tmp_path / "out")

    found = schema.existing_engine(sqlite_url(tmp_path / "out" / "station.db"))
    assert verify(found).sound
    assert contents.seq == made.seq
    assert told[-1][0] == told[-1][1]
    assert not list(data.glob(f"{SNAPSHOT}*"))


def test_a_stick_that_is_not_there_is_told(data: Path, stick: Path) -> None:
    with new_store(sqlite_url(data / "station.db")) as store, pytest.raises(PlaceMissing):
        store.back_up(data, stick / "gone", DAY, unheard)


def test_a_stopped_backup_leaves_nothing_and_the_one_before(data: Path, stick: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done * 3 > total * 2:
            raise Stopped

    with new_store(sqlite_url(data / "station.db")) as store:
        busy_day.work(store, lambda *_events: None)
        before = store.back_up(data, stick, DAY, unheard)
        for file in (data / "reports").iterdir():
            file.write_bytes(b"x" * 3_000_000)
        with pytest.raises(Stopped):
            store.back_up(data, stick, DAY + timedelta(minutes=1), stop)

    assert [file.name for file in stick.iterdir()] == [before.file]
    assert not list(data.glob(f"{SNAPSHOT}*"))


def test_what_a_power_cut_left_is_cleaned_away_and_the_oldest_goes(data: Path, stick: Path) -> None:
    (data / SNAPSHOT).write_bytes(b"half")
    (stick / f"012-20200101-000000{archive.ENDING}.part").write_bytes(b"half")
    (stick / f"012-20200101-000000{archive.ENDING}").write_bytes(b"somebody else's")
    with new_store(sqlite_url(data / "station.db")) as store:
        made = [
            store.back_up(data, stick, DAY + timedelta(days=day), unheard).file
            for day in range(KEPT + 2)
        ]

    left = sorted(file.name for file in stick.iterdir())
    assert left == sorted([*made[2:], f"012-20200101-000000{archive.ENDING}"])


def test_the_store_that_stood_there_is_kept(data: Path, stick: Path, account: Keyring) -> None:
    target = data / "station.db"
    with point(data) as store:
        made = store.back_up(data, stick, DAY, unheard)
    target.write_bytes(b"damaged")
    (data / "station.db-wal").write_bytes(b"of the damaged one")

    Restore(stick / made.file, DAY, never_asked).to(target)

    with open_store(sqlite_url(target), KeyringElsePassword(never_asked), REFERENCE) as store:
        assert verify(store.engine).sound
    stamp = f"{DAY:%Y%m%d-%H%M%S}"
    assert (data / f"station.before-{stamp}.db").read_bytes() == b"damaged"
    assert (data / f"station.before-{stamp}.db-wal").exists()


def test_a_ledger_that_does_not_hold_together_is_not_restored(
    data: Path, stick: Path, account: Keyring
) -> None:
    with point(data) as store:
        receive(store)
        with writing(store.engine) as connection:
            row = connection.execute(select(t.log)).first()
            assert row is not None
            connection.execute(t.log.delete().where(t.log.c.position == row.position))
        made = store.back_up(data, stick, DAY, unheard)
    with pytest.raises(NotSound):
        Restore(stick / made.file, DAY, never_asked).to(data / "back.db")
    assert not (data / "back.db").exists()


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    for name in ("../x", "/etc/x", "reports/../../x", "C:\\x", "reports\\..\\x", "other/x", ""):
        file = tmp_path / "bad.sao-luu"
        listed = archive.Contents(
            1, 12, "s", 1, 1, {archive.STORE: archive.Entry(0, ""), name: archive.Entry(1, "00")}
        )
        with zipfile.ZipFile(file, "w") as made:
            made.writestr(archive.LIST, __import__("msgspec").json.encode(listed))
        with pytest.raises(archive.NotABackup):
            archive.unpack(file, tmp_path / "out")
        assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small backup."""
    folder = tmp_path_factory.mktemp("whole")
    with new_store(sqlite_url(folder / "station.db")) as store:
        made = back_up(store.engine, folder, folder, DAY, unheard)
    return folder / made.file


@given(at=st.floats(0, 1), harm=st.sampled_from(["cut", "flip", "fill"]), byte=st.integers(1, 255))
@settings(deadline=None)
def test_any_harm_to_a_file_is_told(whole: Path, at: float, harm: str, byte: int) -> None:
    raw = bytearray(whole.read_bytes())
    place = min(int(at * len(raw)), len(raw) - 1)
    if harm == "cut":
        raw = raw[:place]
    elif harm == "flip":
        raw[place] ^= byte
    else:
        raw[place : place + 64] = b"\0" * len(raw[place : place + 64])
    file = whole.with_suffix(".harmed")
    file.write_bytes(raw)
    try:
        archive.check_archive(file)
    except (archive.NotABackup, BackupDamaged):
        return
    assert contents_of(file) == contents_of(whole)


def contents_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as within:
        return {name: within.read(name) for name in archive.check_archive(file).files}
