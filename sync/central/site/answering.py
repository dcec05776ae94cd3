"""From an HTTP request to a page's function and back; whatever goes wrong is a page, too."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from time import time
from typing import Any
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from station.words import speaking
from sync.central.database import DatabaseUnavailable
from sync.central.observing.logs import mistake
from sync.central.officials import sessions
from sync.central.officials.accounts import Official
from sync.central.problems import Refused
from sync.central.site import cookies, rendering
from sync.central.site.cookies import scheme
from sync.central.site.forms import FORM_FIELD, Typed, Upload, is_token, token_for
from sync.central.site.headers import (
    KEPT_A_MINUTE,
    NOT_KEPT,
    security_headers,
)
from sync.central.site.refusing import (
    Apology,
    Incomplete,
    MustChange,
    NotSignedIn,
    WrongForm,
    apology,
    too_large,
)
from sync.central.site.visiting import (
    LANGUAGES,
    File,
    GoTo,
    NoSuchPage,
    Page,
    Shown,
    View,
    Visit,
)
from sync.central.web import bodies
from sync.central.web.answering import noted_of
from sync.central.web.asking import Central

FORM_S = 60.0  # for a form to arrive whole, over a bad line
MOST_FIELDS = 500
SIGN_IN, PASSWORD = "/dieu-phoi/dang-nhap", "/dieu-phoi/mat-khau"
HTML = "text/html"  # the charset is added

Asking = Request[Any, Any, Any]


def handler_of(view: View, central: Central, threads: CapacityLimiter) -> HTTPRouteHandler:
    """What Litestar routes to."""

    async def answer(request: Asking) -> Response[Any]:
        noted_of(request).question = view.name
        in_thread = partial(to_thread.run_sync, limiter=threads)
        known = await in_thread(partial(_let_in, view, central, request))
        if not isinstance(known, Known):  # nothing of what they sent is read
            return known
        sent = await _sent(request) if view.method == "POST" else Typed()
        return await in_thread(partial(_answered, view, central, request, known, sent))

    answer.__name__ = view.name
    methods = [view.method, "HEAD"] if view.method == "GET" else [view.method]
    return HTTPRouteHandler(
        view.path.replace("}", ":str}"),
        http_method=methods,  # type: ignore[arg-type] # names of Litestar's
        name=view.name + view.method,
        request_max_body_size=view.largest,
        status_code=HTTPStatus.OK,
    )(answer)


# ---- one visit ----


@dataclass(frozen=True)
class Known:
    """Who asks, before anything they sent is read."""

    address: str
    now_s: int
    session: str = field(repr=False)
    official: Official | None
    holder: str = field(repr=False)  # what their forms are bound to; "" before the first page


def _let_in(view: View, central: Central, request: Asking) -> Known | Response[Any]:
    language = _language(request)
    with speaking(language):
        try:
            return _known(view, central, request)
        except Exception as error:
            return _refusal(request, central, language, error)


def _known(view: View, central: Central, request: Asking) -> Known:
    address = request.client.host if request.client else ""
    limits = central.limits
    posts = view.method == "POST"
    (limits.forms if posts and view.roles is None else limits.strangers).take(address)
    now_s = int(time())
    session = request.cookies.get(cookies.name_of(request, cookies.SESSION), "")
    official = sessions.of(central.engine, session, now_s) if session else None
    if posts and official is None and view.roles is not None:
        raise WrongForm  # what was typed is still there when they go back and sign in
    _require_role(view, official)
    visitor = request.cookies.get(cookies.name_of(request, cookies.VISITOR), "")
    return Known(address, now_s, session, official, session if official else visitor)


def _answered(
    view: View, central: Central, request: Asking, known: Known, sent: Typed | Exception
) -> Response[Any]:
    language = _language(request)
    with speaking(language):
        try:
            if isinstance(sent, Exception):
                raise sent
            visit = _visit(view, central, request, known, sent)
            return _response(request, central, visit, view.show(visit))
        except Exception as error:
            return _refusal(request, central, language, error)


def _visit(view: View, central: Central, request: Asking, known: Known, typed: Typed) -> Visit[Any]:
    """Check what was sent, and read the address; raises what `_refusal` knows."""
    if view.method == "POST":
        _require_own_form(request, central, known.holder, typed)
    noted, official = noted_of(request), known.official
    if official is not None:
        noted.program = f"official {official.name}"
    query = {name: request.query_params.getall(name)[-1] for name in request.query_params}
    try:
        where = bodies.where_of(view.where, query | request.path_params)
    except Refused as error:
        raise NoSuchPage from error
    holder = known.holder or secrets.token_urlsafe(16)
    cookies.hold(request, holder)
    return Visit(
        central, where, typed, known.now_s, _language(request), known.address,
        token_for(central.own.forms, holder), noted, known.session, official,
    )  # fmt: skip


def _require_role(view: View, official: Official | None) -> None:
    """Whoever may not see a page is told no more than of one that is not there."""
    if view.roles is None:
        return
    if official is None:
        raise NotSignedIn
    if official.role not in view.roles:
        raise NoSuchPage
    if official.must_change and view.path != PASSWORD:
        raise MustChange


def _require_own_form(request: Asking, central: Central, holder: str, typed: Typed) -> None:
    """A form counts from our own pages alone: its hidden word, and what the browser says."""
    said = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    own = origin in {None, "null"} or urlsplit(origin or "").netloc == request.headers.get("Host")
    if said not in {"same-origin", "none"} or not own:
        raise WrongForm
    if not is_token(central.own.forms, holder, typed.raw(FORM_FIELD)):
        raise WrongForm


async def _sent(request: Asking) -> Typed | Exception:
    """What a form holds, or why it cannot be read."""
    try:
        return await _typed(request)
    except HTTPException as error:
        too_much = error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return error if too_much else Incomplete()
    except (TimeoutError, ValueError):
        return Incomplete()


async def _typed(request: Asking) -> Typed:
    async with asyncio.timeout(FORM_S):
        form = await request.form()
        values: dict[str, list[str]] = {}
        files: dict[str, Upload] = {}
        for place, (name, value) in enumerate(form.multi_items()):
            if place >= MOST_FIELDS:
                raise ValueError("more fields than any form of ours has")
            if isinstance(value, UploadFile):
                files[name] = Upload(value.filename, await value.read())
            else:
                values.setdefault(name, []).append(str(value))
        return Typed(values, files)


# ---- answers ----


def _response(request: Asking, central: Central, visit: Visit[Any], shown: Shown) -> Response[Any]:
    headers = security_headers(scheme(request))
    match shown:
        case Page():
            return _page(request, central, visit, shown, headers)
        case GoTo():
            headers |= {"Location": shown.address, "Cache-Control": NOT_KEPT}
            held = [] if shown.session is None else [cookies.session(request, shown.session)]
            return Response(b"", status_code=HTTPStatus.SEE_OTHER, headers=headers, cookies=held)
        case File():
            return _file(request, shown, headers)


def _page(
    request: Asking, central: Central, visit: Visit[Any], page: Page, headers: dict[str, str]
) -> Response[bytes]:
    if page.version is not None and visit.by is None:
        tag = f'"{_digest(page.version, visit.language)}"'
        headers |= {"ETag": tag, "Cache-Control": KEPT_A_MINUTE}
        if _has(request, tag):
            return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    else:
        headers["Cache-Control"] = NOT_KEPT
    body = page_body(central, visit.language, page, visit)
    kept = page.version is not None and visit.by is None
    given = [] if kept or visit.by else cookies.for_visitor(request)
    return Response(body, status_code=page.status, media_type=HTML, headers=headers, cookies=given)


def page_body(central: Central, language: str, page: Page, visit: Visit[Any] | None) -> bytes:
    """A page as bytes."""
    values = dict(page.values) | {
        "typed": visit.typed if visit else Typed(),
        "form_token": visit.form_token if visit else "",
        "official": visit.by if visit else None,
    }
    reference = central.words.now()
    today = visit.today if visit else reference.programme.day(int(time()))
    return rendering.rendered(page.template, language, reference, today, values)


def _file(request: Asking, file: File, headers: dict[str, str]) -> Response[Any]:
    way = "inline" if file.inline else "attachment"
    headers |= {"Content-Disposition": f'{way}; filename="{file.name}"', "Cache-Control": NOT_KEPT}
    if file.version is not None:
        tag = f'"{_digest(file.version, "")}"'
        headers |= {"ETag": tag, "Cache-Control": KEPT_A_MINUTE}
        if _has(request, tag):
            return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if isinstance(file.body, bytes):
        return Response(file.body, media_type=file.media, headers=headers)
    return Stream(_chunks(file.body), media_type=file.media, headers=headers)


def _chunks(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines in pieces worth sending."""
    piece, size = [], 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= 2**16:
            yield b"".join(piece)
            piece, size = [], 0
    yield b"".join(piece)


def _has(request: Asking, tag: str) -> bool:
    """Whether whoever asks has this version: an ETag may come back marked as weak by a proxy."""
    known = request.headers.get("If-None-Match", "")
    return tag in {one.strip().removeprefix("W/") for one in known.split(",")}


def _digest(version: str, language: str) -> str:
    return sha256(f"{version} {language} {rendering.build()}".encode()).hexdigest()[:24]


# ---- refusals ----


def not_served(central: Central, request: Asking, status: HTTPStatus) -> Response[Any]:
    """What Litestar refuses before any page was found, for somebody who reads HTML."""
    language = _language(request)
    with speaking(language):
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _sorry(request, central, language, too_large())
        return _refusal(request, central, language, NoSuchPage())


def _refusal(request: Asking, central: Central, language: str, error: Exception) -> Response[Any]:
    if isinstance(error, NotSignedIn | MustChange):
        to = SIGN_IN if isinstance(error, NotSignedIn) else PASSWORD
        headers = security_headers(scheme(request))
        headers |= {"Location": rendering.linked(to, language), "Cache-Control": NOT_KEPT}
        return Response(b"", status_code=HTTPStatus.SEE_OTHER, headers=headers)
    told = apology(error)
    if told.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        mistake(error)
    return _sorry(request, central, language, told)


def _sorry(request: Asking, central: Central, language: str, told: Apology) -> Response[bytes]:
    noted_of(request).code = f"page_{told.status}"
    page = Page("error.html", {"title": told.title, "words": told.words}, told.status)
    try:
        body = page_body(central, language, page, None)
    except DatabaseUnavailable:  # not even the programme's words
        body = f"<!DOCTYPE html><title>{told.title}</title><p>{told.words}</p>".encode()
    headers = security_headers(scheme(request)) | {"Cache-Control": NOT_KEPT}
    if told.wait_s is not None:
        headers["Retry-After"] = str(told.wait_s)
    return Response(body, status_code=told.status, media_type=HTML, headers=headers)


def _language(request: Asking) -> str:
    asked = request.query_params.get("lang", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]
