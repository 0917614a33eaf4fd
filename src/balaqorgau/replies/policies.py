"""Who may write a desk's templates, and who may see what is closed: decisions only, each with a twin that raises."""

from balaqorgau import pack
from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.replies import queries
from balaqorgau.replies.models import Template


def can_write_for(officer: Officer, desk: str) -> bool:
    """Templates are written by those who work at the desk now."""
    return accounts.desks_of(officer).filter(pk=desk).exists()


def check_can_write_for(officer: Officer, desk: str) -> None:
    """Refused("not_your_desk")."""
    if not can_write_for(officer, desk):
        raise Refused("not_your_desk", 403)


def check_can_change(officer: Officer, template: Template | None) -> Template:
    """The template; for everybody else it is as if it did not exist: Refused("no_template")."""
    if template is None or not can_write_for(officer, template.desk_id):
        raise Refused("no_template", 404)
    return template


def can_see_closed(officer: Officer) -> bool:
    """Somebody at a desk of a role that the country's pack names for it."""
    return accounts.desks_of(officer).filter(role__in=pack.current().unlawful.readers).exists()


def check_can_see_closed(officer: Officer) -> None:
    """Refused("not_designated")."""
    if not can_see_closed(officer):
        raise Refused("not_designated", 403)


def check_can_fetch(officer: Officer, thread: Thread, digest: bytes) -> None:
    """Refused("file_closed") for a file that may be unlawful, unless the officer is of the designated role."""
    if queries.is_closed(thread, digest) and not can_see_closed(officer):
        raise Refused("file_closed", 403)
