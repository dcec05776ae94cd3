"""Print jobs on disk: a folder each, with the job and the bytes of its pages.

A job is there whole or not at all; what a power cut or another program left broken is set aside.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from labels.queue.job import Job, PageState
from station.files import keep_content, keep_name, put_file

_JOB: Final = "job.json"
_UNFINISHED: Final = "unfinished-"  # being made, or being removed
_DAMAGED: Final = "damaged"
_KEPT: Final = {PageState.WAITING, PageState.SENDING, PageState.UNCERTAIN}

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Job)


class DamagedPage(Exception):
    """The bytes of a page are not there, or are not those that were asked to be printed."""


class JobFolder:
    """Where the jobs of one queue lie. Nobody else may read it: papers name people."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)

    def read(self) -> tuple[list[Job], list[str]]:
        """The jobs, oldest first, and the names of those that were set aside as damaged."""
        jobs, damaged = [], []
        for place in sorted(self._folder.iterdir()):
            if place.name.startswith(_UNFINISHED):
                shutil.rmtree(place, ignore_errors=True)
            elif place.is_dir() and place.name != _DAMAGED:
                job = _read(place)
                if job is None:
                    damaged.append(self._set_aside(place))
                else:
                    self.drop_finished(job)
                    jobs.append(job)
        return jobs, damaged

    def last_number(self) -> int:
        """The highest number that any job here ever had, as far as one can see."""
        names = [*self._folder.iterdir(), *(self._folder / _DAMAGED).glob("*")]
        return max((_number(place.name) for place in names), default=0)

    def put_new(self, job: Job, payloads: Sequence[bytes]) -> None:
        """Keep a new job with its pages. Raises OSError, and then nothing of it is there."""
        unfinished, place = self._folder / (_UNFINISHED + job.id), self._folder / job.id
        try:
            unfinished.mkdir(mode=0o700)
            contents = {_page(number): payload for number, payload in enumerate(payloads)}
            _put_private(unfinished, {**contents, _JOB: _encoder.encode(job)})
            keep_name(unfinished)
            unfinished.rename(place)
            keep_name(self._folder)
        except OSError:
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.rmtree(place, ignore_errors=True)
            raise

    def put(self, job: Job) -> None:
        """Replace a job whole; pages that are done with leave nothing behind."""
        put_file(self._folder / job.id / _JOB, _encoder.encode(job))
        self.drop_finished(job)

    def payload(self, job: Job, number: int) -> bytes:
        """The bytes of a page. Raises DamagedPage."""
        try:
            data = (self._folder / job.id / _page(number)).read_bytes()
        except OSError as error:
            raise DamagedPage(str(error)) from error
        if digest(data) != job.pages[number].digest:
            raise DamagedPage(_page(number))
        return data

    def drop_finished(self, job: Job) -> None:
        """Remove the bytes of pages that will not be sent again."""
        for number, page in enumerate(job.pages):
            if page.state not in _KEPT:
                with suppress(OSError):  # the next start will do
                    (self._folder / job.id / _page(number)).unlink(missing_ok=True)

    def forget(self, job: Job) -> None:
        """Remove a job, at once for whoever looks."""
        unfinished = self._folder / (_UNFINISHED + job.id)
        with suppress(OSError):
            (self._folder / job.id).rename(unfinished)
            shutil.rmtree(unfinished, ignore_errors=True)

    def forget_damaged(self, before: float) -> None:
        """Remove what was set aside before this moment: it may be papers, which name people."""
        for place in (self._folder / _DAMAGED).glob("*"):
            with suppress(OSError):
                if place.stat().st_mtime < before:
                    shutil.rmtree(place)

    def _set_aside(self, place: Path) -> str:
        damaged = self._folder / _DAMAGED
        damaged.mkdir(mode=0o700, exist_ok=True)
        for name in _other_names(place.name):
            with suppress(OSError):
                place.rename(damaged / name)
                os.utime(damaged / name)
                return name
        return place.name


def digest(payload: bytes) -> str:
    """What a page's bytes are known by."""
    return sha256(payload).hexdigest()


def _read(place: Path) -> Job | None:
    """None where no job can be read, or another one's."""
    try:
        job = _decoder.decode((place / _JOB).read_bytes())
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError):
        return None
    return job if job.id == place.name and job.pages else None


def _put_private(folder: Path, contents: Mapping[str, bytes]) -> None:
    """All are written before the first is waited for: a disk takes many at once, or one by one."""
    for name, content in contents.items():
        with os.fdopen(os.open(folder / name, _NEW, 0o600), "wb") as writing:
            writing.write(content)
    for name in contents:
        keep_content(folder / name)


def _page(number: int) -> str:
    return f"page-{number + 1:04d}"


def _number(name: str) -> int:
    first = name.removeprefix(_UNFINISHED).partition("-")[0]
    return int(first) if first.isdecimal() else 0


def _other_names(name: str) -> Iterator[str]:
    yield name
    for number in range(2, 100):
        yield f"{name}-{number}"
