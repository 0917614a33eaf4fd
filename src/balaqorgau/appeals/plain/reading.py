"""Opening a thread for somebody without JavaScript: in memory, for this answer only."""

from dataclasses import dataclass
from datetime import datetime

from balaqorgau.appeals import actions, queries
from balaqorgau.appeals.models import Message, Thread
from balaqorgau.appeals.submission import CHILD_AUTHOR
from balaqorgau.kernel.signer import CHILD
from balaqorgau.sealed import age, messages
from balaqorgau.sealed.appeal import Letter, OpenError, open_grant, open_letter, seal_letter
from balaqorgau.sealed.keys import ChildKeys, Seed
from balaqorgau.sealed.manifest import parse
from balaqorgau.sealed.padding import PaddingError


@dataclass(frozen=True)
class Read:
    """One message as it is shown; `spoilt` when its author sent what nobody can open."""

    mine: bool
    at: datetime
    text: str
    files: int
    spoilt: bool = False


def seed_of(thread: Thread, child: ChildKeys) -> Seed:
    """The thread's seed from its child's grant."""
    return open_grant(thread.grants.get(desk=CHILD_AUTHOR).ciphertext, child.identity, parse(thread.manifest.encode()))


def letters(thread: Thread, child: ChildKeys) -> list[Read]:
    """Every message, opened."""
    seed = seed_of(thread, child)
    return [opened(message, seed) for message in queries.messages_of(thread)]


def opened(message: Message, seed: Seed) -> Read:
    """One message, opened; one that does not open hides none of the others."""
    try:
        body = open_letter(message.ciphertext, seed)
    except (age.AgeError, PaddingError, OpenError):
        return Read(message.author == CHILD_AUTHOR, message.at, "", 0, spoilt=True)
    return Read(message.author == CHILD_AUTHOR, message.at, str(body.get("text", "")), len(body.get("files", [])))


def write(thread: Thread, child: ChildKeys, *, text: str, language: str) -> Message:
    """A further message from the child. Raises Refused and TextTooLong."""
    payload, _ = seal_letter(Letter({"language": language, "text": text}), seed_of(thread, child))
    last = thread.messages.order_by("-sequence")[0]
    signed = messages.message_bytes(
        commitment=thread.commitment,
        author=CHILD_AUTHOR,
        sequence=last.sequence + 1,
        previous=last.message_hash,
        digest=age.digest(payload),
        files=[],
    )
    letter = actions.Letter(
        author=CHILD_AUTHOR,
        sequence=last.sequence + 1,
        previous=last.message_hash,
        signature=messages.sign(child.signing, signed),
        payload=payload,
    )
    return actions.add_message(thread, letter, verify_key=thread.child_key, by=CHILD)


def erase(thread: Thread, child: ChildKeys, *, act: str, days: int) -> datetime | None:
    """Ask to erase ("erase") or take it back ("withdraw")."""
    signed = messages.erase_bytes(commitment=thread.commitment, act=act, count=thread.erase_acts)
    return actions.ask_erase(thread, act=act, signature=messages.sign(child.signing, signed), days=days)
