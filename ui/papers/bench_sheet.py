"""Phiếu kiểm tra – sửa chữa: a device as it came to the bench and as it is now.

It names nobody but technicians: whose device it was or will be is none of the bench's business.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import structs

from station import events as e
from station.checks import CheckResult
from station.codes import grouped
from station.device import Check, CheckSource, Device, Stage
from station.ledger import Moment
from station.machine import tenths_of_gb
from station.operators import Operator
from station.paper_facts import CheckLine, Choice, DeviceLine, ItemLine, PaperFacts, WorkLine
from station.ports import Store
from station.printed import Party
from station.reference import Reference, Table
from ui.papers import device_lines
from ui.papers.disks import disk_lines, disks_note
from ui.papers.history import History, history
from ui.papers.occasion import heading, occasion_now, operator_names
from ui.papers.part_lines import part_line
from ui.papers.words import fact_words, figure, word

LOOKED = (e.ChecksRecorded, e.CheckEnteredByHand)
PARTS = (e.PartFitted, e.PartTaken)
WORK = (e.WorkDone, *PARTS, e.SystemInstalled)


def bench_sheet(store: Store, code: str, by: Operator, when: Moment) -> PaperFacts:
    """Everything the bench knows of a device now; raises NothingToSay."""
    told, reference = history(store, code), store.reference
    device, days = told.device(), _days(told)
    return structs.replace(
        heading(store, occasion_now(store, by, when), code),
        began=days[0] if days else None,
        ended=days[-1] if days and device.released else None,
        operator=Party(person=_technician(store, told)),
        devices=(_as_it_came(told, device, reference),),
        checks=(*_facts(told, device), *_checks(told, device, reference)),
        works=tuple(_works(store, told)),
        items=tuple(_parts(told, reference)),
        disks=disk_lines(store, told, device),
        note=disks_note(device, reference),
        kit=_kit(device, reference),
        grade=word(reference, Table.GRADES, device.grade),
        system=word(reference, Table.SYSTEMS, device.system.system if device.system else None),
        result=_result(told, device, reference),
    )


def _days(told: History) -> list[date]:
    """Of everything that was tried and done."""
    return [one.row.event.header.day for one in told.all(*LOOKED, *WORK)]


def _technician(store: Store, told: History) -> str:
    """Who looked or worked last."""
    last = told.last(*LOOKED, *WORK)
    return operator_names(store).get(last.said.by, "") if last else ""


def _as_it_came(told: History, device: Device, reference: Reference) -> DeviceLine:
    """The machine as it is made now, in the looks in which it was taken in."""
    looks = word(reference, Table.CONDITIONS, told.need(e.Received).said.condition)
    kit = device_lines.kit_words(device.kit, reference)
    set_ = device_lines.of_set(device)
    return device_lines.device_line(device, reference, kit=kit, remark=set_, condition=looks)


def _result(told: History, device: Device, reference: Reference) -> str:
    """What the bench came to, where it came to something."""
    if device.stage is Stage.RETIRED:
        return word(reference, Table.REASONS, told.need(e.Retired).said.reason)
    if device.hold:
        return word(reference, Table.REASONS, device.hold)
    return fact_words().ready_to_give if device.released else ""


# ---- before and after ----


def _facts(told: History, device: Device) -> Iterator[CheckLine]:
    """What the first report and the latest one measured, where either of them did."""
    words = fact_words()
    first = next((one.said.machine for one in told.all(e.ChecksRecorded)), None)
    if first is None:
        return
    last = device.machine or e.MachineFact()
    for name, say in (
        (words.fact_memory, _memory),
        (words.fact_disks, _disks),
        (words.fact_battery, _battery),
    ):
        before, after = say(first), say(last)
        if before or after:
            yield CheckLine(check=name, before=before, after=after)


def _memory(machine: e.MachineFact) -> str:
    if not machine.memory_mib:
        return ""
    return fact_words().gigabytes.format(gib=figure(tenths_of_gb(machine.memory_mib)))


def _disks(machine: e.MachineFact) -> str:
    return device_lines.sentence(
        device_lines.joined(
            device_lines.disk_words(disk) for disk in machine.disks or () if disk.capacity_bytes
        )
    )


def _battery(machine: e.MachineFact) -> str:
    if machine.battery_health_permille is None:
        return ""
    return fact_words().percent.format(percent=figure(machine.battery_health_permille / 10))


def _checks(told: History, device: Device, reference: Reference) -> Iterator[CheckLine]:
    """Every check in the order of the catalogue: how it went before any work, how it stands now."""
    before, now = _before_work(told), {known.result.check: known for known in device.checks}
    order = {check: place for place, check in enumerate(reference.tables.checks)}
    for check in sorted({*before, *now}, key=lambda check: (order.get(check, len(order)), check)):
        first, latest = before.get(check), now.get(check)
        yield CheckLine(
            check=word(reference, Table.CHECKS, check),
            before=fact_words().outcomes[first.outcome] if first else "",
            after=_now(latest) if latest else "",
            remark=fact_words().by_hand if latest and latest.source is CheckSource.HAND else "",
        )


def _before_work(told: History) -> dict[str, CheckResult]:
    """The first outcome of each check that somebody looked at before anything was done."""
    first_work = next((one.at for one in told.all(*WORK)), len(told.rows))
    first: dict[str, CheckResult] = {}
    for one in told.all(*LOOKED):
        for result in _results(one.said):
            if one.at < first_work:
                first.setdefault(result.check, result)
    return first


def _results(said: e.Said) -> tuple[CheckResult, ...]:
    match said:
        case e.ChecksRecorded():
            return said.results
        case e.CheckEnteredByHand():
            return (said.result,)
    return ()


def _now(check: Check) -> str:
    return fact_words().check_again if check.stale else fact_words().outcomes[check.result.outcome]


# ---- what was done ----


def _works(store: Store, told: History) -> Iterator[WorkLine]:
    names = operator_names(store)
    for one in told.all(e.WorkDone, e.SystemInstalled):
        by = names.get(one.said.by, "")
        what = _work_words(one.said, store.reference)
        yield WorkLine(day=one.row.event.header.day, what=what, by=by)


def _work_words(said: e.Said, reference: Reference) -> str:
    match said:
        case e.WorkDone():
            return word(reference, Table.WORKS, said.work)
        case e.SystemInstalled():
            return fact_words().system_put_on.format(
                system=word(reference, Table.SYSTEMS, said.system),
                licence=word(reference, Table.LICENCES, said.licence),
            )
    return ""


def _parts(told: History, reference: Reference) -> Iterator[ItemLine]:
    """Parts that went in and came out, one line each, in the order of the bench."""
    for one in told.all(*PARTS):
        match one.said:
            case e.PartFitted(item=item, out_of=other):
                yield part_line(item, _moved(other, stock="part_fitted"), reference)
            case e.PartTaken(item=item, into=other):
                yield part_line(item, _moved(other, stock="part_taken"), reference)


def _moved(other: str | None, *, stock: str) -> str:
    words = fact_words()
    if stock == "part_fitted":
        text = words.part_fitted_from if other else words.part_fitted
    else:
        text = words.part_taken_for if other else words.part_taken
    return text.format(code=grouped(other)) if other else text


def _kit(device: Device, reference: Reference) -> tuple[Choice, ...]:
    """What should lie beside it, ticked where it does; by hand where nobody checked yet."""
    checked = device.kit_missing is not None
    expected = (*device.kit, *(device.kit_missing or ()))
    return tuple(
        Choice(word(reference, Table.KIT_ITEMS, item), item in device.kit if checked else None)
        for item in dict.fromkeys(expected)
    )
