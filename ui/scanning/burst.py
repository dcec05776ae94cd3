"""Telling a scanner from a hand: a scanner types faster than anybody can."""

from ui.scanning import preamble

MAX_GAP_MS = 35  # between two keys of a scan; a fast hand rolling two keys stays a short run
SURE_MS = 20  # from key to key on the average: a scanner, whatever comes
STALL_MS = 100  # it may stop for so long then, as a busy PC lets it
MIN_LENGTH = 6
WORD_ENDS = set("/-. ")
FIGURES = 3  # at least, in what is left of a code


class Burst:
    """The run of characters that arrived without a pause; a pause begins a new one."""

    def __init__(self) -> None:
        self._text = ""
        self._first = self._last = self._keys = 0
        self._rewrites = 0  # how often something was taken back
        self._erasing = False
        self._untouched = 0  # from this character on nothing was taken back

    @property
    def text(self) -> str:
        """What the run holds so far."""
        return self._text

    @property
    def keys(self) -> int:
        """How many keys it has, also those that were taken back."""
        return self._keys

    @property
    def last(self) -> int:
        """When its last key came, in milliseconds; 0 while there is none."""
        return self._last

    def add(self, characters: str, at: int, patience_ms: int = MAX_GAP_MS) -> bool:
        """Take a key at a time in milliseconds; True when it begins a new run."""
        begins = not self.goes_on(at, patience_ms)
        if begins:
            self._begin(at)
        self._text += characters
        self._keys += len(characters)
        self._last, self._erasing = at, False
        return begins

    def erase(self, at: int) -> bool:
        """Take a Backspace: inside a run no hand but an input method presses it."""
        begins = not self.goes_on(at)
        if begins:
            self._begin(at)
        self._text = self._text[:-1]
        self._untouched = len(self._text)
        self._rewrites += not self._erasing
        self._keys += 1
        self._last, self._erasing = at, True
        return begins

    def _begin(self, at: int) -> None:
        self.forget()
        self._first = at

    @property
    def scan(self) -> str:
        """The run without what the scanner was told to begin with."""
        return preamble.removed(self._text)

    @property
    def is_rewritten(self) -> bool:
        """Say whether an input method got hold of it."""
        return bool(self._rewrites) or not self._text.isascii()

    @property
    def is_trusted(self) -> bool:
        """Say whether the run can be a code as it stands.

        What an input method takes back may be what stood there before the scan, and what it types
        instead makes other codes with a right check digit. Behind the end of a word it begins anew.
        """
        return not self._rewrites or bool(WORD_ENDS & set(self._text[self._untouched :]))

    @property
    def is_rewritten_code(self) -> bool:
        """Say whether this was a code before an input method got hold of it.

        Figures tell it from a word that a macro of the input method has written out; where they
        all became marks, they were taken back one after the other.
        """
        figures = sum(character.isdigit() for character in self._text)
        of_code = figures >= FIGURES or self._rewrites >= FIGURES
        return self.is_rewritten and of_code and " " not in self._text

    def goes_on(self, at: int, patience_ms: int = MAX_GAP_MS) -> bool:
        """Say whether a key at this time belongs to the run; a key without a time (0) never."""
        patience_ms = max(patience_ms, STALL_MS if self._is_sure else 0)
        return bool(self._last) and 0 <= at - self._last < patience_ms

    @property
    def _is_sure(self) -> bool:
        """Say whether so many keys came so fast that one late key belongs to them still."""
        took, gaps = self._last - self._first, self._keys - 1
        return self._keys >= MIN_LENGTH and took < SURE_MS * gaps

    def is_scan(self, at: int) -> bool:
        """Say whether a suffix at this time ends a scan."""
        return self._keys >= MIN_LENGTH and self.goes_on(at)

    def forget(self) -> None:
        """Wait for a new run."""
        self._text, self._erasing, self._untouched = "", False, 0
        self._first = self._last = self._keys = self._rewrites = 0
