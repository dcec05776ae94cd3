"""Every page of the site."""

from sync.central.site import (
    ask_form,
    case_list_page,
    give_form,
    home,
    journey_page,
    ledger_page,
    numbers_page,
    rights_form,
    signing_in,
    standing_pages,
)
from sync.central.site.console import (
    allotment,
    applications,
    desk,
    disputes,
    gifts,
    likenesses,
    lists,
    log,
    offers,
    points,
    reports,
    requests,
)
from sync.central.site.visiting import View

VIEWS: tuple[View, ...] = (
    *home.VIEWS,
    *give_form.VIEWS,
    *ask_form.VIEWS,
    *standing_pages.VIEWS,
    *journey_page.VIEWS,
    *numbers_page.VIEWS,
    *case_list_page.VIEWS,
    *ledger_page.VIEWS,
    *rights_form.VIEWS,
    *signing_in.VIEWS,
    *desk.VIEWS,
    *offers.VIEWS,
    *gifts.VIEWS,
    *applications.VIEWS,
    *likenesses.VIEWS,
    *lists.VIEWS,
    *reports.VIEWS,
    *allotment.VIEWS,
    *points.VIEWS,
    *disputes.VIEWS,
    *requests.VIEWS,
    *log.VIEWS,
)
