"""Whether a pupil can learn online with a machine, what it can run, and what would help.

Advice rests on what was seen: nothing is to be bought for a part that nobody could read.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from diagnostics.finding import Finding, overall
from diagnostics.judge.demands import Tally, bits, clock_mhz, cores, flags
from diagnostics.judge.memory import memory_at_most_mib
from diagnostics.judge.policy import JudgePolicy, LessonRule, MemoryRule, SystemRule
from diagnostics.judge.storage_type import is_internal
from diagnostics.processors import family_of
from station.checks import CheckResult, Outcome
from station.coded import CodedId
from station.machine import Disk, Machine, Reading

LESSONS, SYSTEMS = "fit.lessons", "fw.os_fit"
_GB = 10**9
_MIB_IN_GB = 1024
_SOLDERED = "Row Of Chips"
_OTHER_NETWORK = "0280"  # PCI's class of Wi-Fi cards: a network controller that is no Ethernet
_STEPS_GB = (2, 4, 8, 16)  # modules that are to be had
_SPOILED_BY = {  # what a failed check means for lessons
    "own.locks": "locked",
    "sto.smart": "disk_failing",
    "sto.surface": "disk_failing",
    "sto.selftest": "disk_failing",
    "mem.pattern": "memory_faulty",
    "cpu.stress": "processor_faulty",
}
_SPOILED_FOR = {  # what some reasons mean, whichever check failed for them
    "battery_dangerous": "battery_dangerous",
    "cpu_slows": "processor_slow",
    "machine_crashed": "machine_goes_off",
}
_MENDED_BY = {  # a reason of a failed check, and what helps against it
    "battery_replace": "replace_battery",
    "clock_lost": "replace_cmos_battery",
    "clock_stands_still": "replace_cmos_battery",
}


class Fit(Struct, frozen=True, omit_defaults=True):
    """How a machine suits one level of school or one system."""

    id: CodedId  # of resources/kinds.toml
    outcome: Outcome
    reasons: tuple[CodedId, ...] = ()


class Advice(Struct, frozen=True, omit_defaults=True):
    """One thing that would make the machine fit, or fit better."""

    what: CodedId  # add_memory, put_in_ssd, add_webcam ...
    amount_gb: int = 0  # 0: it has no size


class Fitness(Struct, frozen=True, omit_defaults=True):
    """The answer to the technician's question."""

    levels: tuple[Fit, ...] = ()
    systems: tuple[Fit, ...] = ()
    advice: tuple[Advice, ...] = ()


def fitness(machine: Machine, findings: Sequence[Finding], policy: JudgePolicy) -> Fitness:
    """By level, by system, and what to add. A tablet is judged by its own checks."""
    if machine.tablet is not None:
        return Fitness()
    results = {result.check: result for result in overall(findings)}
    levels = tuple(
        _level(id_, machine, results, rule, policy.memory) for id_, rule in policy.lessons.items()
    )
    systems = tuple(
        _system(id_, machine, rule, policy.memory) for id_, rule in policy.systems.items()
    )
    least = next(iter(policy.lessons.values()))
    return Fitness(levels, systems, tuple(_advice(machine, results, least, policy.memory)))


def lessons_finding(fitness_: Fitness) -> tuple[Finding, ...]:
    """fit.lessons: as good as the least demanding level; nothing for a tablet."""
    return tuple(Finding(LESSONS, fit.outcome, fit.reasons) for fit in fitness_.levels[:1])


def systems_finding(fitness_: Fitness) -> tuple[Finding, ...]:
    """fw.os_fit: as good as the best system it can run."""
    if not fitness_.systems:
        return ()
    best = min(fitness_.systems, key=lambda fit: _BEST_FIRST.index(fit.outcome))
    return (Finding(SYSTEMS, best.outcome, best.reasons),)


_BEST_FIRST = (
    Outcome.PASS,
    Outcome.WARN,
    Outcome.UNKNOWN,
    Outcome.FAIL,
    Outcome.NOT_APPLICABLE,
)


def _level(
    id_: str,
    machine: Machine,
    results: Mapping[str, CheckResult],
    rule: LessonRule,
    memory: MemoryRule,
) -> Fit:
    tally = Tally()
    have = memory_at_most_mib(machine, memory)
    tally.least(have, rule.memory_least_mib, "memory_small")
    tally.least(cores(machine), rule.cores, "cores_few")
    tally.least(clock_mhz(machine), rule.mhz, "processor_slow")
    tally.met(not family_of(_cpu_name(machine)).weak, "processor_weak")
    tally.least(_disk_gb(machine), rule.disk_least_gb, "disk_small")
    _own_checks(tally, results)
    if have is not None and have >= rule.memory_least_mib:
        tally.least(have, rule.memory_good_mib, "memory_tight", remark=True)
    _surroundings(tally, machine, rule)
    return Fit(id_, tally.outcome, tally.reasons)


def _own_checks(tally: Tally, results: Mapping[str, CheckResult]) -> None:
    """Parts that other checks found broken spoil the lessons too."""
    for result in results.values():
        spoiled = _SPOILED_FOR.get(result.reason) or _SPOILED_BY.get(result.check)
        if spoiled is not None and result.outcome is Outcome.FAIL:
            tally.met(False, spoiled)
    health = results.get("sto.smart")
    if health is not None and health.outcome is Outcome.UNKNOWN:
        tally.met(None, "disk_health")  # it may die in the first week


def _surroundings(tally: Tally, machine: Machine, rule: LessonRule) -> None:
    """What can be put beside a machine, so that its absence is a remark."""
    for present, reason in (
        (has_camera(machine), "camera_missing"),
        (has_microphone(machine), "microphone_missing"),
        (_has_network(machine), "network_missing"),
    ):
        if present is not None:
            tally.met(present, reason, remark=True)
    widths = [display.width_px for display in machine.displays if display.width_px]
    if widths:
        tally.least(max(widths), rule.screen_width_px, "screen_narrow", remark=True)


def _system(id_: str, machine: Machine, rule: SystemRule, memory: MemoryRule) -> Fit:
    tally, name = Tally(), _cpu_name(machine)
    family, known = family_of(name), flags(machine)
    tally.least(bits(machine), rule.bits, "bits_few")
    tally.least(memory_at_most_mib(machine, memory), rule.memory_least_mib, "memory_small")
    tally.least(_disk_gb(machine), rule.disk_least_gb, "disk_small")
    tally.least(cores(machine), rule.cores, "cores_few")
    tally.least(clock_mhz(machine), rule.mhz, "processor_slow")
    if rule.flags:
        tally.met(None if known is None else known >= set(rule.flags), "processor_old")
    if rule.from_year:
        tally.least(family.year, rule.from_year, "processor_old")
    if rule.maker_lists:
        tally.met(family.windows_11, "processor_not_listed")
    if rule.tpm:
        said = machine.security.tpm_version
        tally.met(None if said is None else said == rule.tpm, "tpm_missing")
    if rule.uefi:
        tally.met(machine.bios.uefi, "uefi_off")
    return Fit(id_, tally.outcome, tally.reasons)


def _advice(
    machine: Machine, results: Mapping[str, CheckResult], rule: LessonRule, memory: MemoryRule
) -> Iterator[Advice]:
    yield from _memory_advice(machine, rule, memory)
    yield from _disk_advice(machine, results)
    if has_camera(machine) is False:
        yield Advice("add_webcam")
    if has_microphone(machine) is False:
        yield Advice("add_headset")
    if has_wifi(machine) is False:
        yield Advice("add_wifi")
    for result in results.values():
        if result.outcome is Outcome.FAIL and result.reason in _MENDED_BY:
            yield Advice(_MENDED_BY[result.reason])


def _memory_advice(machine: Machine, rule: LessonRule, memory: MemoryRule) -> Iterator[Advice]:
    """The smallest module that brings it to what is good, where it can take one."""
    have = memory_at_most_mib(machine, memory)
    if have is None or have >= rule.memory_good_mib:
        return
    soldered = any(module.form_factor == _SOLDERED for module in machine.memory)
    full = machine.memory_slots is not None and len(machine.memory) >= machine.memory_slots
    most = machine.memory_max_mib
    if (soldered and full) or (most is not None and most < rule.memory_good_mib):
        yield Advice("memory_cannot_grow")
        return
    missing = rule.memory_good_mib if full else rule.memory_good_mib - have
    size = next((gb for gb in _STEPS_GB if gb * _MIB_IN_GB >= missing), _STEPS_GB[-1])
    yield Advice("replace_memory" if full else "add_memory", size)


def _disk_advice(machine: Machine, results: Mapping[str, CheckResult]) -> Iterator[Advice]:
    if machine.reading_of("storage") is not Reading.OK:
        return
    disks = [disk for disk in machine.storage if is_internal(disk)]
    health, kind = results.get("sto.smart"), results.get("sto.type")
    if not disks:
        yield Advice("put_in_ssd")
    elif health is not None and health.outcome is Outcome.FAIL:
        yield Advice("replace_disk")
    elif kind is not None and kind.outcome is Outcome.FAIL:
        yield Advice("put_in_ssd")
    elif all(disk.rotational for disk in disks):
        yield Advice("ssd_instead_of_hdd")


def has_camera(machine: Machine) -> bool | None:
    """None: nobody could look."""
    if machine.reading_of("cameras") is not Reading.OK:
        return None
    return bool(machine.cameras)


def has_microphone(machine: Machine) -> bool | None:
    """A card that records; None where no card says whether it does."""
    if machine.reading_of("sound_cards") is not Reading.OK:
        return None
    said = [card.capture for card in machine.sound_cards]
    return None if None in said and True not in said else True in said


def has_wifi(machine: Machine) -> bool | None:
    """None: nobody could look, no adapter says what it is, or a card is there without a driver."""
    if machine.reading_of("network") is not Reading.OK:
        return None
    said = [adapter.wireless for adapter in machine.network]
    unsure = None in said or any(device.class_code == _OTHER_NETWORK for device in machine.pci)
    return None if unsure and True not in said else True in said


def _has_network(machine: Machine) -> bool | None:
    return bool(machine.network) if machine.reading_of("network") is Reading.OK else None


def _disk_gb(machine: Machine) -> int | None:
    """The largest internal disk; 0 when the machine was read and has none."""
    if machine.reading_of("storage") is not Reading.OK:
        return None
    sizes = [_capacity_gb(disk) for disk in machine.storage if is_internal(disk)]
    known = [size for size in sizes if size is not None]
    return max(known, default=None if sizes else 0)


def _capacity_gb(disk: Disk) -> int | None:
    return None if disk.capacity_bytes is None else disk.capacity_bytes // _GB


def _cpu_name(machine: Machine) -> str | None:
    return machine.cpus[0].name if machine.cpus else None
