"""The mail server that the settings name."""

from django.conf import settings

from balaqorgau.kernel.mail import MailServer


class Unset(Exception):
    """No mail server is named, so nobody can be woken."""


def is_named() -> bool:
    """Whether the settings name one."""
    return settings.MAIL is not None


def named() -> MailServer:
    """The server; raises Unset."""
    found: MailServer | None = settings.MAIL
    if found is None:
        raise Unset
    return found
