from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from msgspec import structs
from pypdf import PdfReader

from labels.minutes import TooFewCopies, handover_minutes_pdf
from labels.minutes_words import sample_minutes, shipped_words
from station.codes import CodeKind, grouped, make
from station.printed import HandedDevice, HandoverMinutes, Letterhead, Party
from tests.labels.examples import one_line, page_texts, rendered, scanned

LONG_PERSON = "Công Tằng Tôn Nữ Nguyễn Thị Phương Thảo Nguyên Quỳnh Như Ý Mỹ"


def minutes(**changes: Any) -> HandoverMinutes:
    return structs.replace(sample_minutes(), **changes)


def device(number: int, **changes: str) -> HandedDevice:
    usual = {
        "code": make(CodeKind.DEVICE, 12, number),
        "kind": "Máy tính để bàn",
        "name": f"HP ProDesk {number}",
        "serial": f"SN{number:05d}",
        "configuration": "Intel Core i3-4130, RAM 8 GB, SSD 240 GB",
        "condition": "Loại B",
        "kit": "Chuột, bàn phím",
        "remark": "",
    }
    return HandedDevice(**{**usual, **changes})


def whole_text(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def test_the_minutes_say_everything_they_were_given() -> None:
    given = sample_minutes()
    (text,) = page_texts(handover_minutes_pdf(given))

    (handed,) = given.devices
    said = [
        *structs.astuple(given.letterhead)[:2],
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ……/BB-SKHCN",
        "Tây Ninh, ngày 05 tháng 10 năm 2021",
        "BIÊN BẢN BÀN GIAO",
        *given.grounds,
        "vào lúc 14 giờ 30",
        given.place,
        *filter(None, structs.astuple(given.giver)),
        *filter(None, structs.astuple(given.receiver)),
        given.pupil,
        grouped(handed.code),
        f"{handed.kind} {handed.name}",
        handed.configuration,
        f"S/N: {handed.serial}",
        handed.condition,
        handed.kit,
        handed.remark,
        "lập thành 02 bản, mỗi bên giữ 01 bản, có giá trị như nhau",
        given.paper_code,
        given.event_hash[:12],
        "chờ gửi",
    ]
    assert [words for words in said if words not in text] == []
    assert given.event_hash not in text
    assert "BẢN IN LẠI" not in text


def test_the_first_page_has_no_number_and_the_others_have_theirs_on_top() -> None:
    pages = page_texts(handover_minutes_pdf(minutes(devices=tuple(map(device, range(1, 41))))))

    first_words = [page.split()[0] for page in pages]
    assert len(pages) > 2
    assert "1" not in first_words[:1]
    assert first_words[1:] == [str(number) for number in range(2, len(pages) + 1)]


def test_forty_devices_stand_once_each_under_a_head_on_every_page() -> None:
    devices = tuple(map(device, range(1, 41)))
    pages = page_texts(handover_minutes_pdf(minutes(devices=devices)))

    for one in devices:
        holders = [page for page in pages if f"S/N: {one.serial}" in page]
        assert len(holders) == 1
        # a row is not torn between two pages
        assert grouped(one.code) in holders[0]
        assert one.name in holders[0]
    heads = ["Mã thiết bị Thiết bị, cấu hình, số sê-ri" in page for page in pages]
    rows = [any(f"S/N: {one.serial}" in page for one in devices) for page in pages]
    assert heads == rows
    assert "tiếp nhận 40 thiết bị" in pages[0]


@pytest.mark.parametrize("count", range(1, 16))
def test_the_signatures_never_stand_alone(count: int) -> None:
    devices = tuple(map(device, range(1, count + 1)))
    pages = page_texts(handover_minutes_pdf(minutes(devices=devices)))

    (signed,) = (page for page in pages if "ĐẠI DIỆN BÊN GIAO" in page)
    assert "Biên bản được lập thành" in signed
    assert "ĐẠI DIỆN BÊN NHẬN" in signed
    assert signed.index("Biên bản được lập thành") < signed.index("ĐẠI DIỆN")


def test_names_of_sixty_characters_are_printed_whole() -> None:
    long_school = "Trường Phổ thông Dân tộc Nội trú Trung học cơ sở Nguyễn Bỉnh Khiêm"
    long_device = device(1, name="LENOVO ThinkCentre M710s Small Form Factor 10M8S0QL00 Ưu")
    text = whole_text(
        handover_minutes_pdf(
            minutes(
                giver=Party(organisation=long_school, person=LONG_PERSON, title=long_school),
                receiver=Party(person=LONG_PERSON),
                pupil=f"{LONG_PERSON}, lớp 1A",
                devices=(long_device,),
            )
        )
    )

    assert min(map(len, (LONG_PERSON, long_school))) >= 60
    assert text.count(LONG_PERSON) == 5  # giver, receiver, pupil and both signatures
    assert text.count(long_school) == 2
    assert f"{long_device.kind} {long_device.name}" in text


@pytest.mark.parametrize("length", [1_500, 10_000])
def test_a_name_of_any_length_leaves_a_paper_that_can_be_drawn(length: int) -> None:
    """Its beginning stands there: minutes that nobody can print would be worse."""
    endless = "Nguyễn Thị Hòa " * (length // 15)
    everybody = Party(organisation=endless, person=endless, title=endless)
    text = whole_text(
        handover_minutes_pdf(
            minutes(
                giver=everybody,
                receiver=everybody,
                pupil=endless,
                devices=(device(1, name=endless, remark=endless),),
            )
        )
    )

    assert "Nguyễn Thị Hòa" in text
    assert "…" in text


def test_missing_optional_fields_leave_no_empty_labels() -> None:
    bare = minutes(
        letterhead=Letterhead(parent_agency="", agency="SỞ MẪU", place="Mẫu", number_symbol="BB"),
        grounds=(),
        hour=None,
        giver=Party(organisation="Trường Mẫu"),
        receiver=Party(person="Trần Văn Bình"),
        pupil="",
        devices=(device(1, serial="", configuration="", kit="", remark=""),),
    )
    text = whole_text(handover_minutes_pdf(bare))

    assert "Hôm nay, ngày 05 tháng 10 năm 2021" in text
    for absent in ("Địa chỉ", "Điện thoại", "Tư cách", "Người được nhận hỗ trợ", "S/N", "Căn cứ"):
        assert absent not in text
    assert f"Người đại diện: {shipped_words().to_fill_in}" in text  # to be written by hand


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2021, 2, 5), "ngày 05 tháng 02 năm 2021"),
        (date(2021, 9, 5), "ngày 05 tháng 9 năm 2021"),
        (date(2021, 11, 20), "ngày 20 tháng 11 năm 2021"),
    ],
)
def test_the_date_follows_the_rule_both_times(day: date, written: str) -> None:
    assert whole_text(handover_minutes_pdf(minutes(day=day))).count(written) == 2


@pytest.mark.parametrize(
    ("copies", "sentence"),
    [
        (2, "02 bản, mỗi bên giữ 01 bản, có giá trị như nhau."),
        (3, "03 bản, có giá trị như nhau; mỗi bên giữ 01 bản, 01 bản lưu hồ sơ chương trình."),
        (4, "04 bản, mỗi bên giữ 02 bản, có giá trị như nhau."),
    ],
)
def test_the_closing_sentence_counts_the_copies(copies: int, sentence: str) -> None:
    assert f"lập thành {sentence}" in whole_text(handover_minutes_pdf(minutes(copies=copies)))


def test_both_parties_need_a_copy() -> None:
    with pytest.raises(TooFewCopies):
        handover_minutes_pdf(minutes(copies=1))


def test_a_reprint_says_so_on_every_page_and_is_else_the_original() -> None:
    devices = tuple(map(device, range(1, 21)))
    original = page_texts(handover_minutes_pdf(minutes(devices=devices)))
    reprint = page_texts(handover_minutes_pdf(minutes(devices=devices, reprint=2)))

    assert all("BẢN IN LẠI (lần 2)" in page for page in reprint)
    assert [one_line(page.replace("BẢN IN LẠI (lần 2)", "")) for page in reprint] == original


def test_the_paper_is_a4_and_its_qr_is_its_code() -> None:
    pdf = handover_minutes_pdf(sample_minutes())
    (page,) = rendered(pdf, 300)

    assert page.size == (2481, 3508)
    assert scanned(page) == [("QR Code", sample_minutes().paper_code)]


def test_fonts_are_embedded() -> None:
    page: Any = PdfReader(BytesIO(handover_minutes_pdf(sample_minutes()))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    used = [font for font in fonts if font["/Subtype"] == "/TrueType"]

    assert len(used) >= 3
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_same_minutes_are_the_same_bytes() -> None:
    first, second = (handover_minutes_pdf(sample_minutes()) for _ in range(2))

    assert first == second
    assert b"Date" not in first


def test_text_cannot_act_as_markup_and_nothing_is_dropped() -> None:
    text = whole_text(
        handover_minutes_pdf(minutes(pupil="<b>An</b> & <img src='x'/> \N{GRINNING FACE}"))
    )

    assert "<b>An</b> & <img src='x'/> □" in text


def test_a_row_taller_than_a_page_is_printed_across_pages() -> None:
    told = " ".join(f"từ{number}" for number in range(2_000))
    text = whole_text(handover_minutes_pdf(minutes(devices=(device(1, remark=told), device(2)))))

    positions = [text.find(f"từ{number}") for number in range(0, 2_000, 100)]
    assert -1 not in positions
    assert all(earlier < later for earlier, later in pairwise(positions))
    assert "SN00002" in text
