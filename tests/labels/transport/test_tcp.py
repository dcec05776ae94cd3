"""Pages to a printer on the network that accepts, stalls, resets, closes half-way and complains."""

import socket
import time
from collections.abc import Callable

import pytest

from labels.transport import MaybePrinted, NothingSent, Readiness, Reason
from labels.transport.status import TSPL, ZPL
from labels.transport.tcp import Limits, Tcp, split_address
from tests.labels.transport import network_printer as manners
from tests.labels.transport.network_printer import NetworkPrinter

PAGE = b"SIZE 50 mm,30 mm\r\nBITMAP 0,0,2,2,1,\x00\xff\x00\xff\r\nPRINT 1,1\r\n"
LARGE = PAGE * 200_000  # more than the buffers of both ends hold
QUICK = Limits(connect=2, status=0.2, stall=0.5, whole=5, close=0.5, printing=2)
ZPL_READY = (
    b"\x02030,0,0,0245,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    b"\x021234,0\x03\r\n"
)
ZPL_NO_PAPER = ZPL_READY.replace(b"030,0,0", b"030,1,1")


@pytest.mark.parametrize("manner", [manners.kindly, manners.never_closing, manners.trickling])
@pytest.mark.parametrize("page", [PAGE, PAGE * 20_000])
def test_a_page_arrives_whole_and_once(manner: manners.Manner, page: bytes) -> None:
    with NetworkPrinter(manner) as printer:
        Tcp(printer.address, limits=Limits()).send(page, "title")

    assert printer.pages == [page]


def test_a_printer_that_leaves_closing_to_us_costs_no_long_wait() -> None:
    with NetworkPrinter(manners.never_closing) as printer:
        began = time.monotonic()
        Tcp(printer.address).send(PAGE, "title")

        assert time.monotonic() - began < 2


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_a_printer_has_an_ipv6_address_as_well() -> None:
    with NetworkPrinter(host="::1") as printer:
        Tcp(printer.address).send(PAGE, "title")

    assert printer.pages == [PAGE]


def test_nobody_listening_there_means_that_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"

    with pytest.raises(NothingSent) as refused:
        Tcp(address, limits=QUICK).send(PAGE, "title")

    assert refused.value.reason is Reason.UNREACHABLE
    assert Tcp(address, limits=QUICK).ask() == Readiness(ready=False, reason=Reason.UNREACHABLE)


@pytest.mark.parametrize("address", ["", "no such host.invalid", "a" * 300, "\udcff", "[::1"])
def test_an_address_that_is_none_means_that_nothing_was_sent(address: str) -> None:
    with pytest.raises(NothingSent):
        Tcp(address, limits=QUICK).send(PAGE, "title")


def test_a_printer_that_reads_nothing_may_have_printed_what_it_took() -> None:
    with NetworkPrinter(manners.stalling) as printer, pytest.raises(MaybePrinted) as broken:
        Tcp(printer.address, limits=QUICK).send(LARGE, "title")

    assert broken.value.reason is Reason.TIMED_OUT
    assert f"of {len(LARGE)} bytes" in broken.value.detail
    assert 0 < int(broken.value.detail.split()[0]) < len(LARGE)


@pytest.mark.parametrize("after", [1, 100_000])
@pytest.mark.parametrize("manner", [manners.resetting, manners.closing_half_way])
def test_a_line_that_breaks_in_the_middle_may_have_printed(
    manner: Callable[[int], manners.Manner], after: int
) -> None:
    with NetworkPrinter(manner(after)) as printer, pytest.raises(MaybePrinted) as broken:
        Tcp(printer.address, limits=QUICK).send(LARGE, "title")

    assert broken.value.reason is Reason.BROKEN_OFF
    assert len(printer.pages[0]) == after


def test_a_reset_after_the_last_byte_may_have_printed() -> None:
    with (
        NetworkPrinter(manners.resetting(len(PAGE))) as printer,
        pytest.raises(MaybePrinted) as broken,
    ):
        Tcp(printer.address, limits=QUICK).send(PAGE, "title")

    assert broken.value.reason is Reason.BROKEN_OFF


@pytest.mark.parametrize(
    ("flag", "reason"),
    [
        (b"\x01", Reason.HEAD_OPEN),
        (b"\x02", Reason.JAM),
        (b"\x04", Reason.NO_PAPER),
        (b"\x05", Reason.HEAD_OPEN),
        (b"\x08", Reason.NO_RIBBON),
        (b"\x10", Reason.PAUSED),
        (b"\x80", Reason.OTHER),
    ],
)
def test_a_printer_that_names_its_trouble_is_sent_nothing(flag: bytes, reason: Reason) -> None:
    with NetworkPrinter(answers=(flag,)) as printer:
        transport = Tcp(printer.address, TSPL, QUICK)
        assert transport.ask() == Readiness(ready=False, reason=reason)
        with pytest.raises(NothingSent) as refused:
            transport.send(PAGE, "title")

    assert refused.value.reason is reason
    assert printer.pages == []


def test_a_printer_that_got_its_paper_prints() -> None:
    with NetworkPrinter(answers=(manners.NO_PAPER, manners.READY)) as printer:
        transport = Tcp(printer.address, TSPL, QUICK)
        with pytest.raises(NothingSent):
            transport.send(PAGE, "title")
        transport.send(PAGE, "title")

    assert printer.pages == [PAGE]


def test_paper_that_ends_under_a_label_is_told_as_uncertain() -> None:
    answers = (manners.READY, manners.PRINTING, manners.NO_PAPER)
    with NetworkPrinter(answers=answers) as printer, pytest.raises(MaybePrinted) as broken:
        Tcp(printer.address, TSPL, QUICK).send(PAGE, "title")

    assert broken.value.reason is Reason.NO_PAPER
    assert printer.pages == [PAGE]


@pytest.mark.parametrize("manner", [manners.kindly, manners.never_closing])
def test_a_printer_that_never_answers_prints_all_the_same(manner: manners.Manner) -> None:
    with NetworkPrinter(manner) as printer:
        transport = Tcp(printer.address, TSPL, QUICK)
        assert transport.ask() == Readiness(ready=None)
        transport.send(PAGE, "title")

    assert printer.pages == [PAGE]


def test_a_printer_that_did_not_answer_is_not_asked_before_every_page() -> None:
    with NetworkPrinter() as printer:
        transport = Tcp(printer.address, TSPL, Limits(status=0.5))
        transport.send(PAGE, "title")
        transport.send(PAGE, "title")

        assert printer.questions == 1


def test_a_silent_printer_gets_its_page_first_and_is_asked_once_more_behind_it() -> None:
    came: list[bytes] = []

    def silent(_printer: NetworkPrinter, line: socket.socket) -> None:
        came.append(b"".join(iter(lambda: line.recv(65_536), b"")))

    with NetworkPrinter(silent) as printer:
        transport = Tcp(printer.address, TSPL, Limits(status=0.1, silence=0.2))
        for pause in (0.0, 0.3, 0.0):
            time.sleep(pause)
            transport.send(PAGE, "title")

    assert came == [TSPL.words + PAGE, PAGE + TSPL.words, PAGE]


def test_a_printer_that_finds_its_voice_is_asked_before_each_page_again() -> None:
    answers = (None, manners.READY, manners.NO_PAPER)
    with NetworkPrinter(answers=answers) as printer:
        transport = Tcp(printer.address, TSPL, Limits(status=0.3, silence=0))
        transport.send(PAGE, "title")
        transport.send(PAGE, "title")
        with pytest.raises(NothingSent):
            transport.send(PAGE, "title")

    assert printer.pages == [PAGE, PAGE]


def test_a_printer_that_is_silent_while_it_prints_is_still_asked_before_the_next_page() -> None:
    answers = (manners.READY, manners.SILENT, manners.NO_PAPER)
    with NetworkPrinter(answers=answers) as printer:
        transport = Tcp(printer.address, TSPL, QUICK)
        transport.send(PAGE, "title")
        with pytest.raises(NothingSent):
            transport.send(PAGE, "title")

    assert printer.pages == [PAGE]


def test_a_printer_that_hangs_up_when_asked_was_sent_nothing() -> None:
    with (
        NetworkPrinter(lambda _printer, _line: None) as printer,
        pytest.raises(NothingSent) as refused,
    ):
        Tcp(printer.address, TSPL, QUICK).send(PAGE, "title")

    assert refused.value.reason is Reason.UNREACHABLE


def test_a_zebra_says_it_in_three_strings() -> None:
    with NetworkPrinter(answers=(ZPL_NO_PAPER, ZPL_NO_PAPER, ZPL_READY)) as printer:
        transport = Tcp(printer.address, ZPL, QUICK)
        assert transport.ask() == Readiness(ready=False, reason=Reason.NO_PAPER)
        with pytest.raises(NothingSent):
            transport.send(b"^XA^XZ", "title")
        transport.send(b"^XA^XZ", "title")
        assert transport.ask() == Readiness(ready=True)

    assert printer.pages == [b"^XA^XZ"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.168.1.50", ("192.168.1.50", 9100)),
        (" may-in.local:6101 ", ("may-in.local", 6101)),
        ("[fe80::1]:9101", ("fe80::1", 9101)),
        ("[fe80::1%eth0]", ("fe80::1%eth0", 9100)),
        ("fe80::1", ("fe80::1", 9100)),
        ("host:", ("host", 9100)),
    ],
)
def test_an_address_is_read_as_it_is_typed(typed: str, read: tuple[str, int]) -> None:
    assert split_address(typed) == read
