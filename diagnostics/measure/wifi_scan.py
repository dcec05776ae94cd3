"""net.wifi: how many access points the adapter hears, and how well, on each band. No names.

nmcli's words are asked without the field of names; `iw` prints names, which are never looked at
and never kept.
"""

import logging
import re
from collections.abc import Callable, Sequence

from diagnostics.collect.files import read_attribute
from diagnostics.collect.run_tool import run_tool
from diagnostics.endings import NotPermitted, ReadingFailed, SourceMissing
from diagnostics.measure.ask import ask
from diagnostics.measure.run import NotPossible, Run
from diagnostics.parse.wifi_scan import Heard, parse_iw_scan, parse_nmcli
from station.checks import Measurement
from station.machine import Machine

_LINK = ("ip", "link", "set", "dev")
_SET_LIMIT_S = 5.0
_IFF_UP = 0x1  # linux/if.h
_log = logging.getLogger(__name__)
_NAME = re.compile(r"[A-Za-z0-9_.]{1,15}")


def adapters(machine: Machine) -> tuple[str, ...]:
    """The wireless adapters by their names."""
    names = [adapter.name for adapter in machine.network if adapter.wireless]
    return tuple(dict.fromkeys(name for name in names if name and _NAME.fullmatch(name)))


def scan_wifi(run: Run) -> None:
    """Listen once, by whichever tool answers: NetworkManager first, it owns the adapter."""
    limit_s = float(run.budget.limit_s)
    failures: list[ReadingFailed] = []
    for listen in (_by_nmcli, _by_iw):
        try:
            heard = listen(run, limit_s)
        except ReadingFailed as failed:
            failures.append(failed)
            continue
        run.note(*_figures(heard))
        return
    raise next((f for f in failures if not isinstance(f, SourceMissing)), failures[0])


def _by_nmcli(run: Run, limit_s: float) -> tuple[Heard, ...]:
    fields = ("nmcli", "--terse", "--fields", "FREQ,SIGNAL", "device", "wifi", "list")
    said = ask(run, (*fields, "ifname", run.subject, "--rescan", "yes"), limit_s)
    if said.status != 0:
        raise SourceMissing("NetworkManager does not run, or does not own this adapter")
    return parse_nmcli(said.text)


def _by_iw(run: Run, limit_s: float) -> tuple[Heard, ...]:
    """An adapter that is down cannot listen; it is brought up for as long as that takes."""
    scan = ("iw", "dev", run.subject, "scan")
    said = ask(run, scan, limit_s)
    if said.status == 0:
        return parse_iw_scan(said.text)
    was_up = _is_up(run)
    try:
        if not _set_up(run):
            raise NotPermitted("iw")
        said = ask(run, scan, limit_s)
    finally:
        if not was_up:
            _set_down(run)
    if said.status != 0:
        raise NotPossible("adapter_blocked")  # by its switch, or by the system
    return parse_iw_scan(said.text)


def _is_up(run: Run) -> bool:
    """Whether somebody uses the adapter, which could not listen only at that moment."""
    flags = read_attribute(run.surroundings.root / "sys/class/net" / run.subject / "flags")
    try:
        return bool(int(flags or "0", 16) & _IFF_UP)
    except ValueError:
        return False


def _set_up(run: Run) -> bool:
    return ask(run, (*_LINK, run.subject, "up"), _SET_LIMIT_S).status == 0


def _set_down(run: Run) -> None:
    """As it was found, however the test ends: one that is to end is not asked here."""
    try:
        run_tool((*_LINK, run.subject, "down"), _SET_LIMIT_S)
    except ReadingFailed as failed:
        _log.warning("%s stays up: %s", run.subject, failed)


def _figures(heard: Sequence[Heard]) -> list[Measurement]:
    def best(name: str, belongs: Callable[[Heard], bool]) -> list[Measurement]:
        signals = [h.signal_dbm for h in heard if h.signal_dbm is not None and belongs(h)]
        return [Measurement(name, max(signals))] if signals else []

    return [
        Measurement("networks", len(heard)),
        *best("best_2_4_ghz_dbm", lambda h: h.is_on_2_4_ghz),
        *best("best_5_ghz_dbm", lambda h: h.frequency_mhz is not None and not h.is_on_2_4_ghz),
    ]
