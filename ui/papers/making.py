"""Papers get their codes, are filled, sealed and kept; a reprint draws what was kept.

Everything here is asked on the store's thread and draws nothing.
"""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import structs

from labels.document import NO_CODE, Issue, Sheet, decode, encode
from labels.filling import fill, issue
from labels.template import Template, template
from station import events as e
from station import refusals
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import PaperFacts
from station.paperwork import NewPaper, make_papers, reprint_paper
from station.ports import Store
from ui.papers.describing import Wanted, describe
from ui.papers.history import history
from ui.papers.paper_set import PaperSet, Print
from ui.papers.words import fact_words

SALT_BYTES: Final = 16  # the digest stands in a published event, the document names people


def make_wanted(
    store: Store, by: Operator, when: Moment, wanted: Sequence[Wanted], office: Path | None = None
) -> tuple[PaperSet, ...]:
    """Describe and record all that is wanted, or nothing; a set for each kind.

    Raises what `describe` and `make` do.
    """
    described = [describe(store, each, by, when) for each in wanted]
    papers = [
        (each.paper, facts)
        for each, several in zip(wanted, described, strict=True)
        for facts in several
    ]
    prints = iter(make(store, by, when, papers, office))
    return tuple(
        PaperSet(
            tuple(next(prints) for _facts in several),
            sheets_of(template(each.paper, office), several[0]),
        )
        for each, several in zip(wanted, described, strict=True)
    )


def require_role(paper: str, by: Operator) -> None:
    """Raise NotYourRole where a paper names people whom this operator's work does not need."""
    roles = template(paper).roles
    if roles:
        by.require(*roles)


def draft_wanted(
    store: Store, by: Operator, when: Moment, wanted: Sequence[Wanted], office: Path | None = None
) -> tuple[PaperSet, ...]:
    """The same as it would be printed, with nothing recorded and no code yet."""
    for each in wanted:
        require_role(each.paper, by)
    return tuple(
        _draft(describe(store, each, by, when), template(each.paper, office), _training(store))
        for each in wanted
    )


def _draft(described: Sequence[PaperFacts], words: Template, training: str) -> PaperSet:
    said = _issue(words, fact_words().waiting, training)
    prints = tuple((fill(words, facts, NO_CODE), said) for facts in described)
    return PaperSet(prints, sheets_of(words, described[0]))


def sheets_of(words: Template, facts: PaperFacts) -> int:
    """How often it is printed for everybody to have a copy; a slip's sheet has two of them."""
    copies = facts.copies or words.copies
    return -(-copies // 2) if words.sheet is Sheet.TWO_ON_A4 else copies


def make(
    store: Store,
    by: Operator,
    when: Moment,
    papers: Sequence[tuple[str, PaperFacts]],
    office: Path | None = None,
) -> tuple[Print, ...]:
    """Record these papers, all or none, and give back what to draw.

    Raises what `template` and `fill` do, NotYourRole, and the refusals of `make_papers`.
    """
    for paper, _facts in papers:
        require_role(paper, by)
    templates = {paper: template(paper, office) for paper, _facts in papers}

    def bind(place: int, code: str) -> bytes:
        paper, facts = papers[place]
        document = fill(templates[paper], facts, code)
        return encode(structs.replace(document, salt=secrets.token_bytes(SALT_BYTES)))

    new = tuple(NewPaper(paper=paper, about=about(facts)) for paper, facts in papers)
    made = make_papers(new, bind, store, by, when)
    return tuple(
        (decode(one.document), _issue(templates[paper], fact_words().waiting, _training(store)))
        for one, (paper, _facts) in zip(made, papers, strict=True)
    )


def again(store: Store, by: Operator, when: Moment, code: str, office: Path | None = None) -> Print:
    """Record that a paper is printed once more: what it says is what was kept of it.

    Raises UnknownPaper, NotYourRole, and the refusals of `reprint_paper`.
    """
    known = store.paper(code)
    if known is None or not known.known:
        raise refusals.UnknownPaper(code)
    require_role(known.paper, by)
    words = template(known.paper, office)
    reprint = reprint_paper(code, store, by, when)
    told = acknowledgement(store, code)
    return decode(reprint.document), _issue(words, told, _training(store), reprint.copy)


def acknowledgement(store: Store, code: str) -> str:
    """The service's number of its answer about this paper, which comes after all it speaks of."""
    made = history(store, code).last(e.PaperMade)
    verdict = made.row.verdict if made else None
    return str(verdict.number) if verdict else fact_words().waiting


def about(facts: PaperFacts) -> tuple[str, ...]:
    """The codes under which a paper is found again."""
    devices = (code for line in facts.devices for code in (line.lot, line.code))
    own = (facts.subject, facts.pupil.case, *devices)
    return tuple(dict.fromkeys(code for code in own if code))


def _issue(words: Template, told: str, training: str, reprint: int = 0) -> Issue:
    said = issue(words, reprint=reprint, acknowledgement=told)
    return structs.replace(said, mark=" – ".join(filter(None, (training, said.mark))))


def _training(store: Store) -> str:
    """What a paper is marked with where nothing is real."""
    return store.reference.programme.training
