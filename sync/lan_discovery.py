"""Stations and laptops find each other by mDNS; where it fails, an address is typed.

A firewall may let the station speak and not listen: so the station announces itself again and
again, and a laptop that hears it and cannot connect knows what is wrong.
"""

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from sync import lan_wire as wire
from sync.lan_networks import is_on_the_lan, lan_addresses

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

logger = logging.getLogger(__name__)

AGAIN_S: Final = 20.0
GOODBYE_S: Final = 3.0
PATIENCE_MS: Final = 3000
MOST_STATIONS: Final = 16  # whoever announces more on one network means no good


class Station(Struct, frozen=True):
    """A station's receiver, by its address."""

    address: str
    port: int = wire.PORT
    name: str = ""  # the PC's; "" where the address was typed
    point: int | None = None
    announced: bool = False  # it said so itself, by mDNS


class Announcement:
    """Says by mDNS that a receiver listens here, until it is taken back.

    Networks come and go. Where mDNS is not allowed nothing is announced: addresses can be typed.
    """

    def __init__(
        self,
        addresses: Callable[[], Sequence[str]],
        port: int,
        point: int | None,
        only_on: Sequence[str] = (),
    ) -> None:
        self._addresses, self._port, self._point = addresses, port, point
        self._only_on = tuple(only_on)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lan-mdns", daemon=True)

    def start(self) -> None:
        """Begin to announce, on a thread: joining the network takes a second."""
        self._thread.start()

    def stop(self, patience_s: float = GOODBYE_S) -> None:
        """Say goodbye, if that is quick: who is not told finds out when nobody answers."""
        self._stopping.set()
        self._thread.join(patience_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            addresses = tuple(self._addresses())
            if not (addresses and self._announce(addresses)):
                self._stopping.wait(AGAIN_S)

    def _announce(self, addresses: tuple[str, ...]) -> bool:
        """Announce these as long as they are this PC's; False where that is not possible."""
        from zeroconf import Error  # noqa: PLC0415 -- loads asyncio and more

        try:
            with contextlib.closing(_opened(self._only_on)) as dns:
                info = self._info(addresses)
                dns.register_service(info, allow_name_change=True)
                while not self._stopping.wait(AGAIN_S) and tuple(self._addresses()) == addresses:
                    dns.update_service(info)
                dns.unregister_service(info)
        except (OSError, Error, RuntimeError) as error:  # RuntimeError: no adapter at all
            logger.info("mdns is not possible here: %s", type(error).__name__)
            return False
        return True

    def _info(self, addresses: Sequence[str]) -> "ServiceInfo":
        from zeroconf import ServiceInfo  # noqa: PLC0415 -- as above

        host = "".join(c for c in socket.gethostname().split(".")[0] if c.isalnum() or c == "-")
        known = {"v": "1"} | ({"point": f"{self._point:03d}"} if self._point is not None else {})
        return ServiceInfo(
            wire.SERVICE,
            f"{host or 'station'}.{wire.SERVICE}",
            addresses=[socket.inet_aton(address) for address in addresses],
            port=self._port,
            properties=known,
            server=f"{host or 'station'}.local.",
        )


class StationFinder:
    """Listens for stations as long as it is open; `stations` says which were heard so far."""

    def __init__(self, only_on: Sequence[str] = ()) -> None:
        self._only_on = tuple(only_on)
        self._found: dict[str, tuple[Station, ...]] = {}
        self._dns: Zeroconf | None = None
        self._networks: tuple[str, ...] = ()
        self._asking = threading.BoundedSemaphore(MOST_STATIONS)

    def __enter__(self) -> "StationFinder":
        """Begin to listen; a machine without a network hears nobody."""
        self._follow_network()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def stations(self) -> tuple[Station, ...]:
        """Every address of every station that was heard and did not say goodbye."""
        self._follow_network()
        found = (station for each in self._found.copy().values() for station in each)
        return tuple(sorted(found, key=lambda station: (station.address, station.port)))

    def _follow_network(self) -> None:
        """Listen anew where the machine came to another network, as when Wi-Fi is joined late."""
        now = self._only_on or lan_addresses()
        if now == self._networks:
            return
        self._close()
        self._networks = now
        self._open()

    def _open(self) -> None:
        from zeroconf import Error, ServiceBrowser  # noqa: PLC0415 -- loads asyncio and more

        try:
            self._dns = _opened(self._only_on)
            ServiceBrowser(self._dns, wire.SERVICE, handlers=[self._heard])
        except (OSError, Error, RuntimeError) as error:  # RuntimeError: no adapter at all
            logger.info("mdns is not possible here: %s", type(error).__name__)

    def _close(self) -> None:
        if self._dns is not None:
            self._dns.close()
        self._dns = None
        self._found.clear()

    def _heard(
        self, zeroconf: "Zeroconf", service_type: str, name: str, state_change: object
    ) -> None:
        from zeroconf import ServiceStateChange  # noqa: PLC0415 -- loaded already

        if state_change is ServiceStateChange.Removed:
            self._found.pop(name, None)
            return
        if len(self._found) < MOST_STATIONS and self._asking.acquire(blocking=False):
            ask = threading.Thread(  # the caller is the thread that would bring the answer
                target=self._ask, args=(zeroconf, service_type, name), daemon=True
            )
            ask.start()

    def _ask(self, dns: "Zeroconf", service_type: str, name: str) -> None:
        from zeroconf import Error  # noqa: PLC0415 -- loaded already

        try:
            info = dns.get_service_info(service_type, name, PATIENCE_MS)
            if info is not None:
                self._found[name] = stations_of(info)
        except (OSError, Error, RuntimeError):  # the finder was closed meanwhile
            logger.debug("a station said too little")
        finally:
            self._asking.release()


def _opened(only_on: Sequence[str]) -> "Zeroconf":
    from zeroconf import InterfaceChoice, IPVersion, Zeroconf  # noqa: PLC0415 -- as above

    where = list(only_on) or InterfaceChoice.All
    return Zeroconf(interfaces=where, ip_version=IPVersion.V4Only)


def stations_of(info: "ServiceInfo") -> tuple[Station, ...]:
    """What an announcement says; it came from the network, so it may say anything."""
    from zeroconf import IPVersion  # noqa: PLC0415 -- loaded already

    point = info.decoded_properties.get("point") or ""
    return tuple(
        Station(
            address=address,
            port=info.port or wire.PORT,
            name="".join(filter(str.isprintable, info.name.removesuffix(f".{wire.SERVICE}")[:64])),
            point=int(point) if point.isascii() and point.isdigit() and len(point) == 3 else None,
            announced=True,
        )
        for address in info.parsed_addresses(IPVersion.V4Only)
        if is_on_the_lan(address)
    )
