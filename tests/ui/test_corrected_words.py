import msgspec

from station import events as e
from station.reference import load
from ui.corrected_words import corrected_words


def words_of(**fields: object) -> tuple[str, ...]:
    said = e.Corrected(
        target=bytes(32),
        target_kind="Received",
        fields=msgspec.msgpack.encode(fields),
        reason="mistyped",
    )
    return corrected_words(said, load())


def test_each_new_value_is_named_in_words() -> None:
    assert words_of(kind="laptop", serial="X1", passed=False) == (
        "Kind: Laptop",
        "Serial number (S/N): X1",
        "The erasure failed",
    )


def test_a_value_that_was_taken_away_is_a_dash() -> None:
    assert words_of(maker=None, condition=None) == ("Maker: –", "Condition: –")


def test_what_a_newer_version_corrected_is_left_out() -> None:
    assert words_of(blessed=True, kind="hovercraft") == ("Kind: hovercraft",)


def test_fields_of_another_shape_have_no_words() -> None:
    said = e.Corrected(target=bytes(32), target_kind="Graded", fields=b"\x93", reason="mistyped")

    assert corrected_words(said, load()) == ()
