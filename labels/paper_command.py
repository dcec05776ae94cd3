"""Papers with made-up content, to look at: `python -m labels paper NAME --sample --out FILE`."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from labels.filling import TooFewCopies, fill, issue
from labels.fonts import FontMissing
from labels.paper_pdf import paper_pdf
from labels.paper_words import TemplateWord, UnreadableTemplate
from labels.template import UnknownPaper, papers, sample_facts, template
from station.codes import CodeKind, make
from station.words import _

SAMPLE_CODE: Final = make(CodeKind.PAPER, 12, 1)

PAPER_REFUSALS: Final = (
    FontMissing,
    TemplateWord,
    TooFewCopies,
    UnknownPaper,
    UnreadableTemplate,
)


def add_paper_arguments(parser: ArgumentParser) -> None:
    """What can be asked of a paper."""
    parser.add_argument("paper", metavar="NAME", help=", ".join(papers()))
    parser.add_argument("--sample", action="store_true", required=True, help=_("made-up content"))
    parser.add_argument(
        "--words", type=Path, metavar="FOLDER", help=_("the folder of the office's own words")
    )
    parser.set_defaults(write=_write_sample)


def _write_sample(asked: Namespace) -> None:
    words: Path | None = asked.words
    if words is not None and not words.is_dir():
        raise NotADirectoryError(str(words))
    chosen = template(asked.paper, words)
    document = fill(chosen, sample_facts(asked.paper), SAMPLE_CODE)
    asked.out.write_bytes(paper_pdf([(document, issue(chosen))]))


def explain_paper(refusal: Exception) -> str:
    """One sentence for what is wrong with a paper or its words."""
    match refusal:
        case UnknownPaper(paper=name):
            return _("There is no paper {name}; there are: {papers}").format(
                name=name, papers=", ".join(papers())
            )
        case FontMissing(families=families):
            return _("No font for papers is installed; install one of: {families}").format(
                families=", ".join(families)
            )
        case UnreadableTemplate(file=file, reason=reason):
            return _("The file of words {file} cannot be read: {reason}").format(
                file=file, reason=reason
            )
        case TemplateWord(file=file, text=text, field=None):
            return _("The file of words {file} lacks “{text}” or has it by mistake").format(
                file=file, text=text
            )
        case TemplateWord(file=file, text=text, field=field):
            return _("The file of words {file}: “{text}” names an unknown field {field}").format(
                file=file, text=text, field=f"{{{field}}}"
            )
    return _("Both parties keep a copy: print two at least.")
