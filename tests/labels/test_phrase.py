from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.phrase import BadPhrase, Field, Part, Written, fields, parse, say

WRITTEN = Written(
    parse("ngày {day} tháng {month} năm {year}"), parse("{hour} giờ {minute}"), blank="……"
)
FACTS: Mapping[str, Any] = {
    "name": "An",
    "class": "4A2",
    "code": "H0120000171",
    "day": date(2021, 9, 5),
    "hour": time(8, 5),
    "count": 3,
    "worth": 1_500_000,
    "nobody": "",
    "none": None,
    "zero": 0,
    "empty": (),
}


def said(text: str, *, fill: bool = False) -> str:
    return say(parse(text), FACTS.get, WRITTEN, fill=fill)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Không có gì để điền.", "Không có gì để điền."),
        ("Em {name}", "Em An"),
        ("Em {name}[, lớp {class}]", "Em An, lớp 4A2"),
        ("Em {name}[, trường {nobody}].", "Em An."),
        ("Em {name}[, lớp {class}, trường {nobody}]", "Em An, lớp 4A2, trường ……"),
        ("Em {name}, trường {nobody}", "Em An, trường ……"),
        ("[Nhớ ký tên.] Em {name}", "Nhớ ký tên. Em An"),
        ("Trường {nobody}", ""),
        ("Trường {none}[ {nobody}]", ""),
        ("{zero} máy, {empty}", "0 máy, ……"),
        ("{day}", "ngày 05 tháng 9 năm 2021"),
        ("{day:short}", "05/09/2021"),
        ("{hour}", "08 giờ 05"),
        ("{count:two} bản", "03 bản"),
        ("{worth:money} đồng", "1.500.000 đồng"),
        ("{name:upper}", "AN"),
        ("[[{name}]]", "[An]"),
        ("{{{name}}}", "{An}"),
        ("", ""),
    ],
)
def test_a_phrase_says_what_is_known(text: str, words: str) -> None:
    assert said(text) == words


def test_what_is_to_be_filled_in_is_left_open() -> None:
    assert said("Trường {nobody}[, lớp {none}]", fill=True) == "Trường ……"


def test_a_code_is_grouped_and_stays_on_one_line() -> None:
    assert said("{code:code}") == "H\u00a0012\u00a0000017\u00a01"


@pytest.mark.parametrize(
    "text", ["{", "}", "[", "]", "{a", "a}", "[a", "[[a]", "[a [b] c]", "{a[b]}"]
)
def test_a_bracket_that_is_not_closed_is_refused(text: str) -> None:
    with pytest.raises(BadPhrase) as refusal:
        parse(text)

    assert refusal.value.at in "{}[]"


def test_a_fact_is_never_read_as_a_phrase() -> None:
    facts = {"name": "[{count}] {{ ]"}

    assert say(parse("Em {name}"), facts.get, WRITTEN) == "Em [{count}] {{ ]"


names = st.from_regex(r"[a-z_]{1,8}(\.[a-z_]{1,8})?", fullmatch=True)
forms = st.sampled_from(["", ":code", ":two", ":money", ":short", ":upper"])
literals = st.text(max_size=20).map(
    lambda text: "".join(2 * letter if letter in "[]{}" else letter for letter in text)
)
placed = st.builds(lambda name, form: f"{{{name}{form}}}", names, forms)
flat = st.lists(literals | placed, max_size=5).map("".join)
whole = st.lists(flat | flat.map(lambda text: f"[{text}]"), max_size=4).map("".join)


def written(piece: str | Field | Part) -> str:
    """A piece as it is typed."""
    match piece:
        case Field(name=name, form=form):
            return f"{{{name}:{form}}}" if form else f"{{{name}}}"
        case Part(pieces=pieces):
            return f"[{''.join(map(written, pieces))}]"
    return "".join(2 * letter if letter in "[]{}" else letter for letter in str(piece))


def plain(piece: str | Field | Part) -> str:
    """A piece without fields as it is said."""
    return "".join(map(plain, piece.pieces)) if isinstance(piece, Part) else str(piece)


@given(text=st.text(alphabet=st.sampled_from("[]{}:.ab â\n"), max_size=30) | st.text())
def test_any_text_is_a_phrase_or_is_refused_for_a_bracket(text: str) -> None:
    try:
        phrase = parse(text)
    except BadPhrase:
        return
    assert say(phrase, lambda name: f"<{name}>", WRITTEN).count("<") >= len(list(fields(phrase)))


@given(text=whole.filter(lambda text: "]]]" not in text))
def test_what_is_typed_by_the_rules_is_read_as_it_is_meant(text: str) -> None:
    phrase = parse(text)

    assert "".join(map(written, phrase)) == text
    if not list(fields(phrase)):
        assert say(phrase, FACTS.get, WRITTEN) == "".join(map(plain, phrase)).strip()


@given(
    text=whole,
    facts=st.dictionaries(
        names,
        st.none() | st.text() | st.integers() | st.dates() | st.times() | st.just(()),
    ),
)
def test_no_facts_can_break_a_phrase(text: str, facts: dict[str, Any]) -> None:
    phrase = parse(text)

    filled = say(phrase, facts.get, WRITTEN, fill=True)
    shortened = say(phrase, facts.get, WRITTEN)

    assert shortened in (filled, "")
