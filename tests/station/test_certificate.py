import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from station import certificate as c
from station import events as e
from station.certificate import NotACertificate, checked, decode, encode
from station.signing import SigningKey, granted
from tests.station.public_files import CHAIN, POINT, SERVICE, certificate, entries

WHOLE = encode(certificate())


def test_a_certificate_says_what_became_of_the_disk() -> None:
    found = checked(decode(WHOLE), (SERVICE.public,))

    assert found.sound
    assert found.key_known
    received, erased = (said for _, said in found.events)
    assert isinstance(received, e.Received)
    assert isinstance(erased, e.StorageErased)
    assert erased.disk.serial == "S1AB"


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    changed = bytearray(WHOLE)
    changed[place] ^= change
    try:
        read = decode(bytes(changed))
    except NotACertificate:
        return
    if read != decode(WHOLE):  # white space between the words says nothing
        assert not checked(read, (SERVICE.public,)).sound


@given(st.binary(max_size=500))
def test_any_other_file_is_no_certificate(raw: bytes) -> None:
    with pytest.raises(NotACertificate):
        decode(raw)


def test_a_giant_file_is_no_certificate() -> None:
    with pytest.raises(NotACertificate):
        decode(b" " * (c.LARGEST + 1))


def test_a_point_that_the_service_does_not_know_certifies_nothing() -> None:
    own = SigningKey.new()
    part = c.certified(granted(own, CHAIN, POINT.public, 1), POINT, [entries()[2]])
    forged = structs.replace(certificate(), parts=(part,))

    assert checked(forged, (SERVICE.public,)).broken == ("another_key",)


def test_another_key_than_the_chains_certifies_nothing() -> None:
    stranger = SigningKey.new()
    grant = granted(SERVICE, CHAIN, POINT.public, 1)
    forged = structs.replace(certificate(), parts=(c.certified(grant, stranger, [entries()[2]]),))

    assert checked(forged, (SERVICE.public,)).broken == ("bad_signature: 012-7",)


def test_events_of_another_device_certify_nothing() -> None:
    moved = structs.replace(certificate(), device="0120000024")

    assert not checked(moved, (SERVICE.public,)).sound


def test_an_erasure_left_out_of_the_signed_ones_is_noticed() -> None:
    whole = certificate()
    part = structs.replace(whole.parts[0], events=whole.parts[0].events[:1])

    found = checked(structs.replace(whole, parts=(part,)), (SERVICE.public,))

    assert set(found.broken) == {"bad_signature: 012-7", "proves_nothing"}


def test_a_kind_that_a_certificate_does_not_show_is_noticed() -> None:
    grant = granted(SERVICE, CHAIN, POINT.public, 1)
    part = c.certified(grant, POINT, [entries()[2], entries()[3]])

    found = checked(structs.replace(certificate(), parts=(part,)), (SERVICE.public,))

    assert found.broken == ("unexpected_kind: Reserved",)


def test_another_format_is_not_read() -> None:
    raw = msgspec.json.encode(structs.replace(certificate(), format="something else"))

    with pytest.raises(NotACertificate):
        decode(raw)
