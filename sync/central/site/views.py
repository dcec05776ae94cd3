"""Every page of the site."""

from sync.central.site import desk, home, signing_in
from sync.central.site.visiting import View

VIEWS: tuple[View, ...] = (
    *home.VIEWS,
    *signing_in.VIEWS,
    *desk.VIEWS,
)
