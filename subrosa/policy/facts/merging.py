"""What the clauses about one student behind two clients may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """Who a client is said to be: seen in person, and whether an older client is this student. Guard: the client row."""

    from_list: bool
    seen: bool
    older_client: bool = False


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """Two clients about to become one. Guard: both client rows, and the rows of their files.

    `listed`: each is matched to a row of the school's list already. `held`: the actor is on the care team of each open file,
    `colleagues`: how many counselors those files have, `goes_on`: one of them is the actor's own, or there is one only.
    `unwritten`: in the file that ends a colleague held a meeting whose record is not signed.
    """

    agreed: bool = True
    seen: bool = True
    stands: bool = True
    listed: bool = False
    held: bool = True
    colleagues: int = 1
    goes_on: bool = True
    clash: bool = False
    unwritten: bool = False
    letters: int = 0


@dataclass(frozen=True, slots=True)
class ApartFacts:
    """What was put together and is about to be taken apart. Guard: the rows of the merge, of the client and of the files.

    `untouched`: nothing that came from one of the two was signed in the other's file since. `last`: nobody else was put
    together with them later. `wrote`: the student asked for a time or wrote since. `same_ways`: no new way in was made.
    """

    own: bool = True
    stands: bool = True
    same_day: bool = True
    untouched: bool = True
    last: bool = True
    wrote: bool = False
    same_ways: bool = True
