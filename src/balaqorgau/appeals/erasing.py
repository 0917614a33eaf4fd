"""Erasing by law: what is signed by both people, and how a thread becomes its tombstone. Who may is decided above."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Final

from django.db import transaction

from balaqorgau.appeals import actions, limits
from balaqorgau.appeals.models import Erasure, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import check_sealed
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import messages

CONFIRMED: Final = "confirmed"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True)
class Hand:
    """Who signs: the officer, the desk epoch they speak for with its verifying key, and the signature."""

    officer: Signer
    seat: str
    verify_key: bytes
    signature: bytes

    def signed(self, thread: Thread, said: str) -> bool:
        """Whether the desk signed that this officer says this of this thread."""
        return is_signed(thread.commitment, said, self.seat, self.verify_key, self.signature)


def is_signed(commitment: bytes, said: str, seat: str, verify_key: bytes, signature: bytes) -> bool:
    """Whether a desk's epoch signed these words about a thread."""
    return messages.verify(verify_key, messages.event_bytes(commitment=commitment, kind=said, actor=seat), signature)


def proposal(row: Erasure) -> str:
    """What the proposer signs."""
    return f"erasure-proposed {row.reason} {tag(row.by)} {row.number} {b64(row.digest)}"


def decision(row: Erasure, outcome: str, officer: str, digest: bytes = b"") -> str:
    """What ends a proposal: it names the very proposal by its signature, so that it fits no other."""
    return f"erasure-{outcome} {row.reason} {tag(officer)} {b64(sha256(row.signature).digest())} {b64(digest)}".strip()


def tag(officer: str) -> str:
    """An officer's id as both sign it."""
    return officer.rpartition(":")[2]


def check_words(words: bytes) -> None:
    """Sealed words of the smallest size that there is: a sentence or two."""
    if len(words) != min(limits.sealed_payload_sizes()):
        raise Refused("bad_request", field="words")
    check_sealed(words)


def open_proposal(thread: Thread) -> Erasure:
    """The thread's proposal that waits; Refused("not_proposed")."""
    found = thread.erasures.filter(outcome="").first()
    if found is None:
        raise Refused("not_proposed", 409)
    return found


@transaction.atomic
def propose(thread: Thread, *, reason: str, basis: str, words: bytes, by: Hand) -> Erasure:
    """Keep a proposal; nothing is erased. Raises Refused."""
    check_words(words)
    row = actions.locked(thread)
    if row.erasures.filter(outcome="").exists():
        raise Refused("already_proposed", 409)
    made = Erasure(
        thread=row,
        number=row.erasures.count(),
        reason=reason,
        basis=basis,
        by=str(by.officer),
        seat=by.seat,
        at=clock.now(),
        signature=by.signature,
        words=words,
        digest=sha256(words).digest(),
    )
    if not by.signed(row, proposal(made)):
        raise Refused("bad_signature")
    made.save(force_insert=True)
    note(made, "proposed", by)
    return made


@transaction.atomic
def end(thread: Thread, outcome: str, *, by: Hand, words: bytes = b"") -> Erasure:
    """Withdraw or refuse the proposal that waits; a refusal has its words. Raises Refused."""
    if words:
        check_words(words)
    row = open_proposal(actions.locked(thread))
    digest = sha256(words).digest() if words else b""
    decide(row, outcome, by, digest)
    row.refusal, row.refusal_digest = words, digest
    row.save()
    return row


@transaction.atomic
def confirm(thread: Thread, *, by: Hand) -> Erasure:
    """Erase: all but the tombstone goes in this transaction, files right after it. Raises Refused."""
    locked = actions.locked(thread)
    row = open_proposal(locked)
    if str(by.officer) == row.by:
        raise Refused("same_person", 403)
    decide(row, CONFIRMED, by, b"")
    row.content = locked.messages.order_by("-sequence")[0].message_hash
    row.save()
    names = actions.bury(locked, clock.now(), by=Signer("desk", by.seat), detail=f"law {row.reason}")
    transaction.on_commit(partial(forget, names))
    return row


def decide(row: Erasure, outcome: str, by: Hand, digest: bytes) -> None:
    """Check the signature under a decision and write it down; the caller saves the row."""
    if not by.signed(row.thread, decision(row, outcome, str(by.officer), digest)):
        raise Refused("bad_signature")
    row.outcome, row.decided_by, row.decided_seat = outcome, str(by.officer), by.seat
    row.decided_at, row.decided_signature = clock.now(), by.signature
    note(row, outcome, by)


def note(row: Erasure, what: str, by: Hand) -> None:
    """The event of a step."""
    signer, detail = Signer("desk", by.seat), f"{by.seat} {row.reason}"
    actions.note(row.thread, f"erasure-{what}", by=signer, detail=detail, signature=by.signature)


def forget(names: list[str]) -> None:
    """Remove files whose rows are gone; what the storage does not remove now, `balaqorgau sweep` does."""
    for name in names:
        with suppress(Exception):
            actions.forget([name])
