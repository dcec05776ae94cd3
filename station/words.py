"""Words for people: English in the code, Vietnamese by default, through gettext catalogs."""

import gettext
from importlib import resources
from pathlib import Path
from typing import Final

DEFAULT_LANGUAGE: Final = "vi"

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak this language ("vi" or "en") from now on; a missing catalog leaves English."""
    global _current, _language  # noqa: PLW0603 -- one process speaks one language, as gettext does
    _language = language
    locale = Path(str(resources.files("resources").joinpath("locale")))
    _current = gettext.translation("station", locale, [language], fallback=True)


def language() -> str:
    """The language spoken now, for words that stand in reference data."""
    return _language


def _(message: str) -> str:
    """Translate one message."""
    return _current.gettext(message)


def _n(singular: str, plural: str, count: int) -> str:
    """Translate a message that counts something."""
    return _current.ngettext(singular, plural, count)


def _c(context: str, message: str) -> str:
    """Translate a short word whose meaning depends on where it stands."""
    return _current.pgettext(context, message)
