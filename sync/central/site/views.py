"""Every page of the site."""

from sync.central.site import home, signing_in
from sync.central.site.console import applications, desk, likenesses, offers, reports
from sync.central.site.visiting import View

VIEWS: tuple[View, ...] = (
    *home.VIEWS,
    *signing_in.VIEWS,
    *desk.VIEWS,
    *offers.VIEWS,
    *applications.VIEWS,
    *likenesses.VIEWS,
    *reports.VIEWS,
)
