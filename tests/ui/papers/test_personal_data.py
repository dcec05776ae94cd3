"""What a paper does not print of a person is not described either: facts are sealed and kept."""

from collections.abc import Iterator

import pytest
from msgspec import Struct

from labels.block_spec import TableSpec
from labels.phrase import fields, parse
from labels.template import papers, template
from station.paper_facts import PaperFacts
from station.store.store import SqlStore
from tests.station.conftest import LEAD, NOON
from tests.ui.papers.lives import BINH, COMPANY, MAI
from tests.ui.papers.test_making import every_paper
from ui.papers.describing import Wanted, describe
from ui.papers.extras import Extras

OF_PERSONS = ("giver", "receiver", "donor", "operator", "pupil")
OF_ROWS = ("pupil", "school_class")


def told(facts: PaperFacts) -> Iterator[str]:
    """Every field about a person that says something."""
    for part in OF_PERSONS:
        about: Struct = getattr(facts, part)
        yield from (f"{part}.{name}" for name in about.__struct_fields__ if getattr(about, name))
    for row in facts.devices:
        yield from (name for name in OF_ROWS if getattr(row, name))


def printed(paper: str) -> set[str]:
    """Every field that the words and tables of a paper name."""
    shape = template(paper)
    tables = [block for block in shape.blocks if isinstance(block, TableSpec)]
    texts = [text for word in shape.words.values() for text in word]
    texts += [column.cell for table in tables for column in table.columns]
    named = {field.name for text in texts for field in fields(parse(text))}
    return named | {table.by for table in tables}


# Who gives and takes on behalf of an office is no secret of the paper; codes name nobody.
KNOWN_TO_ALL = frozenset(
    {
        *(f"giver.{name}" for name in ("organisation", "person", "title")),
        *(f"operator.{name}" for name in ("organisation", "person", "title")),
        *("receiver.organisation", "receiver.person", "donor.organisation", "donor.person"),
        "pupil.case",
    }
)


@pytest.mark.parametrize("paper", papers())
def test_nothing_of_a_person_is_described_that_the_paper_does_not_print(
    paper: str, store: SqlStore
) -> None:
    about = every_paper(store)[paper]
    wanted = Wanted(paper=paper, about=about, extras=Extras(donor=COMPANY))

    for facts in describe(store, wanted, LEAD, NOON):
        assert set(told(facts)) - printed(paper) - KNOWN_TO_ALL == set()


PHONES = {who.phone for who in (BINH, MAI, COMPANY)} | {"0912 345 678", "0912 000 111"}
CALLED = {"intake-receipt", "pick-up-form", "repair-receipt"}


@pytest.mark.parametrize("paper", sorted(set(papers()) - CALLED))
def test_nobodys_telephone_is_on_a_paper_that_calls_nobody(paper: str, store: SqlStore) -> None:
    wanted = Wanted(paper=paper, about=every_paper(store)[paper], extras=Extras(donor=COMPANY))

    for facts in describe(store, wanted, LEAD, NOON):
        assert not [phone for phone in PHONES if phone in repr(facts)]
