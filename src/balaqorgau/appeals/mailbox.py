"""What a mailbox holds, as the wire writes it."""

from typing import Any

from balaqorgau.appeals import promises, queries
from balaqorgau.appeals.models import Event, Message, Thread
from balaqorgau.directory import queries as directory
from balaqorgau.kernel.clock import unix
from balaqorgau.kernel.ids import b64

SHOWN = ("received", "opened", "replied", "written", "referred", "erase-asked", "erase-withdrawn")


def contents(thread: Thread) -> dict[str, Any]:
    """A thread for its child; nothing but the state of erasing while it is hidden."""
    erase = {"count": thread.erase_acts, "due": unix(thread.erase_due) if thread.erase_due else None}
    base = {"commitment": b64(thread.commitment), "erase": erase}
    return base if thread.erase_due else base | whole(thread)


def whole(thread: Thread) -> dict[str, Any]:
    """The thread itself: still sealed, with what is needed to open and check it."""
    letters = list(queries.messages_of(thread))
    return {
        "manifest": thread.manifest,
        "promise": promises.promise(
            commitment=thread.commitment,
            mailbox=thread.mailbox,
            received=thread.received_at,
            merge_by=thread.merge_by,
        ),
        "grant": b64(thread.grants.get(desk="child").ciphertext),
        "next": letters[-1].sequence + 1,
        "last": b64(letters[-1].message_hash),
        "messages": [message(letter) for letter in letters],
        "desks": desk_keys(thread),
        "events": [event(row) for row in thread.events.all() if row.kind in SHOWN],
    }


def message(letter: Message) -> dict[str, Any]:
    """One sealed message as the wire writes it."""
    return {
        "sequence": letter.sequence,
        "author": letter.author,
        "previous": b64(letter.previous),
        "signature": b64(letter.signature),
        "at": unix(letter.at),
        "ciphertext": b64(letter.ciphertext),
        "files": [{"length": file.length, "hash": b64(file.digest)} for file in letter.files.all()],
    }


def event(row: Event) -> dict[str, Any]:
    """One step, in coded words: which desk for those that a desk did."""
    return {"kind": row.kind, "at": unix(row.at), "detail": row.detail.partition("/")[0]}


def desk_keys(thread: Thread) -> dict[str, dict[str, str]]:
    """The public keys of every desk epoch that holds the thread."""
    held = {(grant.desk, grant.epoch) for grant in thread.grants.exclude(desk="child")}
    return {
        f"{epoch.desk_id}/{epoch.epoch}": {"verify": b64(epoch.verify_key), "recipient": b64(epoch.recipient)}
        for epoch in directory.epochs()
        if (epoch.desk_id, epoch.epoch) in held
    }
