from hypothesis import given
from hypothesis import strategies as st

from ui.scanning.frames import MOST, Frames

ENDS = ["\r", "\n", "\r\n", "\t", "\x03"]
texts = st.text("0123456789BHLMV-/~", min_size=1, max_size=30)


@given(scans=st.lists(st.tuples(texts, st.sampled_from(ENDS)), max_size=6), cut=st.integers(1, 7))
def test_scans_come_out_as_they_went_in_however_the_bytes_are_cut(
    scans: list[tuple[str, str]], cut: int
) -> None:
    data = "".join(text + end for text, end in scans).encode()
    frames = Frames()

    read = [one for at in range(0, len(data), cut) for one in frames.feed(data[at : at + cut])]

    assert read == [text for text, _end in scans]
    assert frames.rest() == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_nothing(data: bytes) -> None:
    frames = Frames()

    assert all((*frames.feed(data), *frames.rest()))


def test_a_scanner_without_a_suffix_is_heard_after_its_pause() -> None:
    frames = Frames()

    assert frames.feed(b"0120003457") == ()
    assert frames.rest() == ("0120003457",)


def test_a_stream_without_an_end_does_not_grow_for_ever() -> None:
    assert len(Frames().feed(b"0" * (MOST + 1))) == 1
