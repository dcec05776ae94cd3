"""Every colour of words is told from the ground it stands on, also by eyes that are old."""

import re

import pytest

from sync.central.site import rendering

LEAST = 4.5  # WCAG 2.1, 1.4.3: words of usual size
LEAST_OF_EDGES = 3.0  # 1.4.11: what shows where a field is
WORDS = (
    ("text", "ground"),
    ("text", "surface"),
    ("text", "hover"),
    ("text", "tint"),
    ("muted", "ground"),
    ("muted", "surface"),
    ("primary", "ground"),
    ("primary", "surface"),
    ("primary", "tint"),
    ("primary", "hover"),
    ("surface", "primary"),
    ("surface", "pressed"),
    ("ok", "ok-ground"),
    ("warn", "warn-ground"),
    ("fail", "fail-ground"),
    ("fail", "surface"),
    ("fail", "ground"),
    ("unknown", "unknown-ground"),
    ("text", "ok-ground"),
    ("text", "fail-ground"),
)
COLOURS = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", rendering.style().decode()))


def luminance(name: str) -> float:
    """As WCAG computes it."""
    digits = COLOURS[name]
    whole = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(whole[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between 1 and 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_stand_out_from_their_ground(words: str, ground: str) -> None:
    assert contrast(words, ground) >= LEAST


@pytest.mark.parametrize("ground", ["surface", "ground"])
def test_the_edge_of_a_field_is_seen(ground: str) -> None:
    assert contrast("edge", ground) >= LEAST_OF_EDGES
    assert contrast("primary", ground) >= LEAST_OF_EDGES
