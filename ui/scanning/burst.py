"""Telling a scanner from a hand: a scanner types faster than anybody can."""

from ui.scanning import preamble

MAX_GAP_MS = 35  # between two keys of a scan; a fast hand rolling two keys stays a short run
SURE_MS = 20  # from key to key on the average: a scanner, whatever comes
STALL_MS = 100  # it may stop for so long then, as a busy PC lets it
MIN_LENGTH = 6
FIGURES = 3  # at least, in what is left of a code


class Burst:
    """The run of characters that arrived without a pause; a pause begins a new one."""

    def __init__(self) -> None:
        self._text = ""
        self._first = self._last = 0
        self._erased = False

    @property
    def text(self) -> str:
        """What the run holds so far."""
        return self._text

    def add(self, characters: str, at: int, patience_ms: int = MAX_GAP_MS) -> bool:
        """Take a key at a time in milliseconds; True when it begins a new run."""
        begins = not self.goes_on(at, patience_ms)
        if begins:
            self._text, self._first = "", at
        self._text += characters
        self._erased = self._erased and not begins
        self._last = at
        return begins

    def erase(self, at: int) -> bool:
        """Take a Backspace: inside a run no hand but an input method presses it."""
        begins = not self.goes_on(at)
        self._first = at if begins else self._first
        self._text = "" if begins else self._text[:-1]
        self._erased = True
        self._last = at
        return begins

    @property
    def scan(self) -> str:
        """The run without what the scanner was told to begin with."""
        return preamble.removed(self._text)

    @property
    def is_rewritten(self) -> bool:
        """Say whether an input method got hold of it."""
        return self._erased or not self._text.isascii()

    @property
    def is_rewritten_code(self) -> bool:
        """Say whether this was a code before an input method got hold of it.

        Figures tell it from a word that a macro of the input method has written out.
        """
        figures = sum(character.isdigit() for character in self._text)
        return self.is_rewritten and figures >= FIGURES and " " not in self._text

    def goes_on(self, at: int, patience_ms: int = MAX_GAP_MS) -> bool:
        """Say whether a key at this time belongs to the run; a key without a time (0) never."""
        patience_ms = max(patience_ms, STALL_MS if self._is_sure else 0)
        return bool(self._last) and 0 <= at - self._last < patience_ms

    @property
    def _is_sure(self) -> bool:
        """Say whether so many keys came so fast that one late key belongs to them still."""
        keys = len(self._text)
        return keys >= MIN_LENGTH and self._last - self._first < SURE_MS * (keys - 1)

    def is_scan(self, at: int) -> bool:
        """Say whether a suffix at this time ends a scan."""
        return len(self._text) >= MIN_LENGTH and self.goes_on(at)

    def forget(self) -> None:
        """Wait for a new run."""
        self._text, self._last, self._erased = "", 0, False
