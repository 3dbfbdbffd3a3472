"""Addresses of the reception desk."""

from django.urls import path

from . import find, moves, openings, papers, propose, someone, today, waiting

urlpatterns = [
    path("reception/", today.reception, name="reception"),
    path("reception/find/", find.find, name="reception_find"),
    path("reception/find/list/", find.listed, name="reception_list"),
    path("reception/pick/<uuid:key>/", find.pick, name="reception_pick"),
    path("reception/propose/<uuid:key>/", propose.propose, name="reception_propose"),
    path("time/paper/", propose.hold, name="time_paper"),  # stands on the paper: a neutral address
    path("reception/proposed/", propose.waiting, name="reception_proposals"),
    path("reception/proposed/<uuid:key>/withdraw/", propose.withdraw, name="reception_withdraw"),
    path("reception/client/<uuid:key>/", someone.someone, name="reception_client"),
    path("reception/client/<uuid:key>/code/", someone.code, name="reception_code"),
    path("reception/client/<uuid:key>/book/", someone.book, name="reception_book"),
    path("reception/client/<uuid:key>/hand-over/", someone.hand_over, name="reception_hand_over"),
    path("reception/client/<uuid:key>/move/<uuid:booking>/", moves.move, name="reception_move"),
    path("reception/client/<uuid:key>/decline/", moves.decline, name="reception_decline"),
    path("reception/waiting/", waiting.waits, name="reception_waiting"),
    path("reception/papers/", papers.papers, name="reception_papers"),
    path("reception/week/", today.week, name="reception_week"),
    path("reception/here/<uuid:key>/", today.check_in, name="reception_check_in"),
    path("reception/revive/<uuid:key>/", today.revive, name="reception_revive"),
    path("reception/cancel/<uuid:key>/", today.cancel, name="reception_cancel"),
    path("reception/missed/<uuid:key>/", today.missed, name="reception_missed"),
    path("openings/", openings.openings, name="openings"),
    path("openings/room/", openings.room, name="openings_room"),
    path("openings/<uuid:key>/end/", openings.end, name="openings_end"),
]
