"""Asking CUPS about a queue or a job, by the few words of IPP (RFC 8011) that it takes.

CUPS' own programs tell no cancelled job from a printed one; its protocol does.
"""

import http.client
import socket
import struct
from collections.abc import Iterator, Sequence
from typing import Final

from typing_extensions import override

GET_JOB: Final = 0x0009
GET_PRINTER: Final = 0x000B
NOT_FOUND: Final = 0x0406

_OPERATION_GROUP, _END_OF_GROUPS = 0x01, 0x03
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x44, 0x45, 0x47, 0x48
_HIGHEST_STATUS_OF_SUCCESS: Final = 0x00FF
_LARGEST: Final = 256 * 1024

Value = int | str
Attributes = dict[str, tuple[Value, ...]]


class Refused(Exception):
    """CUPS answered, with a status that is no success."""

    def __init__(self, status: int) -> None:
        super().__init__(f"IPP status {status:#06x}")
        self.status = status


class NoAnswer(Exception):
    """Nobody answers there, or not in this language."""


def ask(server: str, operation: int, uri: str, wanted: Sequence[str], limit_s: float) -> Attributes:
    """What CUPS says of a job or a queue. `server`: a socket's path or host:port.

    Raises NoAnswer or Refused.
    """
    connection = _connection(server, limit_s)
    try:
        headers = {"Content-Type": "application/ipp"}
        connection.request("POST", "/", _question(operation, uri, wanted), headers)
        answer = connection.getresponse()
        data = answer.read(_LARGEST)
        if answer.status != http.client.OK:
            raise NoAnswer(f"HTTP {answer.status}")
        return _read(data)
    except (OSError, http.client.HTTPException, struct.error, ValueError) as error:
        raise NoAnswer(str(error)) from error
    finally:
        connection.close()


class _ByPath(http.client.HTTPConnection):
    """HTTP through a Unix socket."""

    def __init__(self, path: str, limit_s: float) -> None:
        super().__init__("localhost", timeout=limit_s)
        self._path, self._limit_s = path, limit_s

    @override
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self._limit_s)
        self.sock.connect(self._path)


def _connection(server: str, limit_s: float) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _ByPath(server, limit_s)
    return http.client.HTTPConnection(server, timeout=limit_s)


def _question(operation: int, uri: str, wanted: Sequence[str]) -> bytes:
    target = "job-uri" if operation == GET_JOB else "printer-uri"
    return b"".join(
        (
            struct.pack(">BBHIB", 2, 0, operation, 1, _OPERATION_GROUP),
            _attribute(_CHARSET, "attributes-charset", "utf-8"),
            _attribute(_LANGUAGE, "attributes-natural-language", "en"),
            _attribute(_URI, target, uri),
            *(
                _attribute(_KEYWORD, "" if place else "requested-attributes", name)
                for place, name in enumerate(wanted)
            ),
            bytes([_END_OF_GROUPS]),
        )
    )


def _attribute(kind: int, name: str, value: str) -> bytes:
    """One value; without a name it is one more of the attribute before."""
    named, valued = name.encode(), value.encode()
    return struct.pack(
        f">BH{len(named)}sH{len(valued)}s", kind, len(named), named, len(valued), valued
    )


def _read(data: bytes) -> Attributes:
    status = struct.unpack_from(">H", data, 2)[0]
    if status > _HIGHEST_STATUS_OF_SUCCESS:
        raise Refused(status)
    found: Attributes = {}
    for name, value in _values(data, 8):
        found[name] = (*found.get(name, ()), value)
    return found


def _values(data: bytes, place: int) -> Iterator[tuple[str, Value]]:
    name = ""
    while place < len(data) and data[place] != _END_OF_GROUPS:
        kind = data[place]
        place += 1
        if kind <= 0x0F:  # another group begins
            continue
        named, place = _sized(data, place)
        valued, place = _sized(data, place)
        name = named.decode() or name
        value = _value(kind, valued)
        if value is not None:
            yield name, value


def _sized(data: bytes, place: int) -> tuple[bytes, int]:
    size = struct.unpack_from(">H", data, place)[0]
    end = place + 2 + size
    if end > len(data):
        raise ValueError("the answer ends early")
    return data[place + 2 : end], end


def _value(kind: int, value: bytes) -> Value | None:
    """None for what we never ask for, and for "no value"."""
    if kind in {_INTEGER, _ENUM}:
        return int(struct.unpack(">i", value)[0])
    if kind == _BOOLEAN:
        return int(struct.unpack(">?", value)[0])
    if 0x40 <= kind <= 0x4F:
        return value.decode("utf-8", "replace")
    return None
