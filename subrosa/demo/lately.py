"""What came in these days: slips, a cry, somebody at the door, who sat down; so that every page of a morning shows life."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from subrosa.policy.actor import DOOR
from subrosa.policy.danger import NO_DANGER
from subrosa.records.appointment import brief, registering, sitting
from subrosa.records.appointment import queries as offered
from subrosa.records.appointment.brief import About, BriefText, Came
from subrosa.records.appointment.first import first_contact
from subrosa.records.correspondence import actions as correspondence
from subrosa.records.outreach import actions as outreach
from subrosa.records.outreach.lists import Answer, Choice, Sender, Words
from subrosa.records.outreach.queries import slip_code
from subrosa.records.person import clients
from subrosa.records.person.returning import new_code, newcomer
from subrosa.records.roster.queries import Found

from .weeks import Weeks, identity_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URGENT = Words(
    "晚自习她趴在桌上哭，袖子一直拉得很长。我问了，她只说没事。",
    "晚自习在办公室",
    "八年级 王同学",
    Sender.CLASS_TEACHER,
)
QUIET = Words("他最近午饭都一个人吃，也不跟我们打球了。", "", "我同桌", Sender.CLASSMATE)
DONE_WITH = Words("孩子这两周早上总说肚子疼，不想上学。", "下班后打我电话", "", Sender.PARENT)
AT_NIGHT = "睡不着，想到明天就喘不上气。"
AT_THE_DOOR = "说不上来，就是每天都很累。"
LAST_NIGHT = (
    "不知道该不该写。同桌把我画的东西拿给全班看，大家都笑了。我也跟着笑，回宿舍哭了很久。我不想让老师去说他们。"
)
NO_WORD = "宿舍里已经三个星期没有人跟我说话了，我不知道自己做错了什么。"


def _slip(weeks: Weeks, words: Words, before: timedelta, *, urgent: bool = False) -> outreach.Slip:
    once = uuid4()
    code = slip_code(once)
    return outreach.leave_slip(by=DOOR, at=weeks.now - before, words=words, code=code, urgent=urgent, once=once)


def letters_of_the_weekend(weeks: Weeks) -> None:
    """One slip closed, one waiting, one urgent; a cry that Zhou has taken."""
    done = _slip(weeks, DONE_WITH, 6 * DAY)
    outreach.sort_slip(by=weeks.zhou, at=weeks.now - 5 * DAY, slip=done, choice=Choice.ANSWER)
    outreach.close_slip(by=weeks.zhou, at=weeks.now - 5 * DAY, slip=done, answer=Answer.SPOKEN_WITH_SENDER)
    _slip(weeks, QUIET, 2 * DAY)
    _slip(weeks, URGENT, 2 * HOUR, urgent=True)
    cry = outreach.send_to_duty(by=DOOR, at=weeks.now - 2 * DAY, text=AT_NIGHT, reach="女生宿舍 3 楼")
    outreach.sort_slip(by=weeks.zhou, at=weeks.now - 2 * DAY + HOUR / 6, slip=cry, choice=Choice.TODAY)


def _letter(weeks: Weeks, name: str, text: str, before: timedelta) -> correspondence.Letter:
    at = weeks.now - before
    return correspondence.write_at_the_door(by=DOOR, at=at, newcomer=newcomer(new_code(), at), name=name, text=text)


def letters_from_the_door(weeks: Weeks) -> None:
    """One of last night that waits to be read; one that Lin has put aside to answer."""
    _letter(weeks, "", LAST_NIGHT, 9 * HOUR)
    aside = _letter(weeks, "阿北", NO_WORD, 30 * HOUR)
    correspondence.sort_letter(by=weeks.lin, at=weeks.now - 29 * HOUR, letter=aside, choice=Choice.ANSWER)


def somebody_at_the_door(weeks: Weeks) -> None:
    """A nickname holds a first time; who it is the desk learns when they meet."""
    at = weeks.now - 11 * HOUR
    first_contact(
        by=DOOR,
        at=at,
        newcomer=newcomer(new_code(), at),
        identity=clients.Identity("小鹿", reach=clients.NO_CONTACT),
        offer=offered.free([weeks.lin.id], weeks.now)[0],
        reason=AT_THE_DOOR,
    )


def who_sat_down(weeks: Weeks, found: Found) -> None:
    """A brief contact of three days ago, signed; and somebody of today of whom nobody has said yet who it was."""
    began = weeks.now - 3 * DAY
    known = sitting.sit_down(by=weeks.lin, at=began)
    registering.register(by=weeks.lin, at=began + HOUR / 3, client=known.client, identity=identity_of(found), seen=True)
    text = BriefText(About.PEERS, Came.CALMER, "与同桌吵架后来坐了一会儿。\n商量好放学先说一句话。", danger=NO_DANGER)
    brief.sign(by=weeks.lin, at=began + HOUR / 4, sitting=known, text=text)
    today = sitting.sit_down(by=weeks.lin, at=weeks.now - HOUR / 2)
    sitting.get_up(by=weeks.lin, at=weeks.now - HOUR / 4, sitting=today)
