"""What counts as the local network: the addresses that no router passes on."""

import ipaddress
import socket
from typing import Final

_LAN: Final = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"),
    )
)


def is_on_the_lan(text: str) -> bool:
    """Whether this is the IPv4 address of a neighbour, or of this PC itself."""
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return any(address in network for network in _LAN)


def lan_addresses() -> tuple[str, ...]:
    """The addresses under which neighbours reach this PC; none without a network."""
    import ifaddr  # noqa: PLC0415 -- needed only where somebody listens; comes with zeroconf

    found = (ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4)
    names = (ip for ip in found if isinstance(ip, str) and is_on_the_lan(ip))
    return tuple(sorted(ip for ip in names if not ipaddress.ip_address(ip).is_loopback))


def resolved(host: str) -> str:
    """The IPv4 address of a typed name or address; raises OSError."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        return str(socket.getaddrinfo(host, None, socket.AF_INET)[0][4][0])
