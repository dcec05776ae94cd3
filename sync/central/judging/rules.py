"""The rules of the whole programme, which no point can know alone. Pure: no database, no clock.

Events are judged and folded one after another, in the order in which they arrived; the first that
was accepted wins. Facts are never refused: what contradicts another one is disputed, and accepted
later when its counterpart comes. What pairs up (a departure with its arrival, a handover with its
return) is counted, so that it does not matter in which order the chains of honest points arrive.

Corrections change nothing here, and kinds that this version does not know are accepted unread.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec import structs

from station import events as e
from station.ledger import ChainId
from sync.central.judging.states import (
    APPROVED,
    REFUSED,
    Case,
    Device,
    Docket,
    Doubt,
    Ended,
    Hold,
    Move,
    Place,
    Ruling,
    is_case,
    is_device,
)

CASE_NOT_APPROVED: Final = "case_not_approved"
CASE_HAS_DEVICE: Final = "case_has_device"
DEVICE_HAS_CASE: Final = "device_has_case"
CASE_GIVEN_TWICE: Final = "case_given_twice"
DEVICE_GIVEN_TWICE: Final = "device_given_twice"
CASE_KEPT_ELSEWHERE: Final = "case_kept_elsewhere"
DEVICE_RECEIVED_TWICE: Final = "device_received_twice"
DEPARTURE_MISSING: Final = "departure_missing"
ARRIVED_ELSEWHERE: Final = "arrived_elsewhere"
DEVICE_ELSEWHERE: Final = "device_elsewhere"

_Back = e.ReturnedToStock | e.DirectGiftWithdrawn

ACCEPTED: Final = Ruling(e.ACCEPTED)
DELIVERED: Final = frozenset({"signed", "proxy"})
POINT: Final = "point-"
MOST_ENDED: Final = 16

# what nobody can do to a device that is not there
ACTS: Final = (
    e.TakenToBench,
    e.ChecksRecorded,
    e.CheckEnteredByHand,
    e.StorageErased,
    e.StorageRemoved,
    e.SystemInstalled,
    e.WorkDone,
    e.PartFitted,
    e.KitChecked,
    e.Graded,
    e.MadeReady,
    e.SentTo,
)


def judge(docket: Docket, event: e.Event) -> Ruling:
    """Rule on the next event, before it is folded."""
    rule = _RULES.get(type(event.said))
    if rule is None or not is_device(event.header.subject):
        return ACCEPTED
    device = docket.device(event.header.subject)
    return rule(docket, device, event, event.said) or ACCEPTED


def fold(docket: Docket, event: e.Event, ruling: Ruling) -> None:
    """Remember what later events need to know of this one."""
    said, subject = event.said, event.header.subject
    if is_case(subject) and (entered := _entered(said)) is not None:
        docket.put_case(subject, structs.replace(docket.case(subject), entered=entered))
    if not is_device(subject):
        return
    if (step := _FOLDS.get(type(said))) is not None:
        step(docket, docket.device(subject), event, said, ruling)
    if ruling.rule in {DEVICE_ELSEWHERE, DEVICE_GIVEN_TWICE} and ruling.outcome == e.DISPUTED:
        device = docket.device(subject)
        doubts = (*device.doubts, _doubt(event, ruling))
        docket.put_device(subject, structs.replace(device, doubts=doubts))
    _look_again_where_it_is(docket, subject)
    _let_targets_follow(docket, subject)


def _entered(said: e.Said | None) -> bool | None:
    """Whether a point entered a case from paper, or did so by mistake; None: it says neither."""
    if isinstance(said, e.ActWithdrawn) and said.target_kind == e.CaseEntered.__name__:
        return False
    return True if isinstance(said, e.CaseEntered) else None


def with_document(case: Case, *, approved: bool) -> Case:
    """The case after the Department's word on it, which wins over what a point entered."""
    return structs.replace(case, document=APPROVED if approved else REFUSED)


def point_of(place: str) -> int | None:
    """The number of a point, where the place is one."""
    number = place.removeprefix(POINT)
    is_point = place.startswith(POINT) and number.isascii() and number.isdigit()
    return int(number) if is_point and 1 <= int(number) <= 899 else None


# ---- where a device is ----


def _elsewhere(docket: Docket, device: Device, event: e.Event, outcome: str) -> Ruling | None:
    """Another point has it, and this one never had it, or sent it away.

    What a laptop says may come long after the departure that its point told of: it was before it.
    """
    station = event.header.chain.station
    others = [p for p in device.places if p.station != station and p.balance > 0]
    own = _place(device, station)
    if not others or own.balance > 0 or (docket.late and _had(own)):
        return None
    return Ruling(outcome, DEVICE_ELSEWHERE, others[-1].brought, others[-1].station)


def _had(place: Place) -> bool:
    return bool(place.brought)


def _act(docket: Docket, device: Device, event: e.Event, _said: e.Said) -> Ruling | None:
    return _elsewhere(docket, device, event, e.DISPUTED)


def _reception(_docket: Docket, device: Device, event: e.Event, _said: e.Received) -> Ruling | None:
    station = event.header.chain.station
    for place in device.places:
        if place.received and place.station != station:
            return Ruling(e.DISPUTED, DEVICE_RECEIVED_TWICE, place.received, place.station)
    return None


def _arrival(docket: Docket, device: Device, event: e.Event, said: e.ArrivedFrom) -> Ruling | None:
    here = event.header.chain.station
    origin = point_of(said.place)
    if origin is None:  # a school keeps no ledger: whoever had it before must have let it go
        return _elsewhere(docket, device, event, e.DISPUTED)
    if origin == here:
        return None
    from_there = [move for move in device.departures if move.origin == origin]
    if any(move.target == here for move in from_there):
        return None
    if from_there:
        return Ruling(e.DISPUTED, ARRIVED_ELSEWHERE, from_there[0].event, origin)
    return Ruling(e.DISPUTED, DEPARTURE_MISSING, b"", origin)


def _fold_received(
    docket: Docket, device: Device, event: e.Event, _said: e.Received, _ruling: Ruling
) -> None:
    place = _place(device, event.header.chain.station)
    if not place.received:
        place = structs.replace(place, received=event.hash)
        device = _brought(docket, device, place, event)
    docket.put_device(event.header.subject, device)


def _fold_mistaken(
    docket: Docket, device: Device, event: e.Event, _said: e.EnteredByMistake, _ruling: Ruling
) -> None:
    """Its point takes the reception back: the device never was there."""
    place = _place(device, event.header.chain.station)
    if place.received:
        gone = structs.replace(place, received=b"", balance=place.balance - 1)
        docket.put_device(event.header.subject, _with_place(device, gone))


def _fold_arrived(
    docket: Docket, device: Device, event: e.Event, said: e.ArrivedFrom, ruling: Ruling
) -> None:
    chain = event.header.chain
    follows = _is_let_in(device, chain.station, point_of(said.place), ruling)
    device = _brought(docket, device, _place(device, chain.station), event)
    origin = point_of(said.place)
    if origin is not None:
        device = _arrived(device, Move(origin, chain.station, chain, event.hash))
    docket.put_device(event.header.subject, device)
    if follows:
        docket.follow(event.header.subject, chain.station)


def _is_let_in(device: Device, station: int, origin: int | None, ruling: Ruling) -> bool:
    """Whether a point follows a device because it says that it arrived there.

    With a device's events go the people rows they name, so that its own word alone is not enough:
    the other point told of a departure, or another point had the device and has it no more. A
    departure that is told of later lets it follow then.
    """
    if origin is not None and origin != station:
        return ruling.rule != DEPARTURE_MISSING
    others = [place for place in device.places if place.station != station]
    return bool(others) and all(place.balance <= 0 for place in others)


def _arrived(device: Device, move: Move) -> Device:
    """Take the departure that this arrival answers off the list, or wait for it."""
    sent_back = move.origin == move.target  # it never got anywhere: its last departure is over
    departures = device.departures[::-1] if sent_back else device.departures
    for departure in departures:
        if departure.origin == move.origin and (sent_back or departure.target == move.target):
            return _answered(device, move, departure)
    if sent_back:
        return device
    return structs.replace(device, arrivals=(*device.arrivals, move))


def _answered(device: Device, arrival: Move, departure: Move) -> Device:
    """A departure with its arrival: neither waits for the other any more."""
    return structs.replace(
        device,
        departures=_but(device.departures, departure),
        arrivals=_but(device.arrivals, arrival),
        answered=(*device.answered, (arrival.event, departure))[-MOST_ENDED:],
    )


def _never_arrived(docket: Docket, code: str, arrival: bytes) -> None:
    """It is on its way again, or was never heard of here."""
    device = docket.device(code)
    for move in device.arrivals:
        if move.event == arrival:
            docket.clear(move.chain, arrival)
    answered = [one for one in device.answered if one[0] == arrival]
    docket.put_device(
        code,
        structs.replace(
            device,
            arrivals=tuple(move for move in device.arrivals if move.event != arrival),
            answered=_but(device.answered, *answered),
            departures=(*device.departures, *(departure for _, departure in answered)),
        ),
    )


def _fold_sent(
    docket: Docket, device: Device, event: e.Event, said: e.SentTo, _ruling: Ruling
) -> None:
    code, chain = event.header.subject, event.header.chain
    place = _place(device, chain.station)
    device = _with_place(device, structs.replace(place, balance=place.balance - 1))
    target = point_of(said.place)
    if target is None or target == chain.station:
        docket.put_device(code, device)
        if place.balance > 0:
            _follow_where_it_is(docket, code)
        return
    move = Move(chain.station, target, chain, event.hash)
    device = _departed(docket, device, move)
    docket.put_device(code, device)
    if move not in device.departures:  # it arrived there: two points say so
        docket.follow(code, target)


def _let_targets_follow(docket: Docket, code: str) -> None:
    """Whoever it is on its way to follows it, once nobody doubts that its sender had it."""
    device = docket.device(code)
    doubted = {doubt.event for doubt in device.doubts}
    for departure in device.departures:
        if departure.event not in doubted:
            docket.follow(code, departure.target)


def _follow_where_it_is(docket: Docket, code: str) -> None:
    """It left, not for a point: the only point that says it came there gets its events."""
    having = [place.station for place in docket.device(code).places if place.balance > 0]
    if len(having) == 1:
        docket.follow(code, having[0])


def _departed(docket: Docket, device: Device, move: Move) -> Device:
    """Clear the arrival that waited for this departure, or let it wait for its arrival."""
    for arrival in device.arrivals:
        if (arrival.origin, arrival.target) == (move.origin, move.target):
            docket.clear(arrival.chain, arrival.event)
            return _answered(device, arrival, move)
    return structs.replace(device, departures=(*device.departures, move))


def _brought(docket: Docket, device: Device, place: Place, event: e.Event) -> Device:
    """The device is here now: what was done to it here is no wonder any more."""
    place = structs.replace(place, balance=place.balance + 1, brought=event.hash)
    doubts = tuple(
        doubt
        for doubt in device.doubts
        if doubt.rule != DEVICE_ELSEWHERE or doubt.chain.station != place.station
    )
    for doubt in device.doubts:
        if doubt not in doubts:
            docket.clear(doubt.chain, doubt.event)
    return structs.replace(_with_place(device, place), doubts=doubts)


def _place(device: Device, station: int) -> Place:
    return next((p for p in device.places if p.station == station), Place(station))


def _with_place(device: Device, place: Place) -> Device:
    others = tuple(p for p in device.places if p.station != place.station)
    return structs.replace(device, places=(*others, place))


# ---- sets ----


def _fold_joint(
    docket: Docket, device: Device, event: e.Event, said: e.Said, _ruling: Ruling
) -> None:
    """A set counts as one device, also where a reservation was heard of before its joint."""
    code = event.header.subject
    head = said.head if isinstance(said, e.Joined) else ""
    claim = structs.replace(device.claim, head=head or code) if device.claim else None
    given = tuple(structs.replace(hold, head=head or code) for hold in device.given)
    docket.put_device(code, structs.replace(device, head=head, claim=claim, given=given))
    for held in _cases_of(device):
        case = docket.case(held)
        claims, gifts = (
            tuple(structs.replace(h, head=head or code) if h.device == code else h for h in holds)
            for holds in (case.claims, case.given)
        )
        docket.put_case(held, structs.replace(case, claims=claims, given=gifts))
        _look_again(docket, held)


def _cases_of(device: Device) -> Iterator[str]:
    return iter(dict.fromkeys(h.case for h in (*_claims(device), *device.given) if is_case(h.case)))


def _claims(device: Device) -> tuple[Hold, ...]:
    return (device.claim,) if device.claim else ()


# ---- claims ----


def _claim(docket: Docket, device: Device, event: e.Event, said: e.Reserved) -> Ruling | None:
    """First accepted wins; whoever holds the case with this very device may hold it again."""
    if not is_case(said.case) or not docket.case(said.case).approved:
        return Ruling(e.VOID, CASE_NOT_APPROVED)
    case, hold = docket.case(said.case), _hold(device, event, said.case)
    doubted = {doubt.event for doubt in case.doubts}  # given against another's claim: no right
    holding = (*case.claims, *(given for given in case.given if given.event not in doubted))
    holds_it = any(h.device == hold.device for h in holding)
    if not holds_it and (first := _opponent(hold, (*case.claims, *case.given))):
        return _against(e.VOID, CASE_HAS_DEVICE, first)
    if elsewhere := _elsewhere(docket, device, event, e.VOID):
        return elsewhere
    claim = device.claim
    if claim and claim.chain != hold.chain and claim.case != hold.case:
        return _against(e.VOID, DEVICE_HAS_CASE, claim)
    return None


def _opponent(hold: Hold, others: tuple[Hold, ...]) -> Hold | None:
    """Another chain's hold of the same case, by a device of another set."""
    for other in others:
        if other.chain != hold.chain and other.head != hold.head and other.device != hold.device:
            return other
    return None


def _fold_reserved(
    docket: Docket, device: Device, event: e.Event, said: e.Reserved, ruling: Ruling
) -> None:
    code = event.header.subject
    hold = _hold(device, event, said.case)
    device = _void_ended(docket, device, hold.chain)
    over = _released_already(device, hold)
    if over is not None:  # nobody needs to look at it, whatever its outcome
        device = structs.replace(device, ended=_but_one(device.ended, over))
        docket.close(hold.chain, hold.event)
    elif ruling.outcome == e.VOID and docket.late and ruling.station == hold.chain.station:
        docket.close(hold.chain, hold.event)  # its point told since what became of the case
    elif ruling.outcome == e.VOID:
        device = structs.replace(device, void=(*device.void, hold))
    elif not any(h.case == hold.case for h in device.given) and is_case(hold.case):
        device = _without_claim(docket, device)
        device = structs.replace(device, claim=hold)
        case = docket.case(hold.case)
        docket.put_case(hold.case, structs.replace(case, claims=(*case.claims, hold)))
    docket.put_device(code, device)


def _released_already(device: Device, hold: Hold) -> Ended | None:
    """The release or handover that came before this reservation, by the point's other chain."""
    for end in device.ended:
        if not end.given and _by_another(end, hold.chain) and end.case == hold.case:
            return end
    return None


def _fold_released(
    docket: Docket, device: Device, event: e.Event, said: e.ReservationReleased, _ruling: Ruling
) -> None:
    chain = event.header.chain
    claim = device.claim
    if claim and (claim.chain.station, claim.case) == (chain.station, said.case):
        device = _without_claim(docket, device)
    elif any(hold.chain.station == chain.station for hold in device.void):
        device = _void_ended(docket, device, chain)
    else:
        device = _with_ended(device, Ended(chain, said.case, given=False))
    docket.put_device(event.header.subject, device)


def _without_claim(docket: Docket, device: Device) -> Device:
    """The device is kept for nobody; whoever was second for its case may be first now."""
    claim = device.claim
    if claim is None:
        return device
    if is_case(claim.case):
        case = docket.case(claim.case)
        docket.put_case(claim.case, structs.replace(case, claims=_but(case.claims, claim)))
        _look_again(docket, claim.case)
    return structs.replace(device, claim=None)


def _void_ended(docket: Docket, device: Device, chain: ChainId) -> Device:
    """A void claim needs nobody any more once its point did something else with the device."""
    over = tuple(hold for hold in device.void if hold.chain.station == chain.station)
    for hold in over:
        docket.close(hold.chain, hold.event)
    return structs.replace(device, void=_but(device.void, *over)) if over else device


# ---- handovers ----


def _giving(docket: Docket, device: Device, event: e.Event, _said: e.Said) -> Ruling | None:
    case_code = _given_for(event)
    if case_code is None or _returned_already(device, event, case_code):
        return None
    hold = _hold(device, event, case_code)
    against = _case_against(docket.case(case_code), hold) if is_case(case_code) else None
    if against is None and (other := _given_elsewhere(device, hold, event)):
        against = _against(e.DISPUTED, DEVICE_GIVEN_TWICE, other)
    return against or _elsewhere(docket, device, event, e.DISPUTED)


def _given_for(event: e.Event) -> str | None:
    """The case of a handover, "" where the school passes it on; None where nothing was given."""
    said = event.said
    if isinstance(said, e.HandedOver):
        return said.case or ""
    if isinstance(said, e.HandoverConfirmed) and said.result in DELIVERED:
        return said.case
    if isinstance(said, e.GivenDirectly):
        return said.case
    if isinstance(said, e.ActWithdrawn) and said.target_kind == e.ReturnedToStock.__name__:
        return said.case or ""
    return None


def _case_against(case: Case, hold: Hold) -> Ruling | None:
    """What another chain did for the same pupil."""
    others = tuple(given for given in case.given if not (given.claimed and hold.claimed))
    if given := _opponent(hold, others):
        return _against(e.DISPUTED, CASE_GIVEN_TWICE, given)
    kept = None if hold.claimed else _opponent(hold, case.claims)
    return _against(e.DISPUTED, CASE_KEPT_ELSEWHERE, kept) if kept else None


def _given_elsewhere(device: Device, hold: Hold, event: e.Event) -> Hold | None:
    confirms = isinstance(event.said, e.HandoverConfirmed)
    for other in device.given:
        same = other.case == hold.case or (confirms and not other.case)
        if other.chain != hold.chain and not same:
            return other
    return None


def _fold_giving(
    docket: Docket, device: Device, event: e.Event, _said: e.Said, ruling: Ruling
) -> None:
    code, case_code = event.header.subject, _given_for(event)
    if case_code is None:
        return
    hold = _hold(device, event, case_code)
    over = _returned_already(device, event, case_code)
    if over is not None:
        if not over.begun:
            device = _with_claim_ended(device, hold)  # its reservation may be told of last
            device = _void_ended(docket, device, hold.chain)
            if device.claim and _ends_with(device.claim, hold):
                device = _without_claim(docket, device)
        ended = (*_but_one(device.ended, over), structs.replace(over, begun=True))
        docket.put_device(code, structs.replace(device, ended=ended))
        return
    if not isinstance(event.said, e.GivenDirectly):  # nobody kept what never was at a point
        device = _with_claim_ended(device, hold)
    device = _void_ended(docket, device, hold.chain)
    if is_case(case_code):
        case = docket.case(case_code)
        doubted = ruling.rule in {CASE_GIVEN_TWICE, CASE_KEPT_ELSEWHERE}
        doubts = (*case.doubts, _doubt(event, ruling)) if doubted else case.doubts
        given = _with_given(case.given, hold)
        docket.put_case(case_code, structs.replace(case, given=given, doubts=doubts))
    if device.claim and _ends_with(device.claim, hold):
        device = _without_claim(docket, device)
    docket.put_device(code, structs.replace(device, given=_with_given(device.given, hold)))


def _ends_with(claim: Hold, given: Hold) -> bool:
    """Whether a reservation ends with this handover."""
    return claim.chain.station == given.chain.station or claim.case == given.case


def _returned_already(device: Device, event: e.Event, case: str) -> Ended | None:
    """The return that came before this handover, by the point's other chain."""
    chain = event.header.chain
    confirms = isinstance(event.said, e.HandoverConfirmed)
    mine = [h.case for h in device.given if h.chain.station == chain.station]
    if confirms and (case in mine or "" in mine):
        return None
    for end in device.ended:
        same = end.case == case or not (confirms or (case and end.case))
        if end.given and _by_another(end, chain) and same and (confirms or not end.begun):
            return end
    return None


def _with_claim_ended(device: Device, hold: Hold) -> Device:
    """What was given was kept before: where nobody told so yet, the point's other chain will."""
    station = hold.chain.station
    kept = any(
        h.case == hold.case and h.chain.station == station
        for h in (*_claims(device), *device.void, *device.given)
    )
    if kept or not hold.case:
        return device
    return _with_ended(device, Ended(hold.chain, hold.case, given=False))


def _with_given(given: tuple[Hold, ...], hold: Hold) -> tuple[Hold, ...]:
    """One hold for each device, point and case; a signed line says for whom the school had it."""
    for known in given:
        own = (known.device, known.chain.station) == (hold.device, hold.chain.station)
        if own and (known.case == hold.case or not (known.case and hold.case)):
            case, handed = known.case or hold.case, known.handed or hold.handed
            event = known if known.case == case else hold
            merged = structs.replace(event, handed=handed)
            return (*_but(given, known), merged)
    return (*given, hold)


def _fold_returned(
    docket: Docket, device: Device, event: e.Event, said: _Back, _ruling: Ruling
) -> None:
    """The device is nobody's again: this point gave it away, or its pupil brought it here."""
    chain, code = event.header.chain, event.header.subject
    device = _void_ended(docket, device, chain)
    if device.claim and device.claim.chain.station == chain.station:
        device = _without_claim(docket, device)
    over = tuple(hold for hold in device.given if hold.chain.station == chain.station)
    others = () if over else tuple(hold for hold in device.given if hold.case == said.case)
    begun = any(hold.handed for hold in over)
    device = structs.replace(device, given=_but(device.given, *over, *others))
    for end in others:  # a laptop of the point that gave it may still tell of the line
        device = _with_ended(device, Ended(end.chain, end.case, given=True, begun=True))
    if others:
        device = _brought_by_pupil(docket, device, event)
    else:
        device = _with_ended(device, Ended(chain, said.case or "", given=True, begun=begun))
    over = (*over, *others)
    stations = {hold.chain.station for hold in over}
    docket.put_device(code, device)
    for case_code in dict.fromkeys(hold.case for hold in over if is_case(hold.case)):
        case = docket.case(case_code)
        back = (h for h in case.given if h.device == code and h.chain.station in stations)
        docket.put_case(case_code, structs.replace(case, given=_but(case.given, *back)))
        _look_again(docket, case_code)
    _look_again_at_device(docket, code)


def _fold_withdrawn(
    docket: Docket, device: Device, event: e.Event, said: e.HandoverWithdrawn, _ruling: Ruling
) -> None:
    """It was not given after all: what ended with the hand-over holds again."""
    code, chain = event.header.subject, event.header.chain
    over = tuple(h for h in device.given if (h.case, h.chain.station) == (said.case, chain.station))
    told = Ended(chain, said.case, given=False)  # where nobody told of the reservation yet
    device = structs.replace(
        device, given=_but(device.given, *over), ended=_but_one(device.ended, told)
    )
    begun = any(hold.handed for hold in over)  # else a laptop may tell of it, or of the line, yet
    device = _with_ended(device, Ended(chain, said.case, given=True, begun=begun))
    kept = any(hold.claimed for hold in over) and device.claim is None
    claim = structs.replace(_hold(device, event, said.case), claimed=False) if kept else None
    docket.put_device(code, structs.replace(device, claim=claim or device.claim))
    if is_case(said.case):
        case = docket.case(said.case)
        back = (h for h in case.given if (h.device, h.chain.station) == (code, chain.station))
        claims = (*case.claims, claim) if claim else case.claims
        given = _but(case.given, *back)
        docket.put_case(said.case, structs.replace(case, given=given, claims=claims))
        _look_again(docket, said.case)
    _look_again_at_device(docket, code)


def _fold_act_withdrawn(
    docket: Docket, device: Device, event: e.Event, said: e.ActWithdrawn, ruling: Ruling
) -> None:
    """The pupil has it still, it never came here, or it never left its set."""
    code, chain = event.header.subject, event.header.chain
    if said.target_kind == e.ReturnedToStock.__name__:
        own = [end for end in device.ended if end.given and end.chain == chain]
        docket.put_device(code, structs.replace(device, ended=_but_one(device.ended, *own[-1:])))
        _fold_giving(docket, docket.device(code), event, said, ruling)
    elif said.target_kind == e.Parted.__name__ and said.head is not None:
        _fold_joint(docket, device, event, e.Joined(head=said.head), ruling)
    elif said.target_kind == e.ArrivedFrom.__name__:
        _never_arrived(docket, code, said.target)
    place = _place(device, chain.station)
    if place.brought == said.target:  # a pupil did not bring it to this point after all
        gone = structs.replace(place, balance=place.balance - 1)
        docket.put_device(code, _with_place(docket.device(code), gone))


def _fold_taken_back(
    docket: Docket, device: Device, event: e.Event, _said: e.TakenBackForRepair, _ruling: Ruling
) -> None:
    """It stays the pupil's, and is here as long as it is repaired."""
    docket.put_device(event.header.subject, _brought_by_pupil(docket, device, event))


def _brought_by_pupil(docket: Docket, device: Device, event: e.Event) -> Device:
    """A given device comes to another point than the one that gave it: it is nowhere else."""
    place = _place(device, event.header.chain.station)
    if place.balance > 0:
        return device
    gone = tuple(structs.replace(p, balance=min(p.balance, 0)) for p in device.places)
    return _brought(docket, structs.replace(device, places=gone), place, event)


# ---- what is not contradicted any more ----


def _look_again(docket: Docket, code: str) -> None:
    """Accept handovers for this case whose contradiction is over."""
    case = docket.case(code)
    for doubt in case.doubts:
        hold = _held(case.given, doubt)
        if hold is None or _case_against(case, hold) is None:
            docket.clear(doubt.chain, doubt.event)
            case = structs.replace(case, doubts=_but(case.doubts, doubt))
    docket.put_case(code, case)


def _look_again_where_it_is(docket: Docket, code: str) -> None:
    """Accept that it came to a point from a school once no other point says that it has it."""
    device = docket.device(code)
    having = [place.station for place in device.places if place.balance > 0]
    for doubt in device.doubts:
        if doubt.rule == DEVICE_ELSEWHERE and having == [doubt.chain.station]:
            docket.clear(doubt.chain, doubt.event)
            device = structs.replace(device, doubts=_but(device.doubts, doubt))
    docket.put_device(code, device)


def _look_again_at_device(docket: Docket, code: str) -> None:
    """Accept handovers of this device whose contradiction is over."""
    device = docket.device(code)
    for doubt in device.doubts:
        if doubt.rule != DEVICE_GIVEN_TWICE:
            continue
        hold = _held(device.given, doubt)
        if hold is None or all(
            other.chain == hold.chain or other.case == hold.case for other in device.given
        ):
            docket.clear(doubt.chain, doubt.event)
            device = structs.replace(device, doubts=_but(device.doubts, doubt))
    docket.put_device(code, device)


def _held(holds: tuple[Hold, ...], doubt: Doubt) -> Hold | None:
    place = (doubt.device, doubt.chain.station)
    return next((h for h in holds if (h.device, h.chain.station) == place), None)


# ---- small values ----


def _hold(device: Device, event: e.Event, case: str) -> Hold:
    code = event.header.subject
    kept = any(hold.case == case for hold in _claims(device))
    claimed = kept or any(hold.case == case and hold.claimed for hold in device.given)
    handed = isinstance(event.said, e.HandedOver | e.GivenDirectly | e.ActWithdrawn)
    return Hold(case, code, device.head or code, event.header.chain, event.hash, claimed, handed)


def _doubt(event: e.Event, ruling: Ruling) -> Doubt:
    return Doubt(ruling.rule or "", event.header.subject, event.header.chain, event.hash)


def _against(outcome: str, rule: str, hold: Hold) -> Ruling:
    return Ruling(outcome, rule, hold.event, hold.chain.station)


def _by_another(end: Ended, chain: ChainId) -> bool:
    """Whether another chain of the same point told of this end."""
    return end.chain.station == chain.station and end.chain != chain


def _with_ended(device: Device, end: Ended) -> Device:
    return structs.replace(device, ended=(*device.ended, end)[-MOST_ENDED:])


def _but(values: tuple[Any, ...], *gone: Any) -> tuple[Any, ...]:
    return tuple(value for value in values if value not in gone)


def _but_one(values: tuple[Any, ...], *gone: Any) -> tuple[Any, ...]:
    """Endings look alike: two laptops may each have kept it for one case, and each was released."""
    left = list(values)
    for value in gone:
        if value in left:
            left.remove(value)
    return tuple(left)


_Rule = Callable[[Docket, Device, e.Event, Any], Ruling | None]
_Fold = Callable[[Docket, Device, e.Event, Any, Ruling], None]

_RULES: Final[dict[type[Any], _Rule]] = {
    **dict.fromkeys(ACTS, _act),
    e.Received: _reception,
    e.ArrivedFrom: _arrival,
    e.Reserved: _claim,
    e.HandedOver: _giving,
    e.HandoverConfirmed: _giving,
    e.GivenDirectly: _giving,
    e.ActWithdrawn: _giving,
}
_FOLDS: Final[dict[type[Any], _Fold]] = {
    e.Received: _fold_received,
    e.EnteredByMistake: _fold_mistaken,
    e.ArrivedFrom: _fold_arrived,
    e.SentTo: _fold_sent,
    e.Joined: _fold_joint,
    e.Parted: _fold_joint,
    e.Reserved: _fold_reserved,
    e.ReservationReleased: _fold_released,
    e.HandedOver: _fold_giving,
    e.HandoverConfirmed: _fold_giving,
    e.GivenDirectly: _fold_giving,
    e.ReturnedToStock: _fold_returned,
    e.HandoverWithdrawn: _fold_withdrawn,
    e.ActWithdrawn: _fold_act_withdrawn,
    e.DirectGiftWithdrawn: _fold_returned,
    e.TakenBackForRepair: _fold_taken_back,
}
