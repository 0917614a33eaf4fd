"""What officers do with threads: in one transaction the event under the desk's name, the audit row under the officer's."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import transaction

from balaqorgau.appeals import actions as appeals
from balaqorgau.appeals.models import Grant, Message, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit.actions import record, record_each
from balaqorgau.desk import inbox, policies, queries
from balaqorgau.desk.policies import Actor
from balaqorgau.directory import queries as directory
from balaqorgau.replies import policies as replies
from balaqorgau.sealed import messages

HANDED_OUT: Final = ("envelope-taken", inbox.SEEN, inbox.UNSEEN)


def subject(thread: Thread) -> str:
    """A thread as the audit table names it."""
    return f"thread:{thread.pk}"


@transaction.atomic
def open_thread(thread: Thread, *, seat: str, signature: bytes, by: Actor) -> bool:
    """Record that an officer opens a thread for a desk; True the first time. Raises Refused.

    `signature` is the desk's, over the commitment and the desk's name: no server can say it for them.
    """
    chosen = policies.check_can_speak(by, policies.check_can_read(by, thread), seat)
    signed = messages.event_bytes(commitment=thread.commitment, kind="opened", actor=seat)
    if not messages.verify(chosen.epoch.verify_key, signed, signature):
        raise Refused("bad_signature")
    event = appeals.open_thread(thread, by=chosen.signer, detail=seat, signature=signature)
    record("opened", subject=subject(thread), by=by.officer.signer, detail=seat)
    return event is not None


@transaction.atomic
def answer(thread: Thread, letter: appeals.Letter, *, seat: str, by: Actor) -> Message:
    """Add a desk's sealed message; raises Refused, out_of_date when somebody else wrote first."""
    chosen = policies.check_can_speak(by, policies.check_can_read(by, thread), seat)
    named = replace(letter, author=chosen.author)
    message = appeals.add_message(thread, named, verify_key=chosen.epoch.verify_key, by=chosen.signer)
    record("answered", subject=subject(thread), by=by.officer.signer, detail=f"{seat} {message.sequence}")
    return message


@transaction.atomic
def pass_on(thread: Thread, *, to: str, ciphertext: bytes, signature: bytes, seat: str, by: Actor) -> Grant:
    """Give one more desk ("desk/epoch") the thread, sealed to it in the browser; raises Refused."""
    target = policies.check_can_receive(directory.epoch_named(to))
    chosen = policies.check_can_pass(by, policies.check_can_read(by, thread), seat, target)
    grant = appeals.NewGrant(
        desk=target.desk_id,
        epoch=target.epoch,
        fingerprint=target.fingerprint,
        ciphertext=ciphertext,
        granted_by=seat,
        signature=signature,
    )
    row = appeals.refer(thread, grant, verify_key=chosen.epoch.verify_key, by=chosen.signer)
    record("passed", subject=subject(thread), by=by.officer.signer, detail=f"{seat} to {to}")
    return row


@transaction.atomic
def fetch_file(thread: Thread, digest: bytes, *, by: Actor) -> None:
    """Write down that an officer took a sealed file of a thread; the first 8 bytes of its hash name it."""
    policies.check_can_read(by, thread)
    replies.check_can_fetch(by.officer, thread, digest)
    record("file-opened", subject=subject(thread), by=by.officer.signer, detail=digest[:8].hex())


# What an officer is handed, sealed: who could have read what and when must be answerable


def list_inbox(after: inbox.Cursor | None, *, by: Actor) -> inbox.Page:
    """A page of the inbox, asked for by the officer."""
    record("inbox-listed", subject=str(by.officer.signer), by=by.officer.signer)
    return inbox.page(by, after)


@transaction.atomic
def mark_unread(thread: Thread, *, by: Actor) -> None:
    """Put a thread back among what this officer has not read; raises Refused."""
    policies.check_can_read(by, thread)
    record(inbox.UNSEEN, subject=subject(thread), by=by.officer.signer)


@transaction.atomic
def hand_out(ids: Iterable[UUID], *, by: Actor) -> list[queries.Envelope]:
    """The sealed first messages of those threads that the officer may read; a row for each."""
    found = queries.envelopes(by, ids)
    record_each("envelope-taken", subjects=[subject(one.thread) for one in found], by=by.officer.signer)
    return found


@transaction.atomic
def fetch_thread(thread: Thread, *, by: Actor) -> Thread:
    """Write down that an officer took a whole thread, sealed; raises Refused."""
    policies.check_can_read(by, thread)
    record("fetched", subject=subject(thread), by=by.officer.signer)
    return thread


def take_keys(*, by: Actor) -> None:
    """Write down that an officer took what their passphrase opens."""
    record("keys-taken", subject=str(by.officer.signer), by=by.officer.signer)


def list_schools(region: str, *, by: Actor) -> None:
    """Write down that an officer took the school codes of a region; an unknown region is cut to what a code can be."""
    record("schools-listed", subject=f"region:{region[:20]}", by=by.officer.signer)
