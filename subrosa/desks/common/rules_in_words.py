"""Every rule, act and missing part in plain words: what the page of rulings says. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

ACTS: Final[Mapping[Act, str]] = {
    Act.FOUND_CENTER: _("Found the center"),
    Act.SHOW_SEAT_SHEET: _("Show a seat sheet"),
    Act.SEAL_FOUNDING: _("Seal the founding"),
    Act.SIGN_PRINCIPAL_PAGE: _("Sign the principal's page"),
    Act.NAME_OUTSIDE_PROFESSIONAL: _("Name an outside professional"),
    Act.CERTIFY_STAFF: _("Certify a colleague's key"),
    Act.FOUND_TEAMS: _("Found the teams"),
    Act.PUBLISH_CODE: _("Publish a version of the code"),
    Act.SIGN_CODE: _("Sign the code"),
    Act.RECEIVE_CLIENTS: _("Receive clients"),
    Act.PAUSE_CLIENTS: _("Pause new clients"),
    Act.INVITE_STAFF: _("Invite a colleague"),
    Act.ENTER: _("Come in by a one-time link"),
    Act.HAND_OVER_SESSION: _("Come in by a one-time link"),
    Act.MAKE_OWN_LINK: _("Continue on another device"),
    Act.SIGN_IN: _("Sign in"),
    Act.RECOVER_HOUSE: _("Note what was recovered"),
}

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
}

MISSING: Final[Mapping[str, str]] = {
    "code_signature": _("your signature to the code"),
    "code_signature_renewed": _("your signature to the new version"),
    "version_in_force": _("the version in force"),
    "situations": _("the three situations"),
    "change_note": _("what changed"),
    "unused_link": _("an unused link"),
    "link_in_time": _("a fresh link"),
    "seat_sheets": _("the seat sheets"),
    "next_seat": _("the next seat"),
    "activated_key": _("the colleague's own key"),
    "certified_counselor": _("a certified counselor"),
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
}

INSTEAD: Final[Mapping[str, str]] = {
    "this_is_not_for_you": _("Ask the lead who does this, or read the clause in the published code."),
    "a_link_opens_once": _("If it was not you who used it, tell the lead at once. A new link is made in a minute."),
    "a_link_opens_in_time": _("Ask the lead for a new one; it is made in a minute."),
    "only_a_holder_opens": _("Ask the counselor who holds the case. Nobody can add himself."),
}
