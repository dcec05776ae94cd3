"""Where the office's own words of papers lie, and whether they are used now."""

from collections.abc import Iterable
from pathlib import Path

from station import documents
from station.documents import Document, ReferenceWords
from station.files import put_file
from ui.places import PAPER_WORDS


class Office:
    """Its words hold until somebody says, before a fault in them, that the shipped ones may do."""

    def __init__(self, data: Path) -> None:
        self.home = data / PAPER_WORDS
        self._shipped = False

    @property
    def folder(self) -> Path | None:
        """Where `make` looks for changed words; None: the shipped ones are used."""
        return None if self._shipped else self.home

    def use_shipped(self) -> None:
        """Until the program ends, or the words are saved anew."""
        self._shipped = True

    def use_own(self) -> None:
        """Somebody put them right."""
        self._shipped = False


def keep_programme_words(data: Path, pulled: Iterable[Document]) -> None:
    """Put the words that the service sent for papers where they are looked for, and no others."""
    from labels.paper_words import COMMON, FROM_THE_PROGRAMME, file_of  # noqa: PLC0415 -- slow
    from labels.template import papers  # noqa: PLC0415 -- the same: most starts make no paper

    folder = data / PAPER_WORDS / FROM_THE_PROGRAMME
    said = {document.id: documents.read(document) for document in pulled}
    for paper in (*papers(), COMMON):
        file, words = folder / file_of(paper), said.get(paper)
        if isinstance(words, ReferenceWords):
            put_file(file, words.text.encode())
        else:
            file.unlink(missing_ok=True)
