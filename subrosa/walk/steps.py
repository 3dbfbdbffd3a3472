"""The steps of the walk in their order: a module of steps for each part of the house."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    steps_agreement,
    steps_booking,
    steps_code,
    steps_credentials,
    steps_drafts,
    steps_duty,
    steps_end,
    steps_ending,
    steps_files,
    steps_first,
    steps_founding,
    steps_keys,
    steps_leaving,
    steps_letters,
    steps_merging,
    steps_minors,
    steps_outreach,
    steps_reception,
    steps_renewal,
    steps_school,
    steps_session,
)
from .walk import Walk

EVERY: tuple[Callable[[Walk], None], ...] = (
    *steps_founding.STEPS,
    *steps_credentials.STEPS,
    *steps_code.STEPS,
    *steps_school.STEPS,
    *steps_duty.CALENDAR,
    *steps_booking.STEPS,
    *steps_session.STEPS,
    *steps_agreement.UNDERSTOOD,
    *steps_drafts.STEPS,
    *steps_session.RECORD_STEPS,
    *steps_files.STEPS,
    *steps_agreement.STEPS,
    *steps_renewal.STEPS,
    *steps_keys.STEPS,
    *steps_outreach.STEPS,
    *steps_reception.STEPS,
    *steps_first.STEPS,
    *steps_letters.STEPS,
    *steps_merging.STEPS,
    *steps_ending.STEPS,
    *steps_minors.STEPS,
    *steps_credentials.ENDED,
    *steps_end.STEPS,
    *steps_duty.LATE,
    *steps_leaving.STEPS,
)
