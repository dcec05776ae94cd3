import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.parse.wifi_scan import Heard, parse_iw_scan, parse_nmcli

SCAN = """BSS 02:00:00:00:00:01(on wlp2s0) -- associated
\tlast seen: 8 ms ago
\tTSF: 1234 usec (0d, 00:00:00)
\tfreq: 2437.0
\tbeacon interval: 100 TUs
\tsignal: -57.00 dBm
\tSSID: Nha Lan
\tRSN:\t * Version: 1
BSS 02:00:00:00:00:02(on wlp2s0)
\tfreq: 5955
\tsignal: -71.00 dBm
BSS 02:00:00:00:00:03(on wlp2s0)
\tSSID: freq: 5180
"""


def test_a_scan_becomes_frequencies_and_strengths() -> None:
    assert parse_iw_scan(SCAN) == (Heard(2437, -57), Heard(5955, -71), Heard())


def test_no_name_of_a_network_is_kept_and_none_is_taken_for_a_figure() -> None:
    tricky = SCAN + "\tSSID: \\x09signal: -1.00 dBm\n\tSSID: signal: -2.00 dBm\n"

    heard = parse_iw_scan(tricky)

    assert "Lan" not in repr(heard)
    assert heard == parse_iw_scan(SCAN)


@pytest.mark.parametrize(
    ("frequency", "expected"), [(2412, True), (5180, False), (6115, False), (None, False)]
)
def test_the_band_that_reaches_far_is_known(frequency: int | None, expected: bool) -> None:
    assert Heard(frequency).is_on_2_4_ghz is expected


def test_networkmanagers_percentages_become_dbm() -> None:
    said = "2412 MHz:100\n5180 MHz:60\n2437 MHz:30\n2462 MHz:0\n2462 MHz:101\nHome:70\n\n"

    assert parse_nmcli(said) == (
        Heard(2412, -20),
        Heard(5180, -60),
        Heard(2437, -90),
        Heard(2462, None),
        Heard(2462, None),
    )


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "replace")))
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(heard, Heard) for heard in (*parse_iw_scan(text), *parse_nmcli(text)))


@given(st.integers(0, len(SCAN)), st.integers(0, len(SCAN) - 1), st.characters())
def test_a_scan_that_is_cut_or_changed_gives_no_more_than_there_is(
    end: int, at: int, letter: str
) -> None:
    changed = (SCAN[:at] + letter + SCAN[at + 1 :])[:end]

    assert len(parse_iw_scan(changed)) <= SCAN.count("BSS ") + 1
