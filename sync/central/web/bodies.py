"""Bodies in and out: msgpack or JSON, packed or not, and never more in memory than allowed."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from sync import packing, wire
from sync.central.problems import refused
from sync.central.web.asking import BYTES, JSON, MSGPACK

MSGPACK_NAMES = {MSGPACK, "application/msgpack", "application/x-msgpack", BYTES, ""}
PLAIN = {"", "identity"}

T = TypeVar("T")


def read(body: bytes, kind: type[T], content_type: str, coding: str, largest: int) -> T:
    """The message, or the bytes, of a body as it came; raises Refused."""
    plain = unpacked(body, coding, largest)
    if kind is bytes:
        return plain  # type: ignore[return-value] # T is bytes
    name = content_type.partition(";")[0].strip().lower()
    if name in MSGPACK_NAMES:
        return wire.read(plain, kind)
    if name == JSON:
        return _read_json(plain, kind)
    raise refused("unknown_type")


def unpacked(body: bytes, coding: str, largest: int) -> bytes:
    """The body as it was before it was packed; raises Refused."""
    name = coding.strip().lower()
    if name in PLAIN:
        return body
    if name != packing.CODING:
        raise refused("unknown_encoding")
    try:
        return packing.unpacked(body, largest)
    except packing.TooLong as error:
        raise refused("too_large") from error
    except packing.NotPacked as error:
        raise refused("bad_encoding") from error


def _read_json(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise wire.UnreadableBody from error


def wants_json(accept: str) -> bool:
    """Whether JSON was asked for, and msgpack was not."""
    return JSON in accept and "msgpack" not in accept


def written(message: Struct | bytes, *, as_json: bool) -> tuple[bytes, str]:
    """The bytes of an answer, and what they are."""
    if isinstance(message, bytes):
        return message, BYTES
    if as_json:
        return msgspec.json.encode(message), JSON
    return wire.write(message), MSGPACK


def where_of(kind: type[T], places: dict[str, Any]) -> T:
    """What an address says, as its struct; raises Refused."""
    try:
        return msgspec.convert(places, kind, strict=False)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise refused("unreadable_request") from error
