"""A line that drops, delays, truncates, duplicates and reorders at every place of every question.

After the noise both ledgers are equal, no event stands anywhere twice, and what was published for
the point is there. Real store, real service on both engines, real sockets.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Event

import httpx
import pytest

from station import events
from station.codes import CodeKind
from station.documents import ORGANISATIONS, ReferenceWords, encode
from station.people import Donor
from station.store.store import SqlStore
from sync import wire
from sync.course import Going, Round
from sync.retry import Retries
from sync.service import CentralService
from tests.sync.both_ends import require_equal
from tests.sync.conftest import LEAD, NOON, STATION
from tests.sync.noisy_line import FAULTS, Fault, NoisyLine, once
from tests.sync.service_process import ServiceProcess

pytestmark = pytest.mark.proof

HURRIED = httpx.Timeout(0.4)
ROUNDS = 6  # within which everything must have gone through, when one question in them is harmed
# everything a round asks, by what stands in its first line
QUESTIONS = (
    "GET /v1/challenge",
    "POST /v1/sessions",
    "GET /v1/chains",
    "POST /v1/push",
    "GET /v1/pull",
    "POST /v1/people",
    "GET /v1/people",
)
STORM = 400  # rounds, each question of which may be harmed


@pytest.fixture
def line(process: ServiceProcess) -> Iterator[NoisyLine]:
    line = NoisyLine(process.address)
    yield line
    line.close()


class Published:
    """What the Department's program published, as every point must come to hold it."""

    def __init__(self, program: httpx.Client) -> None:
        self._program = program
        self.bodies: dict[tuple[str, str], bytes] = {}

    def publish(self, number: int) -> None:
        """A document for this point alone, and one for all."""
        for station in (STATION, 0):
            body = encode(ReferenceWords(f"# {number}"))
            id_ = f"noise-{station}-{number % 5}"
            said = wire.DocumentRequest(station, ORGANISATIONS, id_, body)
            self._program.post("/v1/documents", content=wire.write(said)).raise_for_status()
            self.bodies[ORGANISATIONS, id_] = body

    def are_at(self, store: SqlStore) -> bool:
        """Whether the store holds the newest version of each."""
        held = [store.document(kind, id_) for kind, id_ in self.bodies]
        return [document and document.body for document in held] == list(self.bodies.values())


@pytest.fixture
def published(process: ServiceProcess) -> Iterator[Published]:
    token = process.give_token(wire.Scope.DOCUMENTS)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": wire.CONTENT_TYPE}
    with httpx.Client(base_url=process.address, headers=headers) as program:
        yield Published(program)


def test_one_harm_at_every_place_of_every_question(
    enrolled: SqlStore,
    line: NoisyLine,
    process: ServiceProcess,
    published: Published,
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    rounds = 0
    for number, (question, fault) in enumerate((q, f) for q in QUESTIONS for f in FAULTS):
        act(enrolled, number)
        published.publish(number)
        line.plan = once(question, fault)
        rounds += go_until_done(enrolled, line.address)

    assert Counter(question_of(asked) for asked, _fault in line.done) == dict.fromkeys(
        QUESTIONS, len(FAULTS)
    )
    require_equal(enrolled, process.address)
    assert published.are_at(enrolled)
    record_figure("harms, one at every place of every question", len(line.done), "", None)
    record_figure("rounds they took", rounds, "", None)


def test_a_storm_of_harms(
    enrolled: SqlStore,
    line: NoisyLine,
    process: ServiceProcess,
    published: Published,
    record_figure: Callable[[str, float, str, float | None], None],
) -> None:
    chance = random.Random(5)  # noqa: S311

    def plan(_question: str) -> Fault | None:
        return chance.choice(FAULTS) if chance.random() < 0.2 else None

    line.plan = plan
    ends: Counter[str] = Counter()
    for number in range(STORM):
        act(enrolled, number)
        if number % 5 == 0:
            published.publish(number)
        ends[go(enrolled, line.address).ended] += 1
    line.plan = lambda _question: None
    go_until_done(enrolled, line.address)

    require_equal(enrolled, process.address)
    assert published.are_at(enrolled)
    record_figure("harms in a storm", len(line.done), "", None)
    record_figure("rounds of it that came to their end", ends["done"], "", None)


def act(store: SqlStore, number: int) -> None:
    """Something that people do: two events, and a person they name."""
    with store.transaction(LEAD, NOON) as work:
        donor = work.keep(Donor(name=f"Nguyễn Thị Hòa {number}", may_process=True))
        code = work.next_code(CodeKind.DEVICE)
        work.record(code, events.Received(kind="laptop", donor=donor, serial=f"SN{number}"))
        work.record("ram-4", events.PartsReceived(count=1))


def go(store: SqlStore, address: str) -> Round:
    patience = Retries(Event(), tries=2, first_s=0.001, longest_s=0.01)
    with CentralService(address, store, HURRIED) as service:
        return Going(store, service, patience).go()


def go_until_done(store: SqlStore, address: str) -> int:
    """How many rounds it took."""
    ended: list[Round] = []
    while len(ended) < ROUNDS:
        ended.append(go(store, address))
        if ended[-1].ended == "done" and not ended[-1].waiting:
            return len(ended)
    raise AssertionError([(end.ended, end.waiting, end.problem) for end in ended])


def question_of(asked: str) -> str:
    return next(question for question in QUESTIONS if asked.startswith(question))
