"""Small files are whole or not there, whatever stops the one who writes them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from station.files import put_file, put_hint

WRITER = """
import sys
from pathlib import Path
from station.files import put_file
print("ready", flush=True)
number = 0
while True:
    put_file(Path(sys.argv[1]), (str(number % 10) * 200_000).encode())
    number += 1
"""


@pytest.mark.parametrize("put", [put_file, put_hint])
def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path, put: object) -> None:
    assert callable(put)
    file = tmp_path / "new" / "settings.json"
    for content in (b"one", b"two"):
        put(file, content)

    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("put", [put_file, put_hint])
def test_a_refused_write_leaves_the_old_content(tmp_path: Path, put: object) -> None:
    assert callable(put)
    file = tmp_path / "settings.json"
    put(file, b"old")
    (tmp_path / "settings.json.new").mkdir()  # something stands in the way

    with pytest.raises(OSError, match=r"settings\.json\.new"):
        put(file, b"new")
    assert file.read_bytes() == b"old"


def test_killed_in_the_middle_the_file_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    for pause in (0.02, 0.05, 0.08):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        while not file.exists():
            pass
        signal_after(writer, pause)
        content = file.read_bytes()
        assert (len(content), len(set(content))) == (200_000, 1)


def signal_after(process: subprocess.Popen[bytes], pause: float) -> None:
    try:
        process.wait(pause)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
