"""What is asked of every page: valid, readable without sight, light, and nothing from elsewhere."""

import re
import subprocess
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import httpx
from lxml import html

LIGHTEST_SCREEN = 60_000  # bytes of a page with its style
FIELDS = "//input[not(@type='hidden')] | //select | //textarea"
# what tidy of 2021 says of HTML that the standard allows
OUTDATED = re.compile(
    r"proprietary attribute \"(?:inputmode|autocomplete|aria-current)\""
    r"|<title> proprietary attribute \"id\""
)

SECURITY = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Cache-Control",
}


def faults(answer: httpx.Response, style_bytes: int) -> list[str]:
    """Everything that is wrong with a page; nothing where it is as it should be."""
    page = html.fromstring(answer.content)
    return [
        *invalid(answer.content),
        *unlabelled(page),
        *unmarked(page),
        *foreign(page, str(answer.url)),
        *missing_headers(answer),
        *too_heavy(answer, style_bytes),
    ]


def invalid(body: bytes) -> list[str]:
    """What Debian's tidy has against it, but for what it is too old to know."""
    told = subprocess.run(
        ["tidy", "-quiet", "-errors", "--show-info", "no", "--mute", "MISSING_ATTR_SUMMARY"],
        input=body,
        capture_output=True,
        check=False,
    )
    lines = told.stderr.decode().splitlines()
    return [line for line in lines if "<table> lacks" not in line and not OUTDATED.search(line)]


def unlabelled(page: Any) -> list[str]:
    """Fields without words, buttons and links without any, and names that stand twice."""
    ids = [one.get("id") for one in page.xpath("//*[@id]")]
    twice = {f"the id {id_} stands twice" for id_ in ids if ids.count(id_) > 1}
    labels = set(page.xpath("//label/@for"))
    fields = [
        f"no label: {field.get('name')}"
        for field in page.xpath(FIELDS)
        if field.get("id") not in labels and not field.get("aria-label")
    ]
    silent = [
        f"no words: {html.tostring(one)!r}"
        for one in page.xpath("//a | //button")
        if not one.text_content().strip() and not one.get("aria-label")
    ]
    described = [
        f"describes nothing: {name}"
        for names in page.xpath("//*/@aria-describedby | //*/@aria-labelledby")
        for name in names.split()
        if name not in ids
    ]
    several = [  # the Nu checker says so, and tidy does not know
        "several lines of an address in a field of one"
        for _ in page.xpath("//input[@autocomplete='street-address']")
    ]
    return [*twice, *fields, *silent, *described, *several]


def unmarked(page: Any) -> list[str]:
    """Whoever hears a page finds its parts: one heading, one main part, a title and language."""
    found = []
    if len(page.xpath("//main")) != 1 or len(page.xpath("//h1")) != 1:
        found.append("not one main part with one heading")
    if not page.xpath("string(//title)").strip() or not page.xpath("/html/@lang"):
        found.append("no title or no language")
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4")]
    if any(later > earlier + 1 for earlier, later in pairwise(levels)):
        found.append(f"headings jump: {levels}")
    if page.xpath("//header//nav[not(@aria-label)]"):
        found.append("a menu without a name")
    if page.xpath("//table[not(caption)]"):
        found.append("a table without a caption")
    if page.xpath("//th[not(@scope)]"):
        found.append("a head of a table that says not of what")
    return found


def foreign(page: Any, address: str) -> list[str]:
    """Scripts, styles within the page, and whatever would be fetched from elsewhere."""
    own = urlsplit(address).netloc
    fetched = page.xpath("//link/@href | //img/@src | //iframe/@src | //*/@srcset | //source/@src")
    found = [f"from elsewhere: {one}" for one in fetched if urlsplit(one).netloc not in {"", own}]
    if page.xpath("//script | //*[@style] | //style | //*[starts-with(name(@*), 'on')]"):
        found.append("a script or a style within the page")
    return found


def missing_headers(answer: httpx.Response) -> list[str]:
    """Security headers that an answer lacks."""
    return [f"no {name}" for name in sorted(SECURITY) if name not in answer.headers]


def too_heavy(answer: httpx.Response, style_bytes: int) -> list[str]:
    """With its style, as it comes unpacked."""
    weight = len(answer.content) + style_bytes
    return [f"{weight} bytes"] if weight >= LIGHTEST_SCREEN else []
