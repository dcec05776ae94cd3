"""Reading disks never writes to one: shown on files, loop devices and the calls themselves."""

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import msgspec
import pytest

from diagnostics.measure import speed
from diagnostics.measure.disk_reader import BLOCK, DiskReader, device_path
from diagnostics.measure.run import Halted, NotPossible
from diagnostics.measure.speed import measure_speed
from diagnostics.measure.surface import SurfaceTask, measure_surface, sample, work
from station.machine import Disk, Machine
from tests.diagnostics.measure.runs import around, figures, halt_when, run_for

PROJECT = Path(__file__).parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own ways")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root folder with a disk of 48 MiB and a bit, whose content is noise."""
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "sda").write_bytes(Random(1).randbytes(48 * BLOCK + 4096))  # noqa: S311
    return tmp_path


@pytest.fixture
def loop_device(root: Path) -> Iterator[Path]:
    """The same noise as a real block device."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root makes block devices")
    made = subprocess.run(
        ["losetup", "--find", "--show", root / "dev" / "sda"],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip(f"no loop device: {made.stderr}")
    yield Path(made.stdout.strip())
    subprocess.run(["losetup", "--detach", made.stdout.strip()], check=True)


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_file_in_the_disks_place_is_measured_and_unchanged(root: Path) -> None:
    before = digest(root / "dev" / "sda")
    fast = run_for(1, subject="sda", surroundings=around(root))
    surface = run_for(1, subject="sda", surroundings=around(root), whole=True)

    measure_speed(fast)
    measure_surface(surface)

    found = figures(fast.measured)
    assert found["read_mb_s"] > 0
    assert found["read_middle_mb_s"] > 0
    assert found["read_end_mb_s"] > 0
    assert found["read_errors"] == 0
    seen = figures(surface.measured)
    assert (seen["blocks_tried"], seen["blocks_of_disk"], seen["read_errors"]) == (49, 49, 0)
    assert sum(seen[f"under_{ms}_ms"] for ms in (10, 50, 150, 500)) + seen["slow_blocks"] == 49
    assert digest(root / "dev" / "sda") == before


def test_a_block_device_is_measured_and_unchanged(loop_device: Path, root: Path) -> None:
    before = digest(loop_device)
    fast = run_for(1, subject=loop_device.name, surroundings=around(Path("/")))
    surface = run_for(1, subject=loop_device.name, surroundings=around(Path("/")))

    measure_speed(fast)
    measure_surface(surface)

    assert figures(fast.measured)["read_mb_s"] > 0
    assert figures(fast.measured)["past_cache"] == 1
    assert figures(surface.measured)["blocks_tried"] == 49
    assert digest(loop_device) == before


@linux
def test_what_is_opened_cannot_be_written_to(root: Path) -> None:
    with DiskReader(str(root / "dev" / "sda")) as disk:
        disk.read(0)
        opened = disk._file

        with pytest.raises(OSError, match="Bad file descriptor") as refused:
            os.pwrite(opened, b"x" * 4096, 0)

    assert refused.value.errno == errno.EBADF


def test_the_workers_open_the_disk_for_reading_only(root: Path) -> None:
    program = (
        "import os, sys\n"
        "opened = []\n"
        "def hear(event, args):\n"
        "    if event == 'open' and str(args[0]).endswith('sda'):\n"
        "        opened.append(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))\n"
        "sys.addaudithook(hear)\n"
        "from diagnostics.measure import speed, surface\n"
        "task = sys.argv[1].encode()\n"
        "for _ in (*speed.work(task), *surface.work(task)): pass\n"
        "print(opened)\n"
    )
    task = msgspec.json.encode(SurfaceTask(str(root / "dev" / "sda"), 0.2, None, whole=True))

    said = subprocess.run(
        [sys.executable, "-c", program, task.decode()],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert set(msgspec.json.decode(said.stdout)) == {0}


@pytest.mark.parametrize("name", ["../sda", "", "sda/../vda", "sd a", "disk:sda", "a" * 40])
def test_only_a_name_of_a_disk_becomes_a_path(name: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        device_path(name)


def test_a_disk_that_is_gone_or_closed_is_not_possible(tmp_path: Path) -> None:
    gone = run_for(subject="sda", surroundings=around(tmp_path))

    with pytest.raises(NotPossible, match="missing"):
        measure_speed(gone)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may open all")
def test_a_disk_that_is_closed_to_this_account_is_named_so(root: Path) -> None:
    (root / "dev" / "sda").chmod(0)

    with pytest.raises(NotPossible, match="not_permitted"):
        measure_surface(run_for(subject="sda", surroundings=around(root)))


def test_a_disk_without_size_has_no_surface(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "sda").touch()

    with pytest.raises(NotPossible, match="disk_empty"):
        measure_surface(run_for(subject="sda", surroundings=around(tmp_path)))


@linux
def test_blocks_that_cannot_be_read_are_counted_and_placed() -> None:
    # The kernel answers reads of unmapped memory with EIO, as a disk does of bad sectors.
    task = SurfaceTask("/proc/self/mem", 5.0, 3 * BLOCK, whole=True)

    *_, last = work(msgspec.json.encode(task))

    found = figures(last.measured)
    assert last.ended
    assert (found["read_errors"], found["blocks_tried"], found["first_error_mib"]) == (3, 3, 0)


@linux
def test_a_speed_says_that_it_could_not_go_past_the_cache(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.open

    def some_file_system(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_DIRECT:
            raise OSError(errno.EINVAL, "no direct reads here")
        return really(path, flags, mode)

    monkeypatch.setattr("os.open", some_file_system)
    task = speed.Task(str(root / "dev" / "sda"), 0.2)

    *_, last = speed.work(msgspec.json.encode(task))

    assert figures(last.measured)["past_cache"] == 0


@linux
@pytest.mark.parametrize("whole", [True, False])
def test_the_last_sectors_are_read_though_they_fill_no_block(
    root: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    really, disk = os.preadv, root / "dev" / "sda"
    got = list[int]()

    def worn(file: int, buffers: list[memoryview], offset: int) -> int:
        if offset == 48 * BLOCK:
            raise OSError(errno.EIO, "no second partition table")
        got.append(really(file, buffers, offset))
        return got[-1]

    monkeypatch.setattr("os.preadv", worn)
    task = SurfaceTask(str(disk), 5.0, None, whole=whole)

    *_, last = work(msgspec.json.encode(task))

    found = figures(last.measured)
    assert sum(got) == 48 * BLOCK
    assert (found["read_errors"], found["first_error_mib"]) == (1, 48)


def test_a_stopped_surface_keeps_what_it_saw(root: Path) -> None:
    run = run_for(500, subject="sda", surroundings=around(root))
    big = Machine(storage=(Disk(name="sda", capacity_bytes=48 * BLOCK),))
    run.machine = big
    with (root / "dev" / "sda").open("r+b") as file:
        file.truncate(1 << 40)  # sparse: a terabyte that takes its time
    halt_when(run, lambda: figures(run.measured).get("blocks_tried", 0) > 32)

    with pytest.raises(Halted):
        measure_surface(run)

    assert figures(run.measured)["blocks_tried"] > 32
    assert run.done_permille is not None
    assert run.done_permille < 1000


@pytest.mark.parametrize("blocks", [1, 2, 31, 32, 33, 100, 1000, 4097])
def test_a_sample_goes_to_every_block_once_the_edges_first(blocks: int) -> None:
    places = list(sample(blocks))

    assert sorted(places) == list(range(blocks))
    assert {0, blocks - 1} <= set(places[:32])


def test_a_sample_is_spread_evenly_whenever_it_ends() -> None:
    blocks = 500_000
    inner = sorted(place for _, place in zip(range(32 + 1000), sample(blocks), strict=False))

    widest = max(after - before for before, after in pairwise(inner))
    assert widest < 3 * blocks / 1000
