"""The gallery's door, open in the example country only, and the tab's picture."""

from django.urls import path

from balaqorgau.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/tab.svg", views.tab, name="tab"),
    path("ui/", views.gallery, name="gallery"),
    path("ui/child/", views.child_gallery, name="child-gallery"),
    path("ui/child/<slug:language>/", views.child_gallery, name="child-gallery-in"),
    path("ui/<slug:language>/", views.gallery, name="gallery-in"),
]
