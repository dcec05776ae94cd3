import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from labels.__main__ import main
from labels.fonts import register_label_fonts
from station.codes import CodeKind, grouped, make
from station.reference import load
from tests.labels.examples import CODE, page_texts, rendered, scan_of, scanned
from tests.labels.printers import tspl_printed, zpl_printed


def test_a_sheet_has_a_label_for_each_code(tmp_path: Path) -> None:
    codes = [CODE, make(CodeKind.PART, 12, 7)]
    out = tmp_path / "labels.pdf"

    assert main(["sheet", "--stock", "50x30", "--to", "pdf", "--out", str(out), *codes]) == 0

    address = load().programme.tracking_address
    pages = rendered(out.read_bytes(), 203)
    held = [address(codes[0]), codes[1]]  # only devices have a public page
    assert [scanned(page) for page in pages] == list(map(scan_of, codes, held))


@pytest.mark.parametrize("to", ["png", "tspl", "zpl"])
def test_a_sheet_comes_in_the_language_asked_for(tmp_path: Path, to: str) -> None:
    out = tmp_path / "labels.out"

    assert main(["sheet", "--to", to, "--dpi", "300", "--out", str(out), CODE]) == 0

    content = out.read_bytes()
    match to:
        case "png":
            picture = Image.open(BytesIO(content)).convert("L")
        case "tspl":
            (picture,) = tspl_printed(content, 300)
        case _:
            (picture,) = zpl_printed(content)
    assert scanned(picture) == scan_of(CODE, load().programme.tracking_address(CODE))


def test_pictures_of_several_rows_are_numbered(tmp_path: Path) -> None:
    out = tmp_path / "labels.png"
    row = ["--stock", "35x22-3up-110", "--start", "3", "--copies", "4"]

    assert main(["sheet", "--to", "png", *row, "--out", str(out), CODE]) == 0

    assert sorted(file.name for file in tmp_path.iterdir()) == ["labels-1.png", "labels-2.png"]


def test_a_chargers_label_names_its_device(tmp_path: Path) -> None:
    out, charger = tmp_path / "labels.pdf", make(CodeKind.PART, 12, 7)

    assert main(["sheet", "--owner", CODE, "--out", str(out), charger]) == 0

    assert f"Đi với máy {grouped(CODE)}" in page_texts(out.read_bytes())[0]


def test_codes_are_taken_as_they_are_read_from_a_label(tmp_path: Path) -> None:
    out, charger = tmp_path / "labels.pdf", grouped(make(CodeKind.PART, 12, 7))

    assert main(["sheet", "--owner", grouped(CODE), "--out", str(out), charger.lower()]) == 0

    (text,) = page_texts(out.read_bytes())
    assert charger in text
    assert grouped(CODE) in text


def test_a_points_own_stocks_are_used(tmp_path: Path) -> None:
    out, own = tmp_path / "labels.pdf", tmp_path / "own.toml"
    own.write_text('[mine]\nform = "roll"\nwidth = 60\nheight = 30\n', "utf-8")

    asked = ["sheet", "--stocks", str(own), "--stock", "mine", "--out", str(out), CODE]
    assert main(asked) == 0

    (page,) = rendered(out.read_bytes(), 203.2)
    assert page.size == (480, 240)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["0120003456"], "0120003456"),
        ([CODE, "--stock", "9x9"], "9x9"),
        ([CODE, "--stock", "a4-tomy-145", "--start", "66"], "66"),
        ([CODE, "--start", "0"], "0"),
        ([CODE, "--owner", "12"], "12"),
        ([CODE, "--owner", make(CodeKind.PART, 12, 7)], make(CodeKind.PART, 12, 7)),
        ([CODE, "--stocks", "absent.toml"], "absent.toml"),
        ([make(CodeKind.PAPER, 12, 1), "--stock", "35x22"], "35x22"),
        ([make(CodeKind.PAPER, 12, 1), "--stock", "35x22-3up-104"], " 33x22 mm"),
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


def test_a_font_that_is_missing_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    register_label_fonts.cache_clear()
    monkeypatch.setattr("labels.fonts.LABEL_BOLD", "Inter-Gone")

    assert main(["sheet", "--out", str(tmp_path / "labels.pdf"), CODE]) == 2

    register_label_fonts.cache_clear()
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "Inter-Gone" in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sheet", "--out", str(tmp_path / "absent" / "labels.pdf"), CODE]) == 2

    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("to", ["pdf", "png"])
def test_a_folder_is_no_place_for_a_sheet(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    to: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    for folder in (".", "", str(tmp_path)):
        assert main(["sheet", "--to", to, "--copies", "2", "--out", folder, CODE]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1

    assert list(tmp_path.iterdir()) == []


def test_the_package_costs_nothing_until_something_is_drawn() -> None:
    asked = (
        "import sys, labels\n"
        "print({'reportlab', 'zxingcpp', 'PIL', 'barcode'} & sys.modules.keys())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "set()"
