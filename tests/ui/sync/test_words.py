"""How a round of sync ended, in a person's words."""

import pytest

from station.ledger import ChainId
from station.reference import load
from sync import problems
from sync.course import Round
from sync.enrolling import OtherPoint
from sync.pull import Came
from sync.push import Pushed
from ui.sync.words import NEEDS, OFFLINE, ending
from ui.theme import Tone
from ui.wording import explain

CHAIN = ChainId(12, 1)
ABOUT_A_CHAIN = (problems.NotEnrolled, problems.Revoked, problems.BadSignature)
PROBLEMS = (
    *(kind(CHAIN) for kind in ABOUT_A_CHAIN),
    problems.Offline(),
    problems.TimedOut(),
    problems.ServiceUnavailable(),
    problems.StrangeAnswer(),
    problems.NotTheService(),
    problems.ServiceRefused("too_odd"),
    problems.IncompleteAnswer(),
    problems.CorruptItem("own", 7),
    problems.ChainAhead(CHAIN, 5),
    problems.ChainStuck(CHAIN, 5),
)


def pushed(**counts: int) -> Pushed:
    return Pushed(
        **{"answered": 0, "disputed": 0, "void": 0, "rejected": 0} | counts, stopped=False
    )


def test_a_quiet_round_says_that_everything_is_there() -> None:
    told = ending(Round(heard=True), load())

    assert (told.tone, told.sentence) == (Tone.OK, "Everything was sent already.")


def test_a_round_tells_what_went_and_what_came() -> None:
    went = Round(pushed=pushed(answered=3), came=Came(events=1, documents=1), heard=True)

    assert ending(went, load()).sentence == "3 records were sent. 2 records came."


def test_what_must_be_settled_is_counted() -> None:
    told = ending(Round(pushed=pushed(answered=3, void=1, disputed=1), heard=True), load())

    assert told.tone is Tone.WARN
    assert "2 must be settled." in told.sentence


def test_what_the_service_lost_is_told() -> None:
    told = ending(Round(pushed=pushed(again=1), heard=True), load())

    assert told.tone is Tone.WARN
    assert told.sentence.startswith("The service had lost 1 record of this point")


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: type(problem).__name__)
def test_each_problem_has_its_sentence(problem: problems.SyncProblem) -> None:
    told = ending(Round(problem=problem), load())

    assert "mistake of the program" not in told.sentence
    assert told.offline is (problem.code in OFFLINE)
    assert told.needs is (problem.code in NEEDS)
    assert (told.tone is Tone.UNKNOWN) is told.offline


def test_anothers_code_names_its_point() -> None:
    assert "point 013" in explain(OtherPoint(13), load())
