"""The doors of administration. Each has its line in the table of who may pass (tests/architecture/test_doors.py)."""

from django.urls import path

from balaqorgau.administration.views import audit, desks, health, importing, packs, schools, start

app_name = "administration"
urlpatterns = [
    path("", start.start, name="start"),
    path("sign-out", start.sign_out, name="sign-out"),
    path("language", start.language, name="language"),
    path("visits/<uuid:pk>/end", start.end_visit, name="end-visit"),
    path("schools/", schools.search, name="schools"),
    path("schools/import/", importing.form, name="import"),
    path("schools/import/check", importing.check, name="import-check"),
    path("schools/import/take", importing.take, name="import-take"),
    path("schools/posters", schools.print_region, name="print-region"),
    path("schools/<uuid:pk>/", schools.school, name="school"),
    path("schools/<uuid:pk>/poster", schools.print_one, name="print"),
    path("schools/<uuid:pk>/rotate", schools.rotate, name="rotate"),
    path("schools/<uuid:pk>/link", schools.make_link, name="link"),
    path("schools/<uuid:pk>/link/<uuid:link>/withdraw", schools.withdraw_link, name="link-withdraw"),
    path("desks/", desks.desks, name="desks"),
    path("desks/invite", desks.invite, name="invite"),
    path("desks/invitations/<uuid:pk>/revoke", desks.revoke, name="revoke"),
    path("desks/officers/<uuid:pk>/stop", desks.stop, name="stop"),
    path("desks/officers/<uuid:pk>/allow", desks.allow, name="allow"),
    path("health/", health.health, name="health"),
    path("audit/", audit.search, name="audit"),
    path("audit/export", audit.export, name="audit-export"),
    path("pack/", packs.pack_page, name="pack"),
]
