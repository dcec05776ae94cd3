import os
import subprocess
import sys
from pathlib import Path

import pytest

from labels.__main__ import main
from labels.paper_command import SAMPLE_CODE
from labels.template import papers
from station.codes import grouped
from tests.labels.examples import page_texts

ASKED = ("paper", "handover-minutes", "--sample", "--out")


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence that the command is refused with."""
    assert main(arguments) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    return sentence


@pytest.mark.parametrize("paper", papers())
def test_each_paper_is_drawn_from_its_sample(tmp_path: Path, paper: str) -> None:
    out = tmp_path / "paper.pdf"

    assert main(["paper", paper, "--sample", "--out", str(out)]) == 0
    assert f"Mã giấy: {grouped(SAMPLE_CODE)}" in page_texts(out.read_bytes())[0]


def test_an_offices_words_are_printed(tmp_path: Path) -> None:
    (tmp_path / "handover-minutes.toml").write_text('title = "BIÊN BẢN TRAO TẶNG"', "utf-8")
    out = tmp_path / "paper.pdf"

    assert main([*ASKED, str(out), "--words", str(tmp_path)]) == 0
    assert "BIÊN BẢN TRAO TẶNG" in page_texts(out.read_bytes())[0]


def test_an_unknown_paper_is_refused_with_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = refused(["paper", "diploma", "--sample", "--out", str(tmp_path / "x.pdf")], capsys)

    assert "diploma" in sentence
    assert "handover-minutes" in sentence


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b'title = "{x}"', ("handover-minutes", "title", "{x}")),
        (b'titel = "x"', ("handover-minutes", "titel")),
        (b"title = 3", ("handover-minutes", "title")),
        (b"\xd0\xff", ("handover-minutes.toml",)),
        (b'title = "', ("handover-minutes.toml",)),
    ],
)
def test_a_fault_in_the_offices_words_is_named_and_no_file_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, named: tuple[str, ...]
) -> None:
    (tmp_path / "handover-minutes.toml").write_bytes(content)
    out = tmp_path / "paper.pdf"

    sentence = refused([*ASKED, str(out), "--words", str(tmp_path)], capsys)

    assert all(name in sentence for name in named)
    assert not out.exists()


def test_a_folder_of_words_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = str(tmp_path / "absent")

    assert absent in refused([*ASKED, str(tmp_path / "x.pdf"), "--words", absent], capsys)


def test_a_file_in_the_folders_place_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "words"
    file.touch()

    assert str(file) in refused([*ASKED, str(tmp_path / "x.pdf"), "--words", str(file)], capsys)


def test_words_that_cannot_be_read_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "common.toml").mkdir()

    sentence = refused([*ASKED, str(tmp_path / "x.pdf"), "--words", str(tmp_path)], capsys)

    assert "common.toml" in sentence


@pytest.mark.parametrize("out", ["absent/x.pdf", "folder", "file/x.pdf"])
def test_a_place_that_takes_no_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()

    assert str(tmp_path / out) in refused([*ASKED, str(tmp_path / out)], capsys)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)

    assert str(tmp_path) in refused([*ASKED, str(tmp_path / "x.pdf")], capsys)


def test_a_pc_without_the_fonts_is_told_which_to_install(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "labels", *ASKED, str(tmp_path / "x.pdf")]
    without = {**os.environ, "WINDIR": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}

    answer = subprocess.run(asked, capture_output=True, text=True, check=False, env=without)

    (sentence,) = answer.stderr.splitlines()
    assert answer.returncode == 2
    assert "Times New Roman" in sentence
    assert not (tmp_path / "x.pdf").exists()
