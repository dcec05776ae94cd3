"""Whatever an office writes and whoever gives what: words or one named refusal, a paper or none."""

import unicodedata
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from labels.document import decode, digest, encode
from labels.filling import fill, issue
from labels.fonts import printable
from labels.paper_pdf import paper_pdf
from labels.paper_styles import styles
from labels.paper_words import COMMON, TemplateWord, UnreadableTemplate, Words
from labels.template import (
    checked_words,
    papers,
    sample_facts,
    shipped_words,
    template,
)
from station.paper_facts import DeviceLine, PaperFacts, PupilFacts
from station.printed import Letterhead, Party
from tests.labels.examples import page_texts
from tests.labels.paper_examples import MINUTES, PAPER_CODE, device

SHIPPED = {paper: shipped_words(paper) for paper in (MINUTES, COMMON)}
slow = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making it smaller takes minutes
)

keys = st.sampled_from(sorted({*SHIPPED[MINUTES], *SHIPPED[COMMON]})) | st.text(max_size=8)
sentences = st.text(max_size=30) | st.sampled_from(
    ["{programme}", "[{devices.count:two}]", "{row}", "{day}", "{hash}", "{", "]", "{giver.person"]
)
values = sentences | st.lists(sentences, max_size=3) | st.integers() | st.booleans()


def taken(action: Callable[[], Words]) -> Words | TemplateWord | UnreadableTemplate:
    """The words, or the refusal that names what is wrong with them."""
    try:
        return action()
    except (TemplateWord, UnreadableTemplate) as refusal:
        return refusal


@slow
@given(told=st.dictionaries(keys, values, max_size=4), paper=st.sampled_from([MINUTES, COMMON]))
def test_an_offices_words_are_taken_or_one_of_them_is_named(
    told: dict[str, Any], paper: str
) -> None:
    words = taken(lambda: checked_words(paper, told))
    if isinstance(words, TemplateWord):
        assert (words.text in told, words.file) == (True, f"{paper}.toml")
        return
    assert not isinstance(words, UnreadableTemplate)
    assert words.keys() == told.keys()
    changed = structs.replace(template(MINUTES), words={**template(MINUTES).words, **words})
    filled = fill(changed, sample_facts(MINUTES), PAPER_CODE)
    assert decode(encode(filled)) == filled


@slow
@given(content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_file_of_words_is_read_or_refused_by_its_name(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / f"{MINUTES}.toml").write_bytes(content)
        words = taken(lambda: template(MINUTES, Path(folder)).words)
    if isinstance(words, TemplateWord | UnreadableTemplate):
        assert words.file == f"{MINUTES}.toml"
    else:
        assert words.keys() == template(MINUTES).words.keys()


def test_a_file_nested_too_deep_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"{MINUTES}.toml").write_text("a = " + 100_000 * "[", "utf-8")

    with pytest.raises(UnreadableTemplate):
        template(MINUTES, tmp_path)


texts = st.text(max_size=60) | st.text(
    alphabet=st.characters(min_codepoint=0x1EA0, max_codepoint=0x1EF9), max_size=90
)
parties = st.builds(Party, texts, texts, texts, texts, texts)
lines = st.builds(
    device,
    st.integers(1, 999_999),
    name=texts,
    serial=texts,
    configuration=texts,
    condition=texts,
    kit=texts,
    remark=texts,
    value=st.none() | st.integers(0, 10**9),
)
facts_of_minutes = st.builds(
    PaperFacts,
    letterhead=st.builds(Letterhead, texts, texts, texts, texts),
    programme=texts,
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    hour=st.none() | st.times().map(lambda told: time(told.hour, told.minute)),
    place=texts,
    copies=st.integers(2, 9),
    giver=parties,
    receiver=parties,
    pupil=st.builds(PupilFacts, texts, texts, texts),
    devices=st.lists(lines, max_size=4).map(tuple),
)


def shown(text: str) -> str:
    """As the serif can print it; a line may break anywhere."""
    composed = unicodedata.normalize("NFC", printable(text, styles().serif.regular))
    return "".join(composed.split())


def of_device(line: DeviceLine) -> tuple[str, ...]:
    return (
        f"{line.kind}{line.name}",
        line.configuration,
        line.serial,
        line.condition,
        line.kit,
        line.remark,
    )


@settings(slow, max_examples=40)
@given(facts=facts_of_minutes)
def test_whatever_is_known_stands_on_the_paper(facts: PaperFacts) -> None:
    paper = fill(template(MINUTES), facts, PAPER_CODE)
    said = issue(template(MINUTES), reprint=1, acknowledgement="7")

    (*pages,) = page_texts(paper_pdf([(paper, said)]))
    printed = "".join("".join(pages).split())

    known = [facts.giver.organisation, facts.place, facts.pupil.name, facts.letterhead.agency]
    for text in [*known, *(text for line in facts.devices for text in of_device(line))]:
        assert shown(text) in printed
    assert digest(paper).hex()[:12] in printed


@settings(slow, max_examples=60)
@given(data=st.data(), paper=st.sampled_from(papers()))
def test_each_paper_can_be_printed_whatever_its_sentences_say(
    data: st.DataObject, paper: str
) -> None:
    facts = sample_facts(paper)
    changed: dict[str, Any] = {
        name: data.draw(texts)
        for name in ("programme", "place", "subject", "school", "reason", "result", "note", "form")
    }
    changed |= {name: data.draw(parties) for name in ("giver", "receiver", "donor", "operator")}
    least = min(template(paper).copies, 2)
    facts = structs.replace(facts, **changed, copies=data.draw(st.integers(least, 5)))

    filled = fill(template(paper), facts, PAPER_CODE)

    assert page_texts(paper_pdf([(filled, issue(template(paper)))]))
