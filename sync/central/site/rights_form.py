"""Your data, your rights: what the law gives, a request, and how it stands."""

from msgspec import Struct

from station.codes import BadCode, CodeKind, parse_scan
from station.reference import Table
from station.words import _, language
from sync.central.programme import rights_requests
from sync.central.programme.once import KeyReused
from sync.central.programme.rights import Asking, RightsKind
from sync.central.programme.rights_requests import NewRequest
from sync.central.site.registering import asking as once
from sync.central.site.registering import once_fields
from sync.central.site.visiting import Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

PAGE, STATUS = "/quyen-rieng-tu", "/quyen-rieng-tu/tinh-trang"
ABOUT = (CodeKind.OFFER, CodeKind.CASE)


class Told(Struct, frozen=True):
    """How a request stands, in words."""

    code: str
    words: str


def kind_words() -> dict[str, str]:
    """What may be asked."""
    return {
        RightsKind.SEE: _("See what is kept of me or my child"),
        RightsKind.CORRECT: _("Have something put right"),
        RightsKind.WITHDRAW: _("Take a consent back"),
        RightsKind.ERASE: _("Have the data erased"),
        RightsKind.OBJECT: _("Object to how data are used"),
    }


@shows("GET", PAGE)
def rights_page(visit: Visit[Nowhere]) -> Shown:
    """Say what the law gives, and take a request."""
    return _form(visit)


def _form(visit: Visit[Nowhere], status: int = 200) -> Page:
    relations = visit.reference.entries(Table.RELATIONS)
    values = {
        "kinds": list(kind_words().items()),
        "relations": [(one.id, one.word(language())) for one in relations],
    } | once_fields(visit)
    return Page("rights.html", values, status=status)


@shows("POST", PAGE)
def ask_for_right(visit: Visit[Nowhere]) -> Shown:
    """Keep the request; the word is told this once."""
    typed = visit.typed
    kind = typed.choice("kind", set(RightsKind), required=True)
    name, phone = typed.name("name", required=True), typed.phone("phone", required=True)
    relations = {one.id for one in visit.reference.entries(Table.RELATIONS)}
    relation = typed.choice("relation", relations)
    words, about = typed.words("words"), _about(visit)
    if typed.errors or kind is None:
        return _form(visit, status=422)
    asking = Asking(name=name, phone=phone, words=words, relation=relation or "")
    new = NewRequest(RightsKind(kind), asking, about)
    try:
        asked = rights_requests.ask(visit.engine, visit.own, new, visit.today, once(visit, new))
    except KeyReused:
        return Page("registered_before.html", {"again": PAGE}, status=409)
    return Page("rights_asked.html", {"asked": asked})


def _about(visit: Visit[Nowhere]) -> str | None:
    typed = visit.typed.line("about", limit=60)
    if not typed:
        return None
    try:
        code = parse_scan(typed)
    except BadCode:
        code = None
    if code is None or code.kind not in ABOUT:
        visit.typed.fail("about", _("This is no code of an offer (M…) or an application (H…)."))
        return None
    return code.text


@shows("GET", STATUS)
def rights_status_form(_visit: Visit[Nowhere]) -> Shown:
    """Ask for the code and the word."""
    return Page("rights_status.html", {"told": None})


@shows("POST", STATUS)
def rights_status(visit: Visit[Nowhere]) -> Shown:
    """Say how a request stands; a wrong word is answered as a wrong code."""
    visit.central.limits.tries.take(visit.address)
    code = visit.typed.line("code", required=True, limit=40)
    word = visit.typed.line("word", required=True, limit=40)
    if visit.typed.errors:
        return Page("rights_status.html", {"told": None}, status=422)
    found = rights_requests.status(visit.engine, code, word)
    if found is None:
        visit.typed.fail("word", _("Code and word do not belong together."))
        return Page("rights_status.html", {"told": None}, status=422)
    return Page("rights_status.html", {"told": Told(found.code, _status(visit, found))})


def _status(visit: Visit[Nowhere], found: rights_requests.Request) -> str:
    if found.done_on is not None:
        reason = visit.reference.word(Table.REASONS, found.outcome or "", language())
        done = _("Done on {day}: {outcome}.")
        return done.format(day=f"{found.done_on:%d/%m/%Y}", outcome=reason)
    until = f"{found.do_by:%d/%m/%Y}"
    if found.answered_on is not None:
        return _("It was looked at. What you ask is done by {day} at the latest.").format(day=until)
    answer = _("It waits. You are answered by {day}, and it is done by {until} at the latest.")
    return answer.format(day=f"{found.answer_by:%d/%m/%Y}", until=until)


VIEWS = (rights_page, ask_for_right, rights_status_form, rights_status)
