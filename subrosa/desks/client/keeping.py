"""Where and for how long the own file is kept, in one sentence (CON-09)."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from subrosa.records.archive.going import gone
from subrosa.records.school.calendar import school_profile


def kept_how(case: Any) -> str:
    """Place and time of keeping. The day is known once a file went to the archive; until then the rule stands there."""
    if case.state == "destroyed":
        row = gone([case.pk]).get(case.pk)
        if row is None:
            return gettext("The key of this file was destroyed.")
        day = date_format(row.copies_gone_on, "DATE_FORMAT")
        return gettext("The key of this file was destroyed. From %(day)s on no copy of it opens, in no backup.") % {
            "day": day
        }
    if case.retention_until is not None:
        day = date_format(case.retention_until, "DATE_FORMAT")
        return gettext("Your file lies sealed in this center's archive. After %(day)s it is destroyed.") % {"day": day}
    place = gettext("Your file lies sealed in this center's own house and in its sealed backups, nowhere else.")
    years = school_profile()["records.retention_years_after_leaving_school"]
    return place + gettext(" %(years)s years after you leave school it is destroyed.") % {"years": years}
