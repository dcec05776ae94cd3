"""One sentence for each mistake in a file of label stocks."""

from collections.abc import Callable, Mapping
from typing import Final

from labels.stocks import LONGEST, MOST, Mistake, UnreadableStocks
from station.words import _

_SENTENCES: Final[Mapping[Mistake, Callable[[], str]]] = {
    Mistake.UNREADABLE: lambda: _("{file} cannot be read."),
    Mistake.NOT_TOML: lambda: _("{file} is no TOML file."),
    Mistake.NOT_A_STOCK: lambda: _("{file}: {stock} is no table of a label stock."),
    Mistake.TAKEN: lambda: _(
        "{file}: {stock} is a name that the program uses itself; name the stock anew."
    ),
    Mistake.NOT_AN_ID: lambda: _(
        "{file}: {stock} is no name of a stock: small letters without accents, digits, dots and"
        " dashes. What people read is given under vi and en."
    ),
    Mistake.UNKNOWN_FIELD: lambda: _("{file}, {stock}: there is no field {field}."),
    Mistake.MISSING: lambda: _("{file}, {stock}: the field {field} is missing."),
    Mistake.WRONG_FORM: lambda: _('{file}, {stock}: form is "roll" or "sheet".'),
    Mistake.NOT_WORDS: lambda: _("{file}, {stock}: {field} is a name in quotation marks."),
    Mistake.NOT_A_LENGTH: lambda: _(
        "{file}, {stock}: {field} is a length in millimetres, from 0 to {longest}; a label and its"
        " page have some."
    ),
    Mistake.NOT_A_COUNT: lambda: _(
        "{file}, {stock}: {field} is a whole number from 1 to {most}; a roll has one row."
    ),
    Mistake.OVERLAPPING: lambda: _(
        "{file}, {stock}: {field} is smaller than a label, so labels would overlap."
    ),
    Mistake.TOO_WIDE: lambda: _("{file}, {stock}: so many columns are wider than the page."),
    Mistake.TOO_HIGH: lambda: _("{file}, {stock}: so many rows are higher than the page."),
}


def mistake_in_stocks(error: UnreadableStocks) -> str:
    """What is wrong, in the language that is spoken now."""
    return _SENTENCES[error.mistake]().format(
        file=error.file,
        stock=error.stock,
        field=error.field,
        longest=f"{LONGEST:g}",
        most=MOST,
    )
