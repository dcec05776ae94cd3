"""What whoever runs the service types: every task works, and every failure is one sentence."""

import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from station import documents
from sync.central.__main__ import main
from sync.enrolling import enrol_by_code
from sync.service import CentralService
from tests.sync.conftest import STATION, unknown_ledger
from tests.sync.service_process import ServiceProcess


class Done(NamedTuple):
    """What a task came to."""

    returncode: int
    stdout: str
    stderr: str


Task = Callable[..., Done]

POLICY = Path(__file__).parents[2] / "resources" / "policy" / "release-2021-09-10.toml"


@pytest.fixture
def task(capsys: pytest.CaptureFixture[str]) -> Iterator[Task]:
    """Run tasks in this process: a program for each would take a second of import."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: str) -> Done:
        try:
            code = main(list(arguments))
        except SystemExit as ended:
            code = int(str(ended.code))
        return Done(code, *capsys.readouterr())

    yield run
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def pilot(pilot_url: str, task: Task) -> str:
    """A pilot's database that exists."""
    assert task("migrate", "--database", pilot_url).returncode == 0
    return pilot_url


def test_a_typed_code_enrols_a_point_and_the_list_says_so(
    pilot_url: str, tmp_path: Path, task: Task
) -> None:
    process = ServiceProcess(pilot_url, tmp_path / "log")
    ledger = unknown_ledger()
    given = task("code", "--station", "12", "--database", pilot_url)
    code = re.match(r"(\d{4} ){4}", given.stdout.replace("   ", " "))
    assert code, given.stderr
    with CentralService(process.address, ledger) as service:
        enrol_by_code(ledger, service, code[0].replace(" ", ""))
        before = task("points", "--database", pilot_url).stdout
        service.session()
    after = task("points", "--database", pilot_url).stdout
    revoked = task(
        "revoke", "--station", "12", "--chain", str(ledger.chain.number), "--reason", "stolen",
        "--database", pilot_url,
    )  # fmt: skip
    last = task("points", "--database", pilot_url).stdout
    process.stop()

    name = f"{STATION:03d}-{ledger.chain.number}"
    assert before == f"{name}\t0 events\tenrolled\tnot heard yet\n"
    assert re.fullmatch(rf"{name}\t0 events\tenrolled\theard 20\d\d-.* UTC\n", after)
    assert revoked.stdout == "revoked behind event 0\n"
    assert "revoked: stolen" in last


def test_who_revokes_a_chain_is_told_which_others_of_the_point_are_still_believed(
    pilot_url: str, tmp_path: Path, task: Task
) -> None:
    process = ServiceProcess(pilot_url, tmp_path / "log")
    older, newer = unknown_ledger(), unknown_ledger()
    process.enrol(older)
    process.enrol(newer)
    process.stop()
    revoke = ("revoke", "--station", "12", "--reason", "stolen", "--database", pilot_url)

    first = task(*revoke, "--chain", str(newer.chain.number)).stdout
    then = task(*revoke, "--chain", str(older.chain.number)).stdout

    assert f"still believed: {STATION:03d}-{older.chain.number}\n" in first
    assert "believed" not in then


def test_a_pilot_says_where_its_key_is_and_to_keep_a_copy(pilot: str, task: Task) -> None:
    said = task("code", "--station", "12", "--database", pilot).stderr

    assert "central.sqlite.key" in said
    assert "copy" in said
    assert "key" not in task("code", "--station", "12", "--database", pilot).stderr


def test_a_token_is_given_listed_and_taken_back(pilot: str, task: Task) -> None:
    at = ("--database", pilot)
    token = task("token", "--name", "portal", "--scopes", "documents,settle", *at).stdout.strip()
    listed = task("tokens", *at).stdout
    taken_back = task("token", "--name", "portal", "--revoke", *at)

    assert token.startswith("p1.")
    assert listed.startswith("portal\tdocuments,settle\tuntil 20")
    assert token not in listed
    assert taken_back.returncode == 0
    assert task("token", "--name", "portal", "--revoke", *at).returncode == 2
    assert "revoked" in task("tokens", *at).stdout


def version_of(said: str) -> int:
    """The number behind the word."""
    return int(said.removeprefix("version "))


def test_words_an_offer_and_a_case_are_published(pilot: str, tmp_path: Path, task: Task) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"level": "thcs"}))
    policy = (
        "document",
        "--kind",
        documents.POLICY,
        "--id",
        "release-2021-09-10",
        "--database",
        pilot,
    )
    allot = ("document", "--kind", documents.CASE, "--id", "H0120000016", "--database", pilot)

    words_published = (*policy, "--file", str(POLICY))
    allotted = (*allot, "--station", "12", "--file", str(case))
    taken_back = (*allot, "--station", "12", "--take-back")

    for first, then in ((words_published, words_published), (allotted, taken_back)):
        version = version_of(task(*first).stdout)
        assert version_of(task(*then).stdout) > version


@pytest.fixture
def publish(pilot: str, tmp_path: Path, task: Task) -> Callable[[str, object], Done]:
    """Publish something under these options."""

    def run(words: str, said: object) -> Done:
        file = tmp_path / "said.json"
        file.write_text(json.dumps(said))
        return task("document", *words.split(), "--file", str(file), "--database", pilot)

    return run


@pytest.mark.parametrize(
    ("named", "said", "words"),
    [
        ("--station", {"level": "thcs"}, "--kind case --id H0120000016"),
        ("--id", {"level": "thcs"}, "--kind case --id H0120000019 --station 12"),
        ("--id", {"items": [{"kind": "laptop"}]}, "--kind offer --id M-12 --station 12"),
        ("--id", {"items": [{"kind": "laptop"}]}, "--kind offer --id H0120000016 --station 12"),
        ("a field", {"level": "thcs", "aproved": False}, "--kind case --id H0120000016"),
        ("a field", {"items": [{"kind": "tablet", "cuont": 30}]}, "--kind offer --id M0120000019"),
        ("a field", {"level": "thcs"}, "--kind offer --id M0120000019"),
    ],
)
def test_what_would_be_understood_wrongly_is_not_published(
    named: str, said: object, words: str, publish: Callable[[str, object], Done]
) -> None:
    refused = publish(words, said)

    assert refused.returncode == 2
    assert named in refused.stderr


@pytest.mark.parametrize(
    "words", [("code", "--station", "12"), ("backup", "--to", "copy"), ("points",)], ids=" ".join
)
def test_a_misspelt_name_of_the_database_begins_none(
    words: tuple[str, ...], tmp_path: Path, task: Task
) -> None:
    refused = task(*words, "--database", f"sqlite:///{tmp_path / 'cetnral.sqlite'}")

    assert refused.returncode == 2
    assert "no such file" in refused.stderr
    assert list(tmp_path.iterdir()) == []


NO_FILE = ("document", "--kind", "policy", "--id", "release-2026-01-01")


@pytest.mark.parametrize(
    "wrong",
    [
        ("revoke", "--station", "12", "--chain", "4711"),
        ("token", "--name", "portal", "--scopes", "push"),
        ("token", "--name", "portal"),
        NO_FILE,
        (*NO_FILE, "--file", "/no/such/file"),
        ("document", "--kind", "wishes", "--id", "x", "--file", "/etc/hostname"),
        ("document", "--kind", "policy", "--id", "../x", "--file", "/etc/hostname"),
        ("document", "--kind", "case", "--id", "H0120000016", "--file", "/etc/hostname"),
        ("document", "--kind", "task", "--id", "x", "--take-back"),
        ("document", "--kind", "policy", "--id", "x", "--station", "900", "--take-back"),
        (*NO_FILE, "--file", "/etc/hostname"),
        ("document", "--kind", "policy", "--id", "release", "--file", str(POLICY)),
        ("backup", "--to", "/no/such/folder/copy"),
        ("code", "--station", "12", "--key-file", "/no/such/key"),
        ("code", "--station", "12", "--key-file", "/etc/hostname"),
    ],
    ids=lambda words: " ".join(words[::2]),
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    pilot: str, wrong: tuple[str, ...], task: Task
) -> None:
    refused = task(*wrong, "--database", pilot)

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ("code", "--station", "0"),
        ("code", "--station", "900"),
        ("code", "--station", "x"),
        ("code", "--station", "12", "--hours", "0"),
        ("code", "--station", "12", "--hours", "9999999999"),
        ("token", "--name", "Lò Văn", "--scopes", "settle"),
        ("token", "--name", "portal", "--scopes", "settle", "--days", "99999999999"),
        ("revoke", "--station", "12", "--chain", "99999999999999999999"),
        ("serve", "--workers", "0"),
        ("points", "--verbose"),
        ("dance",),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_answered_with_the_usage(
    wrong: tuple[str, ...], task: Task
) -> None:
    refused = task(*wrong)

    assert refused.returncode == 2
    assert refused.stderr.startswith("usage:")


def test_postgresql_is_not_served_without_a_key(
    postgres_database: str, tmp_path: Path, task: Task
) -> None:
    at = ("--database", postgres_database)
    assert task("migrate", *at).returncode == 0

    refused = task(*at, "--port", "0")

    assert refused.returncode == 2
    assert "--key-file" in refused.stderr
    other = tmp_path / "other"
    other.write_text("00" * 32)
    first = ServiceProcess(postgres_database, tmp_path / "log")
    first.stop()
    wrong = task(*at, "--port", "0", "--key-file", str(other))
    assert wrong.stderr.startswith("This key is not the one")


def test_a_pilot_without_its_key_file_is_not_served(pilot: str, tmp_path: Path, task: Task) -> None:
    assert task("code", "--station", "12", "--database", pilot).returncode == 0
    (tmp_path / "central.sqlite.key").unlink()

    assert "gone" in task("--database", pilot, "--port", "0").stderr


def test_what_is_no_file_is_not_replaced_by_one(pilot: str, tmp_path: Path, task: Task) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    refused = task("publish", "--out", str(pipe), "--database", pilot)

    assert refused.returncode == 2
    assert "--out" in refused.stderr
    assert pipe.is_fifo()


def test_help_names_every_task(task: Task) -> None:
    said = task("--help").stdout

    for name in ("serve", "migrate", "code", "token", "revoke", "points", "document"):
        assert name in said


def test_a_backup_is_written_over_nothing_and_postgresql_has_its_own_programs(
    pilot: str, postgres_database: str, tmp_path: Path, task: Task
) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"mine")
    new = tmp_path / "new"

    assert task("backup", "--to", str(there), "--database", pilot).returncode == 2
    assert there.read_bytes() == b"mine"
    assert task("backup", "--to", str(new), "--database", pilot).returncode == 0
    assert task("points", "--database", f"sqlite:///{new}").returncode == 0
    assert task("migrate", "--database", postgres_database).returncode == 0
    asked = task("backup", "--to", str(tmp_path / "newer"), "--database", postgres_database)
    assert "pg_dump" in asked.stderr


def test_a_channel_is_told_at_an_address_and_no_more(pilot: str, task: Task) -> None:
    named = ("--channel", "smart", "--database", pilot)
    given = task("webhook", *named, "--url", "https://smart.example.vn/told", "--after", "3")
    listed = task("webhooks", "--database", pilot).stdout
    ended = task("webhook", *named, "--end").returncode

    assert re.fullmatch(
        r"[\w-]{43}   \(by which smart knows this service; said once\)\n"
        r"note: no program has a token under the name smart yet\n",
        given.stdout,
    )
    assert listed == "smart\thttps://smart.example.vn/told\tnotice 3\twell\n"
    assert given.stdout[:43] not in listed
    assert ended == 0
    assert task("webhooks", "--database", pilot).stdout == ""
    assert task("webhook", *named, "--end").stderr == "This channel has no webhook.\n"
    assert "--url takes https://" in task("webhook", *named, "--url", "http://a.vn/").stderr


@pytest.mark.parametrize("name", ["form", "list"])
def test_no_program_gets_the_name_of_the_services_own_channels(
    pilot: str, task: Task, name: str
) -> None:
    refused = task("token", "--name", name, "--scopes", "offers", "--database", pilot)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "names of the service itself" in refused.stderr
