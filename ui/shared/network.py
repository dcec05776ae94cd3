"""By what other PCs of the local network find this one."""

from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QHostInfo, QNetworkInterface


def names_of_this_pc() -> tuple[str, ...]:
    """Its name first, as addresses change from day to day; then its IPv4 addresses."""
    name = QHostInfo.localHostName()
    plain = name.isascii() and name not in {"", "localhost"}
    return (*((name,) if plain else ()), *map(QHostAddress.toString, _addresses()))


def _addresses() -> tuple[QHostAddress, ...]:
    four = QAbstractSocket.NetworkLayerProtocol.IPv4Protocol
    return tuple(
        address
        for address in QNetworkInterface.allAddresses()
        if address.protocol() == four and not address.isLoopback()
    )
