"""`python -m diagnostics`: the diagnosis in a terminal or as JSON. Needs no window."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.report import Report

PROFILES = ("facts", "triage", "standard", "burn-in")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what a command needs is imported when it runs."""
    options = _parser().parse_args(arguments)
    if options.command == "parse":
        return _parse(options.kind, options.files)
    made = {"judge": _judged, "from-folder": _from_folder, "run": _run}[options.command]
    return _answer(options, made)


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
    run.add_argument("--profile", choices=PROFILES, default="facts", help="how much is tested")
    run.add_argument("--folder", type=Path, help="where journal, report and evidence are kept")
    raw = commands.add_parser(
        "from-folder", help="diagnose the machine whose raw outputs a collector wrote into a folder"
    )
    raw.add_argument("raw", metavar="FOLDER", type=Path)
    judge = commands.add_parser("judge", help="judge a saved report again")
    judge.add_argument("report", type=Path, metavar="REPORT")
    for command in (run, raw, judge):
        command.add_argument("--policy", type=Path, metavar="FILE", help="thresholds to judge by")
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


def _answer(
    options: argparse.Namespace, made: Callable[[argparse.Namespace], tuple["Report", bool]]
) -> int:
    """Print the report; 1 where there is nothing to diagnose or it is not kept, 2 for bad files."""
    from diagnostics.endings import ReadingFailed  # noqa: PLC0415 -- --help starts without it
    from diagnostics.judge.policy import UnusablePolicy  # noqa: PLC0415 -- as above
    from diagnostics.report import NewerReport, NotAReport  # noqa: PLC0415 -- as above
    from diagnostics.report_file import ReportTooLong  # noqa: PLC0415 -- as above
    from station import words  # noqa: PLC0415 -- as above

    words.use(options.language)
    try:
        report, kept = made(options)
    except (NotAReport, NewerReport, ReportTooLong) as error:
        from diagnostics.refused import why_no_report  # noqa: PLC0415 -- as below

        detail = f" ({error})" if str(error) else ""
        return _refuse(f"{options.report}: {why_no_report(error)}{detail}")
    except OSError as error:
        from diagnostics.refused import why_no_file  # noqa: PLC0415 -- as above

        return _refuse(why_no_file(error))
    except UnusablePolicy as error:
        from diagnostics.refused import why_no_policy  # noqa: PLC0415 -- as above

        return _refuse(why_no_policy(error))
    except ReadingFailed as failed:
        from diagnostics.refused import why_refused  # noqa: PLC0415 -- as above

        sys.stderr.buffer.write(f"{why_refused(failed)}\n".encode())
        return 1
    _print(report, as_json=options.json)
    return 0 if kept else 1


def _refuse(sentence: str) -> int:
    sys.stderr.buffer.write(f"{sentence}\n".encode())
    return 2


def _run(options: argparse.Namespace) -> tuple["Report", bool]:
    """A tablet's report, or this machine's; and whether it is kept where it should be."""
    from diagnostics.judge import policy  # noqa: PLC0415 -- as above

    rules = policy.load(options.policy)
    if options.adb is not None:
        from diagnostics.diagnose import diagnose_tablet  # noqa: PLC0415 -- as above

        return diagnose_tablet(options.adb, folder=options.folder, rules=rules).report, True
    from diagnostics.terminal import diagnose_in_terminal  # noqa: PLC0415 -- as above

    diagnosis, kept = diagnose_in_terminal(options.profile, options.folder, rules)
    return diagnosis.report, kept


def _from_folder(options: argparse.Namespace) -> tuple["Report", bool]:
    from diagnostics.diagnose import diagnose_folder  # noqa: PLC0415 -- as above
    from diagnostics.judge import policy  # noqa: PLC0415 -- as above

    return diagnose_folder(options.raw, rules=policy.load(options.policy)).report, True


def _judged(options: argparse.Namespace) -> tuple["Report", bool]:
    from diagnostics.diagnose import judged  # noqa: PLC0415 -- as above
    from diagnostics.judge import policy  # noqa: PLC0415 -- as above
    from diagnostics.report import decode  # noqa: PLC0415 -- as above
    from diagnostics.report_file import read_report  # noqa: PLC0415 -- as above

    rules = policy.load(options.policy)
    return judged(decode(read_report(options.report)), rules), True


def _print(report: "Report", *, as_json: bool) -> None:
    if as_json:
        from diagnostics.report import encode  # noqa: PLC0415 -- as above

        sys.stdout.buffer.write(encode(report) + b"\n")
        sys.stdout.flush()
    else:
        from diagnostics.text_report import print_report  # noqa: PLC0415 -- as above

        print_report(report, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
