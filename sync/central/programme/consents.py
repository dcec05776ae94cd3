"""Who agreed to what, to which text: two separate consents, to keep and use, and to publish.

The texts are dated data in `resources/consents/`. Below 7 years the representative agrees, from 7
on the child as well, from 16 on who it is about alone (Luật 91/2025/QH15 điều 24, Luật Trẻ em).
"""

import tomllib
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from station.words import DEFAULT_LANGUAGE
from sync.central import tables as t
from sync.central.programme.applications import (
    CHILD_CONSENTS_FROM,
    OWN_CONSENT_FROM,
    age_on,
)


class Purpose(StrEnum):
    """To what."""

    PROCESS = "process"
    PUBLISH = "publish"


class Giver(StrEnum):
    """Who."""

    DONOR = "donor"
    CHILD = "child"
    REPRESENTATIVE = "representative"
    SELF = "self"


class Way(StrEnum):
    """How it was given."""

    APP = "app"
    FORM = "form"
    PAPER = "paper"


class Given(Struct, frozen=True, order=True):
    """One consent."""

    purpose: Purpose
    by: Giver


class Consented(Struct, frozen=True):
    """All consents that came with one registration."""

    given: frozenset[Given]
    text_version: str
    way: Way

    def to(self, purpose: Purpose, givers: Collection[Giver]) -> bool:
        """Whether each of these agreed to it."""
        return all(Given(purpose, giver) in self.given for giver in givers)


class ConsentMissing(Exception):
    """Somebody whose consent is needed did not agree; `givers` says who."""

    def __init__(self, givers: tuple[Giver, ...]) -> None:
        super().__init__(givers)
        self.givers = givers


class UnknownConsentText(Exception):
    """There is no text of this version, or it is not in force yet."""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One text."""

    vi: str
    en: str

    def word(self, language: str = DEFAULT_LANGUAGE) -> str:
        """What people read."""
        return self.vi if language == DEFAULT_LANGUAGE else self.en


class Texts(Struct, frozen=True, forbid_unknown_fields=True, rename={"own": "self"}):
    """The texts of one version, by who agrees and to what."""

    id: str
    valid_from: date
    donor: dict[Purpose, Words]
    representative: dict[Purpose, Words]
    child: dict[Purpose, Words]
    own: dict[Purpose, Words]

    def words(self, giver: Giver, purpose: Purpose) -> Words:
        """What this giver agrees to."""
        told = {
            Giver.DONOR: self.donor,
            Giver.REPRESENTATIVE: self.representative,
            Giver.CHILD: self.child,
            Giver.SELF: self.own,
        }
        return told[giver][purpose]


@cache
def every_text() -> tuple[Texts, ...]:
    """All versions, oldest first."""
    folder = resources.files("resources").joinpath("consents")
    read = (
        msgspec.convert(tomllib.loads(file.read_text("utf-8")), Texts)
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    )
    return tuple(sorted(read, key=lambda texts: texts.valid_from))


def texts_on(day: date) -> Texts:
    """The version in force on a day."""
    return next(texts for texts in reversed(every_text()) if texts.valid_from <= day)


def texts_of(version: str, day: date) -> Texts:
    """A version that may be agreed to on a day; raises UnknownConsentText."""
    for texts in every_text():
        if texts.id == version and texts.valid_from <= day:
            return texts
    raise UnknownConsentText(version)


def needed(born_on: date | None, day: date) -> tuple[Giver, ...]:
    """Whose consent an application needs; of an age that nobody knows the representative's."""
    if born_on is None:
        return (Giver.REPRESENTATIVE,)
    age = age_on(born_on, day)
    if age >= OWN_CONSENT_FROM:
        return (Giver.SELF,)
    if age >= CHILD_CONSENTS_FROM:
        return (Giver.CHILD, Giver.REPRESENTATIVE)
    return (Giver.REPRESENTATIVE,)


def require(consented: Consented, givers: tuple[Giver, ...]) -> None:
    """Raises ConsentMissing where one of these did not agree that data are kept and used."""
    if missing := lacking(consented, givers):
        raise ConsentMissing(missing)


def lacking(consented: Consented, givers: tuple[Giver, ...]) -> tuple[Giver, ...]:
    """Those of these who did not agree that data are kept and used."""
    return tuple(giver for giver in givers if Given(Purpose.PROCESS, giver) not in consented.given)


def keep(
    connection: Connection,
    code: str,
    consented: Consented,
    givers: Collection[Giver],
    now_s: int,
) -> None:
    """Note the consents of a new registration; those of others than `givers` are none."""
    rows = [
        {
            "code": code,
            "purpose": one.purpose,
            "by": one.by,
            "text_version": consented.text_version,
            "way": consented.way,
            "given_s": now_s,
        }
        for one in sorted(consented.given, key=lambda one: (one.purpose, one.by))
        if one.by in givers
    ]
    if rows:
        connection.execute(insert(t.consent), rows)


def withdraw(connection: Connection, code: str, now_s: int, purpose: Purpose | None = None) -> None:
    """Note that consents hold no more: those to one purpose, or all."""
    table = t.consent.c
    held = [table.code == code, table.withdrawn_s.is_(None)]
    if purpose is not None:
        held.append(table.purpose == purpose)
    connection.execute(update(t.consent).where(*held), {"withdrawn_s": now_s})


def may_be_published(connection: Connection, code: str) -> bool:
    """Whether everybody whose consent it needed to be kept still agrees that it is published."""
    table = t.consent.c
    wanted = select(table.purpose, table.by).where(table.code == code, table.withdrawn_s.is_(None))
    held = connection.execute(wanted).all()
    process, publish = ({row.by for row in held if row.purpose == one} for one in Purpose)
    return bool(process) and process <= publish
