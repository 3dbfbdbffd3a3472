"""Every rule in plain words, and what leads on from a “not yet”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from .access import ACCESS_WORDS
from .archive import ARCHIVE_WORDS
from .credentials import QUALIFYING_WORDS
from .ending import ENDING_WORDS
from .joining import JOINING_WORDS
from .letters import LETTER_WORDS
from .merging import MERGING_WORDS
from .renewal import RENEWAL_WORDS

WORDS: Final[Mapping[str, str]] = {
    "this_is_not_for_you": _("This step belongs to other people at the center."),
    "the_charter_is_silent": _("The code says nothing about this step, so the program does not take it."),
    "a_center_is_founded_once": _("This center has been founded already."),
    "a_seat_sheet_is_shown_once": _("Each seat sheet is shown once, in order, to one person."),
    "nothing_can_be_lost_before_keys_are_used": _("The keys are split over three seats before the center opens."),
    "only_a_key_that_exists_is_certified": _(
        "This colleague has not used the link yet, so there is no key to certify."
    ),
    "the_desk_key_is_for_counselors_and_reception": _(
        "The desk key is for those who receive, never for leadership or steward."
    ),
    "a_difference_stays_until_it_is_explained": _(
        "Say what it was, by one of the three lines; a difference that is not open needs no explanation."
    ),
    "a_recovery_names_a_counselor_and_a_ground": _("Name a certified counselor, and choose the ground."),
    "one_recovery_of_a_case_at_a_time": _("Somebody is named for this case already; it waits for the two sheets."),
    "only_the_named_holder_recovers": _(
        "The lead has named somebody else for this case, or it was given back already."
    ),
    "two_sheets_of_two_seats_are_typed": _("Two sheets of two different seats are needed, each as it was printed."),
    "a_wrong_share_gives_nothing_back": _("These sheets do not give the key back: one of them is of another founding."),
    "nothing_is_split_over_the_seats": _("Nothing is split over the seats here, so no sheet gives it back."),
    "a_package_is_signed_by_its_maker": _("What is split over the seats was altered: its signature does not fit."),
    "only_a_certified_colleague_joins": _("This colleague's key was not signed by the lead yet."),
    "a_team_has_a_member": _("A team needs a certified counselor first."),
    "whoever_receives_has_signed_the_code": _("Whoever receives clients has signed the code first."),
    "whoever_is_offered_to_new_clients_signed_in_time": _(
        "A new version of the code has been waiting for your signature too long. Your clients go on as before; "
        "new ones are offered again once you have signed."
    ),
    "only_the_version_in_force_is_signed": _("A newer version is in force. Please read that one."),
    "the_situations_were_met_before_signing": _("Please look at the three situations first."),
    "a_version_drops_no_clause_without_reason": _("A clause may be left out only with a reason."),
    "a_version_says_what_changed": _("Please say in both languages what is different, for those who sign again."),
    "a_link_opens_once": _("This link has been used already."),
    "a_link_opens_in_time": _("This link is too old."),
    "a_version_is_signed_once": _("You have signed this version already."),
    "only_an_unlocked_session_opens": _("Please unlock first: the keys of this session are closed."),
    "only_a_holder_opens": _("Only those who hold the key can open this."),
    "only_a_holder_grants": _("Only who can open something can hand its key on."),
    "keys_are_signed_before_anything_is_sealed_to_them": _(
        "This key is not signed by the house, so nothing is sealed to it."
    ),
    "grants_are_signed_by_a_holder": _(
        "This key was not handed on by anybody who held it, so nothing is sealed under it."
    ),
    "a_moved_or_altered_key_opens_nothing": _("This key was moved or altered; it opens nothing."),
    "a_moved_or_altered_text_opens_nothing": _("This text was moved or altered; it does not open."),
    "the_schools_list_never_names_a_case": _(
        "This list has a column about cases or clients. The school's list and those who come are kept apart: "
        "leave that column out."
    ),
    "a_booking_lies_ahead": _("This time has passed already."),
    "a_booking_is_in_an_offered_time": _("This time is not offered, or no longer."),
    "everybody_sets_the_own_hours": _("Each counselor sets the own weekly hours."),
    "a_room_has_a_name_of_its_own": _("There is a room of this name already."),
    "a_time_is_booked_once": _("Somebody or something is taken at this time: the counselor, the room, or the client."),
    "new_clients_go_to_who_receives": _("This counselor receives no new clients at the moment."),
    "late_records_pause_new_clients_only": _(
        "Records of this counselor are late. Until they are written nobody new is booked here; running cases go on."
    ),
    "what_came_of_a_meeting_is_asked_when_its_day_is_over": _(
        "Whether somebody came is asked once, when the day is over and nobody has said it."
    ),
    "only_what_is_late_climbs_and_once": _("What is owed climbs when it is late and still open, and only once."),
    "each_day_of_the_calendar_means_one_thing": _("Some days of this calendar cannot be meant. Nothing was changed."),
    "a_center_opens_with_the_principals_page_signed": _(
        "Before the first booking the principal signs what the center will not tell."
    ),
    "no_trait_decides_who_is_seen": _("Sex, origin, faith or any other trait plays no part in who is seen by whom."),
    "an_hour_has_a_length_of_the_profile": _(
        "An ordinary hour has one of the lengths on this page, and none is longer than 50 minutes."
    ),
    "weekly_hours_do_not_overlap": _("You or this room are offered at this time already."),
    "a_long_meeting_says_why": _("This meeting was long: one tap says why, or correct the minutes."),
    "the_first_full_record_waits_for_the_form": _(
        "Before the first record is signed, the registration form is complete: who, class, and how to be reached."
    ),
    "a_brief_contact_says_what_it_was_about": _(
        "A brief contact needs a tap and a line: what it was about, and a few words."
    ),
    "a_sitting_becomes_one_thing": _("This is recorded already, as a brief contact or as a first meeting."),
    "a_first_meeting_gets_its_name": _("A first meeting opens a file, and a file is somebody's: it needs a name."),
    "a_student_is_matched_after_being_seen": _("Match somebody with the school's list after you have seen the person."),
    "only_a_cancelled_time_is_taken_again": _("This time is not cancelled."),
    "who_is_here_is_here_on_the_day": _("That somebody is here is noted on the day of the meeting."),
    "declining_has_a_listed_reason": _("Please choose one of the reasons on the page."),
    "no_list_is_sorted_by_a_trait": _(
        "Whoever waits is shown in the order of time. Sex, class, origin, faith or any other trait sorts and filters nothing."
    ),
    "who_came_by_the_door_is_taken_over_first": _(
        "This person came by the door and is still being taken over. Open the page once more."
    ),
    "only_what_is_booked_ends": _("This meeting has its end already: held, missed or cancelled."),
    "a_meeting_is_noted_once_it_has_begun": _("Whether somebody came is known once the time has come."),
    "a_client_has_one_open_case": _("This client has an open case already."),
    "a_way_in_is_given_once": _("This way in was just given to somebody else. Please press once more."),
    "a_student_is_one_client": _("This student was received already. Search once more, and the page opens."),
    "an_agreement_is_signed_once": _("This version is signed already."),
    "a_client_sees_only_the_own_pages": _("This page belongs to somebody else."),
    "only_the_care_team_opens": _(
        "A file opens for the counselor who holds it and for the care team, and for nobody else."
    ),
    "only_who_holds_a_case_hands_it_on": _("Only who holds a case can bring somebody in."),
    "a_colleague_joins_a_case_once": _("This colleague is on the care team already."),
    "teams_are_founded_once": _("The teams have been founded already."),
    "after_a_familys_no_somebody_else_is_heard": _(
        "The next meeting waits for something that the counselor notes first."
    ),
    "a_guardian_talk_comes_to_something": _("Please choose what came of the talk."),
    "a_second_word_has_a_name_and_a_time": _("A second word has a name and a time; a ground stands for itself."),
    "a_request_is_read_on_duty_until_they_met": _(
        "What was said beforehand is read on duty until the first meeting, and by nobody else after it."
    ),
    "school_files_get_figures_and_nothing_else": _(
        "No name, no case and no result goes into the school's files. School systems get the listed figures."
    ),
    "leaders_and_stewards_hold_no_desk_key": _("Whoever leads the school or runs its machines holds no desk key."),
    "no_student_helper_is_invited": _(
        "The house has no such role, so there is no key for it. Student helpers hold none."
    ),
    "counseling_goes_on_only_signed": _("From the second meeting on, the agreement is signed first."),
    "the_first_full_record_waits_for_the_signature": _("A full record needs the client's signature to the agreement."),
    "a_first_meeting_begins_with_the_promise": _(
        "A first meeting begins with the promise: what stays here, and what cannot. Tick it once it was said."
    ),
    "only_the_agreement_in_force_is_signed": _("A newer agreement is in force. Please read that one."),
    "a_paper_was_signed_before_it_is_noted": _(
        "The date on the paper lies between the day this version was published and today."
    ),
    "the_first_full_record_waits_for_what_is_listed": _(
        "Some situations were listed for this meeting, and it is not noted yet whether they were talked over."
    ),
    "a_point_is_understood_or_comes_again": _("Each situation is either understood, or comes again next time."),
    "words_are_left_where_they_will_be_read": _(
        "Words are left before a meeting that is still ahead, or after one that took place."
    ),
    "an_expectation_says_what_would_be_different": _("One line says what would be different if this helps."),
    "a_plan_opens_with_what_is_realistic": _(
        "The client wrote what would be different. Answer it with one sentence on what is realistic, then say yes."
    ),
    "hope_is_answered_by_what_is_realistic": _(
        "The counselor adds one sentence on what is realistic, so that nobody waits for a wonder."
    ),
    "no_public_text_promises_a_cure": _(
        "This text promises what counseling cannot promise. It is held until the marked words are gone."
    ),
    "the_agreement_says_all_seven_points": _("The agreement leaves out something that it must say, in both languages."),
    "every_part_has_text_or_a_choice": _("Each of the six parts has words, or a choice that stands for them."),
    "every_record_answers_the_question_of_danger": _("Every record says it, this one too: danger today?"),
    "watching_names_a_next_step_and_its_day": _(
        "Who is watched over has a next step, on a day from tomorrow on and not more than a few weeks ahead."
    ),
    "acting_says_who_knows_now": _(
        "In danger, the record says who knows of it now, and since when. Call first; write then."
    ),
    "only_what_danger_owes_is_noted_as_done": _("This was done already, or it is not owed here."),
    "a_short_record_has_its_lines": _("A short record has a line or two of words."),
    "a_record_is_of_a_held_meeting": _("A record belongs to a meeting that took place."),
    "a_signed_record_is_never_changed": _("A signed record is locked. What comes later stands beside it."),
    "another_text_is_looked_at_before_signing": _(
        "This record was also written on another page. Look at that text first: go on with it, or put it away."
    ),
    "an_addition_belongs_to_a_signed_record": _("This record is not signed yet: simply go on writing."),
    "a_meeting_has_one_record": _("This meeting has its record already."),
    "a_file_is_attached_whole_or_not_at_all": _(
        "Only part of this file arrived, so nothing was put into the case. Please choose it once more."
    ),
    "what_is_attached_is_never_changed": _("A file in the case stays as it is. What comes later is a file of its own."),
    "only_an_abandoned_upload_is_swept": _("Only what was begun and broke off is swept away."),
    "goals_are_rated_before_closing": _(
        "Before closing, counselor and client each rate every goal, or one tap says why the client did not."
    ),
    "a_plan_has_its_six_parts": _("A plan says six things; some of them are not said yet."),
    "a_plan_is_made_while_the_case_goes_on": _("This case is closed, so nothing is planned any more."),
    "only_the_plan_as_it_stands_is_agreed_to": _(
        "The plan was changed while this page was open. Look at it once more."
    ),
    "a_plan_waits_until_danger_was_asked": _(
        "No record of this case answers yet whether there is danger. Ask and sign one record first; the plan is kept."
    ),
    "a_rating_is_a_number_or_one_tap_why_not": _("A rating is a number from 0 to 10, or one of the reasons why not."),
    "only_what_goes_on_can_rest": _("This case is closed."),
    "a_rest_ends_on_a_day_ahead": _("A rest on purpose ends on a day within the next year."),
    "an_invitation_goes_to_the_own_account": _(
        "An invitation goes to the client's own account and nowhere else, and there is no account yet."
    ),
    "a_letter_names_no_illness_as_ones_own_finding": _(
        "Counselors name no illness as their own finding. Say whose words the marked ones are, or describe what was seen."
    ),
    "a_letter_that_was_handed_over_stays": _("This letter is the client's since the closing; it stays as it is."),
    "the_door_holds_only_so_many": _("Many first times are held at the moment. Come by or phone: always possible."),
    "after_wrong_codes_one_waits": _("Too many wrong codes. Wait an hour, then try again."),
    "what_is_shared_needs_an_account": _("This client has no account yet: reception gives a slip with a code first."),
    "a_line_that_may_not_answer_is_never_the_last": _(
        "After lines that may not answer stands one that always answers."
    ),
    "nobody_waits_for_a_closed_case": _("There are still bookings ahead: hold or cancel them first."),
    "only_an_open_case_is_closed": _("This case is closed already."),
    "only_a_closed_case_is_archived": _("A case is closed before it goes to the archive."),
    "nothing_is_archived_with_a_record_missing": _("Every meeting that took place has its signed record first."),
    "nothing_is_destroyed_before_its_time": _("This file is kept until its time is over."),
    "a_role_confirms_once": _("This was confirmed already."),
    "destruction_is_confirmed_by_lead_and_custodian": _(
        "Lead and custodian, two different people, both confirm before anything is gone for good."
    ),
    "who_asks_is_one_of_the_list": _("Please choose who asks. About whom it is, is noted nowhere."),
    "a_caller_learns_nothing_without_a_disclosure": _(
        "Whether somebody comes is told to no caller: a yes tells it, and so does a no."
    ),
    "what_is_left_at_the_door_has_somebody_to_read_it": _(
        "Nobody can read messages here yet, so none is taken. Please come by or call."
    ),
    "the_door_does_not_bury_the_queue": _(
        "Very much came in within this hour, so nothing more is taken for the moment. Please come by or call."
    ),
    **ACCESS_WORDS,
    **RENEWAL_WORDS,
    **ARCHIVE_WORDS,
    **QUALIFYING_WORDS,
    **ENDING_WORDS,
    **JOINING_WORDS,
    **MERGING_WORDS,
    **LETTER_WORDS,
    "only_the_duty_team_opens_letters": _("Letters are opened by the duty team, and by nobody else."),
    "a_closed_letter_stays_closed": _("This letter was closed already."),
    "what_becomes_of_a_letter_is_one_of_the_list": _("Please choose one of the answers on the page."),
}

# rule -> label, route, ids that the route needs from the address of the page
NEXT: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "whoever_receives_has_signed_the_code": (_("Read and sign the code"), "sign_code", ()),
    "whoever_is_offered_to_new_clients_signed_in_time": (_("Read and sign the new version"), "sign_code", ()),
    "only_the_version_in_force_is_signed": (_("Open the version in force"), "sign_code", ()),
    "the_situations_were_met_before_signing": (_("To the three situations"), "sign_code", ()),
    "a_version_says_what_changed": (_("Say what changed"), "versions", ()),
    "a_version_drops_no_clause_without_reason": (_("Give the reason"), "versions", ()),
    "only_an_unlocked_session_opens": (_("Unlock"), "unlock", ()),
    "the_first_full_record_waits_for_the_form": (_("Complete the form"), "register_case", ("key",)),
    "a_caller_learns_nothing_without_a_disclosure": (_("The sentence for who insists"), "stand_in", ()),
}
