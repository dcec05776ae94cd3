"""Templates of `resources/site/` filled in: every word through gettext, everything else escaped."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from station.codes import grouped
from station.reference import Reference
from station.words import _, _c, _n, speaking
from sync.central.site.forms import FORM_FIELD

FOLDER = resources.files("resources").joinpath("site")
STYLE, ICON = "site.css", "favicon.svg"


@cache
def environment() -> Environment:
    """Where templates are found, and what each of them may call."""
    made = Environment(
        loader=FileSystemLoader(str(FOLDER)),
        autoescape=True,
        undefined=StrictUndefined,  # a value that was forgotten is a mistake, not an empty place
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals |= {"_": _escaped(_), "_n": _escaped(_n), "_c": _escaped(_c)}
    made.filters |= {"grouped": grouped, "day": day, "month": month, "number": number}
    return made


def _escaped(words: Callable[..., str]) -> Callable[..., Markup]:
    """Words are ours and safe; what `.format` puts into them is not, and is escaped by Markup."""

    def safe(*arguments: Any) -> Markup:
        return Markup(words(*arguments))  # noqa: S704 -- a message of the catalog

    return safe


def rendered(
    template: str, language: str, reference: Reference, today: date, values: Mapping[str, Any]
) -> bytes:
    """The bytes of a page in a language."""

    def link(address: str, **query: Any) -> str:
        """An address of this site in the language that is read now."""
        return linked(address, language, query)

    with speaking(language):
        made = environment().get_template(template)
        shared = {
            "language": language,
            "programme": reference.programme.name(language),
            "run_by": reference.answering(today).word(language),
            "phone": reference.programme.contact.phone,
            "programme_short": reference.programme.short(language),
            "link": link,
            "style": f"/{style_name()}",
            "token_field": FORM_FIELD,
        }
        return made.render(shared | dict(values)).encode()


def linked(address: str, language: str, query: Mapping[str, Any] | None = None) -> str:
    """An address with its query; Vietnamese needs none."""
    from urllib.parse import urlencode  # noqa: PLC0415 -- one caller

    told = {name: value for name, value in (query or {}).items() if value not in {None, ""}}
    if language != "vi":
        told["lang"] = language
    return f"{address}?{urlencode(told)}" if told else address


@cache
def style() -> bytes:
    """The one style sheet."""
    return FOLDER.joinpath(STYLE).read_bytes()


@cache
def style_name() -> str:
    """Its name, which changes with it, so that it may be kept for good."""
    return f"site-{sha256(style()).hexdigest()[:12]}.css"


@cache
def icon() -> bytes:
    """What stands before the name of a page."""
    return FOLDER.joinpath(ICON).read_bytes()


@cache
def build() -> str:
    """What changes with the templates and the style: a part of every version."""
    digest = sha256(style())
    for file in sorted(FOLDER.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".html"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


# ---- how values are written ----


def day(value: date | datetime | None) -> str:
    """31/12/2026."""
    return "" if value is None else value.strftime("%d/%m/%Y")


def month(value: date | None) -> str:
    """12/2026."""
    return "" if value is None else value.strftime("%m/%Y")


def number(value: int) -> str:
    """12.345, as it is written here."""
    return f"{value:,}".replace(",", ".")
