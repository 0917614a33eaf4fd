"""The door of a school's contact: one link, one poster, once. It asks nobody who they are."""

from django.urls import path

from balaqorgau.administration.views import contact

app_name = "contact"
urlpatterns = [
    path("<slug:language>/<str:secret>/", contact.poster, name="poster"),
    path("<slug:language>/<str:secret>/pdf", contact.pdf, name="pdf"),
]
