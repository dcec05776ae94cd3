"""Papers keep what they said, are printed again as they were, and come back signed."""

from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from station import events as e
from station import labelling, paperwork, refusals
from station.codes import BadCode, CodeKind, make, parse
from station.people import PaperContent
from station.store import tables as t
from station.store.store import SqlStore
from station.store.verifying import verify
from tests.station import life
from tests.station.conftest import CLERK, GIVER, NOON, STATION, TECHNICIAN
from tests.station.test_newer_events import written
from tests.station.test_refusals import refused

NO_PAPER = make(CodeKind.PAPER, STATION, 99)
PUPIL = "Huỳnh Thị Ngọc Điệp"
PDF = b"%PDF-1.7\nsigned by hand"
MEDIA = {"pdf": PDF, "jpeg": b"\xff\xd8\xff\xe0JFIF", "png": b"\x89PNG\r\n\x1a\n...."}


def described(place: int, code: str) -> bytes:
    return f"{place}: Biên bản {code}, bên nhận {PUPIL}".encode()


def make_paper(store: SqlStore, *about: str, paper: str = "handover-minutes") -> str:
    new = (paperwork.NewPaper(paper=paper, about=about),)
    return paperwork.make_papers(new, described, store, TECHNICIAN, NOON)[0].code


def reprint(store: SqlStore, code: str) -> paperwork.Reprint:
    return paperwork.reprint_paper(code, store, GIVER, NOON)


def signed(code: str, scan: bytes = PDF, media: str = "pdf", pages: int = 1) -> object:
    return paperwork.AttachSignedCopy(code=code, scan=scan, media=media, pages=pages)


def attach(store: SqlStore, code: str, scan: bytes = PDF, media: str = "pdf") -> bytes:
    command = paperwork.AttachSignedCopy(code=code, scan=scan, media=media)
    said = paperwork.attach_signed_copy(command, store, CLERK, NOON).said
    assert isinstance(said, e.SignedCopyAttached)
    return said.scan


def test_a_paper_has_a_code_of_its_own_that_stands_in_what_it_says(
    either_store: SqlStore,
) -> None:
    store = either_store
    device, case = life.receive(store), life.enter_case(store)

    code = make_paper(store, device, case)

    assert parse(code).kind is CodeKind.PAPER
    known = store.paper(code)
    assert known is not None
    assert (known.paper, known.about, known.on) == ("handover-minutes", (device, case), NOON.day)
    assert store.content(known.content) == PaperContent(described(0, code))
    assert known.digest == sha256(described(0, code)).digest()
    assert [paper.code for paper in store.papers_about(device)] == [code]
    assert "PaperMade" in [row.event.header.kind for row in store.timeline(case)]
    assert verify(store.engine).sound


def test_a_device_is_left_as_it_is_by_what_is_written_about_it(store: SqlStore) -> None:
    device = life.receive(store)
    before = store.device(device)

    reprint(store, make_paper(store, device))

    assert store.device(device) == before


def test_papers_about_a_device_come_the_newest_first(either_store: SqlStore) -> None:
    store = either_store
    device, other = life.receive(store), life.receive(store)
    first = make_paper(store, device, paper="intake-receipt")
    make_paper(store, other)
    second = make_paper(store, other, device)

    assert [paper.code for paper in store.papers_about(device)] == [second, first]


def test_the_papers_of_a_batch_are_made_together_or_not_at_all(either_store: SqlStore) -> None:
    store = either_store
    devices = [life.receive(store) for _ in range(5)]
    new = tuple(paperwork.NewPaper(paper="handover-minutes", about=(d,)) for d in devices)

    made = paperwork.make_papers(new, described, store, GIVER, NOON)

    assert [paper.document for paper in made] == [
        described(place, paper.code) for place, paper in enumerate(made)
    ]
    assert len({paper.code for paper in made}) == 5
    stranger = paperwork.NewPaper(paper="handover-minutes", about=(NO_PAPER,))
    refused(store, refusals.NotOnAPaper, paperwork.make_papers, (*new, stranger), described)


def test_a_paper_that_cannot_be_described_takes_no_code(store: SqlStore) -> None:
    first = make_paper(store)
    before = store.standing()

    def fails(_place: int, _code: str) -> bytes:
        raise LookupError

    with pytest.raises(LookupError):
        paperwork.make_papers((paperwork.NewPaper(paper="x"),), fails, store, GIVER, NOON)

    assert store.standing() == before
    assert parse(make_paper(store)).number == parse(first).number + 1


def test_a_paper_speaks_of_what_is_known_or_was_set_aside_for_it(store: SqlStore) -> None:
    command = labelling.ReserveCodes(of=CodeKind.LOT, count=1, purpose="home-pickup")
    (form,) = labelling.reserve_codes(command, store, CLERK, NOON)

    make_paper(store, form)

    for unknown in (
        make(CodeKind.LOT, STATION, 2),
        make(CodeKind.DEVICE, STATION, 1),
        make(CodeKind.LOT, 13, parse(form).number),
    ):
        new = (paperwork.NewPaper(paper="home-pickup", about=(unknown,)),)
        refused(store, refusals.NotOnAPaper, paperwork.make_papers, new, described)
    for junk in ("0120000993", "Nguyễn", "ram-ddr3-4gb"):
        new = (paperwork.NewPaper(paper="home-pickup", about=(junk,)),)
        refused(store, BadCode, paperwork.make_papers, new, described)


def test_a_paper_about_nothing_is_a_paper_and_no_papers_are_none(store: SqlStore) -> None:
    assert store.paper(make_paper(store)) is not None
    refused(store, refusals.NothingToRecord, paperwork.make_papers, (), described)


def test_a_paper_is_about_six_hundred_codes_at_most(either_store: SqlStore) -> None:
    store = either_store
    command = labelling.ReserveCodes(of=CodeKind.DEVICE, count=601, purpose="roll")
    roll = labelling.reserve_codes(command, store, CLERK, NOON)

    whole = make_paper(store, *roll[:600], roll[0])

    assert [paper.code for paper in store.papers_about(roll[599])] == [whole]
    new = (paperwork.NewPaper(paper="batch", about=roll),)
    refused(store, refusals.TooManyOnOnePaper, paperwork.make_papers, new, described)
    assert life.receive(store, code=roll[3]) == roll[3]  # a paper about it is no device
    assert verify(store.engine).sound


def test_a_reprint_says_the_same_and_counts(either_store: SqlStore) -> None:
    store = either_store
    code = make_paper(store, life.receive(store))

    copies = [reprint(store, code) for _ in range(3)]

    assert {copy.document for copy in copies} == {described(0, code)}
    assert [copy.copy for copy in copies] == [1, 2, 3]
    known = store.paper(code)
    assert known is not None
    assert known.reprints == 3
    assert verify(store.engine).sound


def test_a_paper_nobody_made_is_not_printed_again(store: SqlStore) -> None:
    make_paper(store)

    for code in (NO_PAPER, life.receive(store), "BB", ""):
        refused(store, refusals.UnknownPaper, paperwork.reprint_paper, code)


def test_a_paper_whose_words_were_purged_is_not_printed_again(either_store: SqlStore) -> None:
    store = either_store
    code = make_paper(store)
    known = store.paper(code)
    assert known is not None
    with store.engine.begin() as connection:
        row = t.people.c.id == known.content
        connection.execute(update(t.people).where(row).values(sealed=None))

    refused(store, refusals.PaperPurged, paperwork.reprint_paper, code)
    assert verify(store.engine).sound


def test_a_paper_of_another_point_is_known_but_not_what_it_says(either_store: SqlStore) -> None:
    store = either_store
    code = make(CodeKind.PAPER, 13, 1)
    content = e.Ref(bytes(16), bytes(32))
    said = e.PaperMade(paper="transfer", about=(), content=content, digest=bytes(32))
    store.take_in(written((code, "PaperMade", e.encode(said))))

    assert store.paper(code) is not None
    refused(store, refusals.PaperPurged, paperwork.reprint_paper, code)
    assert verify(store.engine).sound


# ---- signed copies ----


@pytest.mark.parametrize("media", MEDIA)
def test_a_signed_copy_comes_back_as_it_was_scanned(either_store: SqlStore, media: str) -> None:
    store = either_store
    code = make_paper(store)

    scan = attach(store, code, MEDIA[media], media)

    assert store.attachment(scan) == MEDIA[media]
    known = store.paper(code)
    assert known is not None
    assert [(copy.scan, copy.media, copy.on) for copy in known.signed] == [(scan, media, NOON.day)]
    with store.engine.connect() as connection:
        (sealed,) = connection.execute(select(t.attachment.c.sealed)).scalars()
    assert MEDIA[media][4:] not in bytes(sealed)
    assert verify(store.engine).sound


def test_a_paper_may_come_back_in_several_files_but_none_comes_twice(
    either_store: SqlStore,
) -> None:
    store = either_store
    code, other = make_paper(store), make_paper(store)
    attach(store, code)
    attach(store, code, PDF + b", page two")
    attach(store, other)  # both papers were in one file

    refused(store, refusals.AlreadyAttached, paperwork.attach_signed_copy, signed(code))
    with store.engine.connect() as connection:
        assert len(connection.execute(select(t.attachment.c.hash)).all()) == 2
    assert verify(store.engine).sound


@pytest.mark.parametrize(
    ("scan", "media"),
    [
        (b"", "pdf"),
        (b"%PDF", "pdf"),
        (PDF, "png"),
        (MEDIA["png"], "jpeg"),
        (b"II*\0", "tiff"),
        (b"PK\x03\x04", "pdf"),
        (PDF, ""),
    ],
)
def test_what_is_no_scan_is_refused(store: SqlStore, scan: bytes, media: str) -> None:
    command = signed(make_paper(store), scan, media)

    refused(store, refusals.NotAScan, paperwork.attach_signed_copy, command)


def test_a_scan_has_a_size_and_pages_a_paper_and_a_role(store: SqlStore) -> None:
    code = make_paper(store)
    largest = PDF.ljust(paperwork.LARGEST_SCAN, b".")
    act = paperwork.attach_signed_copy

    assert store.attachment(attach(store, code, largest)) == largest
    refused(store, refusals.ScanTooLarge, act, signed(code, largest + b"."))
    for pages in (0, -1, 1_001):
        refused(store, refusals.ImpossibleCount, act, signed(code, pages=pages))
    refused(store, refusals.UnknownPaper, act, signed(NO_PAPER))
    refused(store, refusals.NotYourRole, act, signed(code), TECHNICIAN)


def test_a_scan_that_was_purged_is_nothing_and_may_come_again(either_store: SqlStore) -> None:
    store = either_store
    code, other = make_paper(store), make_paper(store)
    scan = attach(store, code)
    with store.engine.begin() as connection:
        connection.execute(update(t.attachment).values(sealed=None, sealed_hash=None))

    assert store.attachment(scan) is None
    assert verify(store.engine).sound
    assert attach(store, other) == scan
    assert store.attachment(scan) == PDF


def test_a_scan_that_was_lost_or_damaged_is_found_without_the_key(
    either_store: SqlStore,
) -> None:
    store = either_store
    attach(store, make_paper(store))
    with store.engine.begin() as connection:
        connection.execute(update(t.attachment).values(sealed=b"x" * 60))
    (told,) = verify(store.engine).broken
    assert told.startswith("attachment_damaged")

    with store.engine.begin() as connection:
        connection.execute(delete(t.attachment))
    (told,) = verify(store.engine).broken
    assert told.startswith("attachment_missing in chain 012")


def test_a_scan_of_another_point_is_not_missed_here(either_store: SqlStore) -> None:
    code = make(CodeKind.PAPER, 13, 1)
    said = e.SignedCopyAttached(scan=bytes(32), media="pdf", pages=1)
    either_store.take_in(written((code, "SignedCopyAttached", e.encode(said))))

    assert either_store.attachment(bytes(32)) is None
    assert verify(either_store.engine).sound


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(document=st.binary(max_size=2_000), begins=st.sampled_from(sorted(MEDIA)), rest=st.binary())
def test_any_bytes_come_back_as_they_went_in(
    store: SqlStore, document: bytes, begins: str, rest: bytes
) -> None:
    new = (paperwork.NewPaper(paper="any"),)
    (made,) = paperwork.make_papers(new, lambda _place, _code: document, store, CLERK, NOON)
    scan = MEDIA[begins] + rest

    assert reprint(store, made.code).document == document
    assert store.attachment(attach(store, made.code, scan, begins)) == scan
