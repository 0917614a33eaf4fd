"""Every door of the house, by room."""

from django.conf import settings
from django.urls import include, path

from balaqorgau import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("balaqorgau.appeals.urls")),
    path("", include("balaqorgau.about.urls")),
    path("", include("balaqorgau.ui.urls")),
    path("desk/admin/", include("balaqorgau.administration.urls")),
    path("desk/", include("balaqorgau.desk.urls")),
    path("poster/", include("balaqorgau.administration.contact_urls")),
]
if settings.EXAMPLE:
    urlpatterns.append(path("tour/", include("balaqorgau.tour.urls")))

handler400 = "balaqorgau.ui.faults.bad_request"
handler404 = "balaqorgau.ui.faults.not_found"
handler500 = "balaqorgau.ui.faults.failed"
