"""The console's doors. Each has its line in the table of who may pass (tests/architecture/test_doors.py)."""

from django.urls import path

from balaqorgau.desk.views import joining, keys, page, reference, session, threads, waking

app_name = "desk"
urlpatterns = [
    path("", page.console, name="console"),
    path("in/<slug:language>/", page.console, name="console-in"),
    path("code/<path:name>", page.code, name="code"),
    path("join/", joining.page, name="join"),
    path("join/<slug:language>/", joining.page, name="join-in"),
    path("api/words/<slug:language>", joining.words, name="words"),
    path("api/invitation", joining.invitation, name="invitation"),
    path("api/join", joining.join, name="enrol"),
    path("api/desk-keys", keys.overview, name="desk-keys"),
    path("api/desk-keys/made", keys.made, name="key-made"),
    path("api/desk-keys/grants", keys.grant, name="key-grant"),
    path("api/desk-keys/sheets/<str:desk>", keys.sheets, name="key-sheets"),
    path("api/invitations", keys.invite, name="invite"),
    path("api/invitations/<uuid:pk>/revoke", keys.revoke, name="invitation-revoke"),
    path("api/proposals/<uuid:pk>/sign", keys.sign, name="proposal-sign"),
    path("api/proposals/<uuid:pk>/withdraw", keys.withdraw, name="proposal-withdraw"),
    path("waking/", waking.settings, name="waking"),
    path("waking/address", waking.ask, name="waking-ask"),
    path("waking/code", waking.confirm, name="waking-confirm"),
    path("waking/forget", waking.forget, name="waking-forget"),
    path("waking/rhythm", waking.rhythm, name="waking-rhythm"),
    path("waking/duty", waking.duty, name="waking-duty"),
    path("api/waking", waking.standing, name="waking-standing"),
    path("api/salt", session.salt, name="salt"),
    path("api/sign-in", session.sign_in, name="sign-in"),
    path("api/sign-out", session.sign_out, name="sign-out"),
    path("api/me", session.me, name="me"),
    path("api/keys", session.keys, name="keys"),
    path("api/language", session.language, name="language"),
    path("api/directory", reference.directory, name="directory"),
    path("api/schools/<slug:region>", reference.schools, name="schools"),
    path("api/inbox", threads.inbox, name="inbox"),
    path("api/envelopes", threads.envelopes, name="envelopes"),
    path("api/threads/<uuid:pk>", threads.thread, name="thread"),
    path("api/threads/<uuid:pk>/opened", threads.opened, name="opened"),
    path("api/threads/<uuid:pk>/files/<str:digest>", threads.file, name="file"),
    path("api/threads/<uuid:pk>/messages", threads.answer, name="answer"),
    path("api/threads/<uuid:pk>/grants", threads.pass_on, name="pass"),
]
