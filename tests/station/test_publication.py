from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from station import publication
from station.publication import (
    ChainLine,
    EventLine,
    HeadLine,
    NotAPublication,
    Published,
    ToldLine,
    VeiledLine,
    checked,
    written,
)
from station.signing import SigningKey, granted
from tests.station.public_files import (
    CASE,
    CHAIN,
    DEVICE,
    POINT,
    SERVICE,
    entries,
    lines,
    public_file,
    signed_head,
)

WHOLE = public_file()


def check(raw: bytes, *anchors: bytes) -> Published:
    return checked(raw.splitlines(keepends=True), anchors)


def signed_anew(changed: Sequence[publication.Line]) -> Published:
    """The service itself signs a file in which something was changed."""
    return check(b"".join(written(changed, SERVICE)), SERVICE.public)


def test_a_whole_file_is_sound_and_says_whose_key_signed_it() -> None:
    found = check(WHOLE, SERVICE.public)

    assert found.sound
    assert (found.chains, found.events, found.key) == (1, 4, SERVICE.public)
    assert found.key_known


def test_without_a_key_to_compare_with_the_signing_key_is_told_as_unknown() -> None:
    found = check(WHOLE)

    assert found.sound
    assert not found.key_known


def test_another_key_than_the_published_one_is_not_sound() -> None:
    assert check(WHOLE, SigningKey.new().public).broken == ("another_key: line 9",)


def test_no_serial_number_and_no_case_of_a_device_stands_in_the_file() -> None:
    assert b"5CG1234XYZ" not in WHOLE
    assert b"S1AB" not in WHOLE


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    changed = bytearray(WHOLE)
    changed[place] ^= change
    assume(bytes(changed).rstrip() != WHOLE.rstrip())

    try:
        found = check(bytes(changed), SERVICE.public)
    except NotAPublication:
        return
    assert not found.sound


@given(st.integers(0, len(WHOLE) - 2))
def test_a_file_that_was_cut_off_is_noticed(length: int) -> None:
    try:
        found = check(WHOLE[:length], SERVICE.public)
    except NotAPublication:
        return
    assert not found.sound


@given(st.binary(max_size=300))
def test_any_other_file_is_no_public_ledger(raw: bytes) -> None:
    try:
        found = checked([raw])
    except NotAPublication:
        return
    assert not found.sound


def test_an_event_taken_out_by_the_service_itself_is_noticed() -> None:
    told = lines()
    del told[3]

    assert "misplaced_event: line 4" in signed_anew(told).broken


def test_events_that_the_point_did_not_sign_are_noticed() -> None:
    told = [line for line in lines() if not isinstance(line, HeadLine)]

    assert signed_anew(told).broken == ("not_signed: line 7",)


def test_a_chain_whose_key_the_service_never_granted_is_noticed() -> None:
    stranger = SigningKey.new()
    told = [
        ChainLine(granted(stranger, CHAIN, POINT.public, 1))
        if isinstance(line, ChainLine)
        else line
        for line in lines()
    ]

    assert signed_anew(told).broken == ("bad_grant: chain 012-7",)


def test_lines_in_another_order_are_noticed() -> None:
    told = lines()
    told[2], told[3] = told[3], told[2]

    assert not signed_anew(told).sound


def test_an_event_without_a_chain_and_a_second_chain_of_one_name_are_noticed() -> None:
    told = lines()

    assert not signed_anew([told[0], *told[2:]]).sound
    assert "chain_twice: line 9" in signed_anew([*told, *told[1:]]).broken


def test_lines_behind_the_end_are_noticed() -> None:
    assert "behind_the_end: line 10" in check(WHOLE + WHOLE.splitlines(keepends=True)[2]).broken


def test_an_excerpt_holds_one_device_alone() -> None:
    told = lines()
    events = [line for line in told if isinstance(line, EventLine)]
    whole = publication.FileLine(publication.FORMAT, 1, excerpt_of=DEVICE)

    assert "misplaced_event: line 3" in signed_anew([whole, told[1], events[1]]).broken


def test_of_a_case_its_hash_alone_is_in_the_file_and_of_what_a_pupil_got_the_month() -> None:
    told = lines()
    veiled = [line for line in told if isinstance(line, VeiledLine)]
    by_month = [line for line in told if isinstance(line, ToldLine)]

    assert check(WHOLE).veiled == len(veiled) == 2
    assert by_month == [ToldLine(12, DEVICE, "Reserved", "2021-10", {})]
    cores = b"".join(line.core for line in told if isinstance(line, EventLine))
    assert b"Reserved" not in cores
    assert CASE.encode() not in cores


def headed() -> list[publication.Line]:
    """The same, with the point's signature before each veiled event."""
    told: list[publication.Line] = []
    for line, entry in zip(lines()[2:6], entries(), strict=True):
        if isinstance(line, VeiledLine) and isinstance(told[-1], EventLine):
            before = entries()[entry.header.seq - 2]
            told.append(signed_head(before))
        told.append(line)
    return [*lines()[:2], *told, *lines()[6:]]


def test_events_before_a_veiled_one_are_bound_where_the_point_signed_the_last_of_them() -> None:
    assert check(WHOLE).unbound == 2
    found = signed_anew(headed())
    assert found.sound
    assert found.unbound == 0


def test_no_event_is_exchanged_or_left_out_where_the_point_signed_before_each_veiled_one() -> None:
    told = headed()
    for place, line in enumerate(told):
        if not isinstance(line, EventLine | VeiledLine):
            continue
        other = (
            VeiledLine(bytes(32))
            if isinstance(line, VeiledLine)
            else EventLine(line.core, bytes(32), line.said)
        )
        for changed in ([], [other]):
            assert not signed_anew([*told[:place], *changed, *told[place + 1 :]]).sound


def test_what_is_told_of_another_point_than_those_of_the_file_is_noticed() -> None:
    told = [*lines(), ToldLine(21, DEVICE, "Reserved", "2021-10", {})]

    assert signed_anew(told).broken == (f"misplaced_line: line {len(told)}",)


def test_a_file_of_the_first_format_is_still_checked() -> None:
    told = lines()
    told[0] = publication.FileLine("refurbishment-station public ledger 1", 1)

    assert signed_anew(told).sound
