"""Both ends of a session come to one key, and nobody else to it."""

import pytest

from sync.exchange import Exchange, NoExchange

CHALLENGE = b"challenge".ljust(32, b".")


def test_both_ends_come_to_the_same_key() -> None:
    point, service = Exchange(), Exchange()

    key = point.people_key(service.public, CHALLENGE)

    assert key == service.people_key(point.public, CHALLENGE)
    assert len(key) == 32


def test_another_session_has_another_key() -> None:
    point, service = Exchange(), Exchange()

    assert point.people_key(service.public, CHALLENGE) != point.people_key(
        service.public, CHALLENGE[::-1]
    )
    assert point.people_key(Exchange().public, CHALLENGE) != point.people_key(
        service.public, CHALLENGE
    )


@pytest.mark.parametrize("theirs", [bytes(32), b"", b"short"])
def test_a_key_that_gives_everybody_the_same_secret_is_refused(theirs: bytes) -> None:
    with pytest.raises(NoExchange):
        Exchange().people_key(theirs, CHALLENGE)
