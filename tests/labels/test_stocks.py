import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from labels.stock import Form, Stock, UnknownStock
from labels.stock_words import mistake_in_stocks
from labels.stocks import Mistake, UnreadableStocks, read_stocks, stock_named, stocks

NAMED = [
    *("50x30", "35x22", "35x22-3up-104", "35x22-3up-110", "72x22-2up", "70x40"),
    *("a4-tomy-145", "a4-tomy-138", "a5-tomy-108", "a4-tomy-103"),
]
PLACES = {"a4-tomy-145": 65, "a4-tomy-138": 100, "a5-tomy-108": 40, "a4-tomy-103": 12}
OWN = 'form = "roll"\nwidth = 40\nheight = 30\n'
SHEET = (
    'form = "sheet"\nwidth = 50\nheight = 40\npage_width = 210\npage_height = 297\n'
    "columns = 4\nrows = 7\n"
)


def written(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(text, "utf-8")
    return file


def test_ten_stocks_come_with_the_program() -> None:
    assert [stock.id for stock in stocks()] == NAMED


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.id)
def test_every_label_of_a_stock_lies_on_its_page(stock: Stock) -> None:
    right = stock.left + (stock.columns - 1) * stock.pitch_x + stock.width
    bottom = stock.top + (stock.rows - 1) * stock.pitch_y + stock.height

    assert right <= stock.page_width
    assert bottom <= stock.page_height
    assert stock.places == PLACES.get(stock.id, stock.columns)
    assert stock.word("vi") != stock.word("en")


def test_a_point_describes_its_own_stock(tmp_path: Path) -> None:
    file = written(tmp_path, f'[mine]\n{OWN}gap = 3\nvi = "Tem của tôi"\n')

    own = read_stocks(file)

    assert own == (
        Stock(
            id="mine",
            form=Form.ROLL,
            width=40,
            height=30,
            page_width=40,
            page_height=30,
            columns=1,
            rows=1,
            left=0,
            top=0,
            pitch_x=40,
            pitch_y=30,
            gap=3,
            vi="Tem của tôi",
            en="mine",
        ),
    )
    assert stock_named("mine", own) is own[0]
    with pytest.raises(UnknownStock):
        stock_named("mine")


@pytest.mark.parametrize(
    ("text", "mistake", "field"),
    [
        ("[mine", Mistake.NOT_TOML, ""),
        ("mine = 3", Mistake.NOT_A_STOCK, ""),
        (f"[50x30]\n{OWN}", Mistake.TAKEN, ""),
        (f"[hand]\n{OWN}", Mistake.TAKEN, ""),  # what the ledger calls a written label
        (f"['Tem của tôi']\n{OWN}", Mistake.NOT_AN_ID, ""),
        (f"[Mine]\n{OWN}", Mistake.NOT_AN_ID, ""),
        (f'["a\\nb"]\n{OWN}', Mistake.NOT_AN_ID, ""),
        (f"[mine]\n{OWN}colour = 3", Mistake.UNKNOWN_FIELD, "colour"),
        ('[mine]\nform = "roll"\nwidth = 3', Mistake.MISSING, "height"),
        (f"[mine]\n{OWN}columns = 2", Mistake.MISSING, "page_width"),
        (f"[mine]\n{OWN.replace('roll', 'scroll')}", Mistake.WRONG_FORM, "form"),
        (f"[mine]\n{OWN}vi = 3", Mistake.NOT_WORDS, "vi"),
        (f"[mine]\n{OWN.replace('40', '-40')}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN.replace('40', '0')}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN.replace('40', 'nan')}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN.replace('40', 'inf')}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN.replace('40', '1' + '0' * 400)}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN.replace('40', 'true')}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN.replace('40', '4000')}", Mistake.NOT_A_LENGTH, "width"),
        (f"[mine]\n{OWN}gap = -1", Mistake.NOT_A_LENGTH, "gap"),
        (f"[mine]\n{OWN}columns = 0", Mistake.NOT_A_COUNT, "columns"),
        (f"[mine]\n{OWN}columns = 1.0", Mistake.NOT_A_COUNT, "columns"),
        (f"[mine]\n{OWN}rows = 2", Mistake.NOT_A_COUNT, "rows"),
        (f"[mine]\n{SHEET}pitch_x = 49", Mistake.OVERLAPPING, "pitch_x"),
        (f"[mine]\n{SHEET}left = 11", Mistake.TOO_WIDE, "columns"),
        (f"[mine]\n{SHEET}top = 18", Mistake.TOO_HIGH, "rows"),
    ],
)
def test_each_mistake_in_a_file_of_stocks_is_named(
    tmp_path: Path, text: str, mistake: Mistake, field: str
) -> None:
    with pytest.raises(UnreadableStocks) as refused:
        read_stocks(written(tmp_path, text))

    assert (refused.value.mistake, refused.value.field) == (mistake, field)
    sentence = mistake_in_stocks(refused.value)
    assert re.fullmatch(r"own\.toml\b[^\n{}]*\.", sentence)
    assert field in sentence or field in ("columns", "rows")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableStocks, match=r"own\.toml: unreadable"):
        read_stocks(tmp_path / "own.toml")


def sentence_about(file: Path) -> str | None:
    """What is wrong with the file; None for one that has stocks."""
    try:
        read = read_stocks(file)
    except UnreadableStocks as refused:
        return mistake_in_stocks(refused)
    assert all(stock.width > 0 and stock.places >= 1 for stock in read)
    return None


FIELDS = ["form", "width", "height", "page_width", "columns", "rows", "left", "pitch_x", "gap", "x"]
VALUES = st.one_of(
    st.integers().map(str),
    st.floats(width=32).map(str),
    st.sampled_from(['"roll"', '"sheet"', "[]", "{}", "true", "1979-05-27", '"\\u0000"']),
)


@given(rows=st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=8), noise=st.binary())
@example(rows=[], noise=b"a=" + b"[" * 5000)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_a_stock_or_one_sentence(
    tmp_path: Path, rows: list[tuple[str, str]], noise: bytes
) -> None:
    file = tmp_path / "own.toml"
    table = "".join(f"{field} = {value}\n" for field, value in rows)
    for content in (f"[mine]\n{table}".encode(), noise):
        file.write_bytes(content)
        sentence = sentence_about(file)
        assert sentence is None or len(sentence.splitlines()) == 1
