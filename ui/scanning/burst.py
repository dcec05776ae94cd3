"""Telling a scanner from a hand: a scanner types faster than anybody can."""

MAX_GAP_MS = 35  # between two keys of a scan; a fast hand rolling two keys stays a short run
MIN_LENGTH = 6


class Burst:
    """The run of characters that arrived without a pause; a pause begins a new one."""

    def __init__(self) -> None:
        self._text = ""
        self._last = 0

    @property
    def text(self) -> str:
        """What the run holds so far."""
        return self._text

    def add(self, characters: str, at: int) -> bool:
        """Take a key at a time in milliseconds; True when it begins a new run."""
        begins = not self.goes_on(at)
        self._text = characters if begins else self._text + characters
        self._last = at
        return begins

    def goes_on(self, at: int) -> bool:
        """Say whether a key at this time belongs to the run; a key without a time (0) never."""
        return bool(self._last) and 0 <= at - self._last < MAX_GAP_MS

    def is_scan(self, at: int) -> bool:
        """Say whether a suffix at this time ends a scan."""
        return len(self._text) >= MIN_LENGTH and self.goes_on(at)

    def forget(self) -> None:
        """Wait for a new run."""
        self._text, self._last = "", 0
