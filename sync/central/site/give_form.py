"""Give a computer: a donor registers what there is, and how it comes to a pupil."""

from collections.abc import Iterator

from msgspec import Struct

from station.codes import BadCode, parse_scan
from station.events import OfferedItem
from station.people import Donor
from station.reference import Table
from station.text import BadText
from station.words import _, language
from sync.central.programme.checking import MOST_DEVICES, NewOffer, NotRegistered, faults_of_offer
from sync.central.programme.consents import ConsentMissing, Giver, lacking
from sync.central.programme.offers import OfferForm, OfferPlace
from sync.central.programme.once import KeyReused
from sync.central.programme.registering import Registered
from sync.central.programme.taking_in import take_offer
from sync.central.site.console.names import Names
from sync.central.site.registering import CHANNEL, asking, consented, look_over, refuse, shared
from sync.central.site.visiting import Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

ADDRESS = "/tang-may"
PERSON, ORGANISATION = "person", "organisation"


class Chosen(Struct, frozen=True):
    """The case that a donor came from the list with."""

    ho_so: str = ""


@shows("GET", ADDRESS, where=Chosen)
def give(visit: Visit[Chosen]) -> Shown:
    """Ask what is given."""
    if visit.where.ho_so:
        chosen = {"way": [OfferForm.DIRECT.value], "chosen_case": [visit.where.ho_so[:40]]}
        visit.typed.values = chosen
    return _form(visit)


@shows("POST", ADDRESS)
def register_gift(visit: Visit[Nowhere]) -> Shown:
    """Register it; the same form sent twice is one offer."""
    new = _typed(visit)
    faults = faults_of_offer(visit.reference, new, visit.today)
    look_over(visit.typed, faults, lacking(new.consented, (Giver.DONOR,)))
    if not visit.typed.errors:
        try:
            return _registered(
                visit,
                take_offer(visit.engine, visit.own, visit.reference, new, asking(visit, new)),
            )
        except (NotRegistered, ConsentMissing, BadText) as error:
            refuse(visit.typed, error)
        except KeyReused:
            return Page("registered_before.html", {"again": ADDRESS}, status=409)
    return _form(visit, status=422)


def _typed(visit: Visit[Nowhere]) -> NewOffer:
    typed, names = visit.typed, Names(visit)
    kind = typed.choice("giver", (PERSON, ORGANISATION), required=True)
    form = OfferForm(typed.choice("way", list(OfferForm), required=True) or OfferForm.POINT)
    direct = form is OfferForm.DIRECT
    place = typed.choice("place", list(OfferPlace), required=not direct)
    station = typed.choice("station", [value for value, _word in names.point_choice])
    return NewOffer(
        donor=Donor(
            name=typed.name("name", required=True),
            organisation=kind == ORGANISATION,
            phone=typed.phone("phone", required=True),
            address=typed.line("address"),
        ),
        items=tuple(_items(visit)),
        form=form,
        # a direct gift comes to no point; what is kept of its place says nothing
        place=OfferPlace.POINT if direct or place is None else OfferPlace(place),
        consented=consented(visit, (Giver.DONOR,)),
        channel=CHANNEL,
        station=int(station) if station and place == OfferPlace.POINT and not direct else None,
        unit=typed.choice("unit", names.units),
        expected_on=typed.day("expected_on"),
        part=typed.choice("part", [entry for entry, _word in _parts(visit)]),
        note=typed.words("note"),
        chosen_case=_chosen_case(visit) if direct else None,
    )


def _items(visit: Visit[Nowhere]) -> Iterator[OfferedItem]:
    for kind, _word in _kinds(visit):
        if count := visit.typed.number(f"count-{kind}", 0, MOST_DEVICES):
            yield OfferedItem(kind, count)


def _chosen_case(visit: Visit[Nowhere]) -> str | None:
    """As it is written on the list, with or without its spaces."""
    typed = visit.typed.line("chosen_case", limit=40)
    try:
        return parse_scan(typed).text if typed else None
    except BadCode:
        return typed


def _registered(visit: Visit[Nowhere], registered: Registered) -> Page:
    direct = visit.typed.raw("way") == OfferForm.DIRECT
    values = {"registered": registered, "direct": direct, "place": visit.typed.raw("place")}
    return Page("gift_registered.html", values)


def _kinds(visit: Visit[Nowhere] | Visit[Chosen]) -> list[tuple[str, str]]:
    return _words(visit, Table.KINDS)


def _parts(visit: Visit[Nowhere] | Visit[Chosen]) -> list[tuple[str, str]]:
    return _words(visit, Table.DAY_PARTS)


def _words(visit: Visit[Nowhere] | Visit[Chosen], table: Table) -> list[tuple[str, str]]:
    return [(entry.id, entry.word(language())) for entry in visit.reference.entries(table)]


def _form(visit: Visit[Nowhere] | Visit[Chosen], status: int = 200) -> Page:
    values = {
        "names": Names(visit),
        "kinds": _kinds(visit),
        "parts": _parts(visit),
        "givers": [(PERSON, _("A person")), (ORGANISATION, _("An organisation or company"))],
        "ways": [
            (OfferForm.POINT.value, _("To the programme: it is tested, repaired and given")),
            (OfferForm.DIRECT.value, _("Straight to a pupil of the approved list")),
        ],
        "places": [
            (OfferPlace.POINT.value, _("I bring it to a point (VNPT, Viettel)")),
            (OfferPlace.DEPARTMENT.value, _("I bring it to the Department")),
            (OfferPlace.PICK_UP.value, _("Somebody comes and fetches it")),
        ],
    }
    return Page("give.html", values | shared(visit), status=status)


VIEWS = (give, register_gift)
