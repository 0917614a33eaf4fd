"""The tour's doors; included in the example country only."""

from django.urls import path

from balaqorgau.tour import views

app_name = "tour"
urlpatterns = [
    path("", views.tour, name="tour"),
    path("code.svg", views.code, name="code"),
    path("poster.png", views.picture, name="picture"),
    path("poster.pdf", views.poster, name="poster"),
    path("<slug:language>/", views.tour, name="tour-in"),
]
