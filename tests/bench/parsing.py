"""Parsers of saved outputs beside the package `jc` on the same files, where the corpus is at hand.

One process, parsing alone: the files are read before the clock starts. jc has no parser of what
smartctl prints, so of that only our own speed is told.
"""

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

import jc

from diagnostics.endings import UnreadableReport
from diagnostics.parse.kinds import KINDS
from tests.diagnostics import corpus
from tests.figures import Figure

PEERS = {"dmidecode-text": "dmidecode", "smartctl-json": None, "smartctl-text": None}
ROUNDS = 9
Reads = Callable[[bytes], bool]


def figures(command: str) -> Iterator[Figure]:
    """Files per second and unreadable files of each kind; nothing without the corpus."""
    for kind, peer in PEERS.items():
        files = corpus.files(kind)
        module = f"diagnostics.parse.{KINDS[kind]}"
        if not files or find_spec(module) is None:
            continue
        acts = {"ours": _ours(module)} | ({} if peer is None else {"jc": _jc(peer)})
        took, failed = _in_turns(acts, files)
        for name in acts:
            rate = len(files) / took[name]
            yield Figure(f"{kind}: files a second, {name}", rate, "1/s", None, command)
            yield Figure(f"{kind}: files not read, {name}", failed[name], "files", None, command)
        if "jc" in acts:
            ratio = took["ours"] / took["jc"]
            yield Figure(f"{kind}: our time / jc's", ratio, "ratio", 0.2, command)


def _ours(module: str) -> Reads:
    """Whether our parser reads a file; anything but its one refusal is a fault."""
    facts_of = import_module(module).facts_of

    def reads(data: bytes) -> bool:
        try:
            facts_of(data)
        except UnreadableReport:
            return False
        return True

    return reads


def _jc(name: str) -> Reads:
    """Whether jc reads a file; it fails with whatever its parser stumbles over."""

    def reads(data: bytes) -> bool:
        try:
            jc.parse(name, data.decode("utf-8", "replace"), quiet=True)
        except Exception:
            return False
        return True

    return reads


def _in_turns(
    acts: dict[str, Reads], files: list[bytes]
) -> tuple[dict[str, float], dict[str, int]]:
    """The best round of each in seconds, and how many files it could not read."""
    took = dict.fromkeys(acts, float("inf"))
    failed = dict.fromkeys(acts, 0)
    for _ in range(ROUNDS):
        for name, reads in acts.items():
            begun = time.perf_counter()
            failed[name] = sum(not reads(data) for data in files)
            took[name] = min(took[name], time.perf_counter() - begun)
    return took, failed
