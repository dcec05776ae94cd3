"""An office's file becomes lines: any encoding an old PC writes, damage, bombs and formulas."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from station.lists import problems
from station.lists.encodings import decode
from station.lists.sheet import MOST_ROWS, read_rows, read_sheet
from station.reference import load
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import store as store  # noqa: PLC0414 -- the fixture
from ui.office_list.columns import Column, headed, recognise
from ui.office_list.habits import remember, remembered
from ui.office_list.lines import Trouble, as_list, kind_of, read_lines, with_those_here

HEADER = "STT;Tên thiết bị;Hãng sản xuất;Model;Số Sê-ri;Số lượng;Ghi chú"
OFFICE = f"""SỞ THÔNG TIN;;;;;;
DANH SÁCH MÁY THANH LÝ;;;;;;
{HEADER}
1;Máy tính để bàn;HP;ProDesk 400 G3;8CG7001;;bàn phím hỏng
2;Laptop;Dell;Latitude E7450;0;;
3;Màn hình;;;;10;
4;Máy hút bụi;;;;;
Tổng cộng;;;;;13;
"""
VN3 = str.maketrans("ốáýểịảạờĐ", "".join(chr(b) for b in bytes.fromhex("e8b8fdd3deb6b9eaa7")))


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def lines_of(data: bytes, usual: str = "") -> Any:
    sheet = headed(read_rows(data))
    return read_lines(sheet, sheet.mapped, load(), usual)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_unicode_file_reads_alike(encoding: str) -> None:
    lines = lines_of(OFFICE.encode(encoding))

    assert [line.number for line in lines] == [4, 5, 6, 7]
    desktop, laptop, monitor, vacuum = lines
    assert desktop.device.kind == "desktop"
    assert (desktop.device.serial, desktop.device.remark) == ("8CG7001", "bàn phím hỏng")
    assert laptop.troubles == (Trouble.PLACEHOLDER,)
    assert (monitor.device.kind, monitor.count) == ("monitor", 10)
    assert (vacuum.stops, vacuum.troubles) == (True, (Trouble.KIND_UNKNOWN,))
    assert len(as_list(lines[:3]).lines) == 12


@pytest.mark.parametrize(
    ("named", "model"),
    [
        ("Bộ máy vi tính để bàn", ""),
        ("Máy vi tính xách tay", ""),
        ("Máy vi tính để bàn (bộ) và màn hình", ""),
        ("Máy tính để bàn HP 280 G3", "Máy tính để bàn HP 280 G3"),
    ],
)
def test_what_people_call_a_kind_is_no_model_however_long(named: str, model: str) -> None:
    (line,) = lines_of(f"Tên tài sản;Nhãn hiệu;Số máy\n{named};;8CG7001\n".encode())

    assert line.device.kind
    assert line.device.model == model


def test_old_windows_and_old_fonts_are_read_and_nonsense_is_refused() -> None:
    text = "Loại máy;Số máy\nMáy tính để bàn;8CG7001\n"
    decomposed = text.replace("ạ", "a\u0323").replace("ố", "ô\u0301").replace("á", "a\u0301")
    decomposed = decomposed.replace("í", "i\u0301").replace("ể", "ê\u0309").replace("à", "a\u0300")
    assert decode(decomposed.encode("cp1258")) == text
    vn3 = bytes.fromhex("4c6fb9692076b0".replace("b0", "")) + b"\n"  # "Loại v"
    assert decode(vn3) == "Loại v\n"
    assert decode("TÝnh n¨ng".encode()) == "Tính năng"
    with pytest.raises(problems.UnknownEncoding):
        decode(bytes(range(0x80, 0x100)) * 3)


def test_a_workbook_is_read_without_running_what_it_computes() -> None:
    data = workbook(
        ("Loại", "Serial", "Số lượng"),
        ("Laptop", 12345678.0, None),
        ("=1+1", '=HYPERLINK("http://x")', 1),
        ("Tablet", 123456789012345678, 2),
    )

    laptop, tablet = lines_of(data)

    assert laptop.device.serial == "12345678"
    assert tablet.troubles == (Trouble.ROUNDED,)
    assert tablet.device.remark.startswith("1234567890123")


def test_rows_keep_their_numbers_and_rows_of_colour_alone_are_none() -> None:
    book, out = Workbook(), io.BytesIO()
    letter, sheet, hidden = book.active, book.create_sheet("DS"), book.create_sheet("cũ")
    letter.append(["Kính gửi: điểm tiếp nhận"])
    for row in (["SỞ A"], [], ["Loại", "S/N", "Hãng"], [], ["Laptop", "X1", "Dell"], ["Tablet"]):
        sheet.append(row)
        hidden.append(row * 2)
    hidden.sheet_state = "hidden"
    for number in range(7, 3 * MOST_ROWS):
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor="FFFF00")
    book.save(out)

    read = read_sheet(out.getvalue())

    assert (read.name, read.others) == ("DS", 1)
    assert [line.number for line in lines_of(out.getvalue())] == [5, 6]


@pytest.mark.parametrize("cell", ["1,23457E+11", "1.23E+14"])
def test_a_number_that_excel_wrote_as_a_power_is_no_serial(cell: str) -> None:
    (line,) = lines_of(f"Loại;Số máy\nLaptop;{cell}\n".encode())

    assert (line.device.serial, line.troubles) == ("", (Trouble.ROUNDED,))
    assert line.device.remark == cell


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 70_000_000)
    return out.getvalue()


def with_entities() -> bytes:
    out = io.BytesIO(workbook(("Loại", "Serial")))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/extra.xml", '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", problems.EmptyList),
        (b" ; ;\n", problems.EmptyList),
        (b"\xd0\xcf\x11\xe0" + bytes(600), problems.OldExcelFile),
        (b"%PDF-1.7", problems.OtherOfficeFile),
        (b"PK\x03\x04" + bytes(40), problems.UnreadableList),
        (b"x" * 10_000_001, problems.ListTooLarge),
        (b"a;b\n" * (MOST_ROWS + 1), problems.ListTooLarge),
        (bomb(), problems.ListTooLarge),
        (with_entities(), problems.UnreadableList),
    ],
)
def test_what_is_no_list_is_named(data: bytes, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        read_rows(data)


@settings(max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 3_000), st.booleans())
def test_no_damage_ends_otherwise_than_by_name(noise: bytes, place: int, zipped: bool) -> None:
    whole = _WORKBOOK if zipped else OFFICE.encode()
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    try:
        sheet = headed(read_rows(damaged))
    except problems.UnreadableList:
        return
    for line in read_lines(sheet, sheet.mapped, load()):
        assert line.count >= 1


_WORKBOOK = workbook(tuple(HEADER.split(";")), (1, "Laptop", "Dell", "E7450", "X1", 1, ""))


@pytest.mark.parametrize(
    ("header", "mapped"),
    [
        (
            "Loại;Hãng;Model;S/N",
            {Column.KIND: 0, Column.MAKER: 1, Column.MODEL: 2, Column.SERIAL: 3},
        ),
        ("TEN TAI SAN;SO SERI;SL", {Column.KIND: 0, Column.SERIAL: 1, Column.COUNT: 2}),
        ("Device type;Serial number;Notes", {Column.KIND: 0, Column.SERIAL: 1, Column.REMARK: 2}),
        ("Một;Hai", {}),
    ],
)
def test_columns_are_known_by_their_headers_marks_or_not(
    header: str, mapped: dict[Column, int]
) -> None:
    assert recognise(tuple(header.split(";"))) == mapped


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MÁY TÍNH XÁCH TAY", "laptop"),
        ("may tinh de ban HP", "desktop"),
        ("PC", "desktop"),
        ("Máy tính bảng iPad", "tablet"),
        ("Màn hình LCD 19", "monitor"),
        ("Máy in", ""),
    ],
)
def test_kinds_are_known_by_what_people_call_them(text: str, kind: str) -> None:
    assert kind_of(text, load()) == kind


def test_what_a_person_said_of_a_form_counts_for_the_next_list_of_it(tmp_path: Path) -> None:
    first = headed(read_rows(b"A;B\nLaptop;X1\nTablet;X2\n"))
    told = {Column.KIND: 0, Column.SERIAL: 1}
    remember(tmp_path, first, told)

    again = headed(read_rows(b"A;B\nLaptop;X7\n"))
    assert remembered(tmp_path, again) == told
    (tmp_path / "list-columns.json").write_text("{")
    assert remembered(tmp_path, first) == first.mapped


def test_serials_that_stand_twice_or_are_here_already_are_told(store: SqlStore) -> None:
    here = life.receive(store, serial="8CG7001")
    data = "Loại;Serial\nLaptop;8CG7001\nLaptop;X1\nTablet;x1\n".encode()

    known, first, second = with_those_here(lines_of(data), store)

    assert (known.here, known.troubles) == (here, (Trouble.SERIAL_HERE,))
    assert first.troubles == second.troubles == (Trouble.SERIAL_TWICE,)
    assert not known.stops
