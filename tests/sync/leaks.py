"""A crawler that reads all that the public can reach, and a seeker that looks in it for secrets."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
import msgspec
from lxml import html
from msgspec import Struct
from sqlalchemy import select

from station import events as e
from station import people
from station.store import tables as s
from tests.sync.points import Point

SHORTEST = 6  # characters of what is looked for anywhere; shorter ones stand in hashes by chance,
# and are looked for as whole words
LONGEST_WORDS = 64  # characters of a text that may be words, and no hash
MAC = re.compile(r"\b[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}\b")
CASE = re.compile(r"\bH\s?\d{3}\s?\d{6}\s?\d\b")
DEVICE = re.compile(r"(?<![\d\w.])\d{3}\s?\d{6}\s?\d(?![\d\w])")
MOST = 20_000  # addresses


NAMED: dict[type[Struct], dict[str, str]] = {
    people.Donor: {"name": "donor", "phone": "phone", "address": "address"},
    people.Pupil: {
        "name": "pupil",
        "school_class": "class",
        "guardian": "guardian",
        "guardian_phone": "phone",
    },
    people.Person: {"name": "person", "phone": "phone"},
    people.OperatorName: {"name": "operator", "id": "operator id"},
    people.Text: {"text": "typed words"},
    people.Secret: {"word": "password"},
}


class Secrets(Struct):
    """What nobody outside may read, by what it is."""

    words: dict[str, set[str]]
    rows: set[bytes]  # ids of people rows
    named: set[str]  # donors who want to be: a pupil may bear the same name

    def add(self, what: str, word: str | None) -> None:
        """One more; what says nothing is none."""
        if word and word.strip():
            self.words.setdefault(what, set()).add(word.strip())


# ---- what is secret ----


def secrets_of(points: Iterable[Point]) -> Secrets:
    """Everything of people and machines in the stores of these points."""
    found = Secrets({}, set(), set())
    for point in points:
        _people(point, found)
        for entry in point.own():
            _event(e.read(entry).said, found)
    return found


def _people(point: Point, found: Secrets) -> None:
    with point.store.engine.connect() as connection:
        ids = list(connection.scalars(select(s.people.c.id)))
    found.rows.update(ids)
    for content in point.store.contents(ids).values():
        for what, word in _told(content):
            found.add(what, word)
        if isinstance(content, people.Donor) and content.may_publish:
            found.named.add(content.name)


def _told(content: people.Content) -> Iterator[tuple[str, str]]:
    if isinstance(content, people.DeviceList):
        yield from (("serial", line.serial) for line in content.lines)
        return
    whole = msgspec.to_builtins(content, builtin_types=(bytes,))
    for field, what in NAMED.get(type(content), {}).items():
        if not (field == "name" and whole.get("may_publish")):  # who wants to be named may be
            yield what, whole[field]


def _event(said: e.Said | None, found: Secrets) -> None:
    if said is None:
        return
    found.add("operator id", said.by)
    found.add("serial", getattr(said, "serial", None))
    disk = getattr(said, "disk", None)
    if disk is not None:
        found.add("disk serial", disk.serial)
        found.add("disk serial", disk.wwn)
    if isinstance(said, e.CaseEntered | e.HandedOver | e.BatchTakenOut):
        found.add("school", said.school)


# ---- where it is looked for ----


class Body(Struct, frozen=True):
    """One answer that anybody gets."""

    address: str
    kind: str
    status: int
    raw: bytes

    @property
    def text(self) -> str:
        """As a reader or a program sees it, with what is packed in it opened."""
        text = self.raw.decode("utf-8", "replace")
        if self.kind.startswith("text/html"):
            return unescape(text)
        return f"{text}\n{_opened(self.raw)}" if "json" in self.kind else text

    @property
    def page(self) -> Any:
        """Its parts, where it is a page."""
        is_page = self.kind.startswith("text/html") and self.raw
        return html.fromstring(self.raw) if is_page else None


def _opened(raw: bytes) -> str:
    """The headers in a ledger file, as bytes that may hold codes and words."""
    found = []
    for line in raw.splitlines():
        try:
            core = msgspec.json.decode(line).get("core", "")
            found.append(b64decode(core).decode("latin-1"))
        except (msgspec.MsgspecError, AttributeError, TypeError, NotBase64):
            continue
    return "\n".join(found)


def crawled(address: str, begin: Iterable[str]) -> list[Body]:
    """Every answer that links and search forms lead to, and whatever was named to begin with."""
    waiting, known, found = deque(begin), set(begin), []
    with httpx.Client(base_url=address, timeout=60) as client:
        while waiting:
            path = waiting.popleft()
            answer = client.get(path)
            kind = answer.headers.get("Content-Type", "")
            body = Body(path, kind, answer.status_code, answer.content)
            found.append(body)
            for link in _links(body, answer.headers.get("Location")):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
            assert len(known) < MOST, "it never ends"
    return found


def _links(body: Body, location: str | None) -> Iterator[str]:
    told = [location] if location else []
    if body.page is not None:
        told += body.page.xpath("//a/@href | //link/@href")
        for form in body.page.xpath("//form[@method='get']"):
            told += _searches(form)
    for link in told:
        parts = urlsplit(urljoin(f"http://here{body.address}", link))
        if parts.netloc == "here":
            yield urlunsplit(("", "", parts.path, parts.query, ""))


def _searches(form: Any) -> Iterator[str]:
    """A form with each choice that one of its lists offers."""
    for field in form.xpath(".//select"):
        for value in field.xpath("./option/@value"):
            yield f"{form.get('action')}?{field.get('name')}={value}"


# ---- what was found ----


def leaks(bodies: Iterable[Body], secrets: Secrets) -> list[str]:
    """Each secret that stands in an answer: what, and where."""
    rows = {row.hex() for row in secrets.rows} | {b64encode(row).decode() for row in secrets.rows}
    long = [
        (what, word.casefold())
        for what, words in secrets.words.items()
        for word in words - secrets.named
        if len(word) >= SHORTEST or not word.isalnum()  # no hash has a dot
    ]
    spaceless = [(what, word.replace(" ", "")) for what, word in long if what == "phone"]
    short = [
        (what, word)
        for what, words in secrets.words.items()
        for word in words
        if len(word) < SHORTEST
    ]
    found: list[str] = []
    for body in bodies:
        text = body.text.casefold()
        found += [f"{what} {word!r} at {body.address}" for what, word in long if word in text]
        found += [f"{what} {word!r} at {body.address}" for what, word in spaceless if word in text]
        found += [f"people row at {body.address}" for row in rows if row.casefold() in text]
        found += [f"MAC {mac} at {body.address}" for mac in MAC.findall(body.text)]
        told = set(_words(body))
        found += [f"{what} {word!r} at {body.address}" for what, word in short if word in told]
    return found


def _words(body: Body) -> Iterator[str]:
    """What stands in a page, in a table, or in the short texts of an answer to a program."""
    if body.page is not None:
        yield from re.findall(r"\w+", body.page.text_content())
    elif "json" in body.kind:
        for text in re.findall(r'"([^"\\]*)"', body.raw.decode("utf-8", "replace")):
            if len(text) < LONGEST_WORDS and not text.endswith("="):
                yield from re.findall(r"\w+", text)
    elif body.kind.startswith("text/"):
        yield from re.findall(r"\w+", body.text)


def devices_beside_cases(bodies: Iterable[Body], devices: Iterable[str]) -> list[str]:
    """Answers in which a device and a case stand both, or a case stands anywhere but on lists."""
    known = set(devices)
    found = []
    for body in bodies:
        text = body.text
        here = {_plain(code) for code in DEVICE.findall(text)} & known
        if here and CASE.search(text):
            found.append(f"{min(here)} beside a case at {body.address}")
    return found


def _plain(code: str) -> str:
    return re.sub(r"\s", "", code)
