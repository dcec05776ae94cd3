"""A label stock: how large its labels are, and where they lie on its roll or sheet."""

from enum import StrEnum

from msgspec import Struct

from station.words import DEFAULT_LANGUAGE


class UnknownStock(Exception):
    """No stock of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class Form(StrEnum):
    """What the labels stick on."""

    ROLL = "roll"
    SHEET = "sheet"


class Stock(Struct, frozen=True, kw_only=True):
    """Lengths in millimetres. A page is what is printed at once: a row of a roll, or a sheet."""

    id: str
    form: Form
    width: float
    height: float
    page_width: float
    page_height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    gap: float  # between two rows of a roll; 0: continuous
    vi: str
    en: str

    @property
    def places(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows

    def word(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What people call it."""
        return self.vi if language == DEFAULT_LANGUAGE else self.en
