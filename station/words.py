"""Words for people: English in the code, Vietnamese by default, through gettext catalogs."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

DEFAULT_LANGUAGE: Final = "vi"


@dataclass(frozen=True)
class _Speech:
    language: str
    catalog: gettext.NullTranslations


_usual = _Speech("en", gettext.NullTranslations())
_for_now: ContextVar[_Speech | None] = ContextVar("speech", default=None)  # of this thread alone


def use(language: str) -> None:
    """Speak this language ("vi" or "en") from now on; a missing catalog leaves English."""
    global _usual  # noqa: PLW0603 -- one process speaks one language, as gettext does
    _usual = _speech(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language meanwhile, in this thread: a paper is Vietnamese whatever a screen is."""
    before = _for_now.set(_speech(language))
    try:
        yield
    finally:
        _for_now.reset(before)


def language() -> str:
    """The language spoken now, for words that stand in reference data."""
    return _now().language


def _(message: str) -> str:
    """Translate one message."""
    return _now().catalog.gettext(message)


def _n(singular: str, plural: str, count: int) -> str:
    """Translate a message that counts something."""
    return _now().catalog.ngettext(singular, plural, count)


def _c(context: str, message: str) -> str:
    """Translate a short word whose meaning depends on where it stands."""
    return _now().catalog.pgettext(context, message)


def _now() -> _Speech:
    return _for_now.get() or _usual


def _speech(language: str) -> _Speech:
    locale = Path(str(resources.files("resources").joinpath("locale")))
    return _Speech(language, gettext.translation("station", locale, [language], fallback=True))
