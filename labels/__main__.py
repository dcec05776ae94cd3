"""Draw labels and papers into files: `python -m labels sheet|paper …`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from labels.paper_command import PAPER_REFUSALS, add_paper_arguments, explain_paper
from labels.sheet_command import SHEET_REFUSALS, add_sheet_arguments, explain_sheet
from station import words
from station.words import _


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; the answer is an exit status."""
    words.use(words.DEFAULT_LANGUAGE)
    asked = _parser().parse_args(arguments)
    try:
        asked.write(asked)
    except SHEET_REFUSALS as refusal:
        return _refuse(explain_sheet(refusal))
    except PAPER_REFUSALS as refusal:
        return _refuse(explain_paper(refusal))
    except OSError as refusal:
        return _refuse(_("The file cannot be read or written: {reason}").format(reason=refusal))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m labels", description=_("Draw labels and papers."))
    commands = parser.add_subparsers(required=True)
    sheet = commands.add_parser("sheet", help=_("labels for these codes"))
    add_sheet_arguments(sheet)
    paper = commands.add_parser("paper", help=_("a paper"))
    add_paper_arguments(paper)
    for command in (sheet, paper):
        command.add_argument("--out", type=Path, required=True, metavar="FILE")
    return parser


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
