"""`python -m sync.central`: keep the ledgers of the points, over HTTP."""

import argparse
import logging
import socket
import sys

import uvicorn
from sqlalchemy import Engine

from sync.central import schema
from sync.central.database import BadAddress, DatabaseUnavailable, opened
from sync.central.web import make_app

LIMITS = """\
There is no enrolment and no signature yet: whoever can reach the port can write any point's ledger.
It therefore listens on this machine only (127.0.0.1) unless --host says otherwise.
An empty SQLite file gets its tables by itself; PostgreSQL gets them by `migrate`.
"""


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 2 when the database cannot be used."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        with opened(asked.database) as engine:
            return _run(asked, engine)
    except tuple(SENTENCES) as error:
        print(SENTENCES[type(error)], file=sys.stderr)  # noqa: T201 -- a command's answer
        return 2


def _run(asked: argparse.Namespace, engine: Engine) -> int:
    if asked.command == "migrate":
        schema.migrate(engine)
        return 0
    schema.require(engine)
    _serve(engine, asked.host, asked.port)
    return 0


SENTENCES: dict[type[Exception], str] = {
    BadAddress: "--database names neither a SQLite file nor a PostgreSQL database.",
    DatabaseUnavailable: "The database does not answer.",
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
        default="sqlite:///central.sqlite",
        help="sqlite:///FILE or postgresql+psycopg://… (default: %(default)s)",
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
    with socket.create_server((host, port)) as listening:
        # calls inherit it; asyncio sets it only on sockets it made, and an answer would wait 40 ms
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        address, free = listening.getsockname()[:2]
        print(f"http://{address}:{free}", flush=True)  # noqa: T201 -- who started it may read it
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    sys.exit(main())
