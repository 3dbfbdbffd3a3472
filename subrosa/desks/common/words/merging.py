"""In plain words: the acts and rules about one student behind two clients. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

MERGING_ACTS: Final[Mapping[Act, str]] = {
    Act.PUT_TOGETHER: _("Put two clients together who are one student"),
    Act.CONTINUE_FILE: _("Go on with a file in another one of the same student"),
    Act.TAKE_APART: _("Take apart again what was put together"),
    Act.RESUME_FILE: _("Go on with a file by itself again"),
}

MERGING_WORDS: Final[Mapping[str, str]] = {
    "two_files_are_not_joined_in_passing": _(
        "A file was opened here already. On the form the two are put together, once the student was asked."
    ),
    "a_known_student_goes_on_where_they_were": _(
        "This student has come before. Ask whether both are to be put together; if not, the form can be filled in by hand, "
        "and the two stay apart."
    ),
    "two_become_one_after_the_person_was_seen": _(
        "Two are put together by somebody who has seen the person. Please tick that you have."
    ),
    "nobody_is_put_together_unasked": _(
        "Somebody may have used another name on purpose. Ask the student first; without a yes the two stay two."
    ),
    "two_of_the_list_stay_two": _(
        "Each of the two is matched to a student of the school's list already, and not to the same one. They stay two."
    ),
    "what_is_one_already_is_not_joined_again": _(
        "These two were put together already, or one of them was joined to somebody. Nothing more was done."
    ),
    "two_files_are_joined_by_who_holds_both": _(
        "A colleague counsels this student too. Whoever is to go on puts the two together: settle it with the student, then "
        "the one who steps back brings the other into the own file."
    ),
    "who_was_joined_goes_on_there": _(
        "This person was put together with who came before. Look the name up once more: everything is on that page. "
        "Nothing was done here."
    ),
    "one_person_is_in_one_place": _(
        "Both have a time at the same hour. Give one of them back first; nothing else is lost."
    ),
    "who_held_a_meeting_writes_it_first": _(
        "In the file that ends, a colleague held a meeting whose record is not signed yet. It is written there first."
    ),
    "two_letters_at_the_end_are_not_mixed": _(
        "In each of the two files a last letter is being written. Finish one, or take it away, and press again."
    ),
    "who_put_together_takes_apart": _("This is taken back by the colleague who did it."),
    "what_was_joined_comes_apart_the_same_day": _(
        "This can be taken back on its own day only, and only while nothing was signed on it, the student has not written "
        "or booked since, and no new way in was made. Otherwise nobody could say whose it is."
    ),
}

MERGING_MISSING: Final[Mapping[str, str]] = {
    "student_agreed": _("the student's yes"),
    "two_clients": _("two clients who are still two"),
    "both_settle": _("that the two colleagues and the student settle who goes on"),
    "colleague_receives": _("the colleague who receives this student"),
    "one_place": _("one of two times at the same hour given back"),
    "colleagues_record": _("the colleague's record of a meeting"),
    "one_letter": _("one letter at the end, not two"),
    "still_together": _("two that are still together"),
    "same_day": _("the day on which it was done"),
    "nothing_signed_since": _("a file in which nothing was signed since"),
    "later_one_first": _("that what was put together later is taken apart first"),
    "nothing_written_since": _("that the student has booked and written nothing since"),
    "no_way_in_since": _("that no new account was opened since"),
}
