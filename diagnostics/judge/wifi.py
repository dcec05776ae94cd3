"""net.wifi: never more than unknown from facts alone: an adapter may be deaf or lack its driver."""

from diagnostics.finding import Finding
from diagnostics.judge.silence import not_read, unknown
from station.machine import Machine, Reading

CHECK = "net.wifi"


def wifi(machine: Machine) -> Finding:
    """Whether there is an adapter at all."""
    if any(adapter.wireless for adapter in machine.network):
        return unknown(CHECK, "wifi_not_measured")
    reading = machine.reading_of("network")
    return unknown(CHECK, "wifi_not_seen") if reading is Reading.OK else not_read(CHECK, reading)
