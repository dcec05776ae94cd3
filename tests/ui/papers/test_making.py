from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from labels.document import Document, digest, encode
from labels.filling import TooFewCopies
from labels.paper_pdf import paper_pdf
from labels.template import papers, template
from station import correction, intake, stock, transfer
from station import events as e
from station.codes import CodeKind, parse
from station.ledger import Moment
from station.operators import Role
from station.people import Donor
from station.refusals import NotYourRole, PaperPurged, UnknownPaper
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN
from tests.ui.papers.lives import (
    given_laptop,
    promise,
    purge,
    retired,
    taken_back,
    to_school,
    visit,
)
from ui.papers.describing import Wanted, describe
from ui.papers.extras import Extras
from ui.papers.forms import set_aside
from ui.papers.handover_minutes import handover_minutes
from ui.papers.making import SALT_BYTES, again, draft_wanted, make

LATER = Moment(NOON.at + timedelta(days=30))
MINUTES = "handover-minutes"


def made(store: SqlStore) -> tuple[str, Document]:
    """A laptop that was given, and its minutes."""
    device, case = given_laptop(store)
    facts = handover_minutes(store, (device,), case)
    ((document, _issue),) = make(store, GIVER, NOON, [(MINUTES, facts)])
    return device, document


def test_a_made_paper_has_a_code_of_its_own_and_is_found_by_what_it_is_about(
    store: SqlStore,
) -> None:
    device, document = made(store)

    assert parse(document.code).kind is CodeKind.PAPER
    (paper,) = store.papers_about(device)
    assert (paper.code, paper.paper, paper.digest) == (document.code, MINUTES, digest(document))
    case = store.device(device)
    assert case is not None
    assert paper.about == (case.case, device)


def test_who_knows_all_words_of_a_paper_cannot_try_names_against_its_digest(
    store: SqlStore,
) -> None:
    device, document = made(store)
    (paper,) = store.papers_about(device)

    assert paper.digest != digest(structs.replace(document, salt=b""))
    assert len(document.salt) == SALT_BYTES


def test_the_original_says_that_the_service_was_not_told_yet(store: SqlStore) -> None:
    device, case = given_laptop(store)
    facts = handover_minutes(store, (device,), case)

    ((_document, issue),) = make(store, GIVER, NOON, [(MINUTES, facts)])

    assert issue.mark == ""
    assert issue.lines == ("Xác nhận của hệ thống: chờ gửi",)


def test_a_reprint_equals_the_original_after_corrections_and_other_words(
    store: SqlStore, tmp_path: Path
) -> None:
    device, original = made(store)
    (received,) = [
        row.event for row in store.timeline(device) if isinstance(row.event.said, e.Received)
    ]
    mended = correction.Correct(
        event=received.hash, fields={"model": "Latitude 7450"}, reason="mistyped"
    )
    correction.correct(mended, store, LEAD, LATER)
    taken_back(store, device)
    (tmp_path / f"{MINUTES}.toml").write_text('title = "BIÊN BẢN GIAO MÁY"', "utf-8")

    first, mark = again(store, GIVER, LATER, original.code, tmp_path)
    second, next_mark = again(store, GIVER, LATER, original.code, tmp_path)

    assert encode(first) == encode(second) == encode(original)
    assert (mark.mark, next_mark.mark) == ("BẢN IN LẠI (lần 1)", "BẢN IN LẠI (lần 2)")
    paper = store.paper(original.code)
    assert paper is not None
    assert paper.reprints == 2


def test_new_minutes_are_made_in_the_offices_words(store: SqlStore, tmp_path: Path) -> None:
    device, case = given_laptop(store)
    (tmp_path / f"{MINUTES}.toml").write_text('title = "BIÊN BẢN GIAO MÁY"', "utf-8")
    facts = handover_minutes(store, (device,), case)

    ((document, _issue),) = make(store, GIVER, NOON, [(MINUTES, facts)], tmp_path)

    assert "BIÊN BẢN GIAO MÁY" in repr(document)


def test_the_services_number_stands_on_a_reprint_once_it_answered(store: SqlStore) -> None:
    _device, document = made(store)
    verdicts = [e.Verdict(entry.hash, e.ACCEPTED, 7) for entry in store.unanswered(limit=1000)]
    store.note_verdicts(verdicts)

    _kept, issue = again(store, GIVER, LATER, document.code)

    assert issue.lines == ("Xác nhận của hệ thống: 7",)


def test_what_cannot_be_filled_leaves_no_paper_of_the_whole_pile(store: SqlStore) -> None:
    device, case = given_laptop(store)
    good = handover_minutes(store, (device,), case)
    wanted = Wanted(paper=MINUTES, about=(device,), extras=Extras(copies=1))
    (bad,) = describe(store, wanted, GIVER, NOON)

    with pytest.raises(TooFewCopies):
        make(store, GIVER, NOON, [(MINUTES, good), (MINUTES, bad)])

    assert store.papers_about(device) == ()


def test_a_paper_that_nobody_made_or_that_was_purged_is_not_printed_again(store: SqlStore) -> None:
    _device, document = made(store)
    with pytest.raises(UnknownPaper):
        again(store, GIVER, NOON, "BB0120009992")

    purge(store)

    with pytest.raises(PaperPurged):
        again(store, GIVER, NOON, document.code)


def test_a_batch_gets_minutes_for_each_pupil_in_one_go(store: SqlStore) -> None:
    out = to_school(store, ("Trần Văn An", "4A2"), ("Lê Ngọc Bích", "4A2"))
    described = describe(store, Wanted(paper=MINUTES, about=(out.batch,)), GIVER, NOON)

    prints = make(store, GIVER, NOON, [(MINUTES, facts) for facts in described])

    assert len({document.code for document, _issue in prints}) == 2
    for device in out.devices:
        assert [paper.paper for paper in store.papers_about(device)] == [MINUTES]


def every_paper(store: SqlStore) -> dict[str, tuple[str, ...]]:
    """Something that each paper can be about."""
    ready, (device, case) = life.ready_laptop(store, "T1"), given_laptop(store)
    kept = promise(store, ready)
    taken_back(store, device)
    batch = to_school(store, ("Trần Văn An", "4A2"), ("Lê Ngọc Bích", "5B")).batch
    lot = visit(store, intake.NewDevice(kind="laptop", note="Chai pin")).lot
    scrap, waste = retired(store, "W1"), retired(store, "W2")
    back = retired(store, "W3", "returned-to-donor")
    give = stock.GiveWaste(devices=(waste,), receiver=Donor(name="Công ty", organisation=True))
    place = next(p.id for p in store.reference.points(NOON.day) if p.id != "point-012")
    sent = transfer.SendTogether(devices=(life.receive(store, serial="W4"),), place=place)
    return {
        "intake-receipt": (lot,),
        "handover-minutes": (case,),
        "batch-minutes": (batch,),
        "bench-sheet": (ready,),
        "erasure-certificate": (ready,),
        "transfer-manifest": (transfer.send_together(sent, store, CLERK, NOON).batch,),
        "thank-you-letter": (lot,),
        "signing-list": (batch,),
        "stocktake-minutes": (),
        "pick-up-form": set_aside(store, 3, "home-pickup", CLERK, NOON),
        "repair-receipt": (device,),
        "return-slip": (back,),
        "proxy-letter": (kept,),
        "sponsorship-confirmation": (lot,),
        "disposal-minutes": (scrap,),
        "e-waste-minutes": (stock.give_waste(give, store, GIVER, NOON).batch,),
        "emergency-form": set_aside(store, 8, "power-cut", CLERK, NOON),
    }


def test_every_paper_is_described_filled_kept_and_drawn(store: SqlStore) -> None:
    wanted = every_paper(store)
    assert set(papers()) <= set(wanted)
    prints = [
        each
        for paper in papers()
        for each in make(
            store,
            LEAD,
            NOON,
            [
                (paper, facts)
                for facts in describe(store, Wanted(paper=paper, about=wanted[paper]), LEAD, NOON)
            ],
        )
    ]

    assert paper_pdf(prints).startswith(b"%PDF")
    for document, _issue in prints:
        known = store.paper(document.code)
        assert known is not None
        assert known.paper == document.paper


def test_a_technician_makes_sees_and_reprints_no_paper_that_names_a_pupil(store: SqlStore) -> None:
    device, document = made(store)
    before = store.papers_about(device)
    wanted = Wanted(paper=MINUTES, about=(device,))

    facts = describe(store, wanted, GIVER, NOON)
    with pytest.raises(NotYourRole):
        make(store, TECHNICIAN, NOON, [(MINUTES, each) for each in facts])
    with pytest.raises(NotYourRole):
        draft_wanted(store, TECHNICIAN, NOON, [wanted])
    with pytest.raises(NotYourRole):
        again(store, TECHNICIAN, LATER, document.code)

    assert store.papers_about(device) == before
    assert again(store, LEAD, LATER, document.code)[0] == document


def test_a_technician_prints_of_what_names_pupils_only_the_receipt_of_a_repair() -> None:
    """A technician may take a pupil's device back, and gives a receipt for it."""
    barred = {paper for paper in papers() if template(paper).roles}

    assert barred == {
        "batch-minutes",
        "handover-minutes",
        "proxy-letter",
        "signing-list",
    }
    assert all(Role.BENCH not in template(paper).roles for paper in barred)
