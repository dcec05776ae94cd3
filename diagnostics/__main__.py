"""`python -m diagnostics`: the diagnosis in a terminal or as JSON. Needs no window."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.report import Report


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what a command needs is imported when it runs."""
    options = _parser().parse_args(arguments)
    if options.command == "parse":
        return _parse(options.kind, options.files)
    return _run(_diagnosis(options), as_json=options.json, language=options.language)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m diagnostics", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command", dest="command")
    run = commands.add_parser("run", help="diagnose this machine and print what was found")
    run.add_argument(
        "--adb",
        nargs="?",
        const="",
        metavar="SERIAL",
        help="diagnose the Android tablet on the cable instead; its serial where there are several",
    )
    folder = commands.add_parser(
        "from-folder", help="diagnose the machine whose raw outputs a collector wrote into a folder"
    )
    folder.add_argument("folder", metavar="FOLDER", type=Path)
    for command in (run, folder):
        command.add_argument("--json", action="store_true", help="print the report as JSON")
        command.add_argument("--language", choices=("vi", "en"), default="vi", help="of the words")
    parse = commands.add_parser("parse", help="print the facts of saved outputs as JSON lines")
    parse.add_argument("kind", help="such as dmidecode-text")
    parse.add_argument("files", nargs="+", metavar="FILE")
    return parser


def _parse(kind: str, files: list[str]) -> int:
    """One JSON line a file, whatever the files hold; 2 for a kind that nobody parses."""
    from diagnostics.parse.kinds import KINDS, parser  # noqa: PLC0415 -- as below
    from diagnostics.parse.lines import line_of  # noqa: PLC0415 -- as below

    if kind not in KINDS:
        sys.stderr.write(f"unknown kind {kind}; known: {' '.join(sorted(KINDS))}\n")
        return 2
    parse = parser(kind)
    for file in files:
        sys.stdout.buffer.write(line_of(file, parse) + b"\n")
    sys.stdout.flush()
    return 0


def _diagnosis(options: argparse.Namespace) -> Callable[[], "Report"]:
    """What is to be diagnosed: a folder, a tablet, or this machine."""
    from diagnostics import diagnose as of  # noqa: PLC0415 -- --help starts without it

    if options.command == "from-folder":
        return lambda: of.diagnose_folder(options.folder)
    if options.adb is not None:
        return lambda: of.diagnose_tablet(options.adb)
    return of.diagnose


def _run(diagnosis: Callable[[], "Report"], *, as_json: bool, language: str) -> int:
    """Print the report; 1 with the reason where there is nothing to diagnose."""
    from diagnostics.endings import ReadingFailed  # noqa: PLC0415 -- as above
    from station import words  # noqa: PLC0415 -- as above

    words.use(language)
    try:
        report = diagnosis()
    except ReadingFailed as failed:
        from diagnostics.refused import why_refused  # noqa: PLC0415 -- as above

        sys.stderr.buffer.write(f"{why_refused(failed)}\n".encode())
        return 1
    if as_json:
        from diagnostics.report import encode  # noqa: PLC0415 -- as above

        text = encode(report).decode()
    else:
        from diagnostics.wording import summary  # noqa: PLC0415 -- as above

        text = summary(report)
    # A Windows console of the old kind has no Vietnamese letters; UTF-8 goes into files unharmed.
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
