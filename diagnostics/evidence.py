"""What the tools said, kept beside the report: redacted, compressed, each member known by its hash.

Names of people, networks and places go; serial numbers stay, they are the machine's identity. So
do the addresses of its own network adapters, as facts of the report: they are witnesses of its
identity. In the tools' own words every such address goes, because it may be a neighbour's router.
"""

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from diagnostics.collect.private_words import private_words
from diagnostics.collect.source import Raw
from diagnostics.endings import SourceMissing, UnreadableReport
from diagnostics.redaction import names_in, redacted
from diagnostics.report import Evidence

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can hold: the same words, the same file
_BROKEN = (zlib.error, NotImplementedError, RuntimeError, EOFError)  # a damaged or locked member
_BINARY = ".bin"  # an EDID holds no person's words, and a changed one is no longer readable


def redact(raw: Raw, words: Iterable[str] = ()) -> Raw:
    """The same without personal words: the known forms, and these names wherever they stand."""
    if raw.name.endswith(_BINARY):
        return raw
    return Raw(raw.name, redacted(raw.data, words))


def keep(
    raws: Iterable[Raw], archive: Path, words: Iterable[str] | None = None
) -> tuple[Evidence, ...]:
    """Write one archive of all members, redacted: of these names, and of those they give away.

    By default the names are those that this machine knows.
    """
    said = tuple(raws)
    given = private_words() if words is None else words
    names = {*given, *(name for raw in said for name in names_in(raw.data))}
    kept: list[Evidence] = []
    with archive.open("wb") as disk:
        with zipfile.ZipFile(disk, "w") as file:
            for name, raw in _named_once(redact(raw, names) for raw in said):
                _write(file, Raw(name, raw.data))
                kept.append(Evidence(name, hashlib.sha256(raw.data).hexdigest(), len(raw.data)))
        disk.flush()
        os.fsync(disk.fileno())  # the report that names these members is written after them
    return tuple(kept)


def _write(file: zipfile.ZipFile, raw: Raw) -> None:
    file.writestr(zipfile.ZipInfo(raw.name, _BEGINNING), raw.data, zipfile.ZIP_DEFLATED)


def _named_once(raws: Iterable[Raw]) -> Iterator[tuple[str, Raw]]:
    """Two outputs may bear one name; both are kept."""
    used: set[str] = set()
    for raw in raws:
        name, number = raw.name, 1
        while name in used:
            number += 1
            stem, dot, ending = raw.name.rpartition(".")
            name = f"{stem}-{number}{dot}{ending}" if dot else f"{raw.name}-{number}"
        used.add(name)
        yield name, raw


def read_back(archive: Path, evidence: Evidence) -> Raw:
    """One member as it was kept; raises SourceMissing, or UnreadableReport for any other bytes."""
    try:
        with zipfile.ZipFile(archive) as file, file.open(evidence.name) as member:
            data = member.read(evidence.size_bytes + 1)  # never more than was promised
    except (FileNotFoundError, KeyError) as error:
        raise SourceMissing(evidence.name) from error
    except (OSError, zipfile.BadZipFile, *_BROKEN) as error:
        raise UnreadableReport(f"{archive.name}: {error}") from error
    if len(data) != evidence.size_bytes or hashlib.sha256(data).hexdigest() != evidence.sha256:
        raise UnreadableReport(f"{evidence.name} is not what was kept")
    return Raw(evidence.name, data)


def packed(archive: Path, evidence: Iterable[Evidence]) -> bytes:
    """The members a report names and nothing else; raises SourceMissing or UnreadableReport."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for member in evidence:
            _write(file, read_back(archive, member))
    return whole.getvalue()


def verify(archive: Path, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The names of the members that are missing or changed; none when all is as it was."""
    return tuple(member.name for member in evidence if not _is_as_kept(archive, member))


def _is_as_kept(archive: Path, member: Evidence) -> bool:
    try:
        read_back(archive, member)
    except (SourceMissing, UnreadableReport):
        return False
    return True
