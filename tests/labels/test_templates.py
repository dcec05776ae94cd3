"""The papers that the program comes with: each fills, prints, says what it should and no more."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from msgspec import Struct, structs
from pypdf import PdfReader

from labels.block_spec import TableSpec, TextSpec
from labels.document import Grid, NewPage, Sheet, Signatures, Text
from labels.filling import fill
from labels.template import papers, sample_facts, shipped_words, template
from labels.word_places import common_places, places_of
from station.codes import grouped
from station.paper_facts import PaperFacts, PupilFacts
from station.printed import Party
from tests.labels.examples import one_line, page_texts, rendered, scanned
from tests.labels.paper_examples import LONG_PERSON, PAPER_CODE
from tests.labels.shipped_papers import (
    bare,
    document,
    printed,
    pupils,
    said,
    sample,
)

PAPERS = papers()
ON_ONE_SHEET = ("intake-receipt", "pick-up-form", "repair-receipt", "return-slip")
STATE_PAPERS = {
    "handover-minutes",
    "batch-minutes",
    "stocktake-minutes",
    "disposal-minutes",
    "e-waste-minutes",
    "erasure-certificate",
    "sponsorship-confirmation",
    "proxy-letter",
}
OTHER_THAN_IN_THE_SAMPLE = {  # said of another receiver, donor or device
    "handover-minutes": (
        "decision",
        "receiver_organisation",
        "receiver_representative",
        "value",
        "commitments",
    ),
    "intake-receipt": ("donor_anonymous", "donor_by_hand"),
}
WITH_A_TABLE_OF_DEVICES = [
    paper
    for paper in PAPERS
    if any(
        isinstance(block, TableSpec) and block.rows == "devices" and not block.by
        for block in template(paper).blocks
    )
]
PHONE = "0987 654 321"
HOME = "Hẻm 77, đường Bí Mật"
DANGLING = re.compile(r", ?,|; ?;|\(\s*\)|\[|\]|\{|\}|, ?\.|; ?\.|(lớp|mã|số|điện thoại):? ?[,;.]")


def text_of(paper: str, facts: PaperFacts) -> str:
    return one_line(" ".join(page_texts(printed(paper, facts))))


def pages_of(paper: str, facts: PaperFacts) -> int:
    return len(PdfReader(BytesIO(printed(paper, facts))).pages)


def squeezed(text: str) -> str:
    """Without spaces: a narrow cell breaks lines anywhere between words."""
    return "".join(text.split())


def test_all_the_papers_of_the_programme_are_there() -> None:
    assert set(PAPERS) == {
        "intake-receipt",
        "handover-minutes",
        "batch-minutes",
        "bench-sheet",
        "erasure-certificate",
        "transfer-manifest",
        "thank-you-letter",
        "signing-list",
        "stocktake-minutes",
        "pick-up-form",
        "repair-receipt",
        "return-slip",
        "proxy-letter",
        "sponsorship-confirmation",
        "disposal-minutes",
        "e-waste-minutes",
        "emergency-form",
    }


@pytest.mark.parametrize("paper", PAPERS)
def test_every_text_of_the_description_stands_on_the_print(paper: str) -> None:
    told = document(paper, sample(paper))
    print_text = squeezed(text_of(paper, sample(paper)))

    for text in said(told):
        shown = grouped(text) if re.fullmatch(r"[A-Z]{0,2}\d{10}", text) else text
        for piece in re.split("…{2,}", shown):
            assert squeezed(piece) in print_text or piece.startswith("https://"), piece


@pytest.mark.parametrize("paper", PAPERS)
def test_no_glyph_is_missing(paper: str) -> None:
    assert "□" not in text_of(paper, sample(paper))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_word_of_a_paper_is_used(paper: str) -> None:
    used = {key for key, _known in (*common_places(), *places_of(template(paper).blocks))}

    assert set(shipped_words(paper)) <= used


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sample_shows_every_block_and_every_sentence(paper: str) -> None:
    shape = template(paper)
    for spec in shape.blocks:
        text = getattr(spec, "text", "")
        if not spec.unless and text not in OTHER_THAN_IN_THE_SAMPLE.get(paper, ()):
            shown = fill(structs.replace(shape, blocks=(spec,)), sample_facts(paper), PAPER_CODE)
            sentences = len(shape.phrases(spec.text)) if isinstance(spec, TextSpec) else 1
            assert len(shown.blocks) >= sentences, spec


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_not_known_leaves_no_dangling_mark(paper: str) -> None:
    for facts in (bare(paper), sample(paper)):
        for text in said(document(paper, facts)):
            assert not DANGLING.search(text.replace("\u00a0", " ")), text
            assert "None" not in text
            assert "True" not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_prints_with_the_least_that_can_be_known(paper: str) -> None:
    letterhead = sample(paper).letterhead
    nothing = PaperFacts(letterhead=letterhead, programme="Chương trình", day=sample(paper).day)

    for facts in (bare(paper), nothing):
        assert grouped(PAPER_CODE) in text_of(paper, facts)


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("proxy-letter", "Nội dung ủy quyền: thay tôi kiểm tra, ký biên bản và nhận thiết bị"),
        ("proxy-letter", "Giấy này có hiệu lực từ ngày ký đến khi nhận xong thiết bị."),
        ("stocktake-minutes", "đã đếm, quét mã thiết bị. Kết quả như sau"),
    ],
)
def test_a_sentence_stays_when_what_it_could_add_is_not_known(paper: str, sentence: str) -> None:
    assert sentence in text_of(paper, bare(paper))


@pytest.mark.parametrize("paper", PAPERS)
def test_each_fact_alone_may_be_missing(paper: str) -> None:
    full = sample(paper)
    nothing = PaperFacts(letterhead=full.letterhead, programme=full.programme, day=full.day)
    for field in structs.fields(PaperFacts):
        if not field.required:
            empty = getattr(nothing, field.name)
            for text in said(document(paper, structs.replace(full, **{field.name: empty}))):
                assert not DANGLING.search(text.replace("\u00a0", " ")), (field.name, text)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_longest_names_break_no_paper(paper: str) -> None:
    full = sample(paper)
    parties: dict[str, Any] = {
        name: structs.replace(getattr(full, name), person=LONG_PERSON)
        for name in ("giver", "receiver", "donor", "operator", "carrier")
        if getattr(full, name).person
    }
    devices = tuple(
        structs.replace(line, pupil=LONG_PERSON) if line.pupil else line for line in full.devices
    )
    text = text_of(paper, structs.replace(full, devices=devices, **parties))

    if parties:
        assert squeezed(LONG_PERSON) in squeezed(text)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_without_a_number_is_no_state_paper_and_the_other_way_round(paper: str) -> None:
    text = text_of(paper, sample(paper))

    assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text) == (paper in STATE_PAPERS)
    assert ("Số: ……/" in text) == (paper in STATE_PAPERS - {"proxy-letter"})


def test_waste_minutes_promise_erased_disks_only_where_that_is_known() -> None:
    known = text_of("e-waste-minutes", sample("e-waste-minutes"))
    unknown = text_of("e-waste-minutes", sample("e-waste-minutes", data_gone=False))

    assert "không còn ổ lưu trữ nào chưa xóa dữ liệu" in known
    assert "cam kết" not in unknown
    assert "còn ổ lưu trữ chưa xóa dữ liệu, hoặc chưa rõ" in unknown


@pytest.mark.parametrize(
    "paper", ["thank-you-letter", "erasure-certificate", "proxy-letter", "bench-sheet"]
)
def test_a_device_whose_maker_nobody_knows_leaves_no_dots(paper: str) -> None:
    facts = sample(paper)
    nameless = tuple(structs.replace(row, name="") for row in facts.devices)

    told = said(document(paper, structs.replace(facts, devices=nameless)))

    lines = [text for text in told if nameless[0].kind in text]
    assert lines
    assert not any("…" in text for text in lines)


@pytest.mark.parametrize("paper", ON_ONE_SHEET)
def test_a_slip_has_both_copies_on_one_sheet_and_each_is_named(paper: str) -> None:
    (text,) = page_texts(printed(paper, sample(paper)))

    assert template(paper).sheet is Sheet.TWO_ON_A4
    assert text.count(grouped(PAPER_CODE)) == 2
    for name in template(paper).words["copy_names"]:
        assert text.count(name) == 1


@pytest.mark.parametrize("paper", ON_ONE_SHEET)
def test_a_slip_with_many_devices_has_each_copy_on_pages_of_its_own(paper: str) -> None:
    texts = page_texts(printed(paper, sample(paper, devices=pupils(30, 1))))

    assert len(texts) >= 4
    for name in template(paper).words["copy_names"]:
        assert sum(name in text for text in texts) == len(texts) / 2


def test_the_bench_sheet_takes_one_page() -> None:
    assert pages_of("bench-sheet", sample("bench-sheet")) == 1


@pytest.mark.parametrize("paper", ["batch-minutes", "signing-list"])
def test_forty_pupils_sign_on_a_sheet_for_each_class(paper: str) -> None:
    devices = pupils(40, 3)
    texts = page_texts(printed(paper, sample(paper, devices=devices, pupils=devices)))

    for school_class in ("8A", "9A", "10A"):
        own = {line.pupil for line in devices if line.school_class == school_class}
        others = {line.pupil for line in devices} - own
        for text in texts:
            if any(f"{name} " in text for name in own):
                assert not any(f"{name} " in text for name in others)
    assert all(f"{line.pupil} " in " ".join(texts) + " " for line in devices)


@pytest.mark.parametrize("paper", ["batch-minutes", "signing-list"])
def test_classes_stand_in_counting_order(paper: str) -> None:
    told = sample(paper, devices=pupils(6, 3), pupils=pupils(6, 3))
    text = text_of(paper, told).upper()

    assert text.index("LỚP 8A") < text.index("LỚP 9A") < text.index("LỚP 10A")


def test_the_table_of_a_batch_names_no_pupil() -> None:
    told = document("batch-minutes", sample("batch-minutes"))
    first_sheet = told.blocks[: told.blocks.index(NewPage())]
    table = next(block for block in first_sheet if isinstance(block, Grid))

    for line in sample("batch-minutes").pupils:
        assert not any(line.pupil in text for block in first_sheet for text in _words(block))
        assert any(grouped(line.case) in _plain(text) for text in _words(table))


@pytest.mark.parametrize("paper", WITH_A_TABLE_OF_DEVICES)
def test_a_long_table_repeats_its_head_on_every_page_that_it_covers(paper: str) -> None:
    tables = [b for b in template(paper).blocks if isinstance(b, TableSpec) and not b.by]
    texts = page_texts(printed(paper, sample(paper, devices=pupils(90, 1))))
    head = next(table for table in tables if table.rows == "devices").columns[1].title
    covered = [text for text in texts if "SN0" in text or "Dell" in text]

    for text in covered:
        assert squeezed(template(paper).word(head)) in squeezed(text)


@pytest.mark.parametrize("paper", PAPERS)
def test_signatures_never_stand_alone_on_a_page(paper: str) -> None:
    for count in range(1, 14):
        told = document(paper, sample(paper, devices=pupils(count, 1)))
        signatures = [block for block in told.blocks if isinstance(block, Signatures)]
        for text in page_texts(printed(paper, sample(paper, devices=pupils(count, 1)))):
            for block in (block for block in signatures if block.closing):
                if block.places[-1].title and block.places[-1].title in text:
                    assert one_line(block.closing[-1]) in text


# ---- no more than its purpose needs ----

FULL_PARTY = Party(
    organisation="Đơn vị", person="Người Có Tên", title="chức vụ", address=HOME, phone=PHONE
)
PUPIL = PupilFacts(
    name="Em Tên Riêng",
    school_class="4A2",
    school="Trường Mẫu",
    guardian="Phụ Huynh Tên Riêng",
    relation="mẹ",
    case="H0120000034",
)


def knowing_everything(paper: str) -> PaperFacts:
    """Facts that hold more than any paper may say."""
    parties = ("giver", "receiver", "donor", "operator", "carrier")
    told = structs.replace(
        sample(paper), pupil=PUPIL, school="Trường Mẫu", **dict.fromkeys(parties, FULL_PARTY)
    )
    lines = tuple(
        structs.replace(line, pupil="Em Tên Riêng", school_class="4A2") for line in told.devices
    )
    return structs.replace(told, devices=lines)


NO_PHONE = [
    "bench-sheet",
    "erasure-certificate",
    "transfer-manifest",
    "thank-you-letter",
    "signing-list",
    "stocktake-minutes",
    "return-slip",
    "proxy-letter",
    "sponsorship-confirmation",
    "disposal-minutes",
    "emergency-form",
]
NO_PUPIL = sorted(
    set(PAPERS)
    - {"handover-minutes", "batch-minutes", "signing-list", "repair-receipt", "proxy-letter"}
)
MAY_SAY_ADDRESS = {
    "handover-minutes",
    "batch-minutes",
    "pick-up-form",
    "sponsorship-confirmation",
    "e-waste-minutes",
}


@pytest.mark.parametrize("paper", NO_PHONE)
def test_a_telephone_that_is_not_needed_is_never_printed(paper: str) -> None:
    assert PHONE not in text_of(paper, knowing_everything(paper))


@pytest.mark.parametrize("paper", NO_PUPIL)
def test_a_paper_that_is_not_about_a_pupil_names_none(paper: str) -> None:
    text = text_of(paper, knowing_everything(paper))

    assert "Em Tên Riêng" not in text
    assert "4A2" not in text
    assert grouped(PUPIL.case) not in text


@pytest.mark.parametrize("paper", sorted(set(PAPERS) - MAY_SAY_ADDRESS))
def test_an_address_that_is_not_needed_is_never_printed(paper: str) -> None:
    assert HOME not in text_of(paper, knowing_everything(paper))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_guardians_name_is_said_only_as_the_one_who_signs(paper: str) -> None:
    assert PUPIL.guardian not in text_of(paper, knowing_everything(paper))


@pytest.mark.parametrize("paper", ["handover-minutes", "batch-minutes"])
def test_the_receivers_telephone_is_not_on_the_minutes(paper: str) -> None:
    receiver = structs.replace(sample(paper).receiver, phone=PHONE)

    assert PHONE not in text_of(paper, sample(paper, receiver=receiver))


def test_a_donor_who_left_no_name_is_not_asked_for_one_on_the_receipt() -> None:
    text = text_of("intake-receipt", sample("intake-receipt", donor=Party(), anonymous=True))

    assert "Người tặng: không để lại tên" in text
    assert "Đơn vị tặng" not in text


# ---- honest about data ----


def test_a_certificate_says_of_which_disks_it_certifies_nothing() -> None:
    text = text_of("erasure-certificate", sample("erasure-certificate"))

    assert "01 ổ đã được xóa" in text
    assert "Có 01 ổ" in text
    assert "không xác nhận dữ liệu trên các ổ đó đã được xóa" in text


def test_a_certificate_of_erased_disks_alone_takes_nothing_back() -> None:
    full = sample("erasure-certificate")
    disks = tuple(disk for disk in full.disks if disk.certified)
    read = tuple(device for device in full.devices if not device.data)
    text = text_of("erasure-certificate", structs.replace(full, disks=disks, devices=read))

    assert "01 ổ đã được xóa" in text
    assert "không xác nhận" not in text


def test_a_certificate_without_disks_certifies_nothing() -> None:
    text = text_of("erasure-certificate", sample("erasure-certificate", disks=()))

    assert "đã được xóa" not in text
    assert "không xác nhận việc xóa dữ liệu" in text


# ---- codes that are scanned back ----


def test_each_pupils_line_of_a_signing_list_scans_as_its_case() -> None:
    devices = pupils(12, 1)
    pictures = rendered(printed("signing-list", sample("signing-list", devices=devices)), 200)
    read = {text for picture in pictures for _kind, text in scanned(picture)}

    assert {line.case for line in devices} | {PAPER_CODE} <= read


def test_each_line_of_an_emergency_form_scans_as_its_reserved_code() -> None:
    facts = sample("emergency-form")
    (picture,) = rendered(printed("emergency-form", facts), 200)
    read = {text for _kind, text in scanned(picture)}

    assert {*(line.code for line in facts.devices), *facts.codes} <= read


def test_the_letter_carries_the_address_to_follow_the_devices() -> None:
    facts = sample("thank-you-letter")
    (picture,) = rendered(printed("thank-you-letter", facts), 200)

    assert ("QR Code", facts.tracking_address) in scanned(picture)


def test_a_word_that_has_dots_is_stretched_to_the_margin() -> None:
    text = text_of("proxy-letter", sample("proxy-letter"))

    assert re.search(r"Số căn cước: \.{20,} ?Điện thoại: \.{20,}", text)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        for field in structs.fields(type(value)):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _words(inner)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("paper", sorted(STATE_PAPERS))
def test_the_last_ground_ends_with_a_full_stop_and_those_before_with_a_semicolon(
    paper: str,
) -> None:
    blocks = document(paper, sample(paper)).blocks
    grounds = [one.text for one in blocks if isinstance(one, Text) and one.style == "grounds"]

    assert [text[-1] for text in grounds] == [";", ";", ";", "."][-len(grounds) :] or not grounds


def test_whoever_hands_over_for_an_organisation_is_written_in_by_hand() -> None:
    text = text_of("intake-receipt", sample("intake-receipt", giver=Party()))

    assert re.search(r"Người giao: [.… ]+; chức vụ: [.… ]+", text)
