"""What English is to a Vietnamese user, and every text that a window says."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTabBar, QWidget

from station import words
from station.reference import Reference, Table, load

CATALOG = Path(words.__file__).parent.parent / "resources/locale/vi/LC_MESSAGES/station.po"
_SPOKEN = (
    "text",
    "title",
    "windowTitle",
    "placeholderText",
    "toolTip",
    "whatsThis",
    "statusTip",
    "accessibleName",
    "accessibleDescription",
    "prefix",
    "suffix",
    "specialValueText",
)
_KEYS = re.compile(r"\b((Ctrl|Alt|Shift)\+)+\w+")
_IDS = re.compile(r"\b[a-z]+-[0-9]{4}-[0-9]{2}-[0-9]{2}\b")  # of policies: judge-2021-09-10
OWN_NAME = {"english"}  # by which the other language is offered
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


def messages() -> list[Message]:
    """Every message of the catalog, without its header."""
    with CATALOG.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def sentence(form: str) -> str:
    """A pattern of a message with anything where its fields stand."""
    return ".+".join(re.escape(part) for part in re.split(r"\{[^{}]*\}", form))


@cache
def english_sentences() -> re.Pattern[str]:
    """Every message that Vietnamese says otherwise."""
    said = [
        form for known in messages() for form in forms(known.id) if form not in forms(known.string)
    ]
    return re.compile("|".join(map(sentence, said)), re.DOTALL)


def plain_words(text: str) -> set[str]:
    bare = re.sub(r"\{[^{}]*\}", " ", text.lower())
    return {word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 3 and word.isascii()}


@cache
def english_words() -> frozenset[str]:
    """The words of the messages that Vietnamese neither borrows nor spells alike."""
    english = {
        word for known in messages() for form in forms(known.id) for word in plain_words(form)
    }
    vietnamese = (form for known in messages() for form in forms(known.string))
    borrowed = {word for text in (*vietnamese, *table_words(load())) for word in plain_words(text)}
    return frozenset(english - borrowed - OWN_NAME)


def table_words(reference: Reference) -> Iterator[str]:
    for table in Table:
        yield from (entry.word("vi") for entry in reference.entries(table))


def english_in(texts: Iterable[str]) -> list[str]:
    """Those texts that are, or hold, what the code says in English; keys have English names."""
    bare = {text: _IDS.sub("", _KEYS.sub("", text)) for text in texts}
    return sorted(
        text
        for text, told in bare.items()
        if english_sentences().fullmatch(told) or plain_words(told) & english_words()
    )


def said_by(root: QWidget) -> Iterator[str]:
    """Every text that a window shows, offers in a list, or reads aloud."""
    for each in (root, *root.findChildren(QObject)):
        yield from (text for name in _SPOKEN if isinstance(text := each.property(name), str))
        if isinstance(each, QComboBox):
            yield from map(each.itemText, range(each.count()))
        if isinstance(each, QTabBar):
            yield from map(each.tabText, range(each.count()))
            yield from map(each.tabToolTip, range(each.count()))
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            yield from said_by_model(each.model())


def said_by_model(model: QAbstractItemModel) -> Iterator[str]:
    listed = isinstance(model, QAbstractListModel)  # its one column is no public affair
    for column in range(1 if listed else model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal))
        for row in range(model.rowCount()):
            texts = (model.data(model.index(row, column), role) for role in _SHOWN)
            yield from (text for text in texts if isinstance(text, str))
