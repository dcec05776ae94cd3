"""Which papers can be made of a code now, in the order in which people want them."""

from collections.abc import Iterator
from typing import Final

from station import events as e
from station.case import Case
from station.codes import BadCode, CodeKind, parse
from station.device import Device, Stage
from station.fold import POINT
from station.lot import Lot, LotKind
from station.ports import Store
from ui.papers.bench_sheet import LOOKED, WORK
from ui.papers.handed import gift_of, handed
from ui.papers.history import History, history
from ui.papers.return_slip import RETURNED, went_back

OF_THE_POINT: Final = ("stocktake-minutes", "pick-up-form", "emergency-form")
OF_A_FORM: Final = ("pick-up-form", "emergency-form")

# What people ask for first while a device stands there.
FIRST: Final[dict[Stage, tuple[str, ...]]] = {
    Stage.ON_BENCH: ("bench-sheet",),
    Stage.READY: ("bench-sheet",),
    Stage.RESERVED: ("bench-sheet",),
    Stage.HANDED_OVER: ("handover-minutes",),
    Stage.WITH_SCHOOL: ("batch-minutes", "handover-minutes"),
    Stage.IN_REPAIR_FOR_PUPIL: ("repair-receipt", "bench-sheet"),
    Stage.IN_TRANSIT: ("transfer-manifest",),
    Stage.RETIRED: ("return-slip", "e-waste-minutes", "disposal-minutes"),
}


def offers(store: Store, about: str) -> tuple[str, ...]:
    """The papers of a device, lot, batch, case, form or point; none for what has no paper."""
    if about.startswith(POINT):
        return OF_THE_POINT
    try:
        kind = parse(about).kind
    except BadCode:
        return ()
    match kind:
        case CodeKind.DEVICE:
            return _of_device(store, about)
        case CodeKind.LOT:
            return _of_lot(store, store.lot(about), about)
        case CodeKind.CASE:
            return _of_case(store, store.case(about))
    return ()


def _of_device(store: Store, code: str) -> tuple[str, ...]:
    device = store.device(code)
    if device is None or not device.known:
        return ()
    possible = tuple(_possible(store, history(store, code), device))
    first = [paper for paper in FIRST.get(device.stage, ()) if paper in possible]
    return tuple(dict.fromkeys((*first, *possible)))


def _possible(store: Store, told: History, device: Device) -> Iterator[str]:
    ours = _is_ours(store, told)
    if ours:
        yield "intake-receipt"
    if told.last(*LOOKED, *WORK):
        yield "bench-sheet"
    if is_clean(device):
        yield "erasure-certificate"
    yield from _of_acts(told)
    if device.stage is Stage.RETIRED:
        yield from _of_retired(told)
    if ours and device.donor and not went_back(told):
        yield from ("thank-you-letter", "sponsorship-confirmation")


def _of_acts(told: History) -> Iterator[str]:
    given = handed(told)
    if given is not None or gift_of(told) is not None:
        yield "handover-minutes"
    if given is not None and given.said.batch:
        yield from ("batch-minutes", "signing-list")
    if told.last(e.TakenBackForRepair):
        yield "repair-receipt"
    if told.last(e.SentTo):
        yield "transfer-manifest"


def _of_retired(told: History) -> Iterator[str]:
    retired = told.last(e.Retired)
    if retired is None:  # it never was here
        return
    if retired.said.reason == RETURNED:
        yield "return-slip"
        return
    if told.last(e.WasteGiven):
        yield "e-waste-minutes"
    yield "disposal-minutes"


def is_clean(device: Device) -> bool:
    """Whether a certificate can be given: every disk is known, and none holds a donor's data."""
    disks = device.disks or ()
    return device.disks_read and bool(disks) and all(disk.clean for disk in disks)


def _is_ours(store: Store, told: History) -> bool:
    """Taken in at this point: another point's donor is not known here."""
    received = told.last(e.Received)
    own = store.standing().chain.station
    return received is not None and received.row.event.header.chain.station == own


def _of_lot(store: Store, lot: Lot | None, code: str) -> tuple[str, ...]:
    if lot is None:
        return _of_no_visit(store, code)
    match lot.kind:
        case LotKind.SCHOOL:
            school = ("batch-minutes", "signing-list", "handover-minutes")
            return school if lot.devices else ()  # it never went
        case LotKind.TRANSFER:
            return ("transfer-manifest",)
        case LotKind.WASTE:
            return ("e-waste-minutes",)
    return tuple(_of_visit(store, lot))


def _of_no_visit(store: Store, code: str) -> tuple[str, ...]:
    """Nobody came under this code, or whoever came took everything home again."""
    if history(store, code).last(e.Refused):
        return ("return-slip",)
    return OF_A_FORM if _is_set_aside(store, code) else ()


def _of_visit(store: Store, lot: Lot) -> Iterator[str]:
    if lot.devices:
        yield "intake-receipt"
    if lot.refused:
        yield "return-slip"
    if lot.donor and not all(went_back(history(store, device)) for device in lot.devices):
        yield from ("thank-you-letter", "sponsorship-confirmation")


def _is_set_aside(store: Store, code: str) -> bool:
    return any(code in within.codes for within in store.reserved(CodeKind.LOT))


def _of_case(store: Store, case: Case | None) -> tuple[str, ...]:
    if case is None or not case.devices:
        return ()
    told = [history(store, code) for code in case.devices]
    given = [one for one in told if handed(one, case.code) or gift_of(one)]
    return ("handover-minutes", "proxy-letter") if given else ("proxy-letter",)
