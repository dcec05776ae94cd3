"""A school's batch: the minutes it signs, its pupils' signing list, minutes for each pupil."""

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from station import events as e
from station.codes import CodeKind, grouped, parse
from station.paper_facts import DeviceLine, PaperFacts, PupilFacts
from station.ports import Store
from station.printed import Party
from station.text import SyllableKey, sort_key
from ui.papers import persons
from ui.papers.direct_gift import gift_minutes
from ui.papers.handed import gift_of, stayed_here
from ui.papers.handover_minutes import (
    Given,
    given,
    handover_minutes,
    last_handover,
    line,
    to_school,
)
from ui.papers.history import NothingToSay, history
from ui.papers.occasion import heading, occasion_of
from ui.papers.words import fact_words


def minutes_of(store: Store, code: str) -> tuple[PaperFacts, ...]:
    """The minutes of a device's or a case's last hand-over, or of every pupil of a batch.

    Raises NothingToSay.
    """
    match parse(code).kind:
        case CodeKind.LOT:
            return individual_minutes(store, code)
        case CodeKind.CASE:
            return (_of_case(store, code),)
    if gift_of(history(store, code)) is not None:
        return (gift_minutes(store, code),)
    devices, of = last_handover(store, code)
    if parse(of).kind is CodeKind.LOT:
        return individual_minutes(store, of, given(store, code, of).case)
    return (handover_minutes(store, devices, of),)


def batch_minutes(store: Store, code: str) -> PaperFacts:
    """The school signs one table; below it stand its pupils by class, to sign as they receive."""
    batch = _batch_of(store, code)
    handed = _handed(store, batch)
    pupils = _pupils(store, handed)
    lines = sorted(_signing_lines(store, handed, pupils), key=_by_class_and_name)
    return structs.replace(
        _in_order_of(lines, to_school(store, handed, batch)), pupils=tuple(lines)
    )


def _in_order_of(lines: Iterable[DeviceLine], minutes: PaperFacts) -> PaperFacts:
    """The table stands in the order of the sheets that pupils sign."""
    places = {line.case: place for place, line in enumerate(lines)}
    devices = sorted(minutes.devices, key=lambda row: places[row.case])
    return structs.replace(minutes, devices=tuple(devices))


def signing_list(store: Store, code: str) -> PaperFacts:
    """Danh sách ký nhận: one line a pupil by class and name, to be confirmed by the case's code."""
    batch = _batch_of(store, code)
    handed = _handed(store, batch)
    occasion = occasion_of(handed[0].act.row.event)
    pupils = _pupils(store, handed)
    lines = sorted(_signing_lines(store, handed, pupils), key=_by_class_and_name)
    school = persons.school_name(store.reference, handed[0].act.said.school, occasion.day)
    return structs.replace(
        heading(store, occasion, batch),
        place="",  # where the school passes them on, nobody knows yet
        school=school,
        devices=tuple(lines),
    )


def individual_minutes(store: Store, batch: str, only: str = "") -> tuple[PaperFacts, ...]:
    """Minutes between the point and each pupil of a batch, in the order of the signing list.

    `only` is the case of one of them. Who received is known once the school confirmed it; until
    then it is written by hand.
    """
    handed = tuple(one for one in _handed(store, batch) if only in ("", one.case))
    if not handed:
        raise NothingToSay(only, batch)
    pupils = _pupils(store, handed)
    base = to_school(store, handed, batch)
    ordered = sorted(_of_each(handed).items(), key=lambda each: _class_and_name(pupils[each[0]]))
    return tuple(
        structs.replace(
            base,
            subject=case,
            receiver=_received_by(store, own),
            pupil=pupils[case],
            devices=tuple(line(store, one) for one in own),
        )
        for case, own in ordered
    )


def _of_case(store: Store, code: str) -> PaperFacts:
    case = store.case(code)
    if case is None or not case.devices:
        raise NothingToSay(code)
    if gift_of(history(store, case.devices[0])) is not None:
        return gift_minutes(store, case.devices[0])
    batch = given(store, case.devices[0], code).act.said.batch
    if batch is not None:
        return individual_minutes(store, batch, code)[0]
    return handover_minutes(store, case.devices, code)


def _batch_of(store: Store, code: str) -> str:
    """The batch, or the one in which a device was last given."""
    if parse(code).kind is CodeKind.LOT:
        return code
    batch = given(store, code).act.said.batch
    if batch is None:
        raise NothingToSay(code)
    return batch


def _handed(store: Store, batch: str) -> tuple[Given, ...]:
    known = store.lot(batch)
    if known is None or not known.devices:
        raise NothingToSay(batch)
    handed = (given(store, device, batch) for device in known.devices)
    went = tuple(one for one in handed if not stayed_here(one.told, one.act))
    if not went:
        raise NothingToSay(batch)
    return went


def _pupils(store: Store, handed: Iterable[Given]) -> dict[str, PupilFacts]:
    """The pupils by case."""
    found: dict[str, PupilFacts] = {}
    for one in handed:
        if one.case in found:
            continue
        case, day = store.case(one.case) if one.case else None, one.act.row.event.header.day
        found[one.case] = persons.pupil_facts(store, case, day) if case else PupilFacts()
    return found


def _of_each(handed: Iterable[Given]) -> dict[str, list[Given]]:
    """What each case gets, a computer before what belongs to its set."""
    own: dict[str, list[Given]] = {}
    for one in handed:
        own.setdefault(one.case, []).append(one)
    for devices in own.values():
        devices.sort(key=lambda one: one.device.head is not None)
    return own


def _signing_lines(
    store: Store, handed: Iterable[Given], pupils: dict[str, PupilFacts]
) -> Iterator[DeviceLine]:
    for case, (head, *members) in _of_each(handed).items():
        with_it = ", ".join(grouped(one.device.code) for one in members)
        yield line(
            store,
            head,
            case=case,
            pupil=pupils[case].name,
            school_class=pupils[case].school_class,
            remark=fact_words().members_of_set.format(codes=with_it) if with_it else "",
        )


def _received_by(store: Store, own: list[Given]) -> Party:
    confirmed = own[0].told.last(e.HandoverConfirmed, of=own[0].case)
    taker = persons.person(store, confirmed.said.receiver if confirmed else None)
    return Party(person=taker.name, title=taker.title)


ListKey = tuple[tuple[tuple[int, str], ...], tuple[SyllableKey, ...]]


def _by_class_and_name(row: DeviceLine) -> ListKey:
    return _list_key(row.school_class, row.pupil)


def _class_and_name(pupil: PupilFacts) -> ListKey:
    return _list_key(pupil.school_class, pupil.name)


def _list_key(school_class: str, name: str) -> ListKey:
    """4A before 4B before 10A; in a class by name as Vietnamese lists do."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", school_class)
    numbered = ((int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces)
    return tuple(numbered), sort_key(name)
