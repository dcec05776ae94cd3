import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diagnostics.redaction import GONE, names_in, redacted, redacted_text

NAMES = st.text(
    st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x1EFF), min_size=4, max_size=20
)
SHORT_NAMES = st.text("abcđhơ", min_size=2, max_size=3)


def holds(text: str, name: str) -> bool:
    return re.search(re.escape(name), text, re.IGNORECASE) is not None


@given(before=st.text(), name=NAMES, after=st.text())
def test_a_name_that_the_machine_knows_survives_nowhere(before: str, name: str, after: str) -> None:
    clean = redacted_text(f"{before}{name}{after}{name.upper()}{name.lower()}", [name])

    assert not holds(clean, name)


@given(before=st.text(), name=SHORT_NAMES, after=st.text())
def test_a_short_name_survives_nowhere_where_it_stands_alone(
    before: str, name: str, after: str
) -> None:
    clean = redacted_text(f"{before} {name}/{name.upper()}:{after}", [name])

    assert re.search(rf"(?<![^\W_]){name}(?![^\W_])", clean, re.IGNORECASE) is None


@given(st.lists(NAMES, max_size=5), st.text())
def test_of_several_names_none_survives(names: list[str], text: str) -> None:
    clean = redacted_text(text.join(names), names)

    assert not any(holds(clean, name) for name in names)


@given(st.binary(), NAMES)
def test_any_bytes_are_redacted_and_none_breaks_it(data: bytes, name: str) -> None:
    clean = redacted(data[2:] + b" " + name.encode() + b" " + data, [name])

    assert name.encode() not in clean


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50), NAMES)
def test_the_wide_text_of_windows_is_redacted_too(text: str, name: str) -> None:
    clean = redacted(b"\xff\xfe" + f"{text} {name} {text}".encode("utf-16-le"), [name])

    assert not holds(clean[2:].decode("utf-16-le"), name)


@given(st.binary())
def test_redacting_twice_changes_nothing_more(data: bytes) -> None:
    once = redacted(data, ["nguyen"])

    assert redacted(once, ["nguyen"]) == once


def test_a_name_is_found_in_all_the_ways_it_is_written() -> None:
    name = "Nguyễn Thị Hòa"
    apart = unicodedata.normalize("NFD", name)
    udev = r"Nguy\xe1\xbb\x85n\x20Th\xe1\xbb\x8b\x20H\xc3\xb2a"
    text = f"{name}|{apart}|{udev}|Nguy\\u1ec5n Th\\u1ecb H\\u00f2a|nguyễn_thị_hòa"

    assert redacted_text(text, [name]) == "|".join([GONE] * 5)


def test_a_host_that_named_a_volume_group_is_found_in_its_volumes() -> None:
    assert redacted_text('"name": "may--hoa--vg-root"', ["may-hoa"]) == f'"name": "{GONE}--vg-root"'


def test_a_short_name_inside_a_word_is_left() -> None:
    assert redacted_text("Manufacturer: an", ["an"]) == f"Manufacturer: {GONE}"


@pytest.mark.parametrize("word", ["", "  ", "***", "-"])
def test_what_is_no_name_takes_nothing_along(word: str) -> None:
    assert redacted_text("a *** - b", [word]) == "a *** - b"


@pytest.mark.parametrize(
    ("printed", "secret"),
    [
        ("contact hoa.le@example.vn for help", "hoa.le"),
        ("/home/hoa/Downloads", "hoa"),
        ('"mountpoint": "/media/hoa/ANH GIA DINH"', "GIA DINH"),
        (r"C:\Users\Hoa\AppData", "Hoa"),
        (r'"Path": "C:\\Users\\Hoa\\x"', "Hoa"),
        ('"mountpoints": [\n null, "/", "/du lieu cua hoa"]', "hoa"),
        ('"label":"HOA USB", "size": 1', "HOA"),
        ('"partlabel" : "Hoa"', "Hoa"),
        ("IN-USE  BSSID  SSID  MODE\n*  x  Nha Hoa  Infra\n", "Nha Hoa"),
        ("NAME      UUID  TYPE  DEVICE\nNha Hoa   1-2   wifi  wlp2s0\n", "Nha Hoa"),
        ("SSID 1 : Nha Hoa", "Nha Hoa"),
        ("\tSSID: Nha Hoa", "Nha Hoa"),
        ('ESSID:"Nha Hoa"', "Nha Hoa"),
        ("    All User Profile     : Nha Hoa", "Nha Hoa"),
        ("wlan0: authenticate with 12:34:56:ab:cd:ef", "12:34:56:ab:cd:ef"),
        ("phone_dev_12_34_56_AB_CD_EF", "12_34_56_AB_CD_EF"),
        ("MAC=12:34:56:ab:cd:ef:12:34:56:ab:cd:e0:08:00 SRC=192.168.1.7", "12:34:56"),
        ("SRC=192.168.1.7 DST=203.0.113.9", "192.168.1.7"),
        ("SRC=192.168.1.7 DST=203.0.113.9", "203.0.113.9"),
        ("addr 2001:db8::17 used", "2001:db8::17"),
        ("addr fe80::1 used", "fe80::1"),
        ("systemd[1]: Hostname set to <lop6a>.", "lop6a"),
        ("Nov 27 02:35:01 lop6a kernel: usb 1-1: new device", "lop6a"),
        ('audit: acct="hoa" exe="/usr/bin/su"', "hoa"),
        ("UserName : LOP6A\\hoa", "hoa"),
        ('"UserName": "LOP6A\\\\hoa", "Model": "X"', "hoa"),
        ("DNSHostName          : lop6a", "lop6a"),
        ("    <ComputerName>LOP6A</ComputerName>", "LOP6A"),
        ("[net.hostname]: [may-tinh-bang-hoa]", "hoa"),
        ("[persist.sys.device_name]: [Galaxy [cua Hoa]]", "Hoa"),
        ("input: AirPods cua Hoa as /devices/virtual/input/input9", "Hoa"),
        ("  model:    Hoa's phone\n  serial:  1\n  power supply:         no\n", "Hoa"),
    ],
)
def test_what_belongs_to_people_goes_by_its_form(printed: str, secret: str) -> None:
    assert secret not in redacted_text(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "Serial Number: AC-0001",
        "UUID: 4c4c4544-0042-3510-8052-b4c04f4a4e32",
        "Version: 1.2.3.4",
        '"firmware_version": "10.0.0.1"',
        "wwid 50:01:43:80:12:34:56:78",
        "pci 0000:00:1f.2: [8086:1e03] type 00",
        "time 12:34:56, 127.0.0.1 and ::1",
        '"mountpoints": [null, "/", "/boot/efi", "[SWAP]"]',
        "input: AT keyboard as /devices/platform/i8042/serio0/input/input0",
        "  model:    NB14-BAT\n  power supply:         yes\n",
        '"UserName": null',
        "<SystemProductName>20HGS0001P</SystemProductName>",
        "[ro.product.model]: [SM-T505]",
    ],
)
def test_what_belongs_to_the_machine_stays(printed: str) -> None:
    assert redacted_text(printed) == printed


def test_json_stays_json() -> None:
    printed = '{"label": "Hoa", "UserName": "hoa", "mountpoints": ["/media/hoa/x", null]}'

    assert redacted_text(printed) == (
        f'{{"label": "{GONE}", "UserName": "{GONE}", "mountpoints": ["{GONE}", null]}}'
    )


@given(st.text(min_size=1, max_size=12), st.integers(1, 20_000))
def test_long_repetitions_end_soon(unit: str, times: int) -> None:
    assume(not unit.isspace())

    assert isinstance(redacted_text(unit * times, ["hoa"]), str)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("UserName : LOP6A\\hoa\nDomain : WORKGROUP", ["LOP6A", "hoa"]),
        ('"UserName": "LOP6A\\\\hoa", "CSName": null', ["LOP6A", "hoa"]),
        ("AMD-Vi: Event logged domain=0x000c", []),
        ("<ComputerName>LOP6A</ComputerName><BIOSDate>1</BIOSDate>", ["LOP6A"]),
        ("UserName=NT AUTHORITY\\SYSTEM", []),
        ("Model : Notebook 14", []),
    ],
)
def test_names_that_an_output_gives_away_are_known(printed: str, names: list[str]) -> None:
    assert list(names_in(printed.encode())) == names


def test_names_in_the_wide_text_of_windows_are_known() -> None:
    assert list(names_in(b"\xff\xfe" + "CSName=LOP6A\r\n".encode("utf-16-le"))) == ["LOP6A"]
