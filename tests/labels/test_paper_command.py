from pathlib import Path

import pytest

from labels.__main__ import main
from labels.template import papers
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
    assert "Mã giấy: BB 012 000001 7" in page_texts(out.read_bytes())[0]


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
