"""What the docs point to is there: a page that names a file of long ago teaches what is not so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")})
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
FILE = re.compile(
    r"`((?:station|diagnostics|labels|sync|ui|tests|resources|scripts|docs)/[\w./-]+)`"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_points_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    linked = [page.parent / link for link in LINK.findall(text)]
    named = [ROOT / name for name in FILE.findall(text)]

    assert [str(place) for place in (*linked, *named) if not place.exists()] == []
