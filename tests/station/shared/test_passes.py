"""The pass of a PC: no secret of it lies in clear, and no file but its own is taken for one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.ports import KeyMissing, WrongKey
from station.store.shared import passes
from station.store.shared.passes import NotAPass, PassDamaged, PassFile, SharedPass
from tests.station.test_people_keys import Pocket, pocket

__all__ = ["pocket"]  # a fixture

SHARED = SharedPass(
    ("may-chinh", "192.168.1.5"), 15_432, "bí mật " * 4, b"-----PEM-----", b"k" * 32
)


def no_question(_new: bool) -> str:
    raise AssertionError


def test_a_stick_brings_the_pass_to_whoever_knows_the_passcode() -> None:
    passcode = passes.new_passcode()
    raw = passes.sealed(SHARED, passcode)

    assert passes.opened(raw, passcode) == SHARED
    with pytest.raises(WrongKey):
        passes.opened(raw, passes.new_passcode())
    with pytest.raises(WrongKey):
        passes.opened(raw[:-1] + bytes([raw[-1] ^ 1]), passcode)
    assert not any(secret in raw for secret in (SHARED.password.encode(), SHARED.key))


def test_the_keyring_opens_this_pc_s_pass_without_a_question(
    pocket: Pocket, tmp_path: Path
) -> None:
    file = PassFile(tmp_path / "shared.pass", no_question)
    assert not file.exists()

    file.keep(SHARED, new=True)

    assert PassFile(tmp_path / "shared.pass", no_question).read() == SHARED
    pocket.kept.clear()
    with pytest.raises(KeyMissing):
        file.read()


def test_without_a_keyring_a_typed_password_opens_it(no_keyring: None, tmp_path: Path) -> None:
    PassFile(tmp_path / "shared.pass", lambda _new: "mật khẩu").keep(SHARED, new=True)

    again = PassFile(tmp_path / "shared.pass", lambda _new: "mật khẩu")
    moved = SharedPass(("192.168.1.77", *SHARED.hosts), 15_432, "x", SHARED.certificate, SHARED.key)
    again.change(moved)

    assert again.read() == moved
    with pytest.raises(WrongKey):
        PassFile(tmp_path / "shared.pass", lambda _new: "mat khau").read()


def test_a_kept_pass_that_was_damaged_is_told_from_a_file_that_is_none(tmp_path: Path) -> None:
    kept = PassFile(tmp_path / "shared.pass", no_question)
    kept.file.write_bytes(b"\0" * 300)  # what a power cut may leave

    with pytest.raises(PassDamaged):
        kept.read()
    with pytest.raises(NotAPass):
        passes.opened(kept.file.read_bytes(), "1234")


@given(st.binary(max_size=200), st.booleans())
def test_any_other_bytes_are_no_pass(raw: bytes, marked: bool) -> None:
    with pytest.raises((NotAPass, WrongKey)):
        passes.opened(passes.MAGIC + raw if marked else raw, "1234")
