"""What was typed into a form: read field by field, and told beside each field what is wrong.

`Typed` keeps everything as it was typed, so that a page shown again has lost nothing.
"""

import hmac
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from station.people import person_name
from station.phone import phone_number
from station.text import (
    BadText,
    ControlCharacter,
    LegacyEncoding,
    NotAPhone,
    PhoneAsName,
    TooLong,
    clean,
)
from station.words import _

FORM_FIELD = "form"
ONE_LINE, WORDS = 200, 2_000  # characters
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z", re.ASCII)


@dataclass(frozen=True)
class Upload:
    """A file that was sent along."""

    name: str
    body: bytes


@dataclass
class Typed:
    """The fields of a form, and what is wrong with them."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        """As it was typed; what is there twice counts once."""
        found = self.values.get(name, ())
        return found[0] if found else ""

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.raw(name))

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may have several."""
        return tuple(self.values.get(name, ()))

    def fail(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field; the first word counts."""
        self.errors.setdefault(name, sentence)

    def line(self, name: str, *, required: bool = False, limit: int = ONE_LINE) -> str:
        """One line of words."""
        return self._words(name, limit, required=required, multiline=False)

    def words(self, name: str, *, required: bool = False, limit: int = WORDS) -> str:
        """Several lines of words."""
        return self._words(name, limit, required=required, multiline=True)

    def phone(self, name: str, *, required: bool = False) -> str:
        """A telephone number as it is kept."""
        typed = self._words(name, 40, required=required, multiline=False)
        if not typed:
            return ""
        try:
            return phone_number(typed)
        except NotAPhone:
            self.fail(name, _("This is no telephone number: 10 digits, such as 0912 345 678."))
            return ""

    def name(self, name: str, *, required: bool = False) -> str:
        """The name of a person or an organisation."""
        typed = self.line(name, required=required)
        try:
            return person_name(typed)
        except PhoneAsName:
            self.fail(name, _("This is a telephone number, not a name."))
            return ""

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A day, as browsers send it or as people write it: 31/12/2026."""
        typed = self.line(name, required=required, limit=20)
        if not typed:
            return None
        written = _DAY.match(typed)
        try:
            if written:
                day, month, year = map(int, written.groups())
                return date(year, month, day)
            return date.fromisoformat(typed)
        except ValueError:
            self.fail(name, _("Write the day as 31/12/2026."))
            return None

    def number(self, name: str, least: int, most: int, *, required: bool = False) -> int | None:
        """A whole number within limits."""
        typed = self.line(name, required=required, limit=20)
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
            text = _("Give a whole number from {least} to {most}.")
            self.fail(name, text.format(least=least, most=most))
            return None
        return int(typed)

    def choice(self, name: str, among: Collection[str], *, required: bool = False) -> str | None:
        """One of these; what no page offered is told as not chosen."""
        typed = self.raw(name)
        if typed in among:
            return typed
        if required or typed:
            self.fail(name, _("Choose one."))
        return None

    def _words(self, name: str, limit: int, *, required: bool, multiline: bool) -> str:
        try:
            typed = clean(self.raw(name), limit, multiline=multiline)
        except BadText as error:
            self.fail(name, _sentence(error, limit))
            return ""
        if required and not typed:
            self.fail(name, _("This is needed."))
        return typed


def _sentence(error: BadText, limit: int) -> str:
    match error:
        case TooLong():
            return _("Too long: at most {count} characters.").format(count=limit)
        case LegacyEncoding():
            return _("Typed in an old encoding. Set the keyboard to Unicode and type it anew.")
        case ControlCharacter():
            return _("There is a character in it that is no text. Type it anew.")
    return _("This cannot be read as text. Type it anew.")


def token_for(key: bytes, holder: str) -> str:
    """What a form carries, so that no other site can send one in this browser's name."""
    return hmac.new(key, b"form " + holder.encode(), sha256).hexdigest()


def is_token(key: bytes, holder: str, token: str) -> bool:
    """Whether a form came from a page that was shown to this browser."""
    expected = token_for(key, holder)
    return bool(holder) and hmac.compare_digest(expected.encode(), token.encode())
