"""Two label printers on paper: what TSPL2 and ZPL II commands paint, after their references.

They know the commands that a label of ours may hold and refuse all others, and draw barcodes with
other encoders than the app's.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import segno
import zxingcpp
from PIL import Image

WHITE, BLACK = 255, 0
DOTS_PER_MM = {203: 8.0, 300: 300 / 25.4}
MOST_BYTES_OF_A_GRAPHIC = 99_999  # ZPL's reference: what is more is taken for that


def tspl_printed(sent: bytes, dpi: int) -> list[Any]:
    """Each label that comes out of a TSPL2 printer."""
    return _TsplPrinter(dpi).run(sent)


def zpl_printed(sent: bytes) -> list[Any]:
    """Each label that comes out of a ZPL II printer."""
    return _ZplPrinter().run(sent.decode("ascii"))


class _TsplPrinter:
    """Commands end with a line break, but for BITMAP, which ends with its last byte."""

    def __init__(self, dpi: int) -> None:
        self._dots_per_mm = DOTS_PER_MM[dpi]
        self._labels: list[Any] = []
        self._settings: dict[str, str] = {}
        self._paper: Any = None

    def run(self, sent: bytes) -> list[Any]:
        at = 0
        while at < len(sent):
            if sent.startswith(b"BITMAP ", at):
                at = self._bitmap(sent, at)
                assert sent[at : at + 2] == b"\r\n"
                at += 2
                continue
            end = sent.index(b"\r\n", at)
            self._command(sent[at:end].decode("ascii"))
            at = end + 2
        return self._labels

    def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name in ("SIZE", "GAP", "DIRECTION", "REFERENCE", "DENSITY", "SPEED"):
            self._settings[name] = rest
        elif name == "CLS":
            width, height = re.fullmatch(
                r"([\d.]+) mm,([\d.]+) mm", self._settings["SIZE"]
            ).groups()  # type: ignore[union-attr]
            dots = [round(float(side) * self._dots_per_mm) for side in (width, height)]
            self._paper = Image.new("L", (dots[0], dots[1]), WHITE)
        elif name == "BARCODE":
            self._barcode(rest)
        elif name == "QRCODE":
            self._qrcode(rest)
        elif name == "PRINT":
            assert rest == "1,1"
            self._labels.append(self._paper.copy())
        else:
            raise AssertionError(f"no TSPL2 command of ours: {line}")

    def _dots(self, length: str) -> int:
        return round(float(length.removesuffix(" mm")) * self._dots_per_mm)

    def _bitmap(self, sent: bytes, at: int) -> int:
        head = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),(\d),").match(sent, at)
        assert head
        x, y, stride, height, mode = (int(figure) for figure in head.groups())
        assert mode == 0
        data = sent[head.end() : head.end() + stride * height]
        assert len(data) == stride * height
        self._paper.paste(Image.frombytes("1", (stride * 8, height), data).convert("L"), (x, y))
        return head.end() + stride * height

    def _barcode(self, rest: str) -> None:
        found = re.fullmatch(r'(\d+),(\d+),"128",(\d+),0,0,(\d+),\d+,"([^"]*)"', rest)
        assert found
        x, y, height, narrow = (int(figure) for figure in found.groups()[:4])
        self._paper.paste(_code128(found[5], narrow, height), (x, y))

    def _qrcode(self, rest: str) -> None:
        """Without M2 a printer draws the old Model 1, which none of the readers here knows."""
        found = re.fullmatch(r'(\d+),(\d+),([LMQH]),(\d+),A,0,M2,S7,"([^"]*)"', rest)
        assert found
        x, y, cell = int(found[1]), int(found[2]), int(found[4])
        self._paper.paste(_qr(found[5], found[3], cell), (x, y))


class _ZplPrinter:
    """Commands begin with ^ or ~ and end where the next one begins."""

    def __init__(self) -> None:
        self._labels: list[Any] = []
        self._drawn: list[tuple[Any, tuple[int, int]]] = []
        self._said: dict[str, list[str]] = {}  # what stands until it is said anew
        self._on_data: Callable[[str], Any] = _refused

    def run(self, sent: str) -> list[Any]:
        for name, rest in re.findall(r"([\^~][A-Z]{2})([^\^~]*)", sent):
            self._command(name, rest.strip("\r\n"))
        return self._labels

    def _command(self, name: str, rest: str) -> None:
        match name:
            case "^GF":
                self._draw(_graphic(rest))
            case "^BC":
                self._on_data = partial(self._barcode, rest)
            case "^FD":
                self._draw(self._on_data(rest))
            case "^XZ":
                self._print()
            case "^PQ":
                assert rest == "1"
            case "^XA" | "^FS" | "^PW" | "^LL" | "^LH" | "^FO" | "^BY" | "^PR" | "~SD":
                self._said[name] = rest.split(",")
            case _:
                raise AssertionError(f"no ZPL II command of ours: {name}{rest}")

    def _draw(self, picture: Any) -> None:
        x, y = self._said["^FO"]
        self._drawn.append((picture, (int(x), int(y))))

    def _barcode(self, options: str, content: str) -> Any:
        orientation, height, *rest = options.split(",")
        assert (orientation, rest) == ("N", ["N", "N", "N", "A"])
        return _code128(content, int(self._said["^BY"][0]), int(height))

    def _print(self) -> None:
        paper = Image.new("L", (int(self._said["^PW"][0]), int(self._said["^LL"][0])), WHITE)
        for picture, place in self._drawn:
            paper.paste(picture, place)
        self._labels.append(paper)
        self._drawn = []


def _refused(content: str) -> Any:
    raise AssertionError(f"data of no field: {content}")


def _graphic(rest: str) -> Any:
    kind, sent, total, stride, data = rest.split(",", 4)
    assert (kind, sent) == ("A", total)
    assert int(total) <= MOST_BYTES_OF_A_GRAPHIC
    rows = _unpacked(data, int(stride) * 2)
    assert len(rows) * int(stride) == int(total)
    black = bytes.fromhex("".join(rows))
    picture = Image.frombytes("1", (int(stride) * 8, len(rows)), black)
    return picture.convert("L").point(lambda ink: WHITE - ink)


def _unpacked(data: str, digits: int) -> list[str]:
    """Rows of hexadecimal digits out of ZPL's compressed form."""
    rows: list[str] = []
    row, count = "", 0
    for character in data:
        if character == ":":
            assert not row
            rows.append(rows[-1])
        elif character in ",!":
            rows.append(row.ljust(digits, "0" if character == "," else "F"))
            row = ""
        elif "G" <= character <= "Y":
            count += ord(character) - ord("F")
        elif "g" <= character <= "z":
            count += 20 * (ord(character) - ord("f"))
        else:
            row += character * max(count, 1)
            count = 0
            assert len(row) <= digits
            if len(row) == digits:
                rows.append(row)
                row = ""
    assert not row
    return rows


def _code128(content: str, module: int, height: int) -> Any:
    symbol = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.Code128)
    image: Any = symbol.to_image(scale=1, add_quiet_zones=False)
    bars: Any = memoryview(image)
    modules = bars.shape[1]
    row = Image.frombytes("L", (modules, 1), bars.tobytes()[:modules])
    return row.resize((modules * module, height), Image.Resampling.NEAREST)


def _qr(content: str, level: str, cell: int) -> Any:
    matrix = segno.make_qr(content, error=level, boost_error=False).matrix
    dots = bytes(BLACK if module else WHITE for row in matrix for module in row)
    symbol = Image.frombytes("L", (len(matrix), len(matrix)), dots)
    return symbol.resize((len(matrix) * cell,) * 2, Image.Resampling.NEAREST)
