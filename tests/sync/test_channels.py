"""A running service and the programs through which donors and families speak to it."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep

import httpx
import msgspec
import pytest
from sqlalchemy import Engine, NullPool, Table, create_engine, func, select, update

from station.codes import CodeKind, make
from sync.central import tables as t
from sync.central.access.secrets import opened_secrets, read_key
from sync.central.database import writing, written
from sync.central.programme import notices, webhooks
from sync.central.programme.notices import NoticeKind
from tests.sync.channel import Channel, listening
from tests.sync.service_process import ServiceProcess

OFFER, CASE = make(CodeKind.OFFER, 900, 1234), make(CodeKind.CASE, 900, 1234)
PATIENCE_S = 20


@pytest.fixture
def engine(process: ServiceProcess) -> Iterator[Engine]:
    """The service's database, beside the service."""
    made = create_engine(process.database, poolclass=NullPool)
    yield made
    made.dispose()


def put(engine: Engine, channel: str) -> int:
    """A notice for a channel; its position."""
    with writing(engine) as connection:
        notices.put(connection, channel, NoticeKind.OFFER_ASSIGNED, OFFER, 1_790_000_000)
        return notices.after(connection, channel, 0).position


def polled(process: ServiceProcess, token: str, after: int) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    where = {"after": after}
    return httpx.get(f"{process.address}/v1/notices", params=where, headers=headers)


def until_told(channel: Channel, positions: list[int]) -> None:
    ends = monotonic() + PATIENCE_S
    while channel.positions != positions and monotonic() < ends:
        sleep(0.05)
    assert channel.positions == positions


def until_settled(engine: Engine, position: int) -> None:
    ends = monotonic() + PATIENCE_S
    while all(one.position != position for one in webhooks.standings(engine)):
        assert monotonic() < ends
        sleep(0.05)


def test_a_program_polls_what_is_its_own(process: ServiceProcess, engine: Engine) -> None:
    token = process.give_token("notices")  # its name is "program"
    before = polled(process, token, 0).json()["position"]
    put(engine, "another")
    position = put(engine, "program")

    told = polled(process, token, before).json()
    assert [(one["position"], one["code"]) for one in told["notices"]] == [(position, OFFER)]
    assert polled(process, token, position).json()["notices"] == []
    assert polled(process, process.give_token("settle"), 0).json()["code"] == "wrong_scope"


def test_a_running_service_tells_a_channel_by_itself_also_after_it_was_killed(
    process: ServiceProcess, engine: Engine
) -> None:
    own = opened_secrets(engine, read_key(process.key_file))
    with listening() as channel:
        where = ("told-by-itself", channel.url)
        secret = written(engine, lambda c: webhooks.register(c, own.tokens, *where))
        first = put(engine, "told-by-itself")
        until_told(channel, [first])
        until_settled(engine, first)  # killed before, it would tell the same again in a minute
        process.kill()
        second = put(engine, "told-by-itself")
        process.start()
        until_told(channel, [first, second])
        assert all(one.is_signed_with(secret) for one in channel.told)
        written(engine, lambda connection: webhooks.end(connection, "told-by-itself"))


# ---- bringing offers and applications ----


class App:
    """A program that speaks JSON to the service."""

    def __init__(self, process: ServiceProcess, *scopes: str) -> None:
        self._process = process
        self._token = process.give_token(*(scopes or ("offers", "applications", "notices")))

    def ask(self, method: str, path: str, said: object = None, **headers: str) -> httpx.Response:
        """One question; headers with _ for -."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        known = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        return httpx.request(
            method, f"{self._process.address}/v1{path}", json=said, headers=known | told, timeout=60
        )

    def bring(self, path: str, said: object, key: str = "") -> httpx.Response:
        """A registration under a key, or a new one."""
        return self.ask("POST", path, said, Idempotency_Key=key or token_hex(8))


@pytest.fixture
def app(process: ServiceProcess) -> App:
    return App(process)


def an_offer(**changes: object) -> dict[str, object]:
    donors = [{"purpose": "process", "by": "donor"}]
    said: dict[str, object] = {
        "name": "Trần Thị Hạnh",
        "phone": "0912345678",
        "items": [{"kind": "laptop", "count": 2}],
        "unit": "25654",
        "consents": {"text_version": "2026-01-01", "given": donors},
    }
    return said | changes


def a_pupil(**changes: object) -> dict[str, object]:
    both = [{"purpose": "process", "by": by} for by in ("child", "representative")]
    said: dict[str, object] = {
        "pupil": "Lê Ngọc Ánh",
        "born_on": "2017-05-20",
        "number": "072317000123",
        "level": "primary",
        "school": "truong-th-go-dau",
        "relation": "parent",
        "registrant": "Phạm Thị Hoa",
        "phone": "0987654321",
        "consents": {"text_version": "2026-01-01", "given": both},
    }
    return said | changes


def rows(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_offer_of_a_program_goes_to_its_point_at_once(app: App, engine: Engine) -> None:
    told = app.bring("/offers", an_offer()).json()
    assert told["station"] == 12
    with engine.connect() as connection:
        document = select(t.document.c.station).where(t.document.c.id == told["code"])
        assert connection.execute(document).scalar_one() == 12

    stands = app.ask("GET", f"/offers/{told['code']}").json()
    assert (stands["state"], stands["station"], stands["came"]) == ("assigned", 12, [])
    kinds = [one["kind"] for one in app.ask("GET", "/notices").json()["notices"]]
    assert "offer_assigned" in kinds


@pytest.mark.parametrize(
    "changes", [{"unit": None}, {"unit": "27694"}, {"form": "direct", "case": CASE}]
)
def test_where_no_point_is_clear_an_official_says(app: App, changes: dict[str, object]) -> None:
    told = app.bring("/offers", an_offer(**changes)).json()
    assert told["station"] is None


def test_the_same_key_is_the_same_registration_and_another_body_is_refused(
    app: App, engine: Engine
) -> None:
    first = app.bring("/offers", an_offer(), "key-1")
    before = rows(engine, t.offer)

    assert app.bring("/offers", an_offer(), "key-1").json() == first.json()
    assert app.bring("/offers", an_offer(note="khác"), "key-1").json()["code"] == "key_reused"
    assert app.bring("/applications", a_pupil(), "key-1").json()["code"] == "key_reused"
    assert app.ask("POST", "/offers", an_offer()).json()["code"] == "no_key"
    assert rows(engine, t.offer) == before


def test_twenty_at_once_under_one_key_are_one_application(app: App, engine: Engine) -> None:
    before = rows(engine, t.application)
    with ThreadPoolExecutor(20) as threads:
        answers = list(
            threads.map(lambda _: app.bring("/applications", a_pupil(), "twenty"), range(20))
        )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert rows(engine, t.application) == before + 1


def test_a_word_opens_what_another_program_brought_and_nothing_else_does(
    process: ServiceProcess, app: App, engine: Engine
) -> None:
    told = app.bring("/offers", an_offer()).json()
    with engine.begin() as connection:
        its = t.offer.c.code == told["code"]
        connection.execute(update(t.offer).where(its), {"channel": "another"})
    answers = [
        app.ask("GET", f"/offers/{code}", **word)
        for code, word in (
            (told["code"], {}),
            (told["code"], {"Registration_Word": "2222-2222-2222"}),
            (make(CodeKind.OFFER, 900, 77), {}),
            (CASE, {}),
            ("nothing", {}),
        )
    ]

    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, b'{"code":"unknown_registration"}')
    }
    word = {"Registration_Word": told["word"]}
    assert app.ask("GET", f"/offers/{told['code']}", **word).json()["state"] == "assigned"


def test_an_offer_and_an_application_are_withdrawn_with_their_word_alone(
    app: App, engine: Engine
) -> None:
    for path, said in (("/offers", an_offer()), ("/applications", a_pupil())):
        told = app.bring(path, said).json()
        address = f"{path}/{told['code']}"
        assert app.ask("POST", f"{address}/withdrawal").status_code == 404
        word = {"Registration_Word": told["word"]}
        assert app.ask("POST", f"{address}/withdrawal", **word).status_code == 204
        assert app.ask("POST", f"{address}/withdrawal", **word).status_code == 204
        stands = app.ask("GET", address).json()
        assert (stands["state"], stands["may_withdraw"]) == ("withdrawn", False)


@pytest.mark.parametrize(
    ("path", "changes", "said"),
    [
        ("/offers", {"phone": "12"}, ("bad_registration", "phone", "not_a_phone")),
        ("/offers", {"name": "0912345678"}, ("bad_registration", "name", "phone_as_name")),
        ("/offers", {"name": "a\x07b"}, ("bad_registration", "name", "control_character")),
        ("/offers", {"name": ""}, ("bad_registration", "name", "missing")),
        ("/offers", {"unit": "99999"}, ("bad_registration", "unit", "unknown")),
        ("/offers", {"station": 898}, ("bad_registration", "station", "unknown")),
        ("/offers", {"expected_on": "2020-01-01"}, ("bad_registration", "expected_on", "past")),
        ("/offers", {"items": [{"kind": "phone"}]}, ("bad_registration", "items", "unknown")),
        ("/offers", {"form": "direct"}, ("bad_registration", "case", "missing")),
        ("/offers", {"nmae": "x"}, ("unreadable_body", None, None)),
        ("/offers", {"items": []}, ("unreadable_body", None, None)),
        ("/applications", {"born_on": "1900-01-01"}, ("bad_registration", "born_on", "age")),
        ("/applications", {"number": "123"}, ("bad_registration", "number", "length")),
        ("/applications", {"level": "none"}, ("bad_registration", "level", "unknown")),
        ("/applications", {"school": None}, ("bad_registration", "school", "missing")),
        ("/applications", {"born_on": "2005-01-01"}, ("consent_missing", "self", None)),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    app: App, path: str, changes: dict[str, object], said: tuple[str | None, ...]
) -> None:
    made = an_offer if path == "/offers" else a_pupil
    answer = app.bring(path, made(**changes))

    assert answer.status_code == 400
    assert tuple(answer.json().get(name) for name in ("code", "field", "why")) == said


@pytest.mark.parametrize("given", [[], [("process", "child")], [("publish", "child")]])
def test_no_pupil_is_registered_without_the_consents_that_the_age_needs(
    app: App, engine: Engine, given: list[tuple[str, str]]
) -> None:
    before = rows(engine, t.application)
    boxes = [{"purpose": purpose, "by": by} for purpose, by in given]
    consents = {"text_version": "2026-01-01", "given": boxes}

    assert (
        app.bring("/applications", a_pupil(consents=consents)).json()["code"] == "consent_missing"
    )
    unknown = consents | {"text_version": "1999-01-01"}
    assert app.bring("/applications", a_pupil(consents=unknown)).json()["field"] == "text_version"
    assert rows(engine, t.application) == before


def test_the_example_of_the_page_can_be_brought(app: App) -> None:
    page = Path(__file__).parents[2].joinpath("docs/channels.md").read_text(encoding="utf-8")
    example = re.search(r'^{"name".*?}}$', page, re.MULTILINE | re.DOTALL)
    assert example
    later = datetime.now(UTC).date() + timedelta(days=7)

    said = msgspec.json.decode(example[0]) | {"expected_on": later.isoformat()}
    assert app.bring("/offers", said).status_code == 200


def test_texts_and_choices_are_handed_out(app: App) -> None:
    texts, choices = app.ask("GET", "/consents").json(), app.ask("GET", "/choices").json()

    assert (texts["id"], set(texts["self"])) == ("2026-01-01", {"process", "publish"})
    assert {one["id"] for one in choices["kinds"]} >= {"laptop", "desktop", "tablet"}
    assert {one["station"] for one in choices["points"]} >= {1, 12}
    assert len(choices["communes"]) == 96


@pytest.mark.parametrize("scope", ["offers", "applications", "notices", "documents"])
def test_a_scope_opens_its_own_questions(process: ServiceProcess, scope: str) -> None:
    app = App(process, scope)
    answers = {
        "offers": app.bring("/offers", an_offer()),
        "applications": app.bring("/applications", a_pupil()),
        "notices": app.ask("GET", "/notices"),
    }

    for name, answer in answers.items():
        assert answer.status_code == (200 if name == scope else 403), (name, answer.text)


def test_no_word_of_a_person_stands_in_the_log(process: ServiceProcess, app: App) -> None:
    told = app.bring("/offers", an_offer(note="một câu riêng")).json()
    app.ask("GET", f"/offers/{told['code']}", Registration_Word=told["word"])
    app.bring("/applications", a_pupil(), "a-key-of-its-own")

    log = process.log()
    for said in (
        "Hạnh",
        "0912345678",
        "Ánh",
        "Hoa",
        "0987654321",
        "câu riêng",
        "a-key-of",
        told["word"],
    ):
        assert said not in log
