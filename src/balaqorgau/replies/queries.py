"""What is kept for answering: templates, one's own draft, and which files are closed."""

from datetime import datetime

from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Thread
from balaqorgau.replies.models import ClosedFile, SealedDraft, Template


def templates_of(officer: Officer) -> list[Template]:
    """The own templates of every desk that an officer works at now."""
    return list(Template.objects.filter(desk__in=accounts.desks_of(officer)).order_by("desk", "id"))


def template(pk: int) -> Template | None:
    """A template by its number."""
    return Template.objects.filter(pk=pk).first()


def draft(officer: Officer, thread: Thread) -> SealedDraft | None:
    """What the officer has not sent yet in a thread."""
    return SealedDraft.objects.filter(officer=officer, thread=thread).first()


def is_closed(thread: Thread, digest: bytes) -> bool:
    """Whether a file is closed now."""
    return ClosedFile.objects.filter(thread=thread, digest=digest, opened_at=None).exists()


def closed(thread: Thread) -> dict[bytes, datetime]:
    """The files of a thread that are closed now, by their hash, and since when."""
    rows = ClosedFile.objects.filter(thread=thread, opened_at=None)
    return {bytes(row.digest): row.closed_at for row in rows}
