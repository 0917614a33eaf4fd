"""The gallery's door; it exists in the example country only."""

from django.urls import path

from balaqorgau.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("ui/<slug:language>/", views.gallery, name="gallery-in"),
]
