"""`python -m sync.central`: keep the ledgers of the points, over HTTP."""

import argparse
import logging
import socket
import sys
from contextlib import closing

import uvicorn
from sqlalchemy import Engine

from sync.central import schema
from sync.central.database import BadAddress, DatabaseUnavailable, NotADatabase, opened
from sync.central.web import make_app

HIGHEST_PORT = 65_535
PILOT_DATABASE = "sqlite:///central.sqlite"

LIMITS = """\
There is no enrolment and no signature yet: whoever can reach the port can write any point's ledger.
It therefore listens on this machine only (127.0.0.1) unless --host says otherwise.
An empty SQLite file gets its tables by itself; PostgreSQL gets them by `migrate`.
"""


class DatabaseNotNamed(Exception):
    """What is changed for good is named, never guessed."""


class CannotListen(Exception):
    """Nobody can listen at this address and port."""


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 2 when the database or the port cannot be used."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        with opened(_database(asked)) as engine:
            return _run(asked, engine)
    except tuple(SENTENCES) as error:
        print(SENTENCES[type(error)], file=sys.stderr)  # noqa: T201 -- a command's answer
        return 2


def _database(asked: argparse.Namespace) -> str:
    if asked.database is None and asked.command == "migrate":
        raise DatabaseNotNamed
    return asked.database or PILOT_DATABASE


def _run(asked: argparse.Namespace, engine: Engine) -> int:
    if asked.command == "migrate":
        schema.migrate(engine)
        return 0
    schema.require(engine)
    _serve(engine, asked.host, asked.port)
    return 0


SENTENCES: dict[type[Exception], str] = {
    BadAddress: "--database names neither a SQLite file nor a PostgreSQL database.",
    DatabaseNotNamed: "migrate changes a database for good: name it with --database.",
    DatabaseUnavailable: "The database does not answer.",
    NotADatabase: "--database names a file that is no SQLite database.",
    CannotListen: "--host and --port name no place to listen at: the port is in use, is not "
    "between 0 and 65535, or the address is not this machine's.",
    schema.NotMigrated: "The database lacks the tables of this version. "
    "Run `python -m sync.central migrate --database …` on it first.",
    schema.NotOurs: "The database holds something else; give the service one of its own.",
    schema.TooNew: "A newer version of the service wrote this database; update the program.",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sync.central",
        description=__doc__,
        epilog=LIMITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=("serve", "migrate"), default="serve")
    parser.add_argument(
        "--database",
        help="sqlite:///FILE or postgresql+psycopg://… "
        f"(migrate needs it; default of serve: {PILOT_DATABASE})",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8470, help="0: any free one (default: %(default)s)"
    )
    return parser


def _serve(engine: Engine, host: str, port: int) -> None:
    config = uvicorn.Config(
        make_app(engine), log_config=None, access_log=False, server_header=False
    )
    with closing(_listening(host, port)) as listening:
        # calls inherit it; asyncio sets it only on sockets it made, and an answer would wait 40 ms
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        address, free = listening.getsockname()[:2]
        print(f"http://{address}:{free}", flush=True)  # noqa: T201 -- who started it may read it
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port <= HIGHEST_PORT:
        raise CannotListen(host, port)
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise CannotListen(host, port) from error


if __name__ == "__main__":
    sys.exit(main())
