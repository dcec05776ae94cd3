"""What whoever runs the service types: every task works, and every failure is one sentence."""

import json
import logging
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
    assert task("points", "--database", pilot_url).returncode == 0
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


def test_a_pilot_says_where_its_key_is_and_to_keep_a_copy(
    pilot_url: str, tmp_path: Path, task: Task
) -> None:
    said = task("code", "--station", "12", "--database", pilot_url).stderr

    assert "central.sqlite.key" in said
    assert "copy" in said
    assert "key" not in task("code", "--station", "12", "--database", pilot_url).stderr


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
    words, case = tmp_path / "policy.toml", tmp_path / "case.json"
    words.write_text("[release]\n", encoding="utf-8")
    case.write_text(json.dumps({"level": "thcs"}))
    policy = ("document", "--kind", documents.POLICY, "--id", "release", "--database", pilot)
    allot = ("document", "--kind", documents.CASE, "--id", "H0120000019", "--database", pilot)

    words_published = (*policy, "--file", str(words))
    allotted = (*allot, "--station", "12", "--file", str(case))
    taken_back = (*allot, "--station", "12", "--take-back")

    for first, then in ((words_published, words_published), (allotted, taken_back)):
        version = version_of(task(*first).stdout)
        assert version_of(task(*then).stdout) > version


NO_FILE = ("document", "--kind", "policy", "--id", "release")


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
        ("document", "--kind", "case", "--id", "H0120000019", "--file", "/etc/hostname"),
        ("document", "--kind", "task", "--id", "x", "--take-back"),
        ("document", "--kind", "policy", "--id", "x", "--station", "900", "--take-back"),
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
        ("token", "--name", "Lò Văn", "--scopes", "settle"),
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
