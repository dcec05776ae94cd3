"""Files at the service: let go by an event, whole only by their hash, purged for good."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, insert, select

from station import events
from sync import wire
from sync.central import tables as t
from sync.central.feeds import files
from sync.central.feeds.files import File
from sync.central.problems import Refused
from sync.sealing import Cipher
from sync.wire import AttachmentAnnounced, AttachmentState
from tests.sync.kept_people import Kept, engine, postgres_central, seal

__all__ = ["engine", "postgres_central", "seal"]

LAPTOP, PAPER = "0120000011", "BB0120000019"
HERE, THERE, ELSEWHERE = 12, 13, 14
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 40
CHUNK = 4_096


@pytest.fixture
def here(engine: Engine) -> Kept:
    return Kept(engine, HERE)


@pytest.fixture
def there(engine: Engine) -> Kept:
    return Kept(engine, THERE)


def let_go(point: Kept, content: bytes, use: str = "photo") -> tuple[File, AttachmentAnnounced]:
    digest = sha256(content).digest()
    said = events.AttachmentReleased(
        attachment=digest, use=use, media="jpeg", size_bytes=len(content)
    )
    return File(point.station, digest, personal=False), announced(point, LAPTOP, said, content)


def scanned(point: Kept, content: bytes) -> tuple[File, AttachmentAnnounced]:
    digest = sha256(content).digest()
    said = events.SignedCopyAttached(scan=digest, media="pdf")
    return File(point.station, digest, personal=True), announced(point, PAPER, said, content)


def announced(point: Kept, subject: str, said: events.Said, content: bytes) -> AttachmentAnnounced:
    number, seq = point.record(subject, said)
    return AttachmentAnnounced(number, seq, len(content))


def put_all(
    engine: Engine, seal: Cipher, file: File, content: bytes, size: int = CHUNK
) -> AttachmentState:
    state = files.state(engine, file)
    while not state.complete:
        chunk = content[state.held : state.held + size]
        state = files.put_chunk(engine, seal, file, state.held, chunk)
    return state


def got(engine: Engine, seal: Cipher, file: File) -> bytes:
    content = bytearray()
    while True:
        piece = files.read(engine, seal, file, len(content))
        content += piece.content
        if len(content) >= piece.size:
            return bytes(content)


def refusal(do: Callable[[], object]) -> tuple[str, int | None]:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.problem.code, caught.value.problem.expected


def chunks_kept(engine: Engine) -> int:
    with engine.connect() as connection:
        count = select(func.count()).select_from(t.attachment_chunk)
        return int(connection.execute(count).scalar_one())


def test_a_file_comes_in_chunks_and_goes_out_as_it_was(here: Kept, seal: Cipher) -> None:
    file, said = let_go(here, PHOTO)

    assert files.announce(here.engine, file, said) == AttachmentState(len(PHOTO), 0, complete=False)
    assert put_all(here.engine, seal, file, PHOTO).complete
    assert files.announce(here.engine, file, said).complete
    assert got(here.engine, seal, file) == PHOTO


def test_it_goes_on_where_it_stopped_and_a_repeated_chunk_changes_nothing(
    here: Kept, seal: Cipher
) -> None:
    file, said = let_go(here, PHOTO)
    files.announce(here.engine, file, said)
    for _ in range(3):
        state = files.put_chunk(here.engine, seal, file, 0, PHOTO[:CHUNK])
        assert state.held == CHUNK
    ahead = refusal(lambda: files.put_chunk(here.engine, seal, file, 2 * CHUNK, PHOTO[:9]))
    across = refusal(lambda: files.put_chunk(here.engine, seal, file, 9, PHOTO[9 : CHUNK + 9]))

    assert ahead == across == ("wrong_offset", CHUNK)
    assert files.announce(here.engine, file, said).held == CHUNK
    assert put_all(here.engine, seal, file, PHOTO).complete
    assert files.put_chunk(here.engine, seal, file, 0, PHOTO[:CHUNK]).complete


def test_a_wrong_byte_drops_everything_and_it_begins_again(here: Kept, seal: Cipher) -> None:
    file, said = let_go(here, PHOTO)
    files.announce(here.engine, file, said)
    wrong = PHOTO[:100] + b"!" + PHOTO[101:]

    assert refusal(lambda: put_all(here.engine, seal, file, wrong)) == ("wrong_digest", 0)
    assert chunks_kept(here.engine) == 0
    assert files.state(here.engine, file).held == 0
    assert put_all(here.engine, seal, file, PHOTO).complete


def test_nothing_is_taken_that_no_stored_event_of_this_point_lets_go(
    here: Kept, there: Kept, seal: Cipher
) -> None:
    file, said = let_go(there, PHOTO)
    mine = File(HERE, file.hash, personal=False)
    photo = here.record(LAPTOP, events.PhotoTaken(photo=file.hash))
    erased = events.StorageErased(
        disk=events.DiskId(serial="S1"), method="overwritten", passed=True, evidence=file.hash
    )
    evidence = here.record(LAPTOP, erased)

    for number, seq in (photo, evidence, (1, 99), (said.number, said.seq)):
        asked = AttachmentAnnounced(number, seq, len(PHOTO))
        for personal in (False, True):
            of = File(HERE, file.hash, personal)
            assert refusal(partial(files.announce, here.engine, of, asked)) == (
                "not_released",
                None,
            )
    assert refusal(lambda: files.put_chunk(here.engine, seal, mine, 0, PHOTO))[0] == "unknown_file"
    assert chunks_kept(here.engine) == 0


def test_a_scan_passes_on_the_people_channel_alone_and_a_photo_never(here: Kept) -> None:
    scan, of_scan = scanned(here, b"%PDF-1.7 a signed paper")
    photo, of_photo = let_go(here, PHOTO)
    openly = File(HERE, scan.hash, personal=False)
    files.announce(here.engine, scan, of_scan)

    assert refusal(lambda: files.announce(here.engine, openly, of_scan))[0] == "not_released"
    assert refusal(lambda: files.state(here.engine, openly))[0] == "unknown_file"
    as_scan = File(HERE, photo.hash, personal=True)
    assert refusal(lambda: files.announce(here.engine, as_scan, of_photo))[0] == "not_released"


def test_the_size_is_the_events(here: Kept, seal: Cipher) -> None:
    file, said = let_go(here, PHOTO)
    longer = AttachmentAnnounced(said.number, said.seq, len(PHOTO) + 1)

    assert refusal(lambda: files.announce(here.engine, file, longer)) == ("wrong_size", len(PHOTO))
    files.announce(here.engine, file, said)
    too_much = PHOTO + b"!"
    assert refusal(lambda: files.put_chunk(here.engine, seal, file, 0, too_much)) == (
        "wrong_size",
        len(PHOTO),
    )
    assert refusal(lambda: files.put_chunk(here.engine, seal, file, 0, b""))[0] == "wrong_size"


def test_two_points_with_the_same_file_send_it_once(here: Kept, there: Kept, seal: Cipher) -> None:
    one, said = let_go(here, PHOTO)
    files.announce(here.engine, one, said)
    put_all(here.engine, seal, one, PHOTO)
    kept = chunks_kept(here.engine)
    two, said_there = let_go(there, PHOTO)

    assert files.announce(here.engine, two, said_there) == AttachmentState(
        len(PHOTO), len(PHOTO), complete=True
    )
    assert chunks_kept(here.engine) == kept
    assert got(here.engine, seal, two) == PHOTO

    files.purge(here.engine, one)
    assert got(here.engine, seal, two) == PHOTO
    files.purge(here.engine, two)
    assert chunks_kept(here.engine) == 0


def test_the_same_scan_of_two_points_is_sent_by_both(here: Kept, there: Kept, seal: Cipher) -> None:
    scan = b"%PDF-1.7 a signed paper"
    one, said = scanned(here, scan)
    files.announce(here.engine, one, said)
    put_all(here.engine, seal, one, scan)
    two, said_there = scanned(there, scan)

    assert not files.announce(here.engine, two, said_there).complete
    assert refusal(lambda: files.read(here.engine, seal, two, 0))[0] == "unknown_file"


def test_a_purge_in_the_middle_is_for_good(here: Kept, seal: Cipher) -> None:
    file, said = let_go(here, PHOTO)
    files.announce(here.engine, file, said)
    files.put_chunk(here.engine, seal, file, 0, PHOTO[:CHUNK])
    files.purge(here.engine, file)
    files.purge(here.engine, file)

    assert chunks_kept(here.engine) == 0
    for ask in (
        lambda: files.put_chunk(here.engine, seal, file, CHUNK, PHOTO[CHUNK : 2 * CHUNK]),
        lambda: files.announce(here.engine, file, said),
        lambda: files.state(here.engine, file),
    ):
        assert refusal(ask)[0] == "purged"
    again, later = let_go(here, PHOTO)  # a person lets it go once more
    files.announce(here.engine, again, later)
    assert put_all(here.engine, seal, again, PHOTO).complete


def test_a_point_that_gets_the_devices_events_gets_its_files_and_no_scan(
    here: Kept, seal: Cipher
) -> None:
    photo, said = let_go(here, PHOTO)
    scan, of_scan = scanned(here, b"%PDF-1.7")
    for file, announced_, content in ((photo, said, PHOTO), (scan, of_scan, b"%PDF-1.7")):
        files.announce(here.engine, file, announced_)
        put_all(here.engine, seal, file, content)
    with here.engine.begin() as connection:
        connection.execute(insert(t.follower), {"code": LAPTOP, "station": THERE})
        connection.execute(insert(t.follower), {"code": PAPER, "station": THERE})

    assert got(here.engine, seal, File(THERE, photo.hash, personal=False)) == PHOTO
    for file in (File(ELSEWHERE, photo.hash, False), File(THERE, scan.hash, True)):
        assert refusal(partial(files.read, here.engine, seal, file, 0))[0] == "unknown_file"
    assert got(here.engine, seal, scan) == b"%PDF-1.7"


def test_what_was_begun_is_finished_before_more_is_begun(
    here: Kept, seal: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_UNFINISHED", 2)
    contents = [PHOTO + bytes([n]) for n in range(3)]
    begun = [let_go(here, content) for content in contents]
    for file, said in begun[:2]:
        files.announce(here.engine, file, said)

    third = begun[2]
    assert refusal(lambda: files.announce(here.engine, *third))[0] == "too_many_unfinished"
    put_all(here.engine, seal, begun[0][0], contents[0])
    assert files.announce(here.engine, *third).held == 0


def test_no_byte_of_a_file_lies_open(here: Kept, seal: Cipher) -> None:
    file, said = let_go(here, b"%PDF-1.7 " + b"Somebody's name " * 100)
    files.announce(here.engine, file, said)
    put_all(here.engine, seal, file, b"%PDF-1.7 " + b"Somebody's name " * 100)
    with here.engine.connect() as connection:
        kept = b"".join(connection.execute(select(t.attachment_chunk.c.sealed)).scalars())

    assert b"Somebody" not in kept


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(min_size=1, max_size=400),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90)), max_size=12),
)
@example(b"\0", [(0, 1)])
def test_chunks_of_any_order_and_length_never_make_another_file(
    here: Kept, seal: Cipher, content: bytes, sent: list[tuple[int, int]]
) -> None:
    file, said = let_go(here, content)
    files.announce(here.engine, file, said)
    for offset, length in sent:
        chunk = content[offset : offset + length]
        with suppress(Refused):
            state = files.put_chunk(here.engine, seal, file, offset, chunk)
            assert state.complete == (state.held == len(content))
    assert put_all(here.engine, seal, file, content, 37).complete
    assert got(here.engine, seal, file) == content


def test_the_largest_chunk_is_no_larger_than_said(here: Kept, seal: Cipher) -> None:
    content = bytes(wire.MAX_CHUNK + 2)
    file, said = let_go(here, content)
    files.announce(here.engine, file, said)

    too_large = content[: wire.MAX_CHUNK + 1]
    assert (
        refusal(lambda: files.put_chunk(here.engine, seal, file, 0, too_large))[0] == "wrong_size"
    )
    assert (
        files.put_chunk(here.engine, seal, file, 0, content[: wire.MAX_CHUNK]).held
        == wire.MAX_CHUNK
    )
