from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from scripts.check_words import main


def written(catalog: Catalog, path: Path) -> Path:
    with path.open("wb") as file:
        write_po(file, catalog)
    return path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    catalog = Catalog()
    catalog.add("Accepted as {code}")
    catalog.add(("{count} device", "{count} devices"))
    catalog.add("Order", context="of a list")
    return written(catalog, tmp_path / "station.pot")


@pytest.fixture
def vietnamese() -> Catalog:
    catalog = Catalog(locale="vi")
    catalog.add("Accepted as {code}", "Đã nhận, mã {code}")
    catalog.add(("{count} device", "{count} devices"), ("{count} thiết bị",))
    catalog.add("Order", "Thứ tự", context="of a list")
    return catalog


@pytest.fixture
def faults(template: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Catalog], str]:
    def compare(catalog: Catalog) -> str:
        status = main(template, written(catalog, template.with_suffix(".po")))
        said = capsys.readouterr().out
        assert status == (1 if said else 0)
        return said

    return compare


def test_a_complete_catalog_passes_in_silence(
    vietnamese: Catalog, faults: Callable[[Catalog], str]
) -> None:
    assert faults(vietnamese) == ""


def test_a_missing_message_is_named(vietnamese: Catalog, faults: Callable[[Catalog], str]) -> None:
    vietnamese.delete("Order", context="of a list")

    assert "missing: of a list: Order" in faults(vietnamese)


def test_the_same_word_in_another_context_is_another_message(
    vietnamese: Catalog, faults: Callable[[Catalog], str]
) -> None:
    vietnamese.delete("Order", context="of a list")
    vietnamese.add("Order", "Đặt hàng", context="from a shop")

    said = faults(vietnamese)

    assert "missing: of a list: Order" in said
    assert "no longer used: from a shop: Order" in said


@pytest.mark.parametrize(
    ("translation", "flags", "fault"),
    [
        ("", [], "untranslated"),
        ("Đã nhận, mã {code}", ["fuzzy"], "fuzzy"),
        ("Đã nhận", [], "other placeholders"),
        ("Đã nhận, mã {mã}", [], "other placeholders"),
        ("Đã nhận, mã {code} {code}", [], "other placeholders"),
        ("Đã nhận, mã {code", [], "other placeholders"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(
    vietnamese: Catalog,
    faults: Callable[[Catalog], str],
    translation: str,
    flags: list[str],
    fault: str,
) -> None:
    vietnamese.delete("Accepted as {code}")
    vietnamese.add("Accepted as {code}", translation, flags=flags)

    assert f"{fault}: Accepted as {{code}}" in faults(vietnamese)


def test_a_plural_keeps_its_number(vietnamese: Catalog, faults: Callable[[Catalog], str]) -> None:
    vietnamese.delete(("{count} device", "{count} devices"))
    vietnamese.add(("{count} device", "{count} devices"), ("vài thiết bị",))

    assert "other placeholders: {count} device / {count} devices" in faults(vietnamese)


def test_a_message_kept_only_as_a_comment_is_named(
    template: Path, vietnamese: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(vietnamese, template.with_suffix(".po"))
    path.write_text(path.read_text() + '\n#~ msgid "Old"\n#~ msgstr "Cũ"\n')

    assert main(template, path) == 1
    assert "no longer used: Old" in capsys.readouterr().out
