"""The child's doors. The pages themselves are static files that `publish` makes."""

from django.urls import path

from balaqorgau.appeals import views
from balaqorgau.appeals.plain import views as plain

app_name = "appeals"
urlpatterns = [
    path("api/appeals", views.appeals, name="appeals"),
    path("api/mailbox", views.open_mailbox, name="mailbox"),
    path("api/mailbox/file", views.mailbox_file, name="mailbox-file"),
    path("api/mailbox/messages", views.mailbox_message, name="mailbox-messages"),
    path("api/mailbox/erase", views.mailbox_erase, name="mailbox-erase"),
    path("plain/", plain.write, name="plain"),
    path("plain/answer/", plain.answer, name="plain-answer"),
]
