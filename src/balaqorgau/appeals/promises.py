"""The committee's signed promise that it holds an appeal."""

from datetime import datetime

from django.conf import settings

from balaqorgau.kernel.clock import unix
from balaqorgau.sealed import note


def promise(*, commitment: bytes, mailbox: bytes, received: datetime, merge_by: datetime) -> str:
    """The signed note for an appeal; the same appeal always gets the same bytes."""
    return note.issue_promise(
        name=settings.PROMISE_NAME,
        seed=settings.PROMISE_KEY,
        deployment=settings.DEPLOYMENT,
        commitment=commitment,
        mailbox=mailbox,
        received=unix(received),
        merge_by=unix(merge_by),
    )


def public_key() -> bytes:
    """The key that promises are checked with, 32 bytes."""
    return note.public_key(settings.PROMISE_KEY)
