import pytest

from station.checks import Outcome
from station.machine import NetworkAdapter
from tests.diagnostics.judge.judged import found, machine, told


@pytest.mark.parametrize(
    ("adapters", "reason"),
    [
        ([NetworkAdapter(name="wlp2s0", wireless=True)], "wifi_not_measured"),
        ([NetworkAdapter(name="enp1s0", wireless=False)], "wifi_not_seen"),
        ([], "wifi_not_seen"),
    ],
)
def test_the_presence_of_an_adapter_passes_nothing(
    adapters: list[NetworkAdapter], reason: str
) -> None:
    assert told(found("net.wifi", machine(network=tuple(adapters)))) == (Outcome.UNKNOWN, reason)
