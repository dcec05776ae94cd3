"""What everybody may ask without a token: the figures and the approved list."""

from datetime import date

from msgspec import Struct

from sync.central.numbers import case_list, showing
from sync.central.numbers.showing import Flow, Holding, Numbers
from sync.central.web.asking import JSON, Asked, Nowhere, asks

PAGE = 500


class Given(Struct, frozen=True):
    """Given in one commune or level, as far as it is shown."""

    id: str
    given: int


class PublicNumbers(Struct, frozen=True):
    """The programme in numbers; `made_s` 0 where nothing was counted yet."""

    made_s: int
    day: date
    points: tuple[Holding, ...]
    flows: tuple[Flow, ...]
    communes: tuple[Given, ...]
    communes_rest: int  # given, and not shown in any commune
    levels: tuple[Given, ...]
    levels_rest: int


class PublicCase(Struct, frozen=True, omit_defaults=True):
    """One line of the approved list; without `unit` where it is not told."""

    code: str
    level: str
    unit: str = ""


class PublicCases(Struct, frozen=True):
    """A page of the approved list; the next one is asked for with the last code as `after`."""

    made_s: int
    cases: tuple[PublicCase, ...]
    more: bool


class BehindCode(Struct, frozen=True):
    """Behind which code."""

    after: str = ""


@asks("GET", "/public/numbers", answers=PublicNumbers, as_text=JSON)
def public_numbers(asked: Asked[None, Nowhere]) -> PublicNumbers:
    """Hand out the public figures."""
    today = asked.central.words.now().programme.day(asked.now_s)
    said = showing.shown(asked.engine) or Numbers(0, today)
    return PublicNumbers(
        said.made_s, said.day, said.points, said.flows,
        _given(said.communes), said.communes_rest, _given(said.levels), said.levels_rest,
    )  # fmt: skip


def _given(cells: tuple[showing.Shown, ...]) -> tuple[Given, ...]:
    return tuple(Given(cell.id, cell.given) for cell in cells if cell.given)


@asks("GET", "/public/cases", where=BehindCode, answers=PublicCases, as_text=JSON)
def public_cases(asked: Asked[None, BehindCode]) -> PublicCases:
    """Hand out a page of the approved list."""
    said = case_list.listed(asked.engine)
    behind = [case for case in said.cases if case.code > asked.where.after] if said else []
    page = tuple(PublicCase(case.code, case.level, case.unit) for case in behind[:PAGE])
    return PublicCases(said.made_s if said else 0, page, len(behind) > PAGE)


QUESTIONS = (public_numbers, public_cases)
