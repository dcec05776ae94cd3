"""The two cookies: an official's session, and the word that a visitor's forms are bound to."""

from dataclasses import replace
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

SESSION, VISITOR = "phien", "khach"

Asking = Request[Any, Any, Any]


def name_of(request: Asking, name: str) -> str:
    """Over TLS a name that no other host and no plain connection can set."""
    return f"__Host-{name}" if scheme(request) == "https" else name


def scheme(request: Asking) -> str:
    """How the browser came, as the proxy says where it is believed."""
    return str(request.scope.get("scheme", "http"))


def hold(request: Asking, holder: str) -> None:
    """Remember what the forms of this answer are bound to."""
    request.scope["holder"] = holder  # type: ignore[typeddict-unknown-key] # ours


def session(request: Asking, word: str) -> Cookie:
    """The session from now on; without a word the one that is held is forgotten."""
    cookie = _made(request, SESSION, word)
    return cookie if word else replace(cookie, max_age=0)


def for_visitor(request: Asking) -> list[Cookie]:
    """Who has no cookie yet gets the one that their forms are bound to."""
    if request.cookies.get(name_of(request, VISITOR)):
        return []
    return [_made(request, VISITOR, request.scope["holder"])]  # type: ignore[typeddict-item]


def _made(request: Asking, name: str, value: str) -> Cookie:
    return Cookie(
        key=name_of(request, name),
        value=value,
        path="/",
        secure=scheme(request) == "https",
        httponly=True,
        samesite="strict",
    )
