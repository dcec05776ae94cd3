"""The public ledger of a real service on each engine, checked as anybody would."""

import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from station import events as e
from station import ledger
from station.certificate import encode
from station.certifying import certificate_of
from station.codes import CodeKind, make
from station.publication import Published, checked
from station.refusals import NotBelievedYet, NothingToCertify
from station.store.store import SqlStore
from sync import verify
from sync.central.__main__ import main
from sync.push import push
from sync.service import CentralService
from tests.station.public_files import WORDS
from tests.sync.conftest import LEAD, NOON, STATION
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.service_process import ROOT, ServiceProcess

DEVICE = make(CodeKind.DEVICE, STATION, 1)
OTHER = make(CodeKind.DEVICE, STATION, 2)

Task = Callable[..., str]


@pytest.fixture
def task(process: ServiceProcess, capsys: pytest.CaptureFixture[str]) -> Task:
    """Do a task of the service, and say what it answered."""

    def run(*arguments: str) -> str:
        keys = ["--key-file", str(process.key_file)]
        done = main([*arguments, "--database", process.database, *keys])
        told = capsys.readouterr()
        assert done == 0, told.err
        return told.out.strip()

    return run


def read(file: Path, *anchors: bytes) -> Published:
    return checked(file.read_bytes().splitlines(keepends=True), anchors)


def test_what_a_point_said_is_published_and_checked_by_the_command(
    point: MemoryLedger, service: CentralService, task: Task, tmp_path: Path
) -> None:
    for subject, said in WORDS:
        point.record(subject, said)
    push(point, service, batch_size=3)
    file = tmp_path / "public.jsonl"
    anchor = task("anchor")

    task("publish", "--station", str(STATION), "--out", str(file))
    verified = subprocess.run(
        [sys.executable, "-m", "sync.verify", str(file), "--anchor", anchor, "--language", "en"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert verified.returncode == verify.SOUND, verified.stdout + verified.stderr
    assert "SOUND" in verified.stdout
    assert b"5CG1234XYZ" not in file.read_bytes()


def test_the_history_of_one_device_is_published_alone(
    point: MemoryLedger, service: CentralService, task: Task, tmp_path: Path
) -> None:
    for device in (DEVICE, OTHER, DEVICE):
        point.record(device, e.TakenToBench())
    push(point, service)
    file = tmp_path / "history.jsonl"

    task("publish", "--device", DEVICE, "--out", str(file))

    found = read(file, bytes.fromhex(task("anchor")))
    assert found.sound, found.broken
    assert found.excerpt_of == DEVICE
    assert OTHER.encode() not in file.read_bytes()


def test_a_certificate_of_a_real_store_is_checked_offline(
    store: SqlStore, process: ServiceProcess, task: Task, tmp_path: Path
) -> None:
    with store.transaction(LEAD, NOON) as work:
        work.record(DEVICE, WORDS[0][1])
    with pytest.raises(NothingToCertify):
        certificate_of(DEVICE, store)
    with store.transaction(LEAD, NOON) as work:
        work.record(DEVICE, WORDS[2][1])
    with pytest.raises(NotBelievedYet):
        certificate_of(DEVICE, store)

    process.enrol(store)
    file = tmp_path / "certificate.json"
    file.write_bytes(encode(certificate_of(DEVICE, store)))

    assert verify.main([str(file), "--anchor", task("anchor")]) == verify.SOUND


def test_a_place_where_nothing_can_be_written_is_told(task: Task, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="names no place"):
        task("publish", "--out", str(tmp_path / "none" / "public.jsonl"))


def test_no_minute_of_a_pupil_and_no_case_or_paper_is_in_the_file(
    point: MemoryLedger, service: CentralService, task: Task, tmp_path: Path
) -> None:
    case, given = make(CodeKind.CASE, STATION, 9), e.HandedOver(to="pupil")
    point.record(case, e.CaseEntered(level="thcs"))
    point.record(DEVICE, e.Reserved(case=case))
    point.record(OTHER, e.TakenToBench())
    point.record(DEVICE, given)
    point.record(DEVICE, e.LabelPrinted())
    push(point, service, batch_size=2)
    file = tmp_path / "public.jsonl"
    anchor = bytes.fromhex(task("anchor"))

    task("publish", "--station", str(STATION), "--out", str(file))

    found = read(file, anchor)
    assert found.sound, found.broken
    assert found.veiled >= 4
    assert found.unbound == 0  # the point signed what stands before each veiled event
    text = file.read_text()
    assert case not in text
    whole = [msgspec.json.decode(line) for line in file.read_bytes().splitlines()]
    shown = [ledger.read_header(b64decode(one["core"])) for one in whole if one["type"] == "event"]
    assert {header.kind for header in shown if header.subject == DEVICE}.isdisjoint(
        {"Reserved", "HandedOver", "LabelPrinted"}
    )
    told = [one for one in whole if one["type"] == "told" and one["subject"] == DEVICE]
    assert {one["kind"] for one in told} >= {"Reserved", "HandedOver", "LabelPrinted"}
    assert {one["month"] for one in told} == {NOON.day.strftime("%Y-%m")}
    task("publish", "--device", DEVICE, "--out", str(file))
    assert read(file, anchor).sound
