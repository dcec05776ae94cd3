import hashlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.collect.private_words import private_words
from diagnostics.collect.source import Raw
from diagnostics.endings import SourceMissing, UnreadableReport
from diagnostics.evidence import keep, read_back, redact, verify
from diagnostics.report import Evidence
from tests.diagnostics.machine_tree import edid, write

LOG = Raw("kernel-log.txt", b"usb 1-1: Product: disk of hoanguyen")
SCREEN = Raw("edid-bin-card0-eDP-1.bin", edid())


def kept(folder: Path) -> tuple[Path, tuple[Evidence, ...]]:
    archive = folder / "evidence.zip"
    return archive, keep([LOG, SCREEN], archive, ["hoanguyen"])


def test_each_member_is_known_by_the_hash_of_what_was_kept(tmp_path: Path) -> None:
    archive, (log, screen) = kept(tmp_path)

    assert read_back(archive, log).data == b"usb 1-1: Product: disk of [***]"
    assert log.sha256 == hashlib.sha256(read_back(archive, log).data).hexdigest()
    assert read_back(archive, screen) == SCREEN
    assert verify(archive, [log, screen]) == ()


def test_the_archive_holds_no_name_anywhere(tmp_path: Path) -> None:
    archive, _ = kept(tmp_path)

    with zipfile.ZipFile(archive) as file:
        assert not any(b"hoanguyen" in file.read(name) for name in file.namelist())


def test_a_host_named_in_one_output_is_gone_from_all(tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"
    wmi = Raw("wmi-dump.txt", b"Name=LOP6A\nCSName=LOP6A\nUserName=LOP6A\\hoanguyen\n")
    other = Raw("powercfg.xml", b"<Computer>LOP6A</Computer><User>hoanguyen</User>")

    members = keep([other, wmi], archive, [])

    kept = b"".join(read_back(archive, member).data for member in members)
    assert b"LOP6A" not in kept
    assert b"hoanguyen" not in kept


def test_the_same_words_make_the_same_archive(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()

    first, second = kept(tmp_path)[0], kept(tmp_path / "again")[0]

    assert first.read_bytes() == second.read_bytes()


def test_repeated_words_are_kept_small(tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"

    keep([Raw("cpuinfo.txt", b"flags : fpu vme\n" * 10_000)], archive, [])

    assert archive.stat().st_size < 2_000


def test_two_outputs_of_one_name_are_both_kept(tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"

    members = keep(
        [Raw("a.txt", b"1"), Raw("a.txt", b"2"), Raw("a", b"3"), Raw("a", b"4")], archive
    )

    assert [member.name for member in members] == ["a.txt", "a-2.txt", "a", "a-2"]
    assert [read_back(archive, member).data for member in members] == [b"1", b"2", b"3", b"4"]


def test_a_changed_or_missing_member_is_named(tmp_path: Path) -> None:
    archive, (log, screen) = kept(tmp_path)
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(log.name, b"nothing to see here")

    assert verify(archive, [log, screen]) == (log.name, screen.name)
    with pytest.raises(UnreadableReport):
        read_back(archive, log)
    with pytest.raises(SourceMissing):
        read_back(archive, screen)


def test_a_member_that_would_unpack_to_a_gigabyte_is_not_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.txt", bytes(200_000_000))
    promised = Evidence("bomb.txt", "0" * 64, 10)

    with pytest.raises(UnreadableReport, match="not what was kept"):
        read_back(archive, promised)


@given(st.data())
def test_a_damaged_archive_is_never_taken_for_whole_and_never_breaks_us(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    archive, members = kept(tmp_path_factory.mktemp("damage"))
    damaged = bytearray(archive.read_bytes())
    at = data.draw(st.integers(0, len(damaged) - 1))
    damaged[at] ^= data.draw(st.integers(1, 255))
    archive.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])

    bad = verify(archive, members)

    for member in members:
        if member.name not in bad:
            assert hashlib.sha256(read_back(archive, member).data).hexdigest() == member.sha256


def test_a_screens_own_description_stays_as_it_is() -> None:
    assert redact(SCREEN, ["NB14"]) == SCREEN


def test_the_machine_knows_its_people_its_networks_and_itself(tmp_path: Path) -> None:
    write(
        tmp_path / "etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\n"
        "daemon:x:2:2:daemon:/:/bin/false\n"
        "hoa:x:1000:1000:Nguyễn Thị Hòa,P.12,:/home/co-hoa:/bin/sh\n"
        "user:x:1001:1001::/home/user:/bin/sh\n"
        "nobody:x:65534:65534:nobody:/:/bin/false\n"
        "broken line\n",
    )
    write(tmp_path / "etc/NetworkManager/system-connections/Nhà Hoa.nmconnection", "")

    words = set(private_words(tmp_path))

    assert {"hoa", "Nguyễn Thị Hòa", "co-hoa", "Nhà Hoa"} <= words
    assert not {"root", "daemon", "user", "nobody", "broken line", ""} & words
