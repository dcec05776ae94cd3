"""A point one version older, and one newer, at this service; and a newer service."""

import httpx
import msgspec
import pytest

from station import documents, events
from station.documents import Document
from station.ledger import ChainId, Entry
from sync import wire
from sync.problems import ServiceRefused
from sync.pull import read_page
from sync.push import push
from sync.service import CentralService
from sync.wire import DocumentRequest, PullPage
from tests.sync.conftest import STATION, whole_copy
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ServiceProcess
from tests.sync.test_push import LAPTOP, receive

NEWER = {"colour": "red", "nested": {"deep": [1, 2, {"x": b"y"}]}, "how_many": 2**40}


@pytest.fixture
def bearer(service: CentralService) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.session().token}"}


def newer(message: msgspec.Struct) -> bytes:
    """The message as a newer version writes it: with fields that this one does not know."""
    said = msgspec.msgpack.decode(wire.write(message))
    return msgspec.msgpack.encode(said | NEWER if isinstance(said, dict) else [*said, NEWER])


def test_a_newer_points_fields_are_passed_over(
    process: ServiceProcess, point: MemoryLedger, bearer: dict[str, str]
) -> None:
    receive(point, 2)
    said = msgspec.msgpack.decode(newer(point.request(point.entries)))
    said["events"] = [[*sent, "newer"] for sent in said["events"]]

    answer = httpx.post(
        f"{process.address}/v1/push", content=msgspec.msgpack.encode(said), headers=bearer
    )

    assert answer.is_success
    assert len(wire.read(answer.content, wire.PushAnswer).verdicts) == 2


def test_a_newer_points_kinds_and_fields_of_events_are_kept_and_judged_accepted(
    point: MemoryLedger, service: CentralService
) -> None:
    point.append(LAPTOP, "Levitated", msgspec.msgpack.encode({"height_cm": 12}))
    point.append(LAPTOP, "Received", msgspec.msgpack.encode({"kind": "laptop"} | NEWER))
    point.append(LAPTOP, "Received", msgspec.msgpack.encode(["an", "array", "now"]))
    point.append("newer-kind-of-subject", "Received", b"\xc1", newer=b"\xa5newer")

    pushed = push(point, service)

    assert (pushed.answered, pushed.disputed, pushed.void) == (4, 0, 0)
    assert whole_copy(service, point.chain) == point.entries


@pytest.mark.parametrize("path", ["enrol/ask", "enrol", "sessions", "people"])
def test_newer_messages_are_read_for_what_is_known_of_them(
    process: ServiceProcess, bearer: dict[str, str], path: str
) -> None:
    answer = httpx.post(
        f"{process.address}/v1/{path}",
        content=msgspec.msgpack.encode(NEWER),
        headers=bearer | {"Accept": "application/json"},
    )

    assert answer.json() == {"code": "unreadable_body"}  # what this version needs is missing


def test_a_newer_points_questions_have_no_address_here(
    process: ServiceProcess, bearer: dict[str, str]
) -> None:
    for path in ("/v2/push", "/v1/telepathy"):
        answer = httpx.get(process.address + path, headers=bearer)
        assert wire.read(answer.content, wire.Problem).code == "no_such_address"


def test_an_unknown_word_behind_the_question_mark_is_passed_over(
    process: ServiceProcess, bearer: dict[str, str]
) -> None:
    answer = httpx.get(f"{process.address}/v1/pull?own=0&colour=red", headers=bearer)

    assert answer.is_success


class OlderAnswered(msgspec.Struct, array_like=True):
    """A verdict as the version before read it, without rule and other event."""

    seq: int
    hash: bytes
    outcome: str
    number: int


class OlderAnswer(msgspec.Struct):
    """The answer of the version before: it knew no head."""

    verdicts: tuple[OlderAnswered, ...]


def test_an_older_point_reads_what_it_knows_of_an_answer(
    process: ServiceProcess, point: MemoryLedger, bearer: dict[str, str]
) -> None:
    receive(point, 2)

    answer = httpx.post(
        f"{process.address}/v1/push",
        content=wire.write(point.request(point.entries)),
        headers=bearer,
    )

    old = msgspec.msgpack.decode(answer.content, type=OlderAnswer)
    assert [(said.seq, said.outcome) for said in old.verdicts] == [(1, "accepted"), (2, "accepted")]


def test_an_older_point_without_a_signature_is_told_so_and_keeps_everything(
    process: ServiceProcess, point: MemoryLedger, service: CentralService, bearer: dict[str, str]
) -> None:
    """The thin version of the protocol had none; its points keep their events in the outbox."""
    receive(point, 1)
    said = msgspec.msgpack.decode(wire.write(point.request(point.entries)))
    del said["signature"]

    body = msgspec.msgpack.encode(said)
    answer = httpx.post(f"{process.address}/v1/push", content=body, headers=bearer)
    stranger = httpx.post(f"{process.address}/v1/push", content=body)

    assert wire.read(answer.content, wire.Problem).code == "unreadable_body"
    assert wire.read(stranger.content, wire.Problem).code == "no_token"
    assert service.head(point.chain) is None


def test_newer_documents_and_items_reach_an_older_point_as_bytes(
    process: ServiceProcess, service: CentralService, point: MemoryLedger
) -> None:
    headers = {"Authorization": f"Bearer {process.give_token('documents')}"}
    wish = DocumentRequest(STATION, "wish", "w1", msgspec.msgpack.encode(NEWER))
    case = documents.encode(documents.AllottedCase(level="thcs"))
    wider = msgspec.msgpack.encode(msgspec.msgpack.decode(case) | NEWER)
    for request in (wish, DocumentRequest(STATION, documents.CASE, "H0120000019", wider)):
        answer = httpx.post(
            f"{process.address}/v1/documents", content=wire.write(request), headers=headers
        )
        assert answer.is_success

    items = everything(service, point)

    came = {item.id: item for item in items if isinstance(item, Document)}
    assert came["w1"].body == wish.body  # kept, though nothing here knows what a wish is
    assert documents.read(came["w1"]) is None
    assert came["H0120000019"].body == wider
    assert documents.read(came["H0120000019"]) == documents.AllottedCase(level="thcs")


def everything(service: CentralService, point: MemoryLedger) -> list[object]:
    items: list[object] = []
    while True:
        page = service.page(point.cursor(), 50)
        items += read_page(newer_page(page), point.cursor())
        point.take_in_pulled((), type(point.cursor())(page.own, page.common))
        if not page.more:
            return items


def newer_page(page: PullPage) -> PullPage:
    """The page as a newer service writes it, read by this version."""
    return wire.read(newer(page), PullPage)


def test_a_kind_of_item_that_a_newer_service_sends_is_kept_for_later(
    service: CentralService,
) -> None:
    strange = wire.Pulled(1, "prophecy", b"\xc1 whatever")
    page = wire.read(newer(PullPage((strange,), (), 1, 0, more=False)), PullPage)

    (kept,) = read_page(page, type(MemoryLedger(ChainId(STATION, 1)).cursor())())

    assert isinstance(kept, Document)
    assert kept.body is not None
    assert msgspec.msgpack.decode(kept.body, type=wire.Pulled) == strange


def test_a_refusal_of_a_newer_service_is_told_by_its_code() -> None:
    problem = wire.read(newer(wire.Problem("tired", seq=3)), wire.Problem)

    assert (problem.code, problem.seq) == ("tired", 3)
    assert ServiceRefused(problem.code, problem.seq).code == "tired"


def test_what_a_newer_point_wrote_is_handed_to_other_points_untouched(
    point: MemoryLedger, service: CentralService
) -> None:
    wide = msgspec.msgpack.encode({"to": "point-021"} | NEWER)
    point.append(LAPTOP, events.SentTo.__name__, wide)
    point.append(LAPTOP, "Levitated", b"\x81\xa1x\x01")
    push(point, service)

    held: list[Entry] = whole_copy(service, point.chain)

    assert [entry.data for entry in held] == [wide, b"\x81\xa1x\x01"]
