"""What a principal signs before a center opens (MGMT-01, MGMT-02): the text that is offered, in both languages."""

from __future__ import annotations

ZH = """来没来过心理辅导室、谈了什么，学校不问，心理辅导室不说。
学校不要求提供来访名单；需要了解的情况以汇总数据和按规定的告知单提供。
学校不要求查阅、修改或提前交出辅导记录。
学生有危险时，心理辅导室按守则立即告诉负责处置的人，只说处置需要的事。
学校保障心理老师参加培训和督导的时间，心理老师不兼任德育处分和学生评优工作。"""

EN = """Whether somebody came and what was said is not asked by the school and not told by the center.
The school asks for no list of those who come; it gets figures, and the packets that the code provides for.
The school does not ask to read, change or hand over records.
When a student is in danger the center tells those who must act, at once, and only what acting needs.
Counselors are released for training and supervision, and have no part in discipline or in appraising students."""


def offered() -> tuple[str, str]:
    """The text in Chinese and in English; the center may change it before it is signed."""
    return ZH, EN
