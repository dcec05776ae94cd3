"""`python -m diagnostics`: the diagnosis in a terminal or as JSON. Needs no window."""

import argparse
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what a command needs is imported when it runs."""
    options = _parser().parse_args(arguments)
    if options.command == "parse":
        return _parse(options.kind, options.files)
    _run(as_json=options.json, language=options.language)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m diagnostics", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command", dest="command")
    run = commands.add_parser("run", help="diagnose this machine and print what was found")
    run.add_argument("--json", action="store_true", help="print the report as JSON")
    run.add_argument("--language", choices=("vi", "en"), default="vi", help="of the summary")
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


def _run(*, as_json: bool, language: str) -> None:
    from diagnostics.diagnose import diagnose  # noqa: PLC0415 -- --help starts without it

    report = diagnose()
    if as_json:
        from diagnostics.report import encode  # noqa: PLC0415 -- as above

        text = encode(report).decode()
    else:
        from diagnostics.wording import summary  # noqa: PLC0415 -- as above
        from station import words  # noqa: PLC0415 -- as above

        words.use(language)
        text = summary(report)
    # A Windows console of the old kind has no Vietnamese letters; UTF-8 goes into files unharmed.
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
