"""Somebody with a browser that runs no script: reads pages, fills in forms, follows links."""

from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urljoin

import httpx
from lxml import html


class Visitor:
    """Keeps cookies, and sends what a browser sends."""

    def __init__(self, address: str, *, verify: bool = True) -> None:
        self.address = address
        self._client = httpx.Client(
            base_url=address, follow_redirects=True, timeout=60, verify=verify
        )
        self.answer: httpx.Response
        self._page: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the browser."""
        self._client.close()

    def get(self, path: str, **headers: str) -> Self:
        """Go to an address."""
        self._take(self._client.get(path, headers={"Sec-Fetch-Site": "none"} | headers))
        return self

    def show(self, answer: httpx.Response) -> Self:
        """Go back to a page as it was."""
        self._take(answer)
        return self

    def ask(self, method: str, path: str, data: Mapping[str, Any]) -> httpx.Response:
        """Send what no page offered, as if one had; the page that is open stays."""
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        told = None if method == "GET" else data
        return self._client.request(method, path, data=told, headers=headers)

    def send(
        self,
        values: Mapping[str, Any],
        *,
        action: str | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Self:
        """Fill in the form of this page, the one with such an action if there are several."""
        form = self._form(action, values)
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        data |= values
        data = {name: value for name, value in data.items() if value is not None}
        to = urljoin(str(self.answer.url), form.action or str(self.answer.url))
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        if form.method == "GET":  # what was filled in stands in the address, in place of its query
            self._take(self._client.get(to, params=data, headers=headers))
        else:
            self._take(self._client.post(to, data=data, files=files, headers=headers))
        return self

    def _form(self, action: str | None, values: Mapping[str, Any]) -> Any:
        for form in self._page.forms:
            fits = action is None or action in (form.action or str(self.answer.url))
            if fits and values.keys() <= set(form.fields) | set(values if not values else ()):
                return form
        raise AssertionError(f"no form {action} with {sorted(values)} on {self.answer.url}")

    def _take(self, answer: httpx.Response) -> None:
        self.answer = answer
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        self._page = html.fromstring(answer.content) if is_html and answer.content else None

    # ---- what is to be read ----

    @property
    def status(self) -> int:
        """The status of the last answer."""
        return self.answer.status_code

    @property
    def path(self) -> str:
        """Where the last redirection led."""
        return self.answer.url.path

    @property
    def text(self) -> str:
        """What a person reads of the page."""
        return " ".join(self._page.text_content().split())

    @property
    def heading(self) -> str:
        """The page's own name."""
        return str(self._page.xpath("string(//h1)")).strip()

    def all(self, xpath: str) -> list[Any]:
        """Parts of the page."""
        return list(self._page.xpath(xpath))

    @property
    def wrong(self) -> dict[str, str]:
        """By field, what is said to be wrong."""
        found = self._page.xpath("//p[@class='wrong']")
        return {p.get("id").removesuffix("-wrong"): p.text_content().strip() for p in found}
