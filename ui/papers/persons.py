"""The persons a paper names; a row that was purged leaves its place to be filled in by hand."""

from datetime import date

from station import events as e
from station.case import Case
from station.paper_facts import Choice, PupilFacts
from station.people import Donor, Person, Pupil
from station.ports import Store
from station.printed import Party
from station.reference import Reference, Table, UnknownReference
from ui.papers.words import fact_words, word


def donor(store: Store, ref: bytes | None) -> Donor | None:
    """Who gave, where it was recorded and is still kept."""
    content = store.content(ref) if ref else None
    return content if isinstance(content, Donor) else None


def donor_party(
    who: Donor | None, *, with_address: bool = False, with_phone: bool = False
) -> Party:
    """The donor by name; the rest only where somebody must find or call them."""
    if who is None:
        return Party()
    return Party(
        organisation=who.name if who.organisation else "",
        person="" if who.organisation else who.name,
        address=who.address if with_address else "",
        phone=who.phone if with_phone else "",
    )


def consents(who: Donor | None) -> tuple[Choice, ...]:
    """What a donor agreed to; nothing where nobody knows, so that it is ticked by hand."""
    if who is None:
        return ()
    words = fact_words()
    return (
        Choice(words.may_process, who.may_process),
        Choice(words.may_publish, who.may_publish),
    )


def person(store: Store, ref: e.Ref | None) -> Person:
    """Somebody who signed or fetched something."""
    content = store.content(ref.id) if ref else None
    return content if isinstance(content, Person) else Person(name="")


def pupil(store: Store, case: Case | None) -> Pupil:
    """The person behind a case."""
    content = store.content(case.pupil) if case and case.pupil else None
    return content if isinstance(content, Pupil) else Pupil(name="")


def pupil_facts(store: Store, case: Case, day: date) -> PupilFacts:
    """The pupil by name, class and school."""
    who = pupil(store, case)
    return PupilFacts(
        name=who.name,
        school_class=who.school_class,
        school=school_name(store.reference, case.school, day),
        case=case.code,
    )


def guardian_party(store: Store, case: Case) -> Party:
    """Who stands for the pupil."""
    who = pupil(store, case)
    return Party(person=who.guardian, title=word(store.reference, Table.RELATIONS, who.relation))


def school_name(reference: Reference, school: str | None, day: date) -> str:
    """A school as it was called on that day."""
    try:
        return reference.organisation(school, day).word() if school else ""
    except UnknownReference:
        return school or ""


def place_name(reference: Reference, place: str, day: date) -> str:
    """A point or an organisation as it was called on that day."""
    try:
        return reference.place(place, day).word()
    except UnknownReference:
        return place
