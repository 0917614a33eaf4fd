"""What a console shows of threads: everything here is metadata or ciphertext."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from balaqorgau.appeals import queries as appeals
from balaqorgau.appeals.models import Grant, Message, Thread
from balaqorgau.desk.policies import Actor

ENVELOPES: Final = 25


@dataclass(frozen=True)
class Envelope:
    """What a browser needs to open the first message of a thread, all of it sealed."""

    thread: Thread
    grants: list[Grant]
    message: Message


def envelopes(actor: Actor, ids: Iterable[UUID]) -> list[Envelope]:
    """The sealed first messages of threads that the actor may read; others are left out."""
    grants = appeals.grants_to(actor.fingerprints).filter(
        thread__in=list(ids), thread__erased_at=None, thread__erase_due=None
    )
    found: dict[UUID, list[Grant]] = defaultdict(list)
    for grant in grants.select_related("thread").order_by("-epoch", "id"):
        found[grant.thread_id].append(grant)
    first = {message.thread_id: message for message in Message.objects.filter(thread__in=found, sequence=0)}
    return [Envelope(held[0].thread, held, first[pk]) for pk, held in found.items()]


def thread(pk: UUID) -> Thread | None:
    """A thread by its id."""
    return Thread.objects.filter(pk=pk).first()


def grant_for(actor: Actor, thread: Thread) -> Grant:
    """The newest grant of a thread that the actor can open."""
    return grants_for(actor, thread)[0]


def grants_for(actor: Actor, thread: Thread) -> list[Grant]:
    """Every grant of a thread that the actor can try, the newest epoch first and of an epoch the oldest first."""
    return list(appeals.grants_to(actor.fingerprints).filter(thread=thread).order_by("-epoch", "id"))
