"""The keys that arrive when an input method listens to a scanner: its backspaces included."""

from collections.abc import Callable
from itertools import takewhile
from typing import Any

from bogo import core as bogo

METHODS: dict[str, Callable[[], Any]] = {
    "telex": bogo.get_telex_definition,
    "vni": bogo.get_vni_definition,
}


class InputMethod:
    """Rewrites the word that is being typed, as the engines do without a spelling check."""

    def __init__(self, method: str) -> None:
        self._rules = {"w": [], **METHODS[method]()}  # bogo asks for Telex's w under VNI too
        self._keys = self._shown = ""

    def keys_for(self, text: str) -> str:
        """What it sends for these keys; a Backspace is \\b."""
        return "".join(map(self._keys_for, text))

    def _keys_for(self, key: str) -> str:
        if not key.isalnum():
            self._keys = self._shown = ""  # a word ends
            return key
        self._keys += key
        before = self._shown
        self._shown = str(
            bogo.process_sequence(self._keys, rules=self._rules, skip_non_vietnamese=False)
        )
        same = takewhile(lambda pair: pair[0] == pair[1], zip(before, self._shown, strict=False))
        kept = sum(1 for _pair in same)
        return "\b" * (len(before) - kept) + self._shown[kept:]
