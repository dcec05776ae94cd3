"""Compare a catalog with the messages found in the code: `check_words.py TEMPLATE CATALOG`."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po


def main(template: Path, catalog: Path) -> int:
    """Print every fault of the catalog; the answer is an exit status."""
    found = list(faults(_read(template), _read(catalog)))
    for fault in found:
        print(f"{catalog}: {fault}")
    if found:
        print(f"{len(found)} faults; `make words` brings new messages in and takes old ones out.")
    return 1 if found else 0


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def faults(template: Catalog, catalog: Catalog) -> Iterator[str]:
    """Say what stands between the catalog and a complete translation of the template."""
    for message in _messages(template):
        translated = catalog.get(message.id, message.context)
        if translated is None:
            yield f"missing: {_name(message)}"
        else:
            yield from _faults_of(translated)
    for message in _messages(catalog):
        if template.get(message.id, message.context) is None:
            yield f"no longer used: {_name(message)}"
    for message in catalog.obsolete.values():
        yield f"no longer used: {_name(message)}"


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)  # the header has no id


def _faults_of(message: Message) -> Iterator[str]:
    translations = _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {_name(message)}"
    if not translations or not all(translations):
        yield f"untranslated: {_name(message)}"
        return
    wanted = _placeholders(_forms(message.id)[-1])  # of a plural message, the form with the number
    for translation in translations:
        if _placeholders(translation) != wanted:
            yield f"other placeholders: {_name(message)}"


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^{}]*\}", text))


def _name(message: Message) -> str:
    name = " / ".join(_forms(message.id))
    return f"{message.context}: {name}" if message.context else name


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
