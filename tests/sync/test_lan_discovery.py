"""Stations announce themselves by mDNS, here on the loopback alone."""

import time
from collections.abc import Callable

import pytest

from sync import lan_discovery
from sync.lan_discovery import Announcement, Station, StationFinder
from sync.lan_networks import lan_addresses

HERE = "127.0.0.1"
ONLY = (HERE,)


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_station_is_heard_and_its_goodbye_too() -> None:
    announcement = Announcement(lambda: [HERE], 8471, 12, ONLY)
    with StationFinder(ONLY) as finder:
        announcement.start()
        until(lambda: finder.stations() != ())

        (station,) = finder.stations()

        assert (station.address, station.port, station.point) == (HERE, 8471, 12)
        assert station.announced
        assert station.name
        announcement.stop()
        until(lambda: finder.stations() == ())


def test_two_stations_of_a_point_are_heard_both() -> None:
    announcements = [Announcement(lambda: [HERE], port, 12, ONLY) for port in (8471, 8472)]
    with StationFinder(ONLY) as finder:
        for announcement in announcements:
            announcement.start()
        until(lambda: {found.port for found in finder.stations()} == {8471, 8472})
    for announcement in announcements:
        announcement.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # zeroconf's socket
def test_without_a_network_nobody_is_heard_and_nothing_fails() -> None:
    nowhere = ("203.0.113.9",)  # no address of this machine
    announcement = Announcement(lambda: [HERE], 8471, None, nowhere)

    announcement.start()
    announcement.stop()
    with StationFinder(nowhere) as finder:
        assert finder.stations() == ()


def test_a_pc_that_joins_a_network_late_is_announced_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lan_discovery, "AGAIN_S", 0.2)
    addresses: list[str] = []
    announcement = Announcement(lambda: list(addresses), 8471, 12, ONLY)
    with StationFinder(ONLY) as finder:
        announcement.start()
        addresses.append(HERE)
        until(lambda: [found.address for found in finder.stations()] == [HERE])
        announcement.stop()


def test_a_typed_station_is_no_announced_one() -> None:
    assert not Station(HERE).announced
    assert all(not address.startswith("127.") for address in lan_addresses())
