"""`python -m sync.central`: keep the ledgers of the points, over HTTP."""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

from station import codes
from station.documents import KINDS
from station.programme_words import UnreadableWords
from sync.central import commands, schema
from sync.central.access import secrets, tokens
from sync.central.database import BadAddress, DatabaseUnavailable, NotADatabase, opened
from sync.central.keeping import ledger_files
from sync.central.listening import CannotListen, Serving
from sync.central.observing import logs
from sync.central.officials import accounts
from sync.central.officials.roles import OfficialRole
from sync.central.problems import REASONS, Refused
from sync.central.programme import webhooks

HELP = ("-h", "--help")
HIGHEST_STATION = 899
MOST_HOURS, MOST_DAYS = 24 * 30, 3_650
HIGHEST_CHAIN = 2**63 - 1
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}\Z")

NOTES = """\
It listens on this machine only (127.0.0.1) unless --host says otherwise; between it and the
internet belongs a proxy that speaks TLS (docs/service.md). An empty SQLite file, a pilot, gets its
tables and a key file by itself; PostgreSQL gets its tables by `migrate`, and its key by --key-file
or systemd.
"""


class DatabaseNotNamed(Exception):
    """What is changed for good is named, never guessed."""


def main(arguments: list[str] | None = None) -> int:
    """Do one task; 2 when the database, the key or the port cannot be used."""
    asked = parser().parse_args(with_a_task(sys.argv[1:] if arguments is None else arguments))
    logs.begin()
    try:
        asked.run(asked)
    except Refused as refusal:
        return _failed(f"Refused: {REASONS[refusal.problem.code].meaning}.")
    except tuple(SENTENCES) as error:
        return _failed(SENTENCES[type(error)])
    return 0


def with_a_task(arguments: list[str]) -> list[str]:
    """Without the name of a task it serves."""
    named = arguments and (arguments[0] in HELP or not arguments[0].startswith("-"))
    return arguments if named else ["serve", *arguments]


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 -- a command's answer
    return 2


SENTENCES: dict[type[Exception], str] = {
    BadAddress: "--database names neither a SQLite file nor a PostgreSQL database.",
    DatabaseNotNamed: "This changes a database for good: name it with --database.",
    DatabaseUnavailable: "The database does not answer.",
    NotADatabase: "--database names a file that is no SQLite database.",
    CannotListen: "--host and --port name no place to listen at: the port is in use, is not "
    "between 0 and 65535, or the address is not this machine's.",
    schema.NotMigrated: "The database lacks the tables of this version. "
    "Run `python -m sync.central migrate --database …` on it first.",
    schema.NotOurs: "The database holds something else; give the service one of its own.",
    schema.TooNew: "A newer version of the service wrote this database; update the program.",
    secrets.NoKey: "The service needs its key: name it with --key-file, or hand it over by systemd "
    "(LoadCredential=central-key:…). `openssl rand -hex 32` makes one.",
    secrets.KeyLost: "The key file that belongs beside this database is gone. Put it back from its "
    "copy: without it nobody's rows can be read, and every point must be enrolled again.",
    secrets.NotAKey: "The key file cannot be read, or is not 64 hexadecimal digits.",
    secrets.WrongKey: "This key is not the one that the secrets of this database are sealed with.",
    tokens.NotAScope: f"--scopes takes {', '.join(tokens.OF_PROGRAMS)}, separated by commas.",
    tokens.ReservedName: "form and list are names of the service itself; give the program another.",
    commands.BadInput: "This is no document: --kind, --id, --station or what --file says is not "
    "what it should be (docs/service.md).",
    commands.UnknownField: "--file holds a field that this kind of document does not have.",
    commands.NoCodeOfItsKind: "--id is not the code of an offer (M…) or of a case (H…).",
    commands.NoPolicy: "--id of a policy is release- and the day from which it holds.",
    commands.ForNoPoint: "An offer or a case goes to one point: name it with --station.",
    accounts.BadName: "--name takes 2 to 32 small letters, digits, and . _ - between them.",
    accounts.NameTaken: "There is an account of this name already; --renew gives a new password.",
    accounts.NoSuchOfficial: "There is no account of this name.",
    webhooks.BadWebhook: "--url takes https://… (http:// for this machine alone), without a name, "
    "password or # in it.",
    webhooks.NoSuchWebhook: "This channel has no webhook.",
    commands.NoRole: f"--role says what a new account may do: {', '.join(OfficialRole)}.",
    ledger_files.NotOurFolder: "The folder of the public ledger's files is another user's, or open "
    "to others: remove it, or name another place in CACHE_DIRECTORY (docs/service.md).",
    UnreadableWords: "--file holds no words of this kind, as resources/ has them: no point could "
    "read them.",
    commands.NoSuchDatabase: "There is no such file: name the service's database with --database. "
    "`serve` begins a new one.",
    commands.CannotWrite: "--out or --to names no place where a file can be written.",
    commands.NotAPilot: "A PostgreSQL database is backed up with pg_dump (docs/service.md).",
    commands.FileIsThere: "--to names a file that is there already; it stays as it is.",
    commands.NoSuchName: "There is no token of this name that is still good.",
}


def parser() -> argparse.ArgumentParser:
    """Everything that can be typed."""
    made = argparse.ArgumentParser(
        prog="python -m sync.central",
        description=__doc__,
        epilog=NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = made.add_subparsers(metavar="TASK", required=True)
    _listens(_task(tasks, "serve", _serve, "answer the points (the default)"))
    _task(tasks, "migrate", _migrate, "create the tables, or bring them to this version")
    code = _task(tasks, "code", commands.code, "give a one-time code by which a PC is enrolled")
    _station(code)
    code.add_argument(
        "--hours", type=_up_to(MOST_HOURS), default=72, help="how long it is good (%(default)s)"
    )
    token = _task(tasks, "token", commands.token, "give a token to a program of the Department")
    token.add_argument("--name", type=_name, required=True, help="whose it is")
    token.add_argument("--scopes", default="", help=", ".join(tokens.OF_PROGRAMS))
    token.add_argument(
        "--days", type=_up_to(MOST_DAYS), default=365, help="how long it is good (%(default)s)"
    )
    token.add_argument("--revoke", action="store_true", help="believe tokens of this name no more")
    _task(tasks, "tokens", commands.list_tokens, "list the programs' tokens")
    webhook = _task(
        tasks, "webhook", commands.webhook, "tell a channel what becomes of what it brings"
    )
    webhook.add_argument("--channel", type=_name, required=True, help="the name of its token")
    ways = webhook.add_mutually_exclusive_group(required=True)
    ways.add_argument("--url", help="where it is told: https://…")
    ways.add_argument("--end", action="store_true", help="tell it nothing by itself any more")
    webhook.add_argument(
        "--after", type=_position, default=0, help="a new one's first is behind this (%(default)s)"
    )
    _task(tasks, "webhooks", commands.list_webhooks, "list the channels that are told, and how far")
    official = _task(tasks, "official", commands.official, "let an official sign in, or no more")
    official.add_argument("--name", type=_name, required=True, help="what they sign in with")
    official.add_argument("--role", choices=list(OfficialRole), help="of a new account")
    ways = official.add_mutually_exclusive_group()
    ways.add_argument("--renew", action="store_true", help="give a new first password")
    ways.add_argument("--end", action="store_true", help="let nobody in by this name any more")
    _task(tasks, "officials", commands.list_officials, "list the accounts of officials")
    revoke = _task(tasks, "revoke", commands.revoke, "believe a chain no more")
    _station(revoke)
    revoke.add_argument(
        "--chain", type=_up_to(HIGHEST_CHAIN), required=True, help="the number of the chain"
    )
    revoke.add_argument("--reason", default="lost", type=_name, help="a coded word (%(default)s)")
    document = _task(tasks, "document", commands.document, "publish words, an offer or a case")
    document.add_argument("--station", type=int, default=0, help="0: every point (%(default)s)")
    document.add_argument("--kind", required=True, help=", ".join(KINDS))
    document.add_argument("--id", required=True, help="the code of the offer or case, or a name")
    document.add_argument("--file", type=Path, help="its words, or what it says as JSON")
    document.add_argument("--take-back", action="store_true", help="it is no longer so")
    backup = _task(
        tasks, "backup", commands.backup, "copy a pilot's SQLite file, also while served"
    )
    backup.add_argument("--to", type=Path, required=True, help="the new file")
    _task(tasks, "points", commands.points, "list the chains: how far they are, last contact")
    _task(tasks, "anchor", commands.anchor, "say the service's public key, to be published")
    count = _task(
        tasks, "count", commands.count, "count what points sent since, or everything anew"
    )
    count.add_argument("--anew", action="store_true", help="from nothing: all of it, or none")
    publish = _task(tasks, "publish", commands.publish, "write the public ledger as a signed file")
    whose = publish.add_mutually_exclusive_group()
    whose.add_argument("--station", type=_station_number, help="of one point (else of all)")
    whose.add_argument("--device", type=_device, help="the history of one device")
    publish.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to")
    return made


def _task(
    tasks: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], None],
    words: str,
) -> argparse.ArgumentParser:
    task = tasks.add_parser(name, help=words, description=words)
    task.set_defaults(run=run)
    _databases(task)
    return task


def _databases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database",
        help=f"sqlite:///FILE or postgresql+psycopg://…; else {commands.NAMED_BY} says it "
        f"(migrate needs it; default of the others: {commands.PILOT_DATABASE})",
    )
    parser.add_argument(
        "--key-file", type=Path, help="the service's key, 64 hexadecimal digits in a file"
    )


def _listens(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8470, help="0: any free one (default: %(default)s)"
    )
    parser.add_argument("--workers", type=_some, default=1, help="processes (%(default)s)")
    parser.add_argument(
        "--proxy-headers", metavar="ADDRESSES",
        help="believe X-Forwarded-For and -Proto of these proxies, separated by commas",
    )  # fmt: skip
    parser.add_argument(
        "--rate", type=_some, default=100, help="questions a second of one token (%(default)s)"
    )
    parser.add_argument(
        "--tries",
        type=_some,
        default=20,
        help="tries of a code or word, and forms, a minute (%(default)s)",
    )

    parser.add_argument(
        "--patience", type=_some, default=20, help="seconds for a question to begin (%(default)s)"
    )


def _station(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--station", type=_station_number, required=True, help="the point's number")


def _some(said: str) -> int:
    number = int(said)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _position(said: str) -> int:
    number = int(said)
    if number < 0:
        raise argparse.ArgumentTypeError("0 or more")
    return number


def _up_to(most: int) -> Callable[[str], int]:
    def number(said: str) -> int:
        if not 1 <= (found := int(said)) <= most:
            raise argparse.ArgumentTypeError(f"1 to {most}")
        return found

    return number


def _station_number(said: str) -> int:
    number = int(said)
    if not 1 <= number <= HIGHEST_STATION:
        raise argparse.ArgumentTypeError(f"1 to {HIGHEST_STATION}")
    return number


def _device(said: str) -> str:
    try:
        code = codes.parse(said.replace(" ", ""))
    except codes.BadCode as error:
        raise argparse.ArgumentTypeError("the ten digits of a device's label") from error
    if code.kind is not codes.CodeKind.DEVICE:
        raise argparse.ArgumentTypeError("the ten digits of a device's label")
    return code.text


def _name(said: str) -> str:
    if not NAME.match(said):
        raise argparse.ArgumentTypeError("small letters, digits, and . _ - between them")
    return said


def _migrate(asked: argparse.Namespace) -> None:
    database = commands.named(asked)
    if database is None:
        raise DatabaseNotNamed
    with opened(database) as engine:
        schema.migrate(engine)


def _serve(asked: argparse.Namespace) -> None:
    from sync.central.serving import serve  # noqa: PLC0415 -- the other tasks need no web

    serving = Serving(
        commands.named(asked) or commands.PILOT_DATABASE,
        asked.key_file,
        asked.host,
        asked.port,
        asked.workers,
        asked.proxy_headers,
        asked.rate,
        asked.tries,
        asked.patience,
    )
    serve(serving, lambda address: print(address, flush=True))  # noqa: T201 -- who started it reads it


if __name__ == "__main__":
    sys.exit(main())
