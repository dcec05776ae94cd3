"""Whether a label says to a scanner what it should."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from labels.imposition import LabelPage
from labels.layout import LabelLayout
from labels.stock import Stock
from station.codes import BadCode, parse_scan
from station.printed import Label
from tests.labels.examples import scan_of, scanned_at
from tests.labels.outputs import OUTPUTS, cut_apart
from tests.labels.wear import WEAR

SCALES: Final = (1, 2, 1.25)  # a scanner takes dozens of pictures, no two of them alike


class Reading:
    """Each picture is read once: several outputs give the very same dots."""

    def __init__(self) -> None:
        self.made_up = 0
        self.looks: Counter[int] = Counter()  # how many labels got a first look, a second, …
        self._answers: dict[tuple[str, bytes], bool] = {}

    def failures(
        self, pages: Sequence[LabelPage], stock: Stock, dpi: int
    ) -> Iterator[tuple[str, str, str]]:
        """Output, wear and code of each label that does not say what it should."""
        for output, printed in OUTPUTS.items():
            pictures = printed(pages, stock, dpi)
            for label, layout, picture in cut_apart(pages, pictures, stock, dpi):
                for worn, wear in WEAR.items():
                    if not self._reads(picture, worn, wear, label, layout):
                        yield output, worn, label.code

    def _reads(
        self,
        picture: Any,
        worn: str,
        wear: Callable[[Any], Any],
        label: Label,
        layout: LabelLayout,
    ) -> bool:
        key = worn, sha256(picture.tobytes()).digest()  # thousands of pictures
        if key not in self._answers:
            self._answers[key] = self._looks(wear(picture), label, layout)
        return self._answers[key]

    def _looks(self, picture: Any, label: Label, layout: LabelLayout) -> bool:
        wanted = set(scan_of(label.code, label.qr if layout.qr else None))
        found: set[tuple[str, str]] = set()
        for look, scale in enumerate(SCALES, 1):
            if not wanted <= found:
                self.looks[look] += 1
                found |= set(scanned_at(picture, scale))
        self.made_up += len(found - wanted)
        return wanted <= found and not any(_is_a_code(text) for _, text in found - wanted)


def _is_a_code(text: str) -> bool:
    """Whether the app would take it for one: a reader's mistake must fail the check digit."""
    try:
        parse_scan(text)
    except BadCode:
        return False
    return True
