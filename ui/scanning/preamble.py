"""The characters that this PC's scanner types before each scan, so that nothing melts with it.

One for the whole process, as the language is: every field that hears scans takes them off.
"""

MOST = 4  # characters; a scanner holds few

_told = [""]


def use(characters: str) -> None:
    """Take these characters off the begin of each scan from now on."""
    _told[0] = characters


def removed(raw: str) -> str:
    """The scan without them; a scan without them stays as it is."""
    return raw.removeprefix(_told[0])
