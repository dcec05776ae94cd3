import subprocess
import sys
from pathlib import Path

import pytest

from labels.__main__ import main
from station.codes import CodeKind, make
from station.reference import load
from tests.labels.examples import CODE, rendered, scan_of, scanned


def test_a_sheet_has_a_label_for_each_code(tmp_path: Path) -> None:
    codes = [CODE, make(CodeKind.PART, 12, 7)]
    out = tmp_path / "labels.pdf"

    assert main(["sheet", "--stock", "50x30", "--to", "pdf", "--out", str(out), *codes]) == 0

    address = load().programme.tracking_address
    pages = rendered(out.read_bytes(), 203)
    assert [scanned(page) for page in pages] == [scan_of(code, address(code)) for code in codes]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["0120003456"], "0120003456"),
        ([CODE, "--stock", "9x9"], "9x9"),
    ],
)
def test_a_wrong_order_gets_one_sentence_and_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    out = tmp_path / "labels.pdf"

    assert main(["sheet", "--out", str(out), *arguments]) == 2

    (sentence,) = capsys.readouterr().err.splitlines()
    assert named in sentence
    assert not out.exists()


def test_a_folder_that_is_not_there_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sheet", "--out", str(tmp_path / "absent" / "labels.pdf"), CODE]) == 2

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_package_costs_nothing_until_something_is_drawn() -> None:
    asked = "import sys, labels; print({'reportlab', 'segno', 'barcode'} & sys.modules.keys())"
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "set()"
