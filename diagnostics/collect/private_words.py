"""The names of people and networks that this machine itself knows: evidence must not hold them."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from diagnostics.collect.files import entries, read_text
from diagnostics.endings import ReadingFailed
from diagnostics.redaction import is_personal

_FIRST_PERSON = 1000  # smaller numbers are the system's own accounts, 65534 is nobody's
_LAST_PERSON = 60000
_NETWORKS = (  # saved Wi-Fi networks, a file each; only root may look into some
    "etc/NetworkManager/system-connections",
    "var/lib/iwd",
    "etc/netctl",
)


def private_words(root: Path = Path("/")) -> tuple[str, ...]:
    """Accounts, their owners' names, the host's name and saved networks; what is closed is left."""
    found = {word.strip() for word in _found(root)}
    return tuple(sorted(filter(is_personal, found)))


def _found(root: Path) -> Iterator[str]:
    host = socket.gethostname()
    yield host
    yield host.partition(".")[0]
    if sys.platform == "win32":
        yield os.environ.get("USERNAME", "")
        yield os.environ.get("USERDOMAIN", "")
        yield from _names_in(Path(os.environ.get("SYSTEMDRIVE", "C:") + "\\Users"))
        return
    yield os.environ.get("SUDO_USER", "")
    yield os.environ.get("USER", "")
    yield from _people(root)
    for folder in _NETWORKS:
        yield from (name.partition(".")[0] for name in _names_in(root / folder))


def _people(root: Path) -> Iterator[str]:
    """The accounts of /etc/passwd that belong to persons, with what its fourth field calls them."""
    try:
        lines = read_text(root / "etc/passwd").splitlines()
    except ReadingFailed:
        return
    for line in lines:
        fields = line.split(":")
        if len(fields) < 6 or not fields[2].isdecimal():
            continue
        if _FIRST_PERSON <= int(fields[2]) < _LAST_PERSON:
            yield fields[0]
            yield from fields[4].split(",")  # full name, room, telephones
            yield Path(fields[5]).name


def _names_in(folder: Path) -> list[str]:
    try:
        return [file.name for file in entries(folder)]
    except ReadingFailed:
        return []
