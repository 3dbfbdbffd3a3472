"""Who can open what a client leaves in the own file, by name: said before anything is written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from subrosa.records.correspondence.queries import readers
from subrosa.records.person.queries import names


def who_opens(case: Any) -> dict[str, Any]:
    """The counselor first, then who has joined; and whether the counselors on duty can, until the first meeting."""
    found = readers(case)
    called = names(found.staff)
    return {"counselor": gettext(", ").join(called[one] for one in found.staff if one in called), "duty": found.duty}
