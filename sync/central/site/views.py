"""Every page of the site."""

from sync.central.site import home, journey_page, signing_in
from sync.central.site.console import (
    allotment,
    applications,
    desk,
    disputes,
    likenesses,
    lists,
    log,
    offers,
    points,
    reports,
)
from sync.central.site.visiting import View

VIEWS: tuple[View, ...] = (
    *home.VIEWS,
    *journey_page.VIEWS,
    *signing_in.VIEWS,
    *desk.VIEWS,
    *offers.VIEWS,
    *applications.VIEWS,
    *likenesses.VIEWS,
    *lists.VIEWS,
    *reports.VIEWS,
    *allotment.VIEWS,
    *points.VIEWS,
    *disputes.VIEWS,
    *log.VIEWS,
)
