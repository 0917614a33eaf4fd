"""Every door of the house, by room."""

from django.urls import include, path

from balaqorgau import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("balaqorgau.appeals.urls")),
    path("", include("balaqorgau.ui.urls")),
    path("desk/", include("balaqorgau.desk.urls")),
]
