"""Time left, in words that one reads without counting: "until 18:00 today", "since noon yesterday"."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.records.school.calendar import zone

A_WEEK = 7
NIGHT, NOON = time(23, 59), time(12)
# By the hour (the end of a day, noon, any other) and by the day (today, the one beside it, a weekday, a date).
UNTIL = {
    "night": (_("until tonight"), _("until tomorrow night"), _("until %(weekday)s night"), _("until %(date)s")),
    "noon": (
        _("until noon today"),
        _("until noon tomorrow"),
        _("until noon on %(weekday)s"),
        _("until noon on %(date)s"),
    ),
    "hour": (
        _("until %(time)s today"),
        _("until %(time)s tomorrow"),
        _("until %(time)s on %(weekday)s"),
        _("until %(time)s on %(date)s"),
    ),
}
SINCE = {
    "night": (_("since tonight"), _("since last night"), _("since %(weekday)s night"), _("since %(date)s")),
    "noon": (
        _("since noon today"),
        _("since noon yesterday"),
        _("since noon on %(weekday)s"),
        _("since noon on %(date)s"),
    ),
    "hour": (
        _("since %(time)s today"),
        _("since %(time)s yesterday"),
        _("since %(time)s on %(weekday)s"),
        _("since %(date)s"),
    ),
}


def end_of_today(at: datetime) -> datetime:
    """The last minute of this day at the school."""
    return datetime.combine(at.astimezone(zone()), NIGHT, zone())


def until(moment: datetime, at: datetime) -> str:
    """A moment ahead."""
    return _words(UNTIL, moment, at, 1)


def since(moment: datetime, at: datetime) -> str:
    """A moment that has passed."""
    return _words(SINCE, moment, at, -1)


def _words(table: dict[str, tuple[str, str, str, str]], moment: datetime, at: datetime, way: int) -> str:
    there, now = moment.astimezone(zone()), at.astimezone(zone())
    hour = {NIGHT: "night", NOON: "noon"}.get(there.time().replace(second=0, microsecond=0), "hour")
    days = way * (there.date() - now.date()).days
    today, beside, weekday, dated = table[hour]
    said = today if days <= 0 else beside if days == 1 else weekday if days < A_WEEK else dated
    return gettext(said) % {
        "time": there.strftime("%H:%M"),
        "weekday": WEEKDAYS[there.weekday()],
        "date": _date(there.date(), now.date()),
    }


def _date(day: date, today: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")
