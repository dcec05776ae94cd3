"""`python -m station`: look after a point's store without the window."""

import argparse
import sys
from datetime import datetime
from getpass import getpass
from pathlib import Path

from station.codes import BadCode, NotACode, parse_scan
from station.ledger import BrokenLedger, Moment, UnreadableEntry
from station.operators import Operator, Role
from station.ports import BackupDamaged, PlaceMissing, StoreEmpty, StoreProblem
from station.refusals import NotOurCode, Refusal
from station.store import schema, upkeep
from station.store.backup.archive import NotABackup
from station.store.backup.making import back_up
from station.store.backup.recovery import NoRecovery, RecoveryNeeded, has_code
from station.store.backup.restoring import NotSound, Restore
from station.store.engine import sqlite_url
from station.store.verifying import verify

KEEPER = Operator("upkeep", Role.LEAD)

NO_BACKUP = (NotABackup, BackupDamaged, PlaceMissing, NotSound, RecoveryNeeded, NoRecovery)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when the store is sound, 1 when it is not, 2 when it cannot be opened."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.command(asked))
    except (StoreProblem, BadCode, Refusal, BrokenLedger, UnreadableEntry, *NO_BACKUP) as problem:
        print(f"{problem.code}: {problem}", file=sys.stderr)  # noqa: T201 -- a command's answer
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m station", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, words in (
        ("verify", _verify, "check every chain, and the projections against a replay"),
        ("rebuild", _rebuild, "fold the whole ledger again into the projections"),
        ("restored", _restored, "this file is a restored copy: begin a new chain"),
    ):
        one = commands.add_parser(name, help=words, description=words)
        one.add_argument("database", help="a store's file, or postgresql+psycopg://…")
        one.set_defaults(command=command)
        if name == "restored":
            one.add_argument("--last-code", help="the newest label anybody can find", default=None)
    _add_backup(commands)
    return parser


def _add_backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "write a backup of a store and of what lies beside it"
    made = commands.add_parser("backup", help=words, description=words)
    made.add_argument("database", help="a store's file, or postgresql+psycopg://…")
    made.add_argument("folder", type=Path, help="where the backup goes")
    made.add_argument("--data", type=Path, help="folder of reports and words; else the file's own")
    made.set_defaults(command=_backup)
    words = "make a store from a backup; it goes on as a new chain"
    back = commands.add_parser("restore", help=words, description=words)
    back.add_argument("backup", type=Path, help="the backup's file")
    back.add_argument("file", type=Path, help="the store's file; one that is there is kept")
    back.set_defaults(command=_restore)


def _url(asked: argparse.Namespace) -> str:
    named = str(asked.database)
    if "://" in named:
        return named
    file = Path(named)
    if not file.is_file() or file.stat().st_size == 0:  # opening would write a header into it
        raise StoreEmpty(named)
    return sqlite_url(file)


def _verify(asked: argparse.Namespace) -> int:
    engine = schema.existing_engine(_url(asked))
    found = verify(engine)
    for line in found.broken:
        print(line)  # noqa: T201 -- a command's answer
    print(  # noqa: T201 -- a command's answer
        f"chains={found.chains} events={found.events} broken={len(found.broken)} "
        f"unknown_kinds={found.unknown_kinds} withheld={found.withheld} "
        f"projections_match={found.projections_match}"
    )
    return 0 if found.sound else 1


def _rebuild(asked: argparse.Namespace) -> int:
    engine = upkeep.current_engine(_url(asked))
    print(f"log_rows={upkeep.rebuild(engine)}")  # noqa: T201 -- a command's answer
    return 0


def _backup(asked: argparse.Namespace) -> int:
    engine = schema.existing_engine(_url(asked))
    data = asked.data or Path(str(asked.database)).parent
    made = back_up(engine, data, asked.folder, datetime.now().astimezone(), _say_nothing)
    recovery = "yes" if has_code(engine) else "none"
    print(  # noqa: T201 -- a command's answer
        f"file={asked.folder / made.file} bytes={made.size} seq={made.seq} recovery={recovery}"
    )
    return 0


def _say_nothing(_done: int, _total: int) -> None:
    """A command answers once, at its end."""


def _restore(asked: argparse.Namespace) -> int:
    code = getpass("recovery code (Enter: none needed): ") if sys.stdin.isatty() else ""
    when = datetime.now().astimezone()
    restore = Restore(asked.backup, when, _ask_password, "".join(code.split()))
    standing = restore.to(asked.file)
    print(f"chain={standing.chain} number={standing.highest_number}")  # noqa: T201 -- the same
    return 0


def _ask_password(new: bool) -> str:
    return getpass("new password: " if new else "password: ")


def _restored(asked: argparse.Namespace) -> int:
    engine = upkeep.current_engine(_url(asked))
    printed = (
        _number_of(asked.last_code, upkeep.station_of(engine)) if asked.last_code is not None else 0
    )
    when = Moment(datetime.now().astimezone())
    chain = upkeep.start_chain(engine, KEEPER, when, printed=printed, reason="restored")
    print(f"chain={chain}")  # noqa: T201 -- a command's answer
    return 0


def _number_of(label: str, station: int) -> int:
    """The number on a label of this very point; another point's says nothing about it."""
    code = parse_scan(label)
    if code.point is None:
        raise NotACode(label)
    if code.point != station:
        raise NotOurCode(code.text)
    upkeep.well_above(code.number, station)  # asked for: what leaves no code is refused
    return code.number


if __name__ == "__main__":
    sys.exit(main())
