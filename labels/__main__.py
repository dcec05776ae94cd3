"""Draw labels and papers into files: `python -m labels sheet|paper …`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from labels.draw import labels_pdf
from labels.fonts import FontMissing
from labels.imposition import impose
from labels.label_layout import LabelTooSmall
from labels.paper_command import PAPER_REFUSALS, add_paper_arguments, explain_paper
from labels.stock import UnknownStock
from labels.stocks import stock_named, stocks
from station import words
from station.codes import BadCode, parse
from station.printed import Label
from station.reference import load
from station.words import _


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; the answer is an exit status."""
    words.use(words.DEFAULT_LANGUAGE)
    asked = _parser().parse_args(arguments)
    try:
        drawn: bytes = asked.draw(asked)
        asked.out.write_bytes(drawn)
    except (OSError, BadCode, UnknownStock, LabelTooSmall, FontMissing) as refusal:
        return _refuse(_explain(refusal))
    except PAPER_REFUSALS as refusal:
        return _refuse(explain_paper(refusal))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m labels", description=_("Draw labels and papers."))
    commands = parser.add_subparsers(required=True)

    sheet = commands.add_parser("sheet", help=_("labels for these codes"))
    sheet.add_argument("--stock", default="50x30", help=", ".join(stock.id for stock in stocks()))
    sheet.add_argument("--to", choices=["pdf"], default="pdf")
    sheet.add_argument("--kind", default="", help=_("the kind of device, in words"))
    sheet.add_argument("--name", default="", help=_("maker and model"))
    sheet.add_argument("codes", nargs="+", metavar="CODE")
    sheet.set_defaults(draw=_sheet)

    paper = commands.add_parser("paper", help=_("a paper"))
    add_paper_arguments(paper)

    for command in (sheet, paper):
        command.add_argument("--out", type=Path, required=True, metavar="FILE")
    return parser


def _sheet(asked: Namespace) -> bytes:
    programme = load().programme
    labels = [
        Label(
            code=code,
            qr=programme.tracking_address(code),
            kind=asked.kind,
            name=asked.name,
            programme=programme.short(),
        )
        for code in (parse(text).text for text in asked.codes)
    ]
    stock = stock_named(asked.stock)
    return labels_pdf(impose(labels, stock), stock)


def _explain(refusal: Exception) -> str:
    match refusal:
        case BadCode(raw=raw):
            return _("This is not a valid code: {code}").format(code=ascii(raw))
        case UnknownStock(name=name):
            known = ", ".join(stock.id for stock in stocks())
            return _("There is no label stock {name}; there are: {stocks}").format(
                name=name, stocks=known
            )
        case LabelTooSmall(stock=stock):
            return _("The code does not fit on a label of {name} mm").format(name=stock.id)
        case FontMissing(families=families):
            return _("No font for papers is installed; install one of: {families}").format(
                families=", ".join(families)
            )
    return _("The file cannot be read or written: {reason}").format(reason=refusal)


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
