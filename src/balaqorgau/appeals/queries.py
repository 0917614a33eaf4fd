"""What rooms above may ask of threads."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from balaqorgau.appeals.models import Grant, Message, StoredFile, Thread
from balaqorgau.kernel.clock import unix


def thread_at(mailbox: bytes) -> Thread | None:
    """The thread of a mailbox (the SHA-256 of its token), erased ones included."""
    return Thread.objects.filter(mailbox=mailbox).first()


def threads_granted_to(fingerprints: Iterable[bytes]) -> QuerySet[Thread]:
    """Threads that these desk epochs can open, newest first; erased and hidden ones are not among them."""
    granted = Grant.objects.filter(fingerprint__in=list(fingerprints)).values("thread")
    return Thread.objects.filter(pk__in=granted, erased_at=None, erase_due=None).order_by("-received_at")


def grants_to(fingerprints: Iterable[bytes]) -> QuerySet[Grant]:
    """The grants that these desk epochs hold."""
    return Grant.objects.filter(fingerprint__in=list(fingerprints))


def messages_of(thread: Thread) -> QuerySet[Message]:
    """A thread's messages in order, each with its files."""
    return Message.objects.filter(thread=thread).prefetch_related("files").order_by("sequence")


def file_of(thread: Thread, digest: bytes) -> StoredFile | None:
    """A thread's file by the SHA-256 of its ciphertext."""
    return StoredFile.objects.filter(message__thread=thread, digest=digest).first()


def erased_by_law(thread: Thread) -> datetime | None:
    """When the law had a thread erased; None when it is there, or when the child itself wished it gone."""
    found = thread.erasures.filter(outcome="confirmed").first()
    return found.decided_at if found else None


def erasure_told(thread: Thread) -> dict[str, int]:
    """The same for its child, as the wire writes it."""
    at = erased_by_law(thread)
    return {"law": unix(at)} if at else {}
