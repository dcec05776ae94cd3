import csv
from itertools import product
from pathlib import Path
from unicodedata import normalize

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.events import DeviceWords
from station.text import (
    ControlCharacter,
    LegacyEncoding,
    NotADeviceWord,
    PhoneInAWord,
    TooLong,
    clean,
    device_word,
    fold,
    looks_like_phone,
    serial_word,
    sort_key,
)

NAMES = [
    "Nguyễn Thị Hòa",
    "Trần Văn Đức",
    "Lê Hoàng Phương Thảo",
    "Phạm Ngọc Ánh",
    "Huỳnh Thị Mỹ Duyên",
    "Hoàng Quốc Việt",
    "Phan Thị Thúy Quỳnh",
    "Vũ Đình Khuê",
    "Võ Thị Kiều Oanh",
    "Đặng Hữu Nghĩa",
    "Bùi Xuân Trường",
    "Đỗ Thị Tuyết Sương",
    "Ngô Bảo Châu",
    "Dương Thị Ngoan",
    "Lý Thường Kiệt",
    "Mai Thị Lưu Luyến",
    "Đoàn Minh Nguyệt",
    "Trịnh Thị Thu Hằng",
    "Cao Xuân Huyên",
    "Kiều Khoái Thoại",
]

# How the two old encodings look when their bytes are read as Latin-1.
TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢§£¤¥¦",
        strict=True,
    )
)
VNI = {
    letter: base + mark
    for base, letters, marks in [
        ("a", "àáảãạăằắẳẵặâầấẩẫậ", "øùûõïêèéúüëâàáåãä"),
        ("e", "èéẻẽẹêềếểễệ", "øùûõïâàáåãä"),
        ("o", "òóỏõọôồốổỗộ", "øùûõïâàáåãä"),
        ("ô", "ờớởỡợ", "øùûõï"),
        ("u", "ùúủũụ", "øùûõï"),
        ("ö", "ừứửữự", "øùûõï"),
        ("y", "ỳýỷỹ", "øùûõ"),
    ]
    for letter, mark in zip(letters, marks, strict=True)
} | dict(zip("ìíỉĩịỵơưđ", "ìíæóòîôöñ", strict=True))
VNI |= {letter.upper(): pair.upper() for letter, pair in VNI.items()}


def in_encoding(table: dict[str, str], text: str) -> str:
    return "".join(table.get(letter, letter) for letter in text)


def syllables() -> list[str]:
    """A large sample of how Vietnamese is spelt: beginnings x vowels x endings x tones."""
    initials = ["", "b", "ch", "đ", "gh", "h", "kh", "l", "ngh", "ph", "qu", "th", "tr", "x"]
    vowels = ["ia", "iê", "oa", "oă", "oe", "ua", "uâ", "uê", "ưa", "ươ", "uô", "uy", "uyê", "ai"]
    endings = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t", "i", "o", "u", "y"]
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    return [
        spelt(initial, vowel, ending, tone)
        for initial, vowel, ending, tone in product(
            initials, [*"aăâeêioôơuưy", *vowels], endings, tones
        )
    ]


def spelt(initial: str, vowel: str, ending: str, tone: str) -> str:
    """The tone stands on the first vowel here; both placements occur in what people type."""
    return f"{initial}{vowel[0]}{tone}{vowel[1:]}{ending}"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Nguyễn Thị Hòa", "nguyen thi hoa"),
        ("Nguyễn Thị Hoà", "nguyen thi hoa"),
        ("  ĐẶNG   Thị\tHường ", "dang thi huong"),
        ("Nguye\u0302\u0303n", "nguyen"),
        ("tên\u200bvô hình", "tenvo hinh"),
        ("", ""),
    ],
)
def test_a_search_ignores_marks_capitals_and_spacing(typed: str, found: str) -> None:
    assert fold(typed) == found


@given(st.text())
def test_a_search_key_is_its_own_search_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("aăâđêơườễỵ Đ\u0301\u0323\u031b")))
def test_composed_and_decomposed_text_are_found_alike(text: str) -> None:
    assert fold(normalize("NFC", text)) == fold(normalize("NFD", text))


def test_typed_text_is_composed_and_trimmed() -> None:
    assert clean("  Hoa\u0300 \n", 20) == "Hoà"


def test_text_is_measured_after_composing_and_refused_when_too_long() -> None:
    assert clean("e\u0323\u0302" * 20, 20) == "ệ" * 20
    with pytest.raises(TooLong) as caught:
        clean("Nguyễn " * 1500, 120)

    assert caught.value.limit == 120
    assert "Nguy" not in str(caught.value)


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x85", "\u2028", "\u202e", "\ud800"])
def test_what_is_no_text_is_refused(bad: str) -> None:
    for multiline in (False, True):
        with pytest.raises(ControlCharacter):
            clean(f"Lan{bad}Anh", 100, multiline=multiline)


def test_lines_are_kept_only_where_they_are_meant() -> None:
    assert clean("mất nguồn\r\nthiếu sạc", 100, multiline=True) == "mất nguồn\nthiếu sạc"
    assert clean("mất nguồn\r\nthiếu sạc", 100) == "mất nguồn thiếu sạc"


def test_what_is_pasted_from_a_table_is_one_line() -> None:
    assert clean("\tNguyễn\t Thị  Hòa\r\n", 100) == "Nguyễn Thị Hòa"
    assert clean("một\thai\nba", 100, multiline=True) == "một\thai\nba"


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u00ad \u200d", "\u0301"])
def test_what_nobody_sees_is_nothing(nothing: str) -> None:
    assert clean(nothing, 100) == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_tcvn3_is_refused(name: str) -> None:
    with pytest.raises(LegacyEncoding):
        clean(in_encoding(TCVN3, name), 100)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_vni_windows_is_refused(name: str) -> None:
    with pytest.raises(LegacyEncoding):
        clean(in_encoding(VNI, name), 100)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_whose_utf8_was_read_as_latin_is_refused(name: str) -> None:
    with pytest.raises(LegacyEncoding):
        clean(name.encode().decode("cp1252", errors="replace"), 100)


@pytest.mark.parametrize("text", ["NguyÔn", "Hoµ", "Nguyeãn", "Hoøa"])
def test_single_leftovers_are_refused(text: str) -> None:
    with pytest.raises(LegacyEncoding):
        clean(text, 100)


@pytest.mark.parametrize("shape", [str, str.upper, str.capitalize])
def test_no_vietnamese_syllable_looks_like_an_old_encoding(shape: type[str]) -> None:
    for syllable in syllables():
        clean(shape(syllable), 100)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
def test_no_vietnamese_name_looks_like_an_old_encoding(names: list[str]) -> None:
    text = " - ".join(names)

    for typed in (text, text.upper(), text.lower()):
        assert clean(typed, 1000) == typed


def test_no_place_name_of_the_province_looks_like_an_old_encoding() -> None:
    units = Path("resources/units/administrative-units.csv")
    with units.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            assert clean(row["full_name"], 100)


@pytest.mark.parametrize(
    "text",
    [
        "École française, où Noël et Raphaël ont goûté l'août naïf du maïs",
        "La forêt à l'île, ça coûte 5 € – cœur, hôpital, ouïe, ambiguïté, D'OÙ",
        "São João, Leão, España, señor Núñez, Mª José",
        "Cảm ơn các em 🎓💻 👩\u200d👧\u200d👦 ❤️",
        "Core® i5, 10 µm, 25 °C, 2×4 GB, 5 m², « bonjour »",
        "Intel® Core™ i5‑3320M; RAM 4 GB (2½ năm) · SSD 240 GB",
    ],
)
def test_other_languages_signs_and_emoji_are_welcome(text: str) -> None:
    assert clean(text, 200) == text


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "gọi chị Lan 0912 345 678 sau 17h",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "+84 0912-345-678",
        "0276 3822322",
        "(0276) 3.822.322",
        "SĐT0912345678",
        "zalo0912345678",
        "0912,345,678",
        "0912/345/678",
        "\uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",  # wide digits
    ],
)
def test_a_phone_number_is_noticed_inside_other_text(text: str) -> None:
    assert looks_like_phone(text)


@pytest.mark.parametrize(
    "text",
    ["8XK2F32", "PF0912345678", "5CD0912345678X", "0120003457", "012 000345 7", "2012", "0912345"],
)
def test_serial_numbers_and_codes_are_no_phone_numbers(text: str) -> None:
    assert not looks_like_phone(text)


@pytest.mark.parametrize(
    "word", ["Dell", "Latitude E7450", "ThinkPad X1 (3rd Gen)", "8XK2F32", "A"]
)
def test_a_maker_or_model_is_kept(word: str) -> None:
    assert device_word(f" {word} ") == word


@pytest.mark.parametrize("text", ["", "  ", "Máy", "a\nb", "-x", "a|b"])
def test_what_is_no_maker_or_model_is_refused(text: str) -> None:
    with pytest.raises(NotADeviceWord):
        device_word(text)


def test_what_is_wrong_with_a_maker_or_model_is_named() -> None:
    with pytest.raises(TooLong):
        device_word("x" * 65)
    with pytest.raises(PhoneInAWord):
        device_word("0912345678")


def test_a_serial_number_may_be_digits_like_a_phone_number() -> None:
    assert serial_word(" 0912345678 ") == "0912345678"


@given(st.text() | st.text("Aa0 ./+()_#&',-", max_size=70))
def test_exactly_what_an_event_can_carry_is_a_serial_word(text: str) -> None:
    word = text.strip()
    try:
        carried = bool(msgspec.convert(word, DeviceWords))
    except msgspec.ValidationError:
        carried = False
    try:
        kept = bool(serial_word(text))
    except (NotADeviceWord, TooLong):
        kept = False

    assert kept == carried


PERSONS = ["Trần An", "Lê Ân", "Lê Bình", "Trần Bình", "Lê Dung", "Võ Đức", "Nguyễn Thị Hoa"]
ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TONES = ["hoa", "hoà", "hoả", "hoã", "hoá", "hoạ", "hoai"]


@pytest.mark.parametrize("ordered", [PERSONS, ALPHABET, TONES])
@given(data=st.data())
def test_names_letters_and_tones_have_the_vietnamese_order(
    ordered: list[str], data: st.DataObject
) -> None:
    assert sorted(data.draw(st.permutations(ordered)), key=sort_key) == ordered


def test_both_ways_to_place_a_tone_are_ordered_alike() -> None:
    assert sort_key("Nguyễn Thị Hòa") == sort_key("nguyễn thị HOÀ")


@given(st.text(), st.text())
def test_any_two_names_can_be_ordered(one: str, other: str) -> None:
    assert (sort_key(one) <= sort_key(other)) or (sort_key(other) <= sort_key(one))
