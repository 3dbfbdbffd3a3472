"""What somebody can do instead of what was refused, rule by rule. Each sentence is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from .ending import ENDING_INSTEAD

INSTEAD: Final[Mapping[str, str]] = {
    **ENDING_INSTEAD,
    "this_is_not_for_you": _("Ask the lead who does this, or read the clause in the published code."),
    "a_link_opens_once": _("If it was not you who used it, tell the lead at once. A new link is made in a minute."),
    "a_link_opens_in_time": _("Ask the lead for a new one; it is made in a minute."),
    "only_a_holder_opens": _("Ask the counselor who holds the case. Nobody can add himself."),
    "only_the_care_team_opens": _("Ask the counselor who holds the case. Nobody can add himself."),
    "only_who_holds_a_case_hands_it_on": _("Ask the counselor who holds the case. Nobody can add himself."),
    "the_first_full_record_waits_for_the_signature": _(
        "The draft stays sealed to you. Hand the device over, so that the client reads and signs; or note a signature on "
        "paper. Nobody can sign for somebody else."
    ),
    "the_first_full_record_waits_for_what_is_listed": _(
        "The draft stays sealed to you. Say for each situation on this page whether it was understood; "
        "“again next time” is an answer too."
    ),
    "a_caller_learns_nothing_without_a_disclosure": _(
        "Say: “I will ask the lead to call you back.” Nothing more is needed on the phone. Whether anything may be told is "
        "decided afterwards and in writing, never alone: lead, a second professional, the steps of EXC-10."
    ),
    "the_first_full_record_waits_for_the_form": _(
        "The draft stays sealed to you. Complete the form with the client; “I come by” and “do not contact me” are answers."
    ),
    "weekly_hours_do_not_overlap": _("Choose one of the free hours below, or end the other hour first."),
    "no_list_is_sorted_by_a_trait": _("The order of time stays. Urgent words are on top because they are urgent."),
    "only_the_duty_team_opens_letters": _("Tell a colleague of the duty team that something is waiting."),
    "a_signed_record_is_never_changed": _("Add what is missing to the record: it stands beside it with its own time."),
    "a_moved_or_altered_text_opens_nothing": _("Nothing is lost yet: tell the steward today, before the copies age."),
    "after_a_familys_no_somebody_else_is_heard": _(
        "Ask a second professional; a call is enough. Then note who it was and when on the page of the file, or the ground. "
        "A first meeting, a brief contact and help in danger never wait for this."
    ),
    "school_files_get_figures_and_nothing_else": _(
        "Give the figures of this page. What a danger requires is reported person by person, to whoever has a task in it."
    ),
    "a_request_is_read_on_duty_until_they_met": _(
        "They have met: what was said belongs to the two of them now. Ask the counselor who holds the case."
    ),
    "leaders_and_stewards_hold_no_desk_key": _(
        "Invite this person for one of the two; somebody else counsels or receives."
    ),
    "what_a_leaver_holds_is_in_other_hands_first": _(
        "Who still can hands each file to a colleague on its page; for the others name who gets it back, by two sheets. "
        "Booked times are moved or cancelled at the desk. Suspending does not wait: it cuts the access at once and loses nothing."
    ),
    "no_student_helper_is_invited": _(
        "Students can help with posters and rooms; names, times and keys stay with colleagues."
    ),
}
