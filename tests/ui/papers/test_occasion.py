import pytest

from ui.papers.occasion import in_a_sentence


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("Thị trấn Gò Dầu", "thị trấn Gò Dầu"),
        ("Xã Phước Chỉ", "xã Phước Chỉ"),
        ("Phường 3", "Phường 3"),
        ("", ""),
    ],
)
def test_a_unit_stands_in_a_sentence_as_offices_write_it(unit: str, said: str) -> None:
    assert in_a_sentence(unit) == said
