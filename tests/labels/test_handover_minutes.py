from datetime import date
from itertools import pairwise

import pytest
from msgspec import structs

from labels.document import digest
from labels.filling import TooFewCopies, issue
from labels.paper_pdf import paper_pdf
from labels.template import template
from station.codes import grouped
from station.paper_facts import PupilFacts
from station.printed import Letterhead, Party
from tests.labels.examples import page_texts
from tests.labels.paper_examples import (
    LONG_PERSON,
    LONG_SCHOOL,
    MINUTES,
    PAPER_CODE,
    device,
    devices,
    document,
    facts,
    minutes_pdf,
    minutes_text,
)


def test_the_minutes_say_everything_they_were_given() -> None:
    given, print_ = facts(), issue(template(MINUTES), acknowledgement="chờ gửi")
    (text,) = page_texts(paper_pdf([(document(), print_)]))

    (handed,) = given.devices
    said = [
        given.letterhead.parent_agency,
        given.letterhead.agency,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ……/BB-SKHCN",
        "Tây Ninh, ngày 05 tháng 10 năm 2021",
        "BIÊN BẢN BÀN GIAO",
        f"Căn cứ Kế hoạch triển khai chương trình “{given.programme}”;",
        "Căn cứ danh sách học sinh, sinh viên được duyệt nhận hỗ trợ.",
        "vào lúc 14 giờ 30",
        given.place,
        *filter(None, structs.astuple(given.giver)),
        *filter(None, structs.astuple(given.receiver)),
        f"{given.pupil.name}, lớp {given.pupil.school_class}, {given.pupil.school}",
        grouped(handed.code),
        f"{handed.kind} {handed.name}",
        handed.configuration,
        f"S/N: {handed.serial}",
        handed.condition,
        handed.kit,
        handed.remark,
        "lập thành 02 bản, có giá trị như nhau, mỗi bên giữ 01 bản.",
        grouped(PAPER_CODE),
        digest(document()).hex()[:12],
        "Xác nhận của hệ thống: chờ gửi",
    ]
    assert [words for words in said if words not in text] == []
    assert digest(document()).hex() not in text
    assert "BẢN IN LẠI" not in text


def test_the_first_page_has_no_number_and_the_others_have_theirs_on_top() -> None:
    pages = page_texts(minutes_pdf(devices=devices(40)))

    first_words = [page.split()[0] for page in pages]
    assert len(pages) > 2
    assert "1" not in first_words[:1]
    assert first_words[1:] == [str(number) for number in range(2, len(pages) + 1)]


def test_forty_devices_stand_once_each_under_a_head_on_every_page() -> None:
    handed = devices(40)
    pages = page_texts(minutes_pdf(devices=handed))

    for one in handed:
        holders = [page for page in pages if f"S/N: {one.serial}" in page]
        assert len(holders) == 1
        # a row is not torn between two pages
        assert grouped(one.code) in holders[0]
        assert one.name in holders[0]
    heads = ["Mã thiết bị Thiết bị, cấu hình, số sê-ri" in page for page in pages]
    rows = [any(f"S/N: {one.serial}" in page for one in handed) for page in pages]
    assert heads == rows
    assert "tiếp nhận 40 thiết bị" in pages[0]


@pytest.mark.parametrize("count", range(1, 16))
def test_the_signatures_never_stand_alone(count: int) -> None:
    pages = page_texts(minutes_pdf(devices=devices(count)))

    (signed,) = (page for page in pages if "ĐẠI DIỆN BÊN GIAO" in page)
    assert "Biên bản được lập thành" in signed
    assert "ĐẠI DIỆN BÊN NHẬN" in signed
    assert signed.index("Biên bản được lập thành") < signed.index("ĐẠI DIỆN")


def test_names_of_sixty_characters_are_printed_whole() -> None:
    long_device = device(1, name="LENOVO ThinkCentre M710s Small Form Factor 10M8S0QL00 Ưu")
    text = minutes_text(
        giver=Party(organisation=LONG_SCHOOL, person=LONG_PERSON, title=LONG_SCHOOL),
        receiver=Party(person=LONG_PERSON),
        pupil=PupilFacts(name=LONG_PERSON, school_class="1A"),
        devices=(long_device,),
    )

    assert min(map(len, (LONG_PERSON, LONG_SCHOOL))) >= 60
    assert text.count(LONG_PERSON) == 5  # giver, receiver, pupil and both signatures
    assert text.count(LONG_SCHOOL) == 2
    assert f"{long_device.kind} {long_device.name}" in text


@pytest.mark.parametrize("length", [1_500, 10_000])
def test_a_name_of_any_length_leaves_a_paper_that_can_be_drawn(length: int) -> None:
    """Its beginning stands below the signature, as that stays on one page; else it is whole."""
    endless = " ".join(f"từ{number}" for number in range(length // 6))
    everybody = Party(organisation=endless, person=endless, title=endless)
    text = minutes_text(
        giver=everybody,
        receiver=everybody,
        pupil=PupilFacts(name=endless),
        devices=(device(1, name=endless, remark=endless),),
    )

    assert "…" in text
    assert text.count(f"từ{length // 6 - 1}") >= 6  # thrice for either side but the receiver's name


def test_missing_optional_fields_leave_no_empty_labels() -> None:
    text = minutes_text(
        letterhead=Letterhead(parent_agency="", agency="SỞ MẪU", place="Mẫu", number_symbol=""),
        hour=None,
        giver=Party(organisation="Trường Mẫu"),
        receiver=Party(person="Trần Văn Bình"),
        pupil=PupilFacts(),
        devices=(device(1, serial="", configuration="", kit=""),),
    )

    assert "Hôm nay, ngày 05 tháng 10 năm 2021" in text
    for absent in ("Địa chỉ", "Điện thoại", "Tư cách", "Người được nhận hỗ trợ", "S/N", "đồng"):
        assert absent not in text
    blank = template(MINUTES).word("to_fill_in")
    assert f"Người đại diện: Ông/Bà {blank}" in text  # to be written by hand
    assert "Số: ……/BB " in text


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2021, 2, 5), "ngày 05 tháng 02 năm 2021"),
        (date(2021, 9, 5), "ngày 05 tháng 9 năm 2021"),
        (date(2021, 11, 20), "ngày 20 tháng 11 năm 2021"),
    ],
)
def test_the_date_follows_the_rule_both_times(day: date, written: str) -> None:
    assert minutes_text(day=day).count(written) == 2


@pytest.mark.parametrize(
    ("copies", "sentence"),
    [
        (2, "02 bản, có giá trị như nhau, mỗi bên giữ 01 bản."),
        (3, "03 bản, có giá trị như nhau, mỗi bên giữ 01 bản, 01 bản lưu hồ sơ chương trình."),
        (4, "04 bản, có giá trị như nhau, mỗi bên giữ 02 bản."),
    ],
)
def test_the_closing_sentence_counts_the_copies(copies: int, sentence: str) -> None:
    assert f"lập thành {sentence}" in minutes_text(copies=copies)


def test_both_parties_need_a_copy() -> None:
    with pytest.raises(TooFewCopies):
        minutes_pdf(copies=1)


def test_on_a_schools_paper_each_device_names_its_case_and_its_worth() -> None:
    case = "H0120000171"
    text = minutes_text(devices=(device(1, case=case, value=1_500_000), device(2)))

    assert text.count(f"Hồ sơ {grouped(case)}") == 1
    assert text.count("1.500.000 đồng") == 1


def test_text_cannot_act_as_markup_and_nothing_is_dropped() -> None:
    text = minutes_text(pupil=PupilFacts(name="<b>An</b> & <img src='x'/> \N{GRINNING FACE}"))

    assert "<b>An</b> & <img src='x'/> □" in text


def test_a_fact_cannot_act_as_a_field_or_a_bracket() -> None:
    text = minutes_text(pupil=PupilFacts(name="{programme} [x] {hash}"))

    assert "{programme} [x] {hash}" in text


def test_a_row_taller_than_a_page_is_printed_across_pages() -> None:
    told = " ".join(f"từ{number}" for number in range(2_000))
    text = minutes_text(devices=(device(1, remark=told), device(2)))

    positions = [text.find(f"từ{number}") for number in range(0, 2_000, 100)]
    assert -1 not in positions
    assert all(earlier < later for earlier, later in pairwise(positions))
    assert "SN00002" in text
