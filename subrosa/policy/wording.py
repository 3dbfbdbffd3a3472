"""The words of a second, simpler text of the agreement: the same points and the same exceptions for the younger band.

Which text stands first depends on the age where a session can read it; everybody may read either. The one signature covers
the version, and both texts say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Wording(StrEnum):
    """The two texts of a version. A version of before the second one has the whole text alone."""

    WHOLE = "whole"
    SIMPLE = "simple"


class Words(NamedTuple):
    """One point in simpler words: the text, and what a tap shows, each in Chinese and English."""

    text: tuple[str, str]
    more: tuple[str, str] = ("", "")


SIMPLER: Mapping[str, Words] = {
    "nature": Words(
        (
            "心理辅导就是说说话。我帮你看清遇到的事。办法你自己找，我陪你找。不收钱。来不来，你定。",
            "Counseling is talking. I help you see what is going on. You find your own way, and I help you look. It "
            "is free. You choose if you come.",
        ),
        (
            "这里不是医院，也不是上课。没有人给你打分，也没有人评判你。",
            "It is not a hospital and not a lesson. No one gives you marks. No one judges you.",
        ),
    ),
    "meaning": Words(
        (
            "难受的时候，有人听。想不通的时候，有人一起想。慢慢地，你又有力气过自己的日子。",
            "When it hurts, someone listens. When you are stuck, someone thinks with you. Then you have strength for "
            "your own days again.",
        ),
        (
            "说出来以后，事情常常没那么乱。什么办法管用，你自己试。我陪着你试。",
            "Once you say it, things are often less of a mess. You try out what helps. I go along with you.",
        ),
    ),
    "features": Words(
        (
            "只有你和我两个人。一次三十到五十分钟，一般在辅导室。说什么，说多少，你定。",
            "Just you and me. It takes thirty to fifty minutes, most of the time in the counseling room. You choose "
            "what to say and how much.",
        ),
        (
            "第一次多半是互相认识。你说说，想有什么变化。以后每次，都接着上次的谈。",
            "The first time we mostly get to know each other. You say what you want to change. After that we go on "
            "from where we were.",
        ),
    ),
    "scope": Words(
        (
            "学习、同学、家里的事，都可以说。心情不好、睡不着、以后怎么办，也可以说。你觉得算个事，就可以来。",
            "You can talk about school, friends or home. You can talk about moods, sleep or what comes later. If it "
            "matters to you, you may come.",
        ),
        (
            "说不清是什么事，也可以来。替朋友担心，也可以来。",
            "You may come and not know what it is. You may come when you worry about a friend.",
        ),
    ),
    "limits": Words(
        (
            "我不看病，也不开药。我不保证一次就好。我帮不了的，会告诉你，再陪你找更合适的人。",
            "I do not treat illness and I give no medicine. I do not say that one talk will fix it. When I cannot "
            "help, I tell you. Then I help you find who can.",
        ),
        (
            "有的事要医生、家人或别的老师一起帮。只要来得及，我先跟你商量：找谁，怎么说。",
            "Some things need a doctor, your family or another teacher too. If there is time, we talk first: who we "
            "ask, and how.",
        ),
    ),
    "rights": Words(
        (
            "什么都可以问。不想说，就不说。可以换老师。随时可以不来，不用说为什么。可以看谁打开过你的记录。可以提意见。",
            "Ask anything. Leave things unsaid. Change to another counselor. Stop at any time, and you need not say "
            "why. See who opened your record. Complain.",
        ),
        (
            "换老师、提意见，没有人会为难你。以后你还可以再来。",
            "No one holds it against you when you change or complain. You may still come back.",
        ),
    ),
    "duties": Words(
        (
            "来不了，请提前说一声。尽量说真话。有危险的念头，让我知道。",
            "When you cannot come, please say so first. Try to say what is true. When you think of something that is "
            "not safe, let me know.",
        ),
        (
            "迟到了也来。剩下的时间还是你的。",
            "Come even when you are late. The time that is left is yours.",
        ),
    ),
    "openness": Words(
        (
            "你说得越真、越全，我越帮得上。可是，什么都可以先不说。一直不说，也没关系。",
            "The more you tell me, the better I can help. But anything may stay unsaid for now. If you never say it, "
            "that is fine too.",
        ),
    ),
    "qualification": Words(
        (
            "我是学校的心理老师。我有什么证书，写在下面。我用什么方法、有什么规矩，你随时可以问。",
            "I am a counselor of this school. What I am trained in stands below. You can always ask how I work and "
            "what the rules are.",
        ),
    ),
    "ways": Words(
        (
            "主要是说话。我听，我问，我们一起理清楚。然后想好一小步，你去试。有时也画画、写字，或者练习放松。你愿意，我们才做。",
            "Most of all we talk. I listen, I ask, and we sort it out. Then we think of one small step for you to "
            "try. At times we draw or write, or practice how to relax. We do it only if you like.",
        ),
        (
            "每种做法是为了什么，我先告诉你。老师自己还有什么做法，写在下面。",
            "I first tell you what each thing is for. If your counselor also has other ways, they stand below.",
        ),
    ),
    "keeping": Words(
        (
            "你的记录加了密，由辅导室保管。只有下面写着的人能打开。管机器的人打不开。校领导也打不开。到了时间，就销毁。",
            "Your record is locked, and the center keeps it. Only the people named below can open it. Those who run "
            "the computers cannot. Those who lead the school cannot. When its time is over, it is destroyed.",
        ),
    ),
}
