"""The closed list of grounds on which something may leave the care team (EXC-01). The agreement's exceptions are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: its clause, and the sentence that the client signs, in both languages."""

    key: str
    clause: str
    zh: str
    en: str


GROUNDS = (
    Ground(
        "client_authorises",
        "EXC-02",
        "你自己同意：只说你点头的那几句，只跟你点头的那个人说，你随时可以收回。",
        "You agree to it yourself: only the sentences you picked, only to the person you named, and you can take it back.",
    ),
    Ground(
        "legal_demand",
        "EXC-03",
        "法院、公安等依法拿着正式文书来调取：只给文书上要的那部分，只要法律允许就告诉你。",
        "A court or the police ask with an official document: only what it names, and you are told wherever the law allows.",
    ),
    Ground(
        "complaint",
        "EXC-04",
        "有人投诉或起诉心理老师，调查需要了解：只给与这件事有关的部分。",
        "Somebody complains about or sues the counselor: only the part that the inquiry is about.",
    ),
    Ground(
        "harm_to_minor",
        "EXC-05",
        "未满十八岁的人正在受到或可能受到侵害：我必须马上报告。不会先让那个人知道，会有人陪着你。",
        "Somebody under eighteen is being harmed or may be: I must report it at once. The one who harms does not hear it "
        "first, and somebody stays with you.",
    ),
    Ground(
        "serious_danger",
        "EXC-06",
        "你可能伤到自己，或者可能伤到别人：得有人一起护着。我先跟你说，尽量和你一起告诉他们，只说非说不可的。",
        "You may hurt yourself or somebody else: others have to help keep you safe. I tell you first, wherever possible we "
        "tell them together, and only what must be said.",
    ),
    Ground(
        "infectious_disease",
        "EXC-07",
        "得了会危及别人生命的传染病：先陪你自己去说，只向卫生部门报该报的。",
        "An infectious disease that endangers other people's lives: first I go with you so that you say it yourself; only "
        "what the health office must know is reported.",
    ),
)
