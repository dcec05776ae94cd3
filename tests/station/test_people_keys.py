"""The people rows open with their key alone, and only in their own place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from sqlalchemy import insert, select, update

from station.events import CaseEntered
from station.people import Donor, Pupil, encode
from station.ports import KeyMissing, StoreExists, WrongKey
from station.reference import load
from station.store import queries, sealing
from station.store import tables as t
from station.store.engine import sqlite_url, writing
from station.store.keys import (
    SERVICE,
    KeyringElsePassword,
    KeyringKey,
    KeySource,
    PasswordKey,
    StatedKey,
    unwrap,
)
from station.store.sealing import SALT_BYTES
from station.store.store import SqlStore, create_store, open_store
from tests.station import life
from tests.station.conftest import LEAD, NOON, STATION


def founded(url: str, keys: KeySource) -> SqlStore:
    return create_store(url, keys, load(), station=STATION, by=LEAD, when=NOON)


def names(store: SqlStore) -> list[str]:
    found = (person.content for person in store.find_people(""))
    return [content.name for content in found if isinstance(content, Donor)]


def test_another_key_does_not_open_the_store(database: str) -> None:
    founded(database, StatedKey("one")).close()

    with pytest.raises(WrongKey):
        open_store(database, StatedKey("another"), load())


def asked(*answers: str) -> PasswordKey:
    """A person who types these, one after the other."""
    typed = iter(answers)
    return PasswordKey(lambda _new: next(typed))


def test_the_password_opens_what_it_closed(database: str) -> None:
    with founded(database, asked("mật khẩu của điểm")) as store:
        life.receive(store)

    with open_store(database, asked("mật khẩu của điểm"), load()) as store:
        assert names(store) == ["Nguyễn Thị Hòa"]


def test_a_new_password_is_asked_for_once_and_later_only_repeated(database: str) -> None:
    new: list[bool] = []

    def ask(choose: bool) -> str:
        new.append(choose)
        return "mật khẩu"

    founded(database, PasswordKey(ask)).close()
    open_store(database, PasswordKey(ask), load()).close()

    assert new == [True, False]


@pytest.mark.parametrize("typed", ["mat khau", "", "mật khẩu ", "MẬT KHẨU"])
def test_a_wrong_password_opens_nothing(tmp_path: Path, typed: str) -> None:
    url = sqlite_url(tmp_path / "station.db")
    founded(url, asked("mật khẩu")).close()

    with pytest.raises(WrongKey):
        open_store(url, asked(typed), load())


def test_a_password_is_the_same_however_it_is_composed(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "station.db")
    founded(url, asked("Mật khẩu Tây Ninh")).close()

    open_store(url, asked(normalize("NFD", "Mật khẩu Tây Ninh")), load()).close()


def test_a_damaged_wrapping_opens_nothing() -> None:
    for damaged in (b"", b"short", b"x" * 29):
        with pytest.raises(WrongKey):
            unwrap(damaged, "mật khẩu")


def test_a_list_of_names_finds_nobody_in_a_stolen_store(tmp_path: Path) -> None:
    """The events' digests are salted, and what salts them is not there to be read."""
    file = tmp_path / "station.db"
    with founded(sqlite_url(file), StatedKey("one")) as store:
        case = life.enter_case(store, "Trần Văn An")
        said = store.timeline(case)[0].event.said
        assert isinstance(said, CaseEntered)
        assert said.pupil is not None
        digest = said.pupil.digest
    guess = encode(Pupil(name="Trần Văn An", school_class="4A"))

    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = file.read_bytes()
    salts = (content[at : at + SALT_BYTES] for at in range(len(content) - SALT_BYTES))
    assert not any(sha256(salt + guess).digest() == digest for salt in salts)


class Pocket(KeyringBackend):
    """A keyring that forgets everything with the process."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring is untyped
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def pocket() -> Iterator[Pocket]:
    """The account's keyring, for one test."""
    pocket = Pocket()
    before = keyring.get_keyring()
    keyring.set_keyring(pocket)
    yield pocket
    keyring.set_keyring(before)


def test_the_keyring_keeps_one_key_for_each_store(pocket: Pocket, database: str) -> None:
    with founded(database, KeyringKey()) as store:
        life.receive(store)
    with open_store(database, KeyringKey(), load()) as store:
        assert names(store) == ["Nguyễn Thị Hòa"]

    ((service, _),) = pocket.kept
    assert service == SERVICE


def test_a_store_of_a_keyring_is_not_opened_by_a_password(pocket: Pocket, database: str) -> None:
    founded(database, KeyringKey()).close()

    with pytest.raises(KeyMissing):
        open_store(database, asked("mật khẩu"), load())


def test_a_store_of_a_password_keeps_it_on_a_pc_with_a_keyring(
    pocket: Pocket, database: str
) -> None:
    founded(database, asked("mật khẩu")).close()

    open_store(database, KeyringElsePassword(lambda _new: "mật khẩu"), load()).close()
    assert not pocket.kept


def test_a_new_store_of_a_pc_with_a_keyring_asks_for_no_password(
    pocket: Pocket, database: str
) -> None:
    keys = KeyringElsePassword(lambda _new: pytest.fail("asked"))
    founded(database, keys).close()

    open_store(database, keys, load()).close()
    assert len(pocket.kept) == 1


class LockedPocket(KeyringBackend):
    """A keyring that its owner did not unlock."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        del password
        raise KeyringLocked(service, username)


def test_a_locked_keyring_is_no_crash(pocket: Pocket, tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "station.db")
    founded(url, KeyringKey()).close()
    keyring.set_keyring(LockedPocket())  # type: ignore[no-untyped-call]  # the fixture of the pocket puts the old one back

    with pytest.raises(KeyMissing):
        open_store(url, KeyringKey(), load())
    with pytest.raises(KeyMissing):
        founded(sqlite_url(tmp_path / "other.db"), KeyringKey())


class SlowPocket(Pocket):
    """A keyring that asks its owner first; meanwhile another copy of the app founds the store."""

    def __init__(self, database: str) -> None:
        super().__init__()
        self._database = database

    def set_password(self, service: str, username: str, password: str) -> None:
        first = not self.kept
        super().set_password(service, username, password)
        if first:
            founded(self._database, KeyringKey()).close()


def test_of_two_copies_that_make_a_key_at_once_the_store_keeps_one(database: str) -> None:
    pocket = SlowPocket(database)
    before = keyring.get_keyring()
    keyring.set_keyring(pocket)
    try:
        with pytest.raises(StoreExists):  # the keyring was asked while nothing was locked
            founded(database, KeyringKey())
        with open_store(database, KeyringKey(), load()) as store:
            life.receive(store)
            assert names(store) == ["Nguyễn Thị Hòa"]
    finally:
        keyring.set_keyring(before)


def test_a_keyring_that_lost_the_key_is_told_from_a_new_store(
    pocket: Pocket, database: str
) -> None:
    founded(database, KeyringKey()).close()
    pocket.kept.clear()

    with pytest.raises(KeyMissing):
        open_store(database, KeyringKey(), load())
    assert not pocket.kept  # no new key hides the loss


def test_a_keyring_of_another_account_holds_another_key(pocket: Pocket, database: str) -> None:
    founded(database, KeyringKey()).close()
    pocket.kept = dict.fromkeys(pocket.kept, "00" * 32)

    with pytest.raises(WrongKey):
        open_store(database, KeyringKey(), load())


def test_a_row_under_another_id_does_not_open(either_store: SqlStore) -> None:
    store = either_store
    for name in ("Nguyễn Thị Hòa", "Trần Văn An"):
        life.enter_case(store, name)
    first, second = (case.pupil for case in store.cases(waiting=True))
    assert first is not None
    assert second is not None
    with writing(store.engine) as connection:
        wanted = select(t.people.c.sealed).where(t.people.c.id == first)
        sealed = connection.execute(wanted).scalar()
        moved = update(t.people).where(t.people.c.id == second)
        connection.execute(moved, {"sealed": sealed})

    assert store.content(first) is not None
    with pytest.raises(WrongKey):
        store.content(second)


def test_a_purged_row_is_gone_and_hides_nobody_else(either_store: SqlStore) -> None:
    store = either_store
    for name in ("Nguyễn Thị Hòa", "Trần Văn An"):
        life.enter_case(store, name)
    gone = store.cases(waiting=True)[0].pupil
    assert gone is not None
    with writing(store.engine) as connection:
        purged = update(t.people).where(t.people.c.id == gone)
        connection.execute(purged, {"sealed": None})

    assert store.content(gone) is None
    assert store.content(b"never known") is None
    assert [found.content for found in store.find_people("an")] != []
    assert store.find_people("hoa") == ()


def test_many_rows_at_once_are_what_each_is_alone(
    either_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = either_store
    for module in (queries, sealing):
        monkeypatch.setattr(module, "AT_ONCE", 2)  # so that a few are several questions
    codes = [life.enter_case(store, f"Em {number}") for number in range(5)]
    pupils = [case.pupil for case in store.cases(waiting=True) if case.pupil]
    with writing(store.engine) as connection:
        purged = update(t.people).where(t.people.c.id == pupils[3])
        connection.execute(purged, {"sealed": None})

    cases = store.cases_named([*codes, *codes[:1], "C0120009998"])
    contents = store.contents([*pupils, b"never known"])

    assert cases == {code: store.case(code) for code in codes}
    assert contents == {one: store.content(one) for one in pupils if one != pupils[3]}
    assert (store.cases_named(()), store.contents(())) == ({}, {})


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 12, b"x" * 200])
def test_a_damaged_row_does_not_hide_everybody_else(store: SqlStore, sealed: bytes) -> None:
    life.receive(store)
    damaged = {"id": b"d" * 16, "kind": "donor", "salt": b"s" * 16, "sealed": sealed}
    with writing(store.engine) as connection:
        connection.execute(insert(t.people), damaged)

    assert names(store) == ["Nguyễn Thị Hòa"]


def test_who_came_later_on_another_pc_is_found(database: str) -> None:
    with (
        founded(database, StatedKey("one")) as here,
        open_store(database, StatedKey("one"), load()) as there,
    ):
        assert here.find_people("hoa") == ()
        life.receive(there)
        assert names(here) == ["Nguyễn Thị Hòa"]
