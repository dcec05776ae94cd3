"""Our verdicts on real disks beside two other programs': `python -m scripts.smart_confusion`.

The disks and the others' verdicts are those of the corpus; STATION_CORPUS names its folder.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from diagnostics.endings import UnreadableReport
from diagnostics.judge import policy
from diagnostics.judge.smart import disk_health
from diagnostics.parse import smartctl_json
from station.machine import Disk

PEERS = {"peracotta": "smart_verdict", "scrutiny": "peer_status"}
OURS = ("pass", "warn", "unknown", "fail")

Table = Counter[tuple[str, str]]


def main() -> int:
    """Print one table for each peer; the exit status is 1 when we pass what one of them fails."""
    folder = Path(os.environ.get("STATION_CORPUS", "../shared/corpus"))
    tables = confusion(folder)
    for peer, table in tables.items():
        print("\n".join(printed(peer, table)), end="\n\n")
    return int(any(passed_against(table) for table in tables.values()))


def confusion(folder: Path) -> dict[str, Table]:
    """For each peer: how many disks it and we judged so."""
    rules = policy.load().smart
    tables: dict[str, Table] = {peer: Counter() for peer in PEERS}
    for disk, expected in _disks(folder):
        ours = disk_health(disk, rules).outcome.value
        for peer, key in PEERS.items():
            said = expected.get(key)
            if said is not None:
                tables[peer][_word(said), ours] += 1
    return tables


def passed_against(table: Table) -> int:
    """How many disks we pass that the peer fails."""
    return sum(n for (peer, ours), n in table.items() if peer == "fail" and ours == "pass")


def printed(peer: str, table: Table) -> Iterator[str]:
    """The table for people: the peer's verdicts downwards, ours across."""
    yield f"{peer:16}" + "".join(f"{ours:>9}" for ours in OURS)
    for word in sorted({word for word, _ in table}):
        yield f"{word:16}" + "".join(f"{table[word, ours]:>9}" for ours in OURS)


def _word(said: str) -> str:
    """One word for each of the peers' own."""
    word = said.casefold()
    return "fail" if word.startswith("fail") else word


def _disks(folder: Path) -> Iterator[tuple[Disk, Mapping[str, Any]]]:
    """Each disk that a peer speaks of, and what the peers said."""
    for case in json.loads(folder.joinpath("manifest.json").read_text())["cases"]:
        if case["kind"] != "smartctl-json":
            continue
        try:
            disks = smartctl_json.facts_of(folder.joinpath(case["input"]).read_bytes()).storage
        except UnreadableReport:
            continue  # no disk in it, so nobody judged one
        yield from zip(disks, case["expected"]["storage"], strict=False)


if __name__ == "__main__":
    sys.exit(main())
