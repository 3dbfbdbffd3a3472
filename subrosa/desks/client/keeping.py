"""Where and for how long the own file is kept, in one sentence (CON-09)."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from subrosa.records.school.calendar import school_profile


def kept_how(case: Any) -> str:
    """Place and time of keeping. The day is known once a file went to the archive; until then the rule stands there."""
    if case.state == "destroyed":
        return gettext("The key of this file was destroyed: nobody can open it any more, in no copy.")
    place = gettext("Your file lies sealed in this center's own house and in its sealed backups, nowhere else.")
    if case.retention_until is not None:
        day = date_format(case.retention_until, "DATE_FORMAT")
        return place + gettext(" After %(day)s it is destroyed.") % {"day": day}
    years = school_profile()["records.retention_years_after_leaving_school"]
    return place + gettext(" %(years)s years after you leave school it is destroyed.") % {"years": years}
