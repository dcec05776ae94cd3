"""What a visitor is told where no page can be shown: what is wrong, and what to do."""

from http import HTTPStatus

from litestar.exceptions import HTTPException
from msgspec import Struct

from station.words import _
from sync.central.database import DatabaseUnavailable
from sync.central.limits import TooMany
from sync.central.site.visiting import NoSuchPage

AGAIN_S = 5  # after which a database that is down may be back


class WrongForm(Exception):
    """The form does not come from a page that this browser was shown."""


class NotSignedIn(Exception):
    """Whoever asks must sign in first."""


class MustChange(Exception):
    """The first password must be changed before anything else."""


class Apology(Struct, frozen=True):
    """A page of an error."""

    status: int
    title: str
    words: str
    wait_s: int | None = None


def apology(error: Exception) -> Apology:
    """What to tell; whatever is not known here is our own mistake."""
    match error:
        case NoSuchPage():
            return Apology(
                HTTPStatus.NOT_FOUND,
                _("There is no such page"),
                _("Check the address, or begin at the first page."),
            )
        case WrongForm():
            return Apology(
                HTTPStatus.FORBIDDEN,
                _("The form could not be taken"),
                _(
                    "It was open for too long, or the browser keeps no cookies. "
                    "Go back, load the page again, and send it once more."
                ),
            )
        case TooMany():
            return Apology(
                HTTPStatus.TOO_MANY_REQUESTS,
                _("Too many requests at once"),
                _("Wait a moment, then try again."),
                error.wait_s,
            )
        case DatabaseUnavailable():
            return Apology(
                HTTPStatus.SERVICE_UNAVAILABLE,
                _("The service does not answer at the moment"),
                _("Nothing was changed. Try again in a few minutes."),
                AGAIN_S,
            )
        case HTTPException(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE):
            return too_large()
        case Incomplete():
            return Apology(
                HTTPStatus.BAD_REQUEST, _("The form did not arrive whole"), _("Send it once more.")
            )
    return Apology(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Something went wrong here"),
        _("It was noted. Nothing was changed; try again later."),
    )


class Incomplete(Exception):
    """A form that cannot be read."""


def too_large() -> Apology:
    """More was sent than the form takes."""
    return Apology(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("Too large"),
        _("What was sent is larger than this form takes."),
    )
