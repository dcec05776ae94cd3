"""Words of papers that the service sent: the office's own come first, what is taken back goes."""

from pathlib import Path

from labels.template import shipped_words, template
from station.documents import TEMPLATE, Document, ReferenceWords, encode
from ui.paperwork.office import Office, keep_programme_words

PAPER = "intake-receipt"
KEY = next(
    key for key, texts in shipped_words(PAPER).items() if len(texts) == 1 and "{" not in texts[0]
)


def sent(text: str) -> Document:
    return Document(TEMPLATE, PAPER, 1, encode(ReferenceWords(text)))


def word(data: Path) -> str:
    return template(PAPER, Office(data).folder).words[KEY][0]


def test_the_programmes_words_replace_the_shipped_ones_until_they_are_taken_back(
    tmp_path: Path,
) -> None:
    keep_programme_words(tmp_path, [sent(f'{KEY} = "Lời của Sở"')])
    assert word(tmp_path) == "Lời của Sở"

    keep_programme_words(tmp_path, [])
    assert word(tmp_path) == shipped_words(PAPER)[KEY][0]


def test_an_offices_own_words_come_first(tmp_path: Path) -> None:
    keep_programme_words(tmp_path, [sent(f'{KEY} = "Lời của Sở"')])
    (Office(tmp_path).home / f"{PAPER}.toml").write_text(f'{KEY} = "Lời của điểm"', "utf-8")

    assert word(tmp_path) == "Lời của điểm"


def test_a_name_that_is_no_paper_is_written_nowhere(tmp_path: Path) -> None:
    keep_programme_words(tmp_path, [Document(TEMPLATE, "..", 1, encode(ReferenceWords("x = 1")))])

    assert not list(tmp_path.rglob("*.toml"))
