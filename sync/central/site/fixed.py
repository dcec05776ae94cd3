"""What is the same for everybody and changes with the program alone: style, icon, robots."""

from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from sync.central.site import rendering
from sync.central.site.cookies import scheme
from sync.central.site.headers import KEPT_A_DAY, KEPT_FOR_GOOD, security_headers
from sync.central.web.answering import noted_of

# a device's page may name a donor as long as they want it: no search engine remembers it longer
ROBOTS = b"""User-agent: *
Disallow: /dieu-phoi
Disallow: /so-cai/tai-ve
Disallow: /t/
Disallow: /v1/
"""


def handlers() -> tuple[HTTPRouteHandler, ...]:
    """Their addresses."""
    style = f"/{rendering.style_name()}"
    return (
        _handler("style", style, rendering.style(), "text/css", KEPT_FOR_GOOD),
        _handler("icon", "/favicon.svg", rendering.icon(), "image/svg+xml", KEPT_A_DAY),
        _handler("robots", "/robots.txt", ROBOTS, "text/plain", KEPT_A_DAY),
        # browsers ask for it by themselves
        _handler("no_icon", "/favicon.ico", b"", "image/x-icon", KEPT_A_DAY),
    )


def _handler(name: str, path: str, body: bytes, media: str, kept: str) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
        noted_of(request).question = name
        headers = security_headers(scheme(request)) | {"Cache-Control": kept}
        status = HTTPStatus.OK if body else HTTPStatus.NO_CONTENT
        return Response(body, status_code=status, media_type=media, headers=headers)

    answer.__name__ = name
    return HTTPRouteHandler(path, http_method=["GET", "HEAD"], name=name)(answer)
