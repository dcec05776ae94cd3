import pytest

from station.codes import BadCode, CodeKind, parse
from sync.pairing import (
    draw_code,
    draw_salt,
    grouped_short,
    key_of,
    pairing_code,
    prove,
    proves,
    short_form,
)

SALT = bytes(16)
DIGEST = bytes(range(32))


def test_a_drawn_code_is_a_pairing_code_and_another_each_time() -> None:
    codes = {draw_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(parse(code).kind is CodeKind.PAIRING for code in codes)


def test_a_proof_holds_for_its_key_its_bytes_and_their_size_only() -> None:
    key, other = key_of("B1234567894", SALT), key_of("B1234567894", draw_salt())
    proof = prove(key, DIGEST, 100)

    assert proves(proof, key, DIGEST, 100)
    assert not proves(proof, other, DIGEST, 100)
    assert not proves(proof, key, DIGEST[::-1], 100)
    assert not proves(proof, key, DIGEST, 101)
    assert not proves(proof[:-1], key, DIGEST, 100)


def test_the_open_name_of_a_key_is_no_part_of_its_secret() -> None:
    key = key_of("B1234567894", SALT)

    assert len(key.name) == 16
    assert key.name not in key.secret


def test_a_short_form_is_six_digits_that_the_report_alone_decides() -> None:
    assert short_form(DIGEST) == short_form(DIGEST)
    assert short_form(DIGEST) != short_form(DIGEST[::-1])
    assert len(short_form(DIGEST)) == 6
    assert short_form(DIGEST).isdigit()
    assert grouped_short("482913") == "482 913"


@pytest.mark.parametrize("raw", ["0120003457", "L0120000417", "482913", "", "B123"])
def test_another_code_pairs_nothing(raw: str) -> None:
    with pytest.raises(BadCode):
        pairing_code(raw)
