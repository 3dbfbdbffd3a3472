"""What a clause may look at: frozen values, no database. Beside each kind stands the row that guards it while it is read."""

from __future__ import annotations

from dataclasses import dataclass

from .agreed_facts import FarewellFacts as FarewellFacts
from .agreed_facts import PlanFacts as PlanFacts
from .agreed_facts import RatingFacts as RatingFacts
from .agreed_facts import RestFacts as RestFacts
from .agreement_facts import AgreementFacts as AgreementFacts
from .archive_facts import ArchivedFacts as ArchivedFacts
from .archive_facts import BriefRetentionFacts as BriefRetentionFacts
from .archive_facts import RunFacts as RunFacts
from .archive_facts import VolumeFacts as VolumeFacts
from .archive_facts import VolumeWholeFacts as VolumeWholeFacts
from .danger_facts import DangerFacts as DangerFacts
from .danger_facts import StepFacts as StepFacts
from .duty_facts import CalendarFacts as CalendarFacts
from .duty_facts import ClimbFacts as ClimbFacts
from .ending_facts import EndingFacts as EndingFacts
from .ending_facts import ProposalFacts as ProposalFacts
from .ending_facts import ProposingFacts as ProposingFacts
from .file_facts import FileFacts as FileFacts
from .file_facts import ScanFacts as ScanFacts
from .joining_facts import JoiningFacts as JoiningFacts
from .joining_facts import RecoveryFacts as RecoveryFacts
from .joining_facts import WideningFacts as WideningFacts
from .ladder import Band, Letter
from .letter_facts import LetterTimeFacts as LetterTimeFacts
from .letter_facts import MailFacts as MailFacts
from .letter_facts import PostFacts as PostFacts
from .merging_facts import ApartFacts as ApartFacts
from .merging_facts import MergeFacts as MergeFacts
from .merging_facts import RegistrationFacts as RegistrationFacts
from .qualifying_facts import CredentialFacts as CredentialFacts
from .qualifying_facts import ReminderFacts as ReminderFacts
from .qualifying_facts import TieFacts as TieFacts
from .renewal_facts import RenewalFacts as RenewalFacts
from .withheld_facts import WithheldFacts as WithheldFacts


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """How one person stands to the code in force. Guard: the staff row."""

    in_force: int
    signed: int
    overdue: bool
    signing: int = 0
    situations_seen: int = 0


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """A version about to be published. Guard: the school's advisory day lock of the code."""

    dropped: tuple[str, ...]
    reason_given: bool
    change_named: bool


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A one-time link at the door. Guard: the invitation row."""

    used: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class FoundingFacts:
    """How far the founding of a center has come. Guard: the lead's staff row (only the lead founds)."""

    founded: bool
    seats: int
    sealed: bool
    seat_asked: int = 0


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Who would sit in a team. Guard: the staff rows."""

    certified: bool
    client_facing: bool
    members: int = 0


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """A list about to be imported. Guard: nothing; each row's mark is unique."""

    rows: int
    refers_to_cases: bool = False


@dataclass(frozen=True, slots=True)
class CareTeamFacts:
    """Who holds a case. Guard: the case row."""

    on_team: bool
    open: bool = True
    bound: bool = False  # it went to the archive, or was destroyed; never so for the client's own pages


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Whether what a client asks for is the client's own. Guard: the client row."""

    own: bool


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """The time asked for, and how many records of the counselor are late. Guard: the day locks of counselor and room."""

    in_future: bool
    offered: bool
    free: bool
    counselor_receives: bool
    principal_signed: bool
    verified: bool = True  # one credential of the counselor was seen by somebody else and lasts
    trait_asked: bool = False
    new_client: bool = False
    late_records: int = 0
    pause_after_late: int = 3
    left: bool = False  # the client has ended it, and somebody else asks
    words_from_the_desk: bool = False  # a reason that neither the client nor a counselor writes


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """How a client stands to the agreement. Guard: the case row (before there is one, the client row).

    `column` and `letter` are the minors' ladder, read in a session whose desk is open; None where nobody can read them.
    The letter lies beside the roster and is not locked: an answer noted this very second counts from the next press on.
    """

    bookings_before: int
    full_records_before: int
    signed: bool
    signature_from_contact: int
    full_record: bool = True
    points_open: bool = False
    column: Band | None = None
    letter: Letter | None = None
    second_word: bool = False
    letter_no_holds_from: int = 3
    waits_for_staff: bool = False  # nothing can be signed while a line of the counselor is missing


@dataclass(frozen=True, slots=True)
class GuardianTalkFacts:
    """What came of a talk about involving the guardian. Guard: the case row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class SecondWordFacts:
    """A second professional's word, or a ground, about to be noted. Guard: the case row."""

    listed: bool
    ground: bool = False
    named: bool = False
    dated: bool = False
    in_writing: bool = False
    phone_counts: bool = True


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What somebody said before the first meeting, and who would read it. Guard: the case row."""

    on_team: bool
    duty_holds: bool = False
    met: bool = False


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What a school system asks for: a figure of the whitelist, or anything else. Guard: none, nothing is read by it."""

    listed: bool


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """The roles of a colleague-to-be. Guard: none, no row of theirs is there yet."""

    known_roles: bool
    desk_and_school: bool = False


@dataclass(frozen=True, slots=True)
class PointsFacts:
    """Points of the agreement about to be noted as talked over. Guard: the case row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class ExpectationFacts:
    """What would be different if this helps, about to be written. Guard: the case row."""

    by_client: bool
    said: bool
    realistic: bool


@dataclass(frozen=True, slots=True)
class WordsFacts:
    """Words that a client leaves before or after a meeting. Guard: the case row."""

    before: bool
    state: str
    case_open: bool = True


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A booking whose end is noted. Guard: the case row."""

    state: str
    begun: bool
    first: bool
    promise_said: bool
    on_its_day: bool = True


@dataclass(frozen=True, slots=True)
class HoursFacts:
    """A weekly hour about to be offered: its length, and whether counselor and room are free then. Guard: their hours' locks."""

    listed_length: bool
    free: bool


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """Somebody who sat down without a booking: what has become of it. Guard: the sitting's row."""

    open: bool = True
    file_opened: bool = False
    first_meeting: bool = False


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """Why a client is declined. Guard: the client row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class TraitFacts:
    """What somebody wants a list sorted or filtered by. Guard: none, nothing is read by it."""

    is_trait: bool


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A record about to be signed. `form_lacks` is the registration form before the first one. Guard: the case row."""

    empty_parts: tuple[str, ...]
    held: bool
    signed_already: bool
    form_lacks: tuple[str, ...] = ()
    minutes: int = 0
    asks_after_minutes: int = 55
    long_for_a_reason: bool = False
    text_beside: bool = False


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """A case about to be closed or archived. Guard: the case row.

    Of the goals that stand: how many the counselor has not rated, and how many lack the client's own number and a tap why.
    """

    state: str
    unrated_goals: int
    missing_records: tuple[str, ...]
    booked_ahead: int
    unrated_by_client: int = 0
    letter_waits: bool = False


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """A case whose time may be over. Guard: the case row."""

    state: str
    over: bool
    lead_confirmed: bool = False
    custodian_confirmed: bool = False
    same_person: bool = False


@dataclass(frozen=True, slots=True)
class InquiryFacts:
    """Somebody asks about somebody: which kind of caller, and whether a disclosure allows a word. Guard: the inquiry row."""

    listed: bool
    disclosed: bool = False


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """Something left for the duty team: whether there is one, and how much came in this hour. Guard: the door's advisory lock."""

    team: bool
    nameless: bool = True
    last_hour: int = 0
    most: int = 1


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A worry slip or cry, and what is to become of it. Guard: its row; membership changes with the team's keyring."""

    on_team: bool
    open: bool = True
    listed: bool = True


@dataclass(frozen=True, slots=True)
class FirstContactFacts:
    """How many first contacts from the door wait unseen. Guard: the advisory lock of the door."""

    waiting: int
    most: int


@dataclass(frozen=True, slots=True)
class TryFacts:
    """How often a return code with these first four digits was typed wrong within the hour. Guard: its advisory lock."""

    wrong: int
    most: int


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Whether a client has a way in of the own. Guard: the client row."""

    there: bool


@dataclass(frozen=True, slots=True)
class HelplineFacts:
    """The lines that the help page would show, in their order, and which of them may not answer. Guard: an advisory lock."""

    shown: tuple[str, ...]
    may_not_answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """A difference that somebody explains. Guard: the duty rows, which are settled once."""

    open: bool
    explained: bool


@dataclass(frozen=True, slots=True)
class DepartureFacts:
    """Somebody whose access is about to end or to begin again. Guard: that staff row.

    `cases_alone` are files not yet in the archive, `teams_alone` keys of the house, that no other active colleague holds.
    """

    oneself: bool
    fits: bool
    last_custodian: bool = False
    cases_alone: int = 0
    bookings_ahead: int = 0
    teams_alone: int = 0
