"""The closed list of grounds on which something may leave the care team (EXC-01), each with its everyday situation.

The agreement's exceptions, the disclosure form and the cards "who would hear of it?" (CON-05) are made from this one table.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """One everyday situation and what the counselor would do, each in Chinese and English. `heard` says whether others hear."""

    key: str
    heard: bool
    situation: tuple[str, str]
    answer: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: its clause, the sentence that the client signs, in both languages, and the cards that show it.

    `simple` is the same sentence in the simpler words of the second text, in Chinese and English.
    """

    key: str
    clause: str
    zh: str
    en: str
    cards: tuple[Card, ...]
    simple: tuple[str, str]


STAYS = (
    Card(
        "quarrel",
        False,
        (
            "你和爸爸吵翻了，不想让他知道你来过。",
            "You fell out with your father and do not want him to know that you came.",
        ),
        (
            "留在这里。他来问，我不说你来没来过。",
            "It stays here. If he asks, I do not say whether you came.",
        ),
    ),
    Card(
        "vanish",
        False,
        (
            "你有时想“不如消失算了”，但没有打算。",
            "Sometimes you think “it would be better to vanish”, but you plan nothing.",
        ),
        (
            "留在这里。我会多问几句，和你一起做一份安全计划。",
            "It stays here. I ask a little more, and we make a safety plan together.",
        ),
    ),
)
HURTING_SELF = Card(
    "hurting_self",
    True,
    (
        "你在弄伤自己，或者已经想好了怎么做。",
        "You are hurting yourself, or you know already how you would do it.",
    ),
    (
        "得有人一起护着你：监护人，必要时还有负责安全的老师。我先跟你说，尽量和你一起告诉他们；不说别的。",
        "Others have to help keep you safe: your guardian, and if need be the teacher in charge of safety. I tell you first, "
        "we tell them together wherever possible, and nothing else is told.",
    ),
)
HURTING_OTHERS = Card(
    "hurting_others",
    True,
    (
        "你说要去教训一个人，已经准备了东西。",
        "You say that you will teach somebody a lesson, and you have something ready for it.",
    ),
    (
        "我会拦，也会告诉可能受伤的人和学校。",
        "I stop you, and I tell the one who might be hurt, and the school.",
    ),
)
ADULT = Card(
    "adult",
    True,
    (
        "有大人打你、碰你的身体、逼你做不愿意的事，家里的、学校的都算。",
        "A grown-up hits you, touches your body or forces you, at home or at school.",
    ),
    (
        "我必须马上报警。不会先让那个人知道，会有人陪着你。",
        "I must call the police at once. That person does not hear it first, and somebody stays with you.",
    ),
)
DOCUMENT = Card(
    "document",
    True,
    (
        "法院或公安拿着正式文书来要记录。",
        "A court or the police come with an official document and ask for records.",
    ),
    (
        "只给文书上要的那部分，只要法律允许就告诉你。",
        "They get only the part that the document names, and you are told wherever the law allows.",
    ),
)
INQUIRY = Card(
    "inquiry",
    True,
    (
        "有人投诉我，调查的人要看记录。",
        "Somebody complains about me, and those who look into it ask to see records.",
    ),
    (
        "只给和这件事有关的部分，别的不给。",
        "They get only the part that it is about, and nothing else.",
    ),
)
DISEASE = Card(
    "disease",
    True,
    (
        "你得了会危及别人生命的传染病。",
        "You have an infectious disease that endangers other people's lives.",
    ),
    (
        "先陪你自己去说；只向卫生部门报该报的。",
        "First I go with you so that you say it yourself; only what the health office must know is reported.",
    ),
)
ONE_SENTENCE = Card(
    "one_sentence",
    True,
    (
        "你点头让我跟班主任说一句“她最近需要早点休息”。",
        "You nod when I ask to tell your class teacher one sentence: “she needs an early night these days”.",
    ),
    (
        "只说这一句，只跟他说，你随时可以收回。",
        "I say this one sentence, to him alone, and you can take it back at any time.",
    ),
)

GROUNDS = (
    Ground(
        "client_authorises",
        "EXC-02",
        "你自己同意：只说你点头的那几句，只跟你点头的那个人说，你随时可以收回。",
        "You agree to it yourself: only the sentences you picked, only to the person you named, and you can take it back.",
        (ONE_SENTENCE,),
        (
            "你自己同意：只说你点头的话，只跟你点头的那个人说。你随时可以收回。",
            "You say yes to it: I tell only what you picked, and only the one you named. You can take it back.",
        ),
    ),
    Ground(
        "legal_demand",
        "EXC-03",
        "法院、公安等依法拿着正式文书来调取：只给文书上要的那部分，只要法律允许就告诉你。",
        "A court or the police ask with an official document: only what it names, and you are told wherever the law allows.",
        (DOCUMENT,),
        (
            "法院、公安依法拿正式文件来要：只给文件上写的那部分。只要法律允许，我就告诉你。",
            "A court or the police ask with an official paper: they get only what it names. If the law lets me, I "
            "tell you.",
        ),
    ),
    Ground(
        "complaint",
        "EXC-04",
        "有人投诉或起诉心理老师，调查需要了解：只给与这件事有关的部分。",
        "Somebody complains about or sues the counselor: only the part that the inquiry is about.",
        (INQUIRY,),
        (
            "有人投诉我，或者去法院告我：查的人只能看和这件事有关的部分。",
            "Someone complains about me or takes me to court: only the part that this is about is shown.",
        ),
    ),
    Ground(
        "harm_to_minor",
        "EXC-05",
        "未满十八岁的人正在受到或可能受到侵害：我必须马上报告。不会先让那个人知道，会有人陪着你。",
        "Somebody under eighteen is being harmed or may be: I must report it at once. The one who harms does not hear it "
        "first, and somebody stays with you.",
        (ADULT,),
        (
            "有人在伤害不满十八岁的人，或者可能会：我必须马上报告。不会先让伤人的那个人知道。会有人陪着你。",
            "Someone under eighteen is being hurt, or may be: I must report it at once. The one who hurts does not "
            "hear it first. Someone stays with you.",
        ),
    ),
    Ground(
        "serious_danger",
        "EXC-06",
        "你可能伤到自己，或者可能伤到别人：得有人一起护着。我先跟你说，尽量和你一起告诉他们，只说非说不可的。",
        "You may hurt yourself or somebody else: others have to help keep you safe. I tell you first, wherever possible we "
        "tell them together, and only what must be said.",
        (HURTING_SELF, HURTING_OTHERS),
        (
            "你可能伤到自己，也可能伤到别人：要有人一起护着。我先跟你说，尽量和你一起告诉他们。只说必须说的。",
            "You may hurt yourself or someone else: others must help keep you safe. I tell you first. If we can, we "
            "tell them together. I say only what must be said.",
        ),
    ),
    Ground(
        "infectious_disease",
        "EXC-07",
        "得了会危及别人生命的传染病：先陪你自己去说，只向卫生部门报该报的。",
        "An infectious disease that endangers other people's lives: first I go with you so that you say it yourself; only "
        "what the health office must know is reported.",
        (DISEASE,),
        (
            "你得了会传染、会要人命的病：我先陪你自己去说。该报告的，只报给卫生部门。",
            "You have an illness that others can catch and die of: first I go with you, so that you say it yourself. "
            "Only what must be told goes to the health office.",
        ),
    ),
)
ORDER = (*STAYS, HURTING_SELF, HURTING_OTHERS, ADULT, DOCUMENT, INQUIRY, DISEASE, ONE_SENTENCE)


def cards() -> tuple[Card, ...]:
    """The situations as they are laid out: what stays between two first, then those of every ground."""
    of_grounds = [card for ground in GROUNDS for card in ground.cards]
    laid = [card for card in ORDER if card in STAYS or card in of_grounds]
    return (*laid, *(card for card in of_grounds if card not in laid))


def table() -> Mapping[str, str]:
    """Card by card a short mark of what it says, with the sentence that is signed: it changes when what is told changes."""
    signed = {card.key: f"{ground.zh}\n{ground.en}" for ground in GROUNDS for card in ground.cards}
    return {one.key: _mark(one, signed.get(one.key, "")) for one in cards()}


def _mark(one: Card, signed: str) -> str:
    words = "\n".join((str(one.heard), *one.situation, *one.answer, signed))
    return f"{zlib.crc32(words.encode()):08x}"
