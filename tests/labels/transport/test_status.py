"""What printers say of themselves, read without believing too much."""

from hypothesis import given
from hypothesis import strategies as st

from labels.transport import Reason
from labels.transport.status import Status, read_tspl, read_zpl

READY = (
    b"\x02030,0,0,0245,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    b"\x021234,0\x03\r\n"
)


def test_a_byte_of_tspl_names_trouble_and_printing() -> None:
    assert read_tspl(b"") is None
    assert read_tspl(b"\x00") == Status(None, printing=False)
    assert read_tspl(b"\x20") == Status(None, printing=True)
    assert read_tspl(b"\x0c") == Status(Reason.NO_PAPER, printing=False)


def test_three_strings_of_zpl_name_trouble_and_printing() -> None:
    assert read_zpl(READY) == Status(None, printing=False)
    assert read_zpl(READY.replace(b"0245,000", b"0245,002")) == Status(None, printing=True)
    assert read_zpl(READY.replace(b"\x02000,0,0,0", b"\x02000,0,1,0")) == Status(
        Reason.HEAD_OPEN, printing=False
    )
    assert read_zpl(READY.replace(b"\x02000,0,0,0", b"\x02000,0,0,1")) == Status(
        Reason.NO_RIBBON, printing=False
    )


def test_an_answer_that_is_not_whole_says_nothing_yet() -> None:
    assert all(read_zpl(READY[:end]) is None for end in range(len(READY) - 3))


@given(st.binary(max_size=200))
def test_no_answer_upsets_the_reading(answer: bytes) -> None:
    read_tspl(answer)
    read_zpl(b"\x02" + answer + b"\x03" + b"\x02" + answer + b"\x03" + b"\x02\x03")
