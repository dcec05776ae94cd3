"""Packed bodies come back as they were, and never grow without a bound."""

from contextlib import suppress

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.packing import NotPacked, TooLong, packed, unpacked


@given(body=st.binary(max_size=5_000))
def test_what_was_packed_comes_back(body: bytes) -> None:
    assert unpacked(packed(body), len(body)) == body


def test_what_grows_beyond_its_bound_is_refused_before_it_does() -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(2**28))
    assert len(bomb) < 2**14

    with pytest.raises(TooLong):
        unpacked(bomb, 2**20)


def test_a_window_larger_than_the_standard_asks_for_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    wide = packer.compress(bytes(100)) + packer.flush()

    with pytest.raises(NotPacked):
        unpacked(wide, 1_000)


@given(body=st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(body: bytes) -> None:
    with suppress(NotPacked, TooLong):
        assert len(unpacked(body, 1_000)) <= 1_000


@given(
    body=st.binary(min_size=300, max_size=2_000), at=st.integers(0, 10_000), bit=st.integers(0, 7)
)
def test_damage_never_makes_more_than_was_allowed(body: bytes, at: int, bit: int) -> None:
    damaged = bytearray(packed(body))
    damaged[at % len(damaged)] ^= 1 << bit
    with suppress(NotPacked, TooLong):
        assert len(unpacked(bytes(damaged), 4_000)) <= 4_000
