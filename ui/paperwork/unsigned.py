"""Papers that must come back with signatures and did not: which, and since when."""

from datetime import date
from typing import Final

from station.paper import Paper
from station.ports import PointStore

MOST: Final = 200  # the oldest; a point that waits for more has another problem than this list


def unsigned_papers(store: PointStore, today: date) -> tuple[Paper, ...]:
    """The oldest first. What was made today is being signed; what was made anew is not awaited."""
    waiting = store.unsigned_papers(MOST)
    old = (paper for paper in waiting if paper.on is not None and paper.on < today)
    return tuple(paper for paper in old if _is_the_last(paper, store))


def _is_the_last(paper: Paper, store: PointStore) -> bool:
    """No paper of the same kind was made of the same things since."""
    if not paper.about:
        return True
    alike = (
        other
        for other in store.papers_about(paper.about[0])  # the newest first
        if (other.paper, other.about) == (paper.paper, paper.about)
    )
    return next(alike, paper).code == paper.code
