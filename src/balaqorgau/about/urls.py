"""The doors of the pages about this installation."""

from django.urls import path

from balaqorgau.about import views

app_name = "about"
urlpatterns = [
    path("about/<slug:page>/", views.page, name="page"),
    path("about/<slug:page>/<slug:language>/", views.page, name="page-in"),
    path(".well-known/security.txt", views.security, name="security"),
]
