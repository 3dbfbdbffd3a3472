"""The plan that counselor and client make together (CON-06): its six parts, and what the center's standard says of three.

What the problem is, the goal and how both would notice it are this client's own words; roles, measures and likely results
come filled in and are changed where they differ. No sentence here promises a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PROBLEM, GOAL, NOTICE, ROLES, MEASURES, RESULTS = PARTS = (
    *("problem", "goal", "notice"),
    *("roles", "measures", "results"),
)
LONGEST = 2000  # characters of one part

STANDARD: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "zh": MappingProxyType(
            {
                ROLES: "谈什么、谈到哪里，由你决定。我认真听，和你一起想办法，也记着我们商定的事。",
                MEASURES: "大约每周谈一次。中间你试一件小事，下次我们一起看看它怎么样。",
                RESULTS: "说出来常常会轻一些、清楚一些，也可能先难受一阵。会怎样，谁也不能保证；"
                "觉得不合适，随时可以改、换人或停下。",
            }
        ),
        "en": MappingProxyType(
            {
                ROLES: "You decide what we talk about and how far. I listen, think it over with you, and keep in mind "
                "what we agreed.",
                MEASURES: "We talk about once a week. In between you try one small thing, and next time we look at it "
                "together.",
                RESULTS: "Saying it often makes it lighter or clearer; it may also be harder for a while. Nobody can "
                "promise how it goes. If it does not fit, we change it, you see somebody else, or we stop.",
            }
        ),
    }
)


def standard(language: str) -> Mapping[str, str]:
    """The center's standard for a language code such as `zh-hans` or `en`."""
    return STANDARD["zh" if language.startswith("zh") else "en"]
