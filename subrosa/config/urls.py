"""The addresses of every desk."""

from django.urls import URLPattern, URLResolver, include, path

from subrosa.desks.common import (
    code,
    doors,
    help,
    home,
    lives,
    notices,
    recover,
    register,
    school_systems,
    signed_in,
    stand_in,
    standing,
    witness,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("help/", help.help_now, name="help_now"),
    path("help/worker.js", help.worker, name="help_worker"),
    path("help/<slug:language>/", help.help_in, name="help_in"),
    path("code/", code.code, name="code"),
    path("code/states/", lives.code_states, name="code_states"),
    path("enter/<str:token>/", doors.enter, name="enter"),
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("recover/", recover.recover, name="recover"),
    path("unlock/", doors.unlock, name="unlock"),
    path("log/doubt/", witness.doubt, name="doubt"),
    path("lock/", doors.lock, name="lock"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("exit/", doors.quick_exit, name="quick_exit"),
    path("blank/", doors.blank, name="blank"),
    path("language/", doors.language, name="language"),
    path("seen/", notices.seen, name="seen"),
    path("standing/", standing.standing, name="standing"),
    path("standing/sessions/", signed_in.sessions, name="sessions"),
    path("standing/passphrase/", signed_in.passphrase, name="passphrase"),
    path("standing/teams/<uuid:key>/", standing.take_in, name="take_in"),
    path("standing/receive/", standing.receive, name="receive"),
    path("standing/code/", standing.sign_code, name="sign_code"),
    path("stand-in/", stand_in.stand_in, name="stand_in"),
    path("stand-in/sure/", stand_in.sure, name="stand_in_sure"),
    path("stand-in/asked/<str:asker>/", stand_in.asked, name="stand_in_asked"),
    path("stand-in/<uuid:key>/", stand_in.words, name="stand_in_words"),
    path("stand-in/<uuid:key>/tell/", stand_in.tell, name="stand_in_tell"),
    path("school-systems/", school_systems.school_systems, name="school_systems"),
    path("register/<uuid:key>/", register.register, name="register"),
    path("register/<uuid:key>/list/", register.listed, name="register_list"),
    path("register/<uuid:key>/pick/<uuid:pupil>/", register.pick, name="register_pick"),
    path("", include("subrosa.desks.client.urls")),
    path("", include("subrosa.desks.reception.urls")),
    path("", include("subrosa.desks.counselor.urls")),
    path("", include("subrosa.desks.lead.urls")),
    path("", include("subrosa.desks.steward.urls")),
    path("", include("subrosa.desks.leadership.urls")),
]

handler400 = "subrosa.desks.common.faults.bad_request"
handler404 = "subrosa.desks.common.faults.not_found"
