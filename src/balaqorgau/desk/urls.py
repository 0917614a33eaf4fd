"""The console's doors. Each has its line in the table of who may pass (tests/architecture/test_doors.py)."""

from django.urls import path

from balaqorgau.desk.views import account, page, reference, session, threads, waking

app_name = "desk"
urlpatterns = [
    path("", page.console, name="console"),
    path("in/<slug:language>/", page.console, name="console-in"),
    path("code/<path:name>", page.code, name="code"),
    path("waking/", waking.settings, name="waking"),
    path("waking/address", waking.ask, name="waking-ask"),
    path("waking/code", waking.confirm, name="waking-confirm"),
    path("waking/forget", waking.forget, name="waking-forget"),
    path("waking/rhythm", waking.rhythm, name="waking-rhythm"),
    path("waking/duty", waking.duty, name="waking-duty"),
    path("api/waking", waking.standing, name="waking-standing"),
    path("api/salt", session.salt, name="salt"),
    path("api/sign-in", session.sign_in, name="sign-in"),
    path("api/second/code", session.second_code, name="second-code"),
    path("api/second/options", session.second_options, name="second-options"),
    path("api/second/passkey", session.second_passkey, name="second-passkey"),
    path("api/account", account.account, name="account"),
    path("api/account/apps/new", account.new_app, name="account-new-app"),
    path("api/account/apps", account.add_app, name="account-add-app"),
    path("api/account/passkeys/new", account.new_passkey, name="account-new-passkey"),
    path("api/account/passkeys", account.add_passkey, name="account-add-passkey"),
    path("api/account/factors/<uuid:pk>/unlocker", account.unlocker, name="account-unlocker"),
    path("api/account/factors/<uuid:pk>/remove", account.remove, name="account-remove"),
    path("api/account/visits/<uuid:pk>/end", account.end_visit, name="account-end-visit"),
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
    path("api/threads/<uuid:pk>/unread", threads.unread, name="unread"),
    path("api/threads/<uuid:pk>/files/<str:digest>", threads.file, name="file"),
    path("api/threads/<uuid:pk>/messages", threads.answer, name="answer"),
    path("api/threads/<uuid:pk>/grants", threads.pass_on, name="pass"),
]
