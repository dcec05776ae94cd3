"""What Android's services say of themselves: battery, accounts (counted, never named), policy."""

import re
from collections.abc import Mapping

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import LARGEST
from diagnostics.parse.numbers import amount, whole_number
from station.machine import Battery
from station.placeholders import fact

_LINE = re.compile(r"\s*([\w ]{1,60}): (.*)")
_SIGNED = re.compile(r"-?[0-9]{1,6}")
_ACCOUNTS = re.compile(r"\s*Accounts: ([0-9]{1,4})\s*")
_OWNER = re.compile(r"\s*Device Owner\s*:(.*)", re.IGNORECASE)
_POLICY_HEAD = "Current Device Policy Manager state"
_HEALTH = {  # android.os.BatteryManager
    2: "good",
    3: "overheat",
    4: "dead",
    5: "over voltage",
    6: "failure",
    7: "cold",
}
_STATUS = {2: "charging", 3: "discharging", 4: "not charging", 5: "full"}
_POWERED = ("ac powered", "usb powered", "wireless powered", "dock powered")


def parse_battery(text: str) -> tuple[Battery | None, bool | None]:
    """`dumpsys battery`: the battery, None where none is present; and whether power comes in."""
    said = _lines(text)
    if "level" not in said and "present" not in said:
        raise UnreadableReport("no battery in dumpsys")
    mains = [said[name] == "true" for name in _POWERED if name in said]
    on_mains = any(mains) if mains else None
    if said.get("present") == "false":
        return None, on_mains
    battery = Battery(
        name="battery",
        chemistry=fact(said.get("technology")),
        charge_percent=_percent(said),
        voltage_mv=amount(said.get("voltage")),
        temperature_tenths_c=_temperature(said.get("temperature", "")),
        cycles=whole_number(said.get("cycle count")),
        health_word=_HEALTH.get(whole_number(said.get("health")) or 0),
        health_percent=_samsung_health(said),
        status=_STATUS.get(whole_number(said.get("status")) or 0),
    )
    return battery, on_mains


def _lines(text: str) -> dict[str, str]:
    """`key: value` lines in lower case, the first of each: makers add others of the same name."""
    if len(text) > LARGEST:
        raise UnreadableReport("longer than any service's state")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            found.setdefault(match[1].lower(), match[2].strip())
    return found


def _percent(said: Mapping[str, str]) -> int | None:
    level, scale = whole_number(said.get("level")), amount(said.get("scale", "100"))
    return None if level is None or not scale else min(100, round(100 * level / scale))


def _temperature(text: str) -> int | None:
    """Tenths of a degree; exactly zero is what a missing thermometer says."""
    return int(text) or None if _SIGNED.fullmatch(text) else None


def _samsung_health(said: Mapping[str, str]) -> float | None:
    """Samsung keeps its own share of the design; -1 until it has learned it."""
    share = amount(said.get("msavedbatteryasoc"))
    return float(share) if share is not None and share <= 100 else None


def count_accounts(text: str) -> int:
    """`dumpsys account`: how many accounts are signed in, of all users. Their names stay there."""
    counts = [
        match[1] for line in text[:LARGEST].splitlines() if (match := _ACCOUNTS.fullmatch(line))
    ]
    if not counts:
        raise UnreadableReport("no count of accounts in dumpsys")
    return sum(map(int, counts))


def has_device_owner(text: str) -> bool:
    """`dumpsys device_policy`: whether an organisation owns the whole device."""
    if _POLICY_HEAD not in text:
        raise UnreadableReport("no policy in dumpsys")
    owners = (match[1] for line in text[:LARGEST].splitlines() if (match := _OWNER.match(line)))
    return any(owner.strip() != "null" for owner in owners)
