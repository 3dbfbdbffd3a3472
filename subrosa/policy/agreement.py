"""The agreement that a client signs: seven points and what belongs beside them; its exceptions come from the table of grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .grounds import GROUNDS, Ground
from .wording import SIMPLER, Wording


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agreement: the clause that asks for it, heading and text in both languages, and what a tap shows."""

    key: str
    clause: str
    head: tuple[str, str]
    text: tuple[str, str]
    more: tuple[str, str] = ("", "")


POINTS = (
    Point(
        "nature",
        "CON-02",
        ("这是什么", "What this is"),
        (
            "心理辅导是通过谈话，帮你看清自己遇到的事，找到自己的办法。免费，自愿。",
            "Counseling is talking, so that you see more clearly what you are in and find your own way. It is free and your"
            " own choice.",
        ),
        (
            "和看病、上课都不一样：没有人给你打分，也没有人评判你。",
            "It is neither a visit to the doctor nor a lesson. Nobody marks you and nobody judges you.",
        ),
    ),
    Point(
        "meaning",
        "CON-02",
        ("有什么用", "What it is good for"),
        (
            "难受的时候有人听，想不通的时候有人一起想，重新有力气过自己的日子。",
            "Somebody listens when it hurts and thinks along when you are stuck, so that you have strength for your own "
            "days again.",
        ),
        (
            "说出来以后，事情常常没有那么乱。办法是你自己试出来的，我陪着你试。",
            "Said aloud, things are often less of a tangle. You try out what helps, and I go along with you.",
        ),
    ),
    Point(
        "features",
        "CON-02",
        ("怎么进行", "How it goes"),
        (
            "一对一，每次三十到五十分钟，原则上在辅导室。说什么、说多少，由你定。",
            "One to one, thirty to fifty minutes, as a rule in the counseling room. What you say and how much is yours to "
            "decide.",
        ),
        (
            "第一次多半是互相认识，说说你想有什么变化。以后每次从上次说到的地方接着谈。",
            "The first time we mostly get to know each other and talk about what you want to change. After "
            "that we go on where we were.",
        ),
    ),
    Point(
        "scope",
        "CON-02",
        ("能帮什么", "What it can help with"),
        (
            "学习、同学、家里、情绪、睡眠、将来。你觉得算个事，就可以来。",
            "School, friends, home, moods, sleep, what comes later. If it matters to you, you may come.",
        ),
        (
            "说不清是什么事，也可以来。替朋友担心，也可以来。",
            "You may come without knowing what it is. You may come because you worry about a friend.",
        ),
    ),
    Point(
        "limits",
        "CON-02",
        ("做不到什么", "What it cannot do"),
        (
            "不看病，不开药，不保证一次就好。超出我能力的，我会告诉你，陪你找更合适的人。",
            "It is no medical treatment, gives no medicine and promises no quick cure. What is beyond me I say, and I help you "
            "find who can.",
        ),
        (
            "有的事要医生、家人或别的老师一起帮。只要来得及，找谁、怎么说，我先跟你商量。",
            "Some things need a doctor, your family or another teacher too. If there is any time, we talk over first "
            "whom we ask and how.",
        ),
    ),
    Point(
        "rights",
        "CON-02",
        ("你可以", "You may"),
        (
            "问任何问题；不想说就不说；换老师；随时不来，不用说理由；看谁打开过你的记录；提意见。",
            "Ask anything; leave things unsaid; change counselor; stop at any time; see who opened your record; complain.",
        ),
        (
            "换老师、提意见，没有人会因此为难你，也不影响你以后再来。",
            "Nobody holds it against you when you change or complain, and you may come back.",
        ),
    ),
    Point(
        "duties",
        "CON-02",
        ("也请你", "And please"),
        (
            "约好了来不了，提前说一声；尽量说真的；有危险的念头，让我知道。",
            "Say so beforehand when you cannot come; be as honest as you can; let me know when there is danger.",
        ),
        (
            "迟到了也来，剩下的时间还是你的。",
            "Come even when you are late: the time that is left is yours.",
        ),
    ),
    Point(
        "openness",
        "CLIENT-02",
        ("说多少", "How much to say"),
        (
            "说得越真、越全，我越帮得上；可是什么都可以先不说，不说也没关系。",
            "The more openly you speak, the better I can help; and anything may stay unsaid, for now or for good.",
        ),
    ),
    Point(
        "qualification",
        "CON-03",
        ("我是谁", "Who I am"),
        (
            "接待你的是本校心理老师，资质见下方；我用的方法和规矩，你可以随时问。",
            "A counselor of this school receives you, with the qualification named below; ask about methods and rules at "
            "any time.",
        ),
    ),
    Point(
        "ways",
        "CON-03",
        ("我怎么帮你", "How I work"),
        (
            "主要是谈话：我听，问几个问题，一起理出头绪，再想好一小步去试。有时也画画、写字，或者练习放松，你愿意才用。",
            "Mostly by talking: I listen, ask, we sort things out and think of one small step to try. At times we draw, write or "
            "practice how to relax, and only if you like.",
        ),
        (
            "每种做法是为了什么，我先告诉你。老师自己还有什么做法，写在下面。",
            "What each of them is for, I tell you first. If your counselor also has other ways, they stand below.",
        ),
    ),
    Point(
        "keeping",
        "CON-09",
        ("谁保管，谁能看", "Who keeps it, who can open it"),
        (
            "记录加密保存在辅导室，只有下面写着的人能打开；管机器的人打不开，校领导打不开。到期销毁。",
            "Your record is sealed and kept by the center; only the people named below can open it, not the administrator and "
            "not the school's leadership. When its time is over it is destroyed.",
        ),
    ),
)
EXCEPTIONS = ("什么情况下不能替你守着", "When I cannot keep it to myself")
ZH, EN = 0, 1
LANGUAGES = ("zh", "en")
HEADING = "## "  # how a line begins that is one


def compose(leave_out: frozenset[str] = frozenset(), wording: Wording = Wording.WHOLE) -> tuple[str, str]:
    """A text in Chinese and English: points, then the exceptions one by one. A heading is a line beginning "## "."""
    texts = []
    for language in (ZH, EN):
        lines = [_point(p, language, wording) for p in POINTS if p.key not in leave_out]
        told = [_told(ground, language, wording) for ground in GROUNDS]
        lines.append("\n".join([f"## {EXCEPTIONS[language]}", *(f"- {text}" for text in told)]))
        texts.append("\n\n".join(lines))
    return texts[ZH], texts[EN]


def _point(point: Point, language: int, wording: Wording) -> str:
    """Heading, one line, and on a line of its own what a tap shows. Both texts have the same headings."""
    words = point if wording is Wording.WHOLE else SIMPLER[point.key]
    return "\n".join(filter(None, (f"## {point.head[language]}", words.text[language], words.more[language])))


def _told(ground: Ground, language: int, wording: Wording) -> str:
    """The sentence of one exception."""
    return (ground.zh, ground.en)[language] if wording is Wording.WHOLE else ground.simple[language]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one version: the whole one, and the same in simpler words; empty where a version has none."""

    text_zh: str
    text_en: str
    simple_zh: str = ""
    simple_en: str = ""

    @property
    def simpler(self) -> bool:
        """Whether there is a second text, in any language."""
        return bool(self.simple_zh.strip() or self.simple_en.strip())

    def of(self, wording: Wording) -> tuple[str, str]:
        """One text in both languages."""
        return (self.text_zh, self.text_en) if wording is Wording.WHOLE else (self.simple_zh, self.simple_en)

    def wordings(self) -> tuple[Wording, ...]:
        """The texts that the version has."""
        return tuple(Wording) if self.simpler else (Wording.WHOLE,)


def proposed() -> dict[str, Any]:
    """What the program proposes, by the names that a version has for its texts."""
    (zh, en), (simple_zh, simple_en) = compose(), compose(wording=Wording.SIMPLE)
    return {"text_zh": zh, "text_en": en, "simple_zh": simple_zh, "simple_en": simple_en}


def place(point: str, wording: Wording, language: int) -> str:
    """Where something is missing or hard, as one name: point, text, language."""
    return f"{point}.{wording}.{LANGUAGES[language]}"


def sections(text: str) -> list[tuple[str, list[str]]]:
    """A text by its headings, each with the lines below it as they stand; what stands above the first has an empty one."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if line.startswith(HEADING):
            found.append((line.removeprefix(HEADING).strip(), []))
        else:
            found[-1][1].append(line)
    return found


def missing_points(texts: Texts) -> tuple[str, ...]:
    """Which points (and "exceptions") each text of a version lacks in each language; "text" for one that is not there at all."""
    return tuple(
        place(key, wording, language)
        for wording in texts.wordings()
        for language, text in enumerate(texts.of(wording))
        for key in _lacking(text, wording, language)
    )


def _lacking(text: str, wording: Wording, language: int) -> list[str]:
    if not text.strip():
        return ["text"]
    heads: Mapping[str, tuple[str, str]] = {p.key: p.head for p in POINTS} | {"exceptions": EXCEPTIONS}
    lacking = [key for key, head in heads.items() if f"## {head[language]}\n" not in text + "\n"]
    told = all(_told(ground, language, wording) in text for ground in GROUNDS)
    return lacking if told or "exceptions" in lacking else [*lacking, "exceptions"]
