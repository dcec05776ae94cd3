"""Outputs in sections: a line that begins one, and everything below it up to the next."""

import re
from collections.abc import Iterator


def sections(head: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each head with the text below it; what stands above the first is nobody's."""
    found: re.Match[str] | None = None
    for following in head.finditer(text):
        if found is not None:
            yield found, text[found.end() : following.start()]
        found = following
    if found is not None:
        yield found, text[found.end() :]
