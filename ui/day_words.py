"""Days and how long ago they were, as people here write them."""

from datetime import date, datetime

from station.words import _, _n


def day_words(day: date) -> str:
    """Name a day: 09/10/2021."""
    return f"{day:%d/%m/%Y}"


def time_words(at: datetime) -> str:
    """Name a time of the running year: 09/10 14:05."""
    return f"{at:%d/%m %H:%M}"


def left_words(at: datetime, now: datetime) -> str:
    """Name the time when something was left: 14:05 of today, or 09/10 14:05."""
    then = at.astimezone(now.tzinfo)
    return f"{then:%H:%M}" if then.date() == now.date() else time_words(then)


def until_words(at_s: int) -> str:
    """Name a time of any year by this PC's clock: 23:59 11/10/2021."""
    return f"{datetime.fromtimestamp(at_s).astimezone():%H:%M %d/%m/%Y}"


def age_words(since: date, today: date) -> str:
    """Say how long something has stood; a clock set back makes nothing younger than today."""
    days = max((today - since).days, 0)
    if days == 0:
        return _("today")
    if days < 60:
        return _n("{count} day", "{count} days", days).format(count=days)
    months = days // 30
    if months < 24:
        return _n("{count} month", "{count} months", months).format(count=months)
    return _n("{count} year", "{count} years", days // 365).format(count=days // 365)


def since_words(at: datetime, now: datetime) -> str:
    """Say how long ago something of this day or an earlier one was."""
    minutes = max(int((now - at).total_seconds() // 60), 0)
    if minutes == 0:
        return _("just now")
    if minutes < 60:
        return _n("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if minutes < 24 * 60:
        hours = minutes // 60
        return _n("{count} hour", "{count} hours", hours).format(count=hours)
    return age_words(at.date(), now.date())
