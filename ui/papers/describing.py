"""A paper by its id: how each is described."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct, structs

from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import PaperFacts
from station.ports import Store
from ui.papers.bench_sheet import bench_sheet
from ui.papers.disposal import disposal_minutes, e_waste_minutes
from ui.papers.donor_letters import sponsorship_confirmation, thank_you_letter
from ui.papers.erasure_certificate import erasure_certificate
from ui.papers.extras import Extras, with_extras
from ui.papers.forms import emergency_form, pick_up_form
from ui.papers.history import NothingToSay
from ui.papers.intake_receipt import intake_receipt
from ui.papers.pupils_papers import proxy_letter, repair_receipt
from ui.papers.return_slip import return_slip
from ui.papers.school_batch import batch_minutes, minutes_of, signing_list
from ui.papers.stocktake_minutes import stocktake_minutes
from ui.papers.transfer_manifest import transfer_manifest


class Wanted(Struct, frozen=True, kw_only=True):
    """A paper somebody wants: of which codes, and what they say besides."""

    paper: str
    about: tuple[str, ...] = ()
    extras: Extras = Extras()

    @property
    def code(self) -> str:
        """What a paper about one thing is about; raises NothingToSay."""
        if not self.about:
            raise NothingToSay("")
        return self.about[0]


Described = PaperFacts | tuple[PaperFacts, ...]

# About an act, by the code of what it happened to.
OF_AN_ACT: Final[Mapping[str, Callable[[Store, str], Described]]] = {
    "intake-receipt": intake_receipt,
    "handover-minutes": minutes_of,
    "batch-minutes": batch_minutes,
    "signing-list": signing_list,
    "transfer-manifest": transfer_manifest,
    "e-waste-minutes": e_waste_minutes,
    "repair-receipt": repair_receipt,
    "return-slip": return_slip,
}
# About how one thing stands when the paper is made.
OF_NOW: Final[Mapping[str, Callable[[Store, str, Operator, Moment], PaperFacts]]] = {
    "bench-sheet": bench_sheet,
    "erasure-certificate": erasure_certificate,
    "thank-you-letter": thank_you_letter,
    "proxy-letter": proxy_letter,
}
# The same about several.
OF_SEVERAL: Final[Mapping[str, Callable[[Store, Sequence[str], Operator, Moment], PaperFacts]]] = {
    "sponsorship-confirmation": sponsorship_confirmation,
    "disposal-minutes": disposal_minutes,
    "emergency-form": emergency_form,
}


def describe(store: Store, wanted: Wanted, by: Operator, when: Moment) -> tuple[PaperFacts, ...]:
    """What it says; of a batch's individual minutes there are as many as pupils.

    Raises NothingToSay, also for a paper that nobody describes.
    """
    found = _described(store, wanted, by, when)
    if isinstance(found, PaperFacts):
        return (with_extras(found, wanted.extras),)
    of_each = structs.replace(wanted.extras, value=None)  # what all are worth no single one is
    extras = wanted.extras if len(found) == 1 else of_each
    return tuple(with_extras(facts, extras) for facts in found)


def _described(store: Store, wanted: Wanted, by: Operator, when: Moment) -> Described:
    paper, extras = wanted.paper, wanted.extras
    if paper in OF_AN_ACT:
        return OF_AN_ACT[paper](store, wanted.code)
    if paper in OF_NOW:
        return OF_NOW[paper](store, wanted.code, by, when)
    if paper in OF_SEVERAL:
        return OF_SEVERAL[paper](store, wanted.about, by, when)
    if paper == "stocktake-minutes":
        return stocktake_minutes(store, extras.since or when.day, by, when)
    if paper == "pick-up-form":
        return pick_up_form(store, extras.donor, wanted.about, by, when)
    raise NothingToSay(paper)
