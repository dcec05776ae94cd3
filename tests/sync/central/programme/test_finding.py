"""Rows of one person are found whatever keyboard or old document their name came from."""

import unicodedata
from datetime import date

import pytest

from sync.central.programme import finding

KEY = bytes(32)


@pytest.mark.parametrize(
    "written",
    ["đỗ  văn an", "DO VAN AN", "Ðỗ Văn An", unicodedata.normalize("NFD", "Đỗ Văn An")],
    ids=["small", "no marks", "from an old document", "decomposed"],
)
def test_a_child_is_the_same_however_its_name_was_written(written: str) -> None:
    born = date(2015, 5, 20)

    assert finding.child_key(KEY, written, born, "x") == finding.child_key(
        KEY, "Đỗ Văn An", born, "x"
    )
    assert finding.name_key(KEY, written) == finding.name_key(KEY, "Đỗ Văn An")
