"""What a Wi-Fi adapter hears, from `iw dev … scan` or nmcli: frequencies and strengths, no names.

The lines that name networks are never looked at, so that no name can get into a report.
"""

import re

from msgspec import Struct

_BSS = re.compile(r"BSS [0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")
_FREQUENCY = re.compile(r"\tfreq: ([0-9]{4,5})(?:\.[0-9]+)?\s*")
_SIGNAL = re.compile(r"\tsignal: (-[0-9]{1,3})(?:\.[0-9]+)? dBm\s*")
_NMCLI = re.compile(r"([0-9]{4,5}) MHz:([0-9]{1,3})")


class Heard(Struct, frozen=True):
    """One access point as the adapter hears it; None: the driver did not say."""

    frequency_mhz: int | None = None
    signal_dbm: int | None = None

    @property
    def is_on_2_4_ghz(self) -> bool:
        """The band that reaches far; else it is 5 or 6 GHz."""
        return self.frequency_mhz is not None and self.frequency_mhz < 3000


def parse_iw_scan(text: str) -> tuple[Heard, ...]:
    """Each `BSS` of `iw dev NAME scan`: a block of lines indented by one tab."""
    heard: list[Heard] = []
    frequency = signal = None
    open_block = False
    for line in [*text.splitlines(), "BSS 00:00:00:00:00:00"]:
        if _BSS.match(line):
            if open_block:
                heard.append(Heard(frequency, signal))
            open_block, frequency, signal = True, None, None
        elif found := _FREQUENCY.fullmatch(line):
            frequency = int(found[1])
        elif found := _SIGNAL.fullmatch(line):
            signal = int(found[1])
    return tuple(heard)


def parse_nmcli(text: str) -> tuple[Heard, ...]:
    """`nmcli --terse --fields FREQ,SIGNAL device wifi list`; the signal is a percentage.

    NetworkManager maps -90 dBm to 30 % or less and -20 to 100 % in a straight line.
    """
    return tuple(
        Heard(int(found[1]), _dbm(int(found[2])))
        for line in text.splitlines()
        if (found := _NMCLI.fullmatch(line.strip()))
    )


def _dbm(percent: int) -> int | None:
    if not 0 < percent <= 100:
        return None
    return round(-20 - (100 - percent))
