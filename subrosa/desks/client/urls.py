"""Addresses of the client's pages: short and neutral, they say nothing about what this place is."""

from django.urls import path

from . import account, agreed, agreement, back, cards, file, first, here, kept, letters, mine, proof, slip, talk, words

urlpatterns = [
    path("account/", account.account, name="account"),
    path("talk/", talk.talk, name="talk"),
    path("talk/times/", talk.times, name="talk_times"),
    path("talk/first/", first.first, name="talk_first"),
    path("talk/sent/", first.sent, name="talk_sent"),
    path("back/", back.back, name="back"),
    path("kept/", kept.kept, name="kept"),
    path("slip/", slip.slip, name="slip"),
    path("slip/look/", slip.look, name="slip_look"),
    path("here/", here.here, name="here"),
    path("here/done/", here.done, name="here_done"),
    path("mine/", mine.mine, name="mine"),
    path("mine/cancel/<uuid:key>/", mine.cancel, name="mine_cancel"),
    path("mine/stop/", mine.stop, name="mine_stop"),
    path("mine/cards/", cards.cards, name="mine_cards"),
    path("mine/agreement/", agreement.agreement, name="mine_agreement"),
    path("mine/agreement/<uuid:key>/", agreement.copy, name="mine_agreement_copy"),
    path("mine/agreement/<uuid:key>/paper/", agreement.paper, name="mine_agreement_paper"),
    path("mine/plan/", agreed.plan, name="mine_plan"),
    path("mine/goals/", agreed.goals, name="mine_goals"),
    path("mine/letters/", letters.letters, name="mine_letters"),
    path("mine/letters/<uuid:key>/", letters.paper, name="mine_letter_paper"),
    path("mine/words/", file.words, name="mine_words"),
    path("mine/words/<uuid:key>/<slug:which>/", words.leave, name="mine_leave_words"),
    path("mine/hope/", words.hope, name="mine_hope"),
    path("mine/file/", file.log, name="mine_file"),
    path("mine/file/proof/", proof.proof, name="mine_proof"),
]
