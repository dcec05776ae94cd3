"""Biên bản bàn giao of a direct gift: the donor gives, the family receives, nobody checked it."""

from msgspec import structs

from station.paper_facts import PaperFacts
from station.people import Donor
from station.ports import Store
from station.printed import Party
from ui.papers import device_lines, persons
from ui.papers.handed import gift_of
from ui.papers.history import NothingToSay, history
from ui.papers.occasion import heading, occasion_of
from ui.papers.words import fact_words


def gift_minutes(store: Store, code: str) -> PaperFacts:
    """The minutes between donor and family, with what the point did not do; raises NothingToSay."""
    told = history(store, code)
    act = gift_of(told)
    if act is None:
        raise NothingToSay(code)
    occasion, case = occasion_of(act.row.event), store.case(act.said.case)
    line = device_lines.device_line(
        told.device(act.at), store.reference, remark=fact_words().unchecked
    )
    return structs.replace(
        heading(store, occasion, act.said.case),
        place="",  # where they met, nobody here knows
        giver=_giver(persons.donor(store, act.said.donor.id if act.said.donor else None)),
        receiver=persons.guardian_party(store, case) if case else Party(),
        devices=(line,),
        **({"pupil": persons.pupil_facts(store, case, occasion.day)} if case else {}),
    )


def _giver(donor: Donor | None) -> Party:
    """A person gives in their own name, in the line where an organisation stands."""
    return Party(organisation=donor.name) if donor else Party()
