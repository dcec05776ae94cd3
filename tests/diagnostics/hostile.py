"""Files as they come from dying disks and torn-out sticks, and what a parser may do with them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

import msgspec

from diagnostics.endings import UnreadableReport
from diagnostics.parse.kinds import parser
from tests.diagnostics import corpus

MIB = 2**20


def answers_or_says_unreadable(parse: Callable[[bytes], Any], data: bytes) -> None:
    """Facts that can be written down, or the one named failure; any other exception is a defect."""
    with suppress(UnreadableReport):
        msgspec.json.encode(parse(data))


def damaged(data: bytes, chance: Random) -> Iterator[bytes]:
    """Cut somewhere; bytes flipped; a piece twice; a piece of zeros, as a file system leaves it."""
    at = chance.randrange(len(data) + 1)
    yield data[:at]
    flipped = bytearray(data)
    for _ in range(1 + len(data) // 500):
        if flipped:
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    yield bytes(flipped)
    end = min(len(data), at + 512)
    yield data[:end] + data[at:]
    yield data[:at] + bytes(end - at) + data[end:]


def outputs(kind: str) -> list[tuple[str, bytes]]:
    """Every real output of this kind, with its name."""
    cases = [case for case in corpus.every_case() if case["kind"] == kind]
    return [(str(case["id"]), corpus.data(case)) for case in cases]


def try_damaged(kind: str, seed: int) -> int:
    """Damage each real output of a kind and parse it; how many files were tried."""
    parse, tried = parser(kind), 0
    for name, data in outputs(kind):
        chance = Random(f"{seed} {name}")  # noqa: S311 -- where to damage, no secret
        for broken in damaged(data, chance):
            answers_or_says_unreadable(parse, broken)
            tried += 1
    return tried


def large(size: int) -> Iterator[bytes]:
    """Files as long as a mistake can make them, each hard on another way to read."""
    yield bytes(size)
    yield b" " * size
    yield b"\n" * size
    yield b"[" * size
    yield b"<a>" * (size // 3)
    yield b"a" * size
    yield b"Handle 0x0001, DMI type 17, 40 bytes\n" * (size // 37)
    yield b"key : value\n" * (size // 12)
    yield b"[key]: [value]\n" * (size // 15)
    yield b'{"a":' * (size // 5)
    yield b"\t" * (size // 2) + b":" * (size // 2)
    yield b"\xff\xfe" + b"A\0" * (size // 2)
