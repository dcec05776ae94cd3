"""What donors and families read once they sent a form: as valid, labelled and light as any page."""

import httpx
import pytest
from sqlalchemy import Engine

from sync.central.access.secrets import Secrets
from tests.sync.service_process import ServiceProcess
from tests.sync.site import markup
from tests.sync.site.test_direct_gifts_end import a_case, a_gift, stands
from tests.sync.site.test_registering_forms import ASK, GIFT, GIVE, PUPIL, came, hidden, told
from tests.sync.site.visitor import Visitor

HOSTILE = {"phone", "name", "pupil", "note", "need", "school"}
MARKUP = '"><b onclick=x></textarea><script>alert(1)</script>'


class Reader(Visitor):
    """Looks closely at each page."""

    def is_sound(self, status: int) -> None:
        """Whether the page that is open is as every page is."""
        assert self.status == status, self.text
        style = self.all("//link[@rel='stylesheet']/@href")[0]
        weight = len(httpx.get(self.address + style).content)
        assert markup.faults(self.answer, weight) == []
        assert self.answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("page", "filled"), [(GIVE, GIFT), (ASK, PUPIL)], ids=["gift", "pupil"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_answer_to_a_registration_is_a_page_like_others(
    sqlite_process: ServiceProcess, page: str, filled: dict[str, str], language: str
) -> None:
    page = page.replace("lang=en", f"lang={language}")
    status_page = page.replace("?", "/tinh-trang?")
    with Reader(sqlite_process.address) as reader:
        reader.get(page).send({})
        reader.is_sound(422)
        reader.get(page).send(filled | dict.fromkeys(HOSTILE & filled.keys(), MARKUP))
        reader.is_sound(422)

        reader.get(page)
        carried = hidden(reader)
        code, word = told(reader.send(filled))
        reader.is_sound(200)
        reader.get(page).send(filled | carried | {"phone": "0276 382 2222"})
        reader.is_sound(409)

        reader.get(status_page).send({"code": code, "word": "no"})
        reader.is_sound(422)
        reader.get(status_page).send({"code": code, "word": word})
        reader.is_sound(200)
        reader.send({}, action="rut")
        reader.is_sound(422)
        reader.send({"sure": "1"}, action="rut")
        reader.is_sound(200)
        assert reader.all("/html/@lang") == [language]
        for link in reader.all("//footer//a[@hreflang]/@href"):
            reader.get(reader.answer.url.join(link).raw_path.decode())
            assert reader.status == 200


def test_a_gift_that_came_in_or_is_agreed_on_is_a_page_like_others(
    process: ServiceProcess, engine: Engine, own: Secrets
) -> None:
    with Reader(process.address) as reader:
        stands(reader, "/tang-may", a_gift(engine, own, a_case(engine, own)))
        reader.is_sound(200)

        code, word = told(reader.get(GIVE).send(GIFT))
        came(engine, code)
        reader.get(GIVE.replace("?", "/tinh-trang?")).send({"code": code, "word": word})
        reader.is_sound(200)
        assert "It came in" in reader.text
