"""What the pages for the service's keeper say is so."""

import re
import shlex
from pathlib import Path

import msgspec
import pytest

from sync.central.__main__ import parser, with_a_task
from sync.central.application import QUESTIONS
from sync.central.problems import REASONS
from sync.central.programme.notices import NoticeKind, Notices
from sync.central.programme.webhooks import signature

ROOT = Path(__file__).parents[2]
SERVICE = (ROOT / "docs/service.md").read_text(encoding="utf-8")
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
CHANNELS = (ROOT / "docs/channels.md").read_text(encoding="utf-8")
UNIT = (ROOT / "resources/service/station-central.service").read_text(encoding="utf-8")
COMMAND = re.compile(r"^(?:station-central|python -m sync\.central) ([^#\n]*)", re.MULTILINE)
STARTED = re.compile(r"^Exec\w+=\S+/station-central (.*)$", re.MULTILINE)


TYPED = COMMAND.findall(SERVICE + PROTOCOL + CHANNELS)


@pytest.mark.parametrize("typed", sorted(set(TYPED)))
def test_a_command_of_the_pages_can_be_typed(typed: str) -> None:
    parser().parse_args(with_a_task(shlex.split(typed)))


@pytest.mark.parametrize("line", STARTED.findall(UNIT))
def test_what_the_unit_starts_can_be_started(line: str) -> None:
    options = re.search(r"^CENTRAL_OPTIONS=(.*)$", SERVICE, re.MULTILINE)
    assert options

    asked = parser().parse_args(shlex.split(line.replace("$CENTRAL_OPTIONS", options[1])))

    assert asked.database is None  # the environment names it: a command line is seen by all


def test_the_worked_example_of_a_signature_is_so() -> None:
    body = re.search(r"^\{.*\}$", CHANNELS, re.MULTILINE)
    said = re.search(r"the signature is `([0-9a-f]{64})`", CHANNELS)
    assert body
    assert said

    assert signature(b"word", 1_790_000_060, body[0].encode()) == said[1]
    assert msgspec.json.encode(msgspec.json.decode(body[0], type=Notices)) == body[0].encode()


def test_every_kind_of_notice_stands_there() -> None:
    assert [kind for kind in NoticeKind if f"`{kind}`" not in CHANNELS] == []


def test_every_reason_to_say_no_stands_in_the_protocol() -> None:
    assert [code for code in REASONS if f"`{code}`" not in PROTOCOL] == []


def test_every_question_stands_in_the_protocol() -> None:
    scans = "/v1/people/scans/{hash}"
    addresses = {question.address.removesuffix("/bytes") for question in QUESTIONS}

    assert scans in PROTOCOL
    assert [address for address in addresses if address not in PROTOCOL] == []
