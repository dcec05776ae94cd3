"""`python -m station`: look after a point's store without the window."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from station.codes import parse
from station.ledger import Moment
from station.operators import Operator, Role
from station.ports import StoreProblem
from station.store import schema, upkeep
from station.store.engine import open_engine, sqlite_url

KEEPER = Operator("upkeep", Role.LEAD)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when the store is sound, 1 when it is not, 2 when it cannot be opened."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.command(asked))
    except StoreProblem as problem:
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
    return parser


def _url(asked: argparse.Namespace) -> str:
    named = str(asked.database)
    if "://" in named:
        return named
    if not Path(named).is_file():
        raise StoreProblem(f"no such file: {named}")
    return sqlite_url(Path(named))


def _verify(asked: argparse.Namespace) -> int:
    engine = open_engine(_url(asked))
    schema.bring_up_to_date(engine)
    found = upkeep.verify(engine)
    for line in found.broken:
        print(line)  # noqa: T201 -- a command's answer
    print(  # noqa: T201 -- a command's answer
        f"chains={found.chains} events={found.events} broken={len(found.broken)} "
        f"unknown_kinds={found.unknown_kinds} projections_match={found.projections_match}"
    )
    return 0 if found.sound else 1


def _rebuild(asked: argparse.Namespace) -> int:
    engine = open_engine(_url(asked))
    schema.bring_up_to_date(engine)
    print(f"log_rows={upkeep.rebuild(engine)}")  # noqa: T201 -- a command's answer
    return 0


def _restored(asked: argparse.Namespace) -> int:
    engine = open_engine(_url(asked))
    schema.bring_up_to_date(engine)
    printed = parse(asked.last_code).number if asked.last_code else 0
    when = Moment(datetime.now().astimezone())
    chain = upkeep.start_chain(engine, KEEPER, when, printed=printed, reason="restored")
    print(f"chain={chain}")  # noqa: T201 -- a command's answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
