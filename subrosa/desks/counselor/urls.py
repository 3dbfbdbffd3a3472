"""Addresses of the counselor's desk."""

from django.urls import path

from . import agreed, desk, family, file, next_time, presses, queue, record, recovery, sitting

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("sitting/", sitting.sit_down, name="sit_down"),
    path("sitting/<uuid:key>/", sitting.sitting, name="sitting"),
    path("sitting/<uuid:key>/up/", sitting.get_up, name="get_up"),
    path("sitting/<uuid:key>/draft/", sitting.draft, name="keep_brief"),
    path("sitting/<uuid:key>/sign/", sitting.sign, name="sign_brief"),
    path("sitting/<uuid:key>/meeting/", sitting.first, name="first_meeting"),
    path("sitting/<uuid:key>/unnamed/", sitting.unnamed, name="leave_unnamed"),
    path("sitting/<uuid:key>/as/<uuid:client>/", sitting.go_on_with, name="go_on_with"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<uuid:key>/", queue.letter, name="queue_letter"),
    path("queue/<uuid:key>/sort/", queue.sort_slip, name="sort_slip"),
    path("queue/<uuid:key>/close/", queue.close_slip, name="close_slip"),
    path("queue/requests/<uuid:key>/sort/", queue.sort_request, name="sort_request"),
    path("cases/given/<uuid:key>/", recovery.recover_case, name="recover_case"),
    path("cases/<uuid:key>/", file.case, name="case"),
    path("cases/<uuid:key>/meetings/<uuid:booking>/held/", presses.held, name="held"),
    path("cases/<uuid:key>/meetings/<uuid:booking>/no-show/", presses.no_show, name="no_show"),
    path("cases/<uuid:key>/record/<uuid:booking>/", record.record, name="record"),
    path("cases/<uuid:key>/record/<uuid:booking>/draft/", record.draft, name="draft"),
    path("cases/<uuid:key>/records/<uuid:note>/add/", record.add, name="add_to_record"),
    path("cases/<uuid:key>/record/<uuid:booking>/next/", next_time.propose, name="next_time"),
    path("cases/<uuid:key>/register/", sitting.register_of_case, name="register_case"),
    path("cases/<uuid:key>/points/", agreed.points, name="points"),
    path("cases/<uuid:key>/hope/", agreed.expectation, name="expectation"),
    path("cases/<uuid:key>/guardian/", family.talk, name="guardian_talk"),
    path("cases/<uuid:key>/second-word/", family.second, name="second_word"),
    path("cases/<uuid:key>/paper/", agreed.paper, name="paper_consent"),
    path("cases/<uuid:key>/hand-over/", agreed.hand_over, name="hand_over"),
    path("cases/<uuid:key>/goals/", presses.agree_goal, name="agree_goal"),
    path("cases/<uuid:key>/goals/rate/", presses.rate_goal, name="rate_goal"),
    path("cases/<uuid:key>/team/", presses.grant, name="grant_case"),
    path("cases/<uuid:key>/share/", presses.share, name="share_with_client"),
    path("cases/<uuid:key>/close/", presses.close, name="close_case"),
    path("cases/<uuid:key>/archive/", presses.archive, name="archive_case"),
]
