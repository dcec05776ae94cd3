"""The command itself, as anybody runs it: without a database, a window or a network."""

import json
from pathlib import Path

import pytest

from station.certificate import encode
from sync import verify
from tests.station.public_files import SERVICE, certificate, public_file


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """What the command answers, in English."""
    code = verify.main(["--language", "en", *arguments])
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    file = tmp_path / "public.jsonl"
    file.write_bytes(public_file())
    return file


@pytest.fixture
def certificate_file(tmp_path: Path) -> Path:
    file = tmp_path / "certificate.json"
    file.write_bytes(encode(certificate()))
    return file


def test_a_public_ledger_is_sound_by_the_published_key(
    ledger_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(capsys, str(ledger_file), "--anchor", SERVICE.public.hex())

    assert code == verify.SOUND
    assert "4 events in 1 chain" in told
    assert "SOUND" in told


def test_without_a_key_the_reader_is_told_to_compare_it(
    ledger_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(capsys, str(ledger_file))

    assert code == verify.SOUND
    assert SERVICE.public.hex() in told
    assert "--anchor" in told


def test_a_changed_ledger_is_not_sound(
    ledger_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger_file.write_bytes(ledger_file.read_bytes().replace(b'"laptop"', b'"tablet"'))

    code, told = said(capsys, str(ledger_file))

    assert code == verify.BROKEN
    assert "NOT SOUND" in told


def test_a_certificate_says_what_became_of_the_disk(
    certificate_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "service.key"
    key.write_text(SERVICE.public.hex() + "\n")

    code, told = said(capsys, str(certificate_file), "--anchor", str(key))

    assert code == verify.SOUND
    assert "S1AB" in told
    assert "100 %" in told


def test_the_same_in_vietnamese(certificate_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify.main([str(certificate_file)])

    assert "Chứng nhận" in capsys.readouterr().out


def test_as_json_for_programs(certificate_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(capsys, str(certificate_file), "--json")

    assert code == verify.SOUND
    assert json.loads(told)["sound"] is True


@pytest.mark.parametrize("raw", [b"", b"\0\xff\n", b"{}", b'{"type":"file"}', b"[" * 100_000])
def test_any_other_file_is_neither(
    raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "something"
    file.write_bytes(raw)

    code, _ = said(capsys, str(file))

    assert code == verify.UNREADABLE


def test_a_line_without_an_end_is_not_read_into_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "endless"
    with file.open("wb") as long:
        long.write(b'{"type":"file","format":"')
        long.truncate(2**33)  # eight gigabytes of nothing

    code, _ = said(capsys, str(file))

    assert code == verify.UNREADABLE


def test_no_file_and_no_key_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, str(tmp_path / "none"))[0] == verify.UNREADABLE
    assert "--anchor" in said(capsys, str(tmp_path / "none"), "--anchor", "12")[1]
