"""Officials sign in, change their password, and sign out."""

from station.words import _
from sync.central.officials import accounts, sessions
from sync.central.officials.accounts import MustWait, Official, WeakPassword, WrongPassword
from sync.central.officials.roles import EVERYBODY
from sync.central.site.answering import PASSWORD, SIGN_IN
from sync.central.site.rendering import linked
from sync.central.site.visiting import GoTo, Page, Shown, Visit, shows
from sync.central.web.asking import Nowhere

DESK = "/dieu-phoi"


@shows("GET", SIGN_IN)
def sign_in_form(visit: Visit[Nowhere]) -> Shown:
    """Ask who it is."""
    if visit.by is not None:
        return GoTo(linked(DESK, visit.language))
    return Page("sign_in.html")


@shows("POST", SIGN_IN)
def sign_in(visit: Visit[Nowhere]) -> Shown:
    """Let an official in; the answer to a wrong name is that to a wrong password."""
    visit.central.limits.tries.take(visit.address)
    name = visit.typed.raw("name").strip().casefold()
    try:
        official = accounts.checked(visit.engine, name, visit.typed.raw("password"), visit.now_s)
    except (WrongPassword, MustWait):
        words = _(
            "Name and password do not belong together. After several wrong ones each further "
            "try must wait, up to 15 minutes."
        )
        visit.typed.fail("password", words)
        return Page("sign_in.html", status=422)
    return _welcome(visit, official)


def _welcome(visit: Visit[Nowhere], official: Official) -> Shown:
    if visit.session and visit.by is not None:  # somebody else sat here before
        sessions.end(visit.engine, visit.session, visit.by, visit.now_s)
    word = sessions.begin(visit.engine, official, visit.now_s)
    to = PASSWORD if official.must_change else DESK
    return GoTo(linked(to, visit.language), session=word)


@shows("POST", "/dieu-phoi/dang-xuat", roles=EVERYBODY)
def sign_out(visit: Visit[Nowhere]) -> Shown:
    """End the session."""
    sessions.end(visit.engine, visit.session, visit.official, visit.now_s)
    return GoTo(linked("/", visit.language), session="")


@shows("GET", PASSWORD, roles=EVERYBODY)
def password_form(_visit: Visit[Nowhere]) -> Shown:
    """Ask for a new password."""
    return Page("password.html", {"shortest": accounts.SHORTEST})


@shows("POST", PASSWORD, roles=EVERYBODY)
def change_password(visit: Visit[Nowhere]) -> Shown:
    """Take the new password; every other session of this official ends."""
    visit.central.limits.tries.take(visit.address)
    old, new = visit.typed.raw("old"), visit.typed.raw("new")
    if new != visit.typed.raw("again"):
        visit.typed.fail("again", _("This is not the same as above."))
    else:
        try:
            accounts.change_password(visit.engine, visit.official.name, old, new, visit.now_s)
        except (WrongPassword, MustWait):
            visit.typed.fail("old", _("This is not your present password."))
        except WeakPassword:
            words = _("At least {count} characters, and not the old one.")
            visit.typed.fail("new", words.format(count=accounts.SHORTEST))
    if visit.typed.errors:
        return Page("password.html", {"shortest": accounts.SHORTEST}, status=422)
    sessions.end_others(visit.engine, visit.session, visit.official)
    return GoTo(linked(DESK, visit.language))


VIEWS = (sign_in_form, sign_in, sign_out, password_form, change_password)
