"""`python -m sync.verify FILE`: anyone checks a public ledger or a signed certificate, offline.

0: everything holds. 1: something does not. 2: this file is neither, or cannot be read.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from station import certificate, codes, publication, words
from station import events as e
from station.certificate import Proved
from station.publication import Published
from station.reference import Table, UnknownReference, load
from station.signing import KEY_BYTES
from station.words import _, _n

SOUND, BROKEN, UNREADABLE = 0, 1, 2
MOST_TOLD = 20


class UnreadableKey(Exception):
    """--anchor names no key: 64 hex digits, or a file that holds them."""

    code = "unreadable_key"


def main(arguments: list[str] | None = None) -> int:
    """Check one file and say what was found."""
    asked = _parser().parse_args(arguments)
    with words.speaking(asked.language):
        return _answer(asked)


def _answer(asked: argparse.Namespace) -> int:
    try:
        anchors = tuple(map(_key, asked.anchor))
        with Path(asked.file).open("rb") as file:
            return _verify(file, anchors, as_json=asked.json)
    except UnreadableKey:
        return _refuse(_("--anchor is no key: 64 hexadecimal digits, or a file that holds them."))
    except OSError as error:
        told = _("The file cannot be read: {reason}.")
        return _refuse(told.format(reason=error.strerror or type(error).__name__))
    except publication.NotAPublication as error:
        told = _("Line {line} cannot be read: this is no whole public ledger.")
        return _refuse(told.format(line=error.line))
    except certificate.NotACertificate:
        return _refuse(_("This file is neither a public ledger nor a signed certificate."))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sync.verify",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a public ledger or a signed certificate")
    parser.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar="KEY",
        help="the service's public key as the programme publishes it: 64 hex digits, or a file",
    )
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="of the words")
    return parser


def _key(named: str) -> bytes:
    try:
        text = named if len(named) == 2 * KEY_BYTES else Path(named).read_text("ascii")
        key = bytes.fromhex(text.strip())
    except (ValueError, OSError) as error:
        raise UnreadableKey from error
    if len(key) != KEY_BYTES:
        raise UnreadableKey
    return key


def _verify(file: BinaryIO, anchors: tuple[bytes, ...], *, as_json: bool) -> int:
    first = file.readline(publication.LONGEST_LINE + 1)
    file.seek(0)
    if first.startswith(b'{"type":'):
        published = publication.checked(_lines(file), anchors)
        _say(_json(published) if as_json else _published_words(published))
        return SOUND if published.sound else BROKEN
    proved = certificate.checked(certificate.decode(file.read(certificate.LARGEST + 1)), anchors)
    _say(_json(proved) if as_json else _proved_words(proved))
    return SOUND if proved.sound else BROKEN


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Line by line, and never more of one than a line may have."""
    while line := file.readline(publication.LONGEST_LINE + 1):
        yield line


def _json(found: Published | Proved) -> str:
    plain = msgspec.to_builtins(found, builtin_types=(bytes,))
    whole = {"sound": found.sound} | {name: _hex(value) for name, value in plain.items()}
    return msgspec.json.encode(whole).decode()


def _hex(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: _hex(inner) for name, inner in value.items()}
    return [_hex(inner) for inner in value] if isinstance(value, list | tuple) else value


def _published_words(found: Published) -> str:
    made = datetime.fromtimestamp(0, UTC).timestamp() + found.made_s
    day = datetime.fromtimestamp(made, UTC).date()
    counted = _n("{count} event", "{count} events", found.events).format(count=found.events)
    chains = _n("{count} chain", "{count} chains", found.chains).format(count=found.chains)
    lines = [_("Public ledger of {day}: {events} in {chains}.")]
    if found.excerpt_of:
        lines = [_("History of device {device}, published on {day}: {events} in {chains}.")]
    told = [
        line.format(day=day, events=counted, chains=chains, device=_grouped(found.excerpt_of or ""))
        for line in lines
    ]
    if found.veiled:
        told.append(
            _n(
                "{count} event is shown by its hash alone, so that nothing leads to a pupil.",
                "{count} events are shown by their hashes alone, so that nothing leads to a pupil.",
                found.veiled,
            ).format(count=found.veiled)
        )
    if found.unbound:
        told.append(
            _n(
                "For {count} event before those the service alone answers, not its point's key.",
                "For {count} events before those the service alone answers, not their point's key.",
                found.unbound,
            ).format(count=found.unbound)
        )
    if found.key:
        told.append(_("Signed with the key {key}.").format(key=found.key.hex()))
    return _with_verdict(told, found.broken, key_known=found.key_known)


def _proved_words(found: Proved) -> str:
    told = [_("Certificate for device {device}.").format(device=_grouped(found.device))]
    told += [f"{event.header.day.isoformat()}  {_said_words(said)}" for event, said in found.events]
    return _with_verdict(told, found.broken, key_known=found.key_known)


def _said_words(said: e.Said) -> str:
    match said:
        case e.Received():
            parts = (said.maker, said.model, said.serial)
            named = " ".join(part for part in parts if part) or said.kind
            return _("Received: {device}.").format(device=named)
        case e.StorageErased():
            disk = said.disk.serial or said.disk.wwn or "–"
            if not said.passed:
                return _("Erasing disk {disk} with {method} did not pass.").format(
                    disk=disk, method=_word(Table.ERASURES, said.method)
                )
            told = _("Disk {disk} was erased with {method}; verified: {share} %.")
            share = f"{said.verified_permille / 10:g}"
            return told.format(disk=disk, method=_word(Table.ERASURES, said.method), share=share)
        case e.StorageRemoved():
            disk = said.disk.serial or said.disk.wwn or "–"
            told = _("Disk {disk} was taken out: {destiny}.")
            return told.format(disk=disk, destiny=_word(Table.DESTINIES, said.destiny))
        case e.SystemInstalled():
            told = _("System installed: {system}, licence: {licence}.")
            return told.format(
                system=_word(Table.SYSTEMS, said.system),
                licence=_word(Table.LICENCES, said.licence),
            )
        case e.Described():
            return _("Description was changed.")
    return type(said).__name__


def _word(table: Table, id_: str) -> str:
    try:
        return load().word(table, id_, words.language())
    except UnknownReference:  # a newer version's
        return id_


def _with_verdict(told: list[str], broken: tuple[str, ...], *, key_known: bool) -> str:
    if broken:
        told += [f"  {line}" for line in broken[:MOST_TOLD]]
        told.append(_("NOT SOUND: do not rely on this file."))
    elif key_known:
        told.append(_("SOUND: every hash and signature holds, by the key you named."))
    else:
        told.append(
            _(
                "Every hash and signature holds. Compare the key with the one that the programme "
                "publishes, or name that one with --anchor."
            )
        )
    return "\n".join(told)


def _grouped(code: str) -> str:
    try:
        return codes.grouped(codes.parse(code).text)
    except codes.BadCode:
        return code


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return UNREADABLE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
