"""What is said to whoever asks about a student: kind, the same whether or not the student comes, and with something to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.records.outreach.lists import Asker

# who asks, and what the line under the button helps to tell apart
ASKERS: Final[Mapping[Asker, tuple[str, str]]] = {
    Asker.PARENT: (_("A parent"), _("“What did my child say? Does he come to you?”")),
    Asker.CLASS_TEACHER: (_("A class teacher"), _("“Did the one I sent you come? What is it?”")),
    Asker.LEADER: (_("A school leader"), _("“Give me the list of who came.”")),
    Asker.AUTHORITY: (_("A higher authority"), _("“We need the names by Thursday.”")),
    Asker.POLICE: (_("The police"), _("by phone, without a document")),
    Asker.CLASSMATE: (_("A classmate"), _("“Was my friend here?”")),
    Asker.INSISTS: (_("Somebody who insists on a right"), _("such as the parent of a child under 14")),
}

SENTENCES: Final[Mapping[Asker, tuple[str, ...]]] = {
    Asker.PARENT: (
        _("You care about your child, I can hear that."),
        _(
            "Who came and what was said we tell nobody, not even whether somebody came; only then do those who really "
            "need it dare to come."
        ),
        _("Please be assured: as soon as we see that a child is in danger, we tell you at once."),
        _("What worries you most just now? We can find a time to talk about how you can help at home."),
    ),
    Asker.CLASS_TEACHER: (
        _("Thank you for having this student at heart."),
        _("Whether somebody came and what was said I cannot say; what you can do I can:"),
    ),
    Asker.LEADER: (
        _(
            "I cannot give you the list: the code that the principal signed says that no list of those who come is given."
        ),
        _("What you want to be sure of I give you in three things:"),
        _("This month's contacts by year and the main topics."),
        _("Dangers that you have to know of: reported to you at once, and acknowledged."),
        _("The two things in which the school can help most next week."),
    ),
    Asker.AUTHORITY: (
        _("The figures were reported as asked."),
        _("What concerns a single person is reported only where the law asks for it, case by case."),
    ),
    Asker.POLICE: (
        _("We will certainly work with you."),
        _("Please show your identification and the written demand, with the person, the matter and the scope."),
        _("If a life is being saved right now, please say so: I put you through to the lead on duty at once."),
    ),
    Asker.CLASSMATE: (
        _("You worry about him, and that is good."),
        _(
            "I cannot talk about anybody else, but I can show you how to stay with him, and when a grown-up has to come."
        ),
    ),
    Asker.INSISTS: (
        _("I have heard what you ask for, and that it matters to you."),
        _("I answer nothing of this on the phone. I will ask the lead to get in touch with you."),
        _("Under what number, and when, can you be reached?"),
    ),
}

# what the page of the principal is cited for
CITES: Final = frozenset({Asker.PARENT, Asker.CLASS_TEACHER, Asker.LEADER, Asker.AUTHORITY, Asker.POLICE})

TEACHER_ADVICE: Final = (
    (
        _("Please"),
        (
            _("Be with him as always, and ask once, between the two of you: how have you been?"),
            _("Take off one thing that is too much just now, without naming a reason."),
        ),
    ),
    (
        _("Please do not"),
        (
            _("Ask in front of others, or ask whether he went and what he said."),
            _("Speak of it in the class group, or ask classmates to watch him."),
        ),
    ),
    (
        _("Call me at once when you see"),
        (
            _("Talk of not wanting to live, wounds, farewells, things given away."),
            _("A student who should be there is missing. Stay with whoever is in danger, and call."),
        ),
    ),
)
FRIEND_ADVICE: Final = (
    (
        _("What you can do"),
        (
            _("Stay with him, and fetch a grown-up."),
            _("Do not promise to keep it secret. “I will get somebody who can help” is enough."),
        ),
    ),
)
ADVICE: Final[Mapping[Asker, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    Asker.CLASS_TEACHER: TEACHER_ADVICE,
    Asker.CLASSMATE: FRIEND_ADVICE,
}
