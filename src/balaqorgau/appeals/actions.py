"""Everything that changes a thread after it arrived; each writes its event row in the same transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.db.models.functions import Length

from balaqorgau.appeals import files, limits
from balaqorgau.appeals.models import Event, Grant, Message, StoredFile, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import check_sealed
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import CHILD, CUSTODIAN, Signer
from balaqorgau.sealed import messages


@dataclass(frozen=True)
class Letter:
    """A sealed message that wants to join a thread."""

    author: str
    sequence: int
    previous: bytes
    signature: bytes
    payload: bytes
    files: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class NewGrant:
    """A thread's seed sealed to one more desk, signed by the desk that passes it on."""

    desk: str
    epoch: int
    fingerprint: bytes
    ciphertext: bytes
    granted_by: str
    signature: bytes


def locked(thread: Thread) -> Thread:
    """The thread's row, held until the transaction ends; Refused when it is erased or about to be."""
    row = Thread.objects.select_for_update().get(pk=thread.pk)
    if row.erased_at or row.erase_due:
        raise Refused("erased", 410)
    return row


def note(thread: Thread, kind: str, *, by: Signer, detail: str = "", signature: bytes = b"") -> Event:
    """Write that something happened to a thread; `detail` is coded, never words."""
    return Event.objects.create(
        thread=thread, kind=kind, at=clock.now(), by=str(by), detail=detail, signature=signature
    )


def add_message(thread: Thread, letter: Letter, *, verify_key: bytes, by: Signer) -> Message:
    """Append a sealed message, durably; the same one again is the same answer. Raises Refused.

    `verify_key` is the Ed25519 key of the letter's author. out_of_date means somebody else wrote first.
    """
    check_letter(thread, letter, verify_key)
    names = files.keep_all(letter.files)
    try:
        with transaction.atomic():
            message, created = append(locked(thread), letter, names, by)
    except DatabaseError:  # Perhaps it was stored all the same: `balaqorgau sweep` removes files without a row.
        raise
    except BaseException:
        forget(names)
        raise
    if not created:
        forget(names)
    return message


def check_letter(thread: Thread, letter: Letter, verify_key: bytes) -> None:
    """Sizes, the form of age files, and the author's signature."""
    limits.check_sizes(letter.payload, letter.files)
    for data in (letter.payload, *letter.files):
        check_sealed(data)
    if len(letter.payload) not in limits.sealed_payload_sizes():
        raise Refused("not_age")
    if not messages.verify(verify_key, signed_bytes(thread, letter), letter.signature):
        raise Refused("bad_signature")


def signed_bytes(thread: Thread, letter: Letter) -> bytes:
    """The 32 bytes that the author signed."""
    return messages.message_bytes(
        commitment=thread.commitment,
        author=letter.author,
        sequence=letter.sequence,
        previous=letter.previous,
        digest=sha256(letter.payload).digest(),
        files=[sha256(data).digest() for data in letter.files],
    )


def append(thread: Thread, letter: Letter, names: list[str], by: Signer) -> tuple[Message, bool]:
    """The stored message and whether it is new; `thread` is locked."""
    message_hash = messages.message_hash(signed_bytes(thread, letter), letter.signature)
    last = thread.messages.order_by("-sequence")[0]
    twin = thread.messages.filter(sequence=letter.sequence).first()
    if twin and twin.message_hash == message_hash:
        return twin, False
    if letter.sequence != last.sequence + 1 or letter.previous != last.message_hash:
        raise Refused("out_of_date", 409, next=last.sequence + 1)
    check_room(thread, letter)
    message = Message.objects.create(
        thread=thread,
        sequence=letter.sequence,
        author=letter.author,
        previous=letter.previous,
        digest=sha256(letter.payload).digest(),
        message_hash=message_hash,
        signature=letter.signature,
        ciphertext=letter.payload,
        at=clock.now(),
    )
    StoredFile.objects.bulk_create(
        StoredFile(message=message, position=place, length=len(data), digest=sha256(data).digest(), name=name)
        for place, (data, name) in enumerate(zip(letter.files, names, strict=True))
    )
    note(
        thread, "written" if by == CHILD else "replied", by=by, detail=str(letter.sequence), signature=letter.signature
    )
    return message, True


def check_room(thread: Thread, letter: Letter) -> None:
    """Refuse what would make a thread longer than a phone can fetch; each author has their own room in it."""
    written = thread.messages.filter(author=letter.author)
    texts = written.aggregate(total=Sum(Length("ciphertext")))["total"] or 0
    added = StoredFile.objects.filter(message__in=written).aggregate(total=Sum("length"))["total"] or 0
    too_long = texts + len(letter.payload) > limits.MAX_WRITTEN_BYTES
    if too_long or added + sum(map(len, letter.files)) > limits.MAX_ADDED_FILE_BYTES:
        raise Refused("thread_full", 413)


def forget(names: list[str]) -> None:
    """Remove files that no row will name."""
    for name in names:
        files.destroy(name)


@transaction.atomic
def open_thread(thread: Thread, *, by: Signer, detail: str, signature: bytes) -> Event | None:
    """Record the first time a desk opens a thread; `detail` is "desk/epoch". None when it had opened it before."""
    row = locked(thread)
    if Event.objects.filter(thread=row, kind="opened", detail=detail).exists():
        return None
    return note(row, "opened", by=by, detail=detail, signature=signature)


@transaction.atomic
def refer(thread: Thread, grant: NewGrant, *, verify_key: bytes, by: Signer) -> Grant:
    """Give one more desk the thread's seed; the same grant again changes nothing. Raises Refused.

    Each giver has their own: what a desk spoilt does not stand in the way of another desk's.
    """
    check_sealed(grant.ciphertext)
    signed = messages.grant_bytes(
        commitment=thread.commitment,
        giver=grant.granted_by,
        receiver=f"{grant.desk}/{grant.epoch}",
        digest=sha256(grant.ciphertext).digest(),
    )
    if not messages.verify(verify_key, signed, grant.signature):
        raise Refused("bad_signature")
    row, created = Grant.objects.get_or_create(
        thread=locked(thread),
        desk=grant.desk,
        epoch=grant.epoch,
        granted_by=grant.granted_by,
        defaults={
            "fingerprint": grant.fingerprint,
            "ciphertext": grant.ciphertext,
            "signature": grant.signature,
            "at": clock.now(),
        },
    )
    if created:
        note(thread, "referred", by=by, detail=f"{grant.desk}/{grant.epoch}", signature=grant.signature)
    return row


@transaction.atomic
def ask_erase(thread: Thread, *, act: str, signature: bytes, days: int) -> datetime | None:
    """The child asks to erase, or takes that back; when it will be gone, or None. Raises Refused.

    The thread is hidden at once and destroyed by `destroy_due` after `days` days.
    """
    if act not in ("erase", "withdraw"):
        raise Refused("bad_signature")
    row = Thread.objects.select_for_update().get(pk=thread.pk)
    if row.erased_at:
        raise Refused("erased", 410)
    signed = messages.erase_bytes(commitment=row.commitment, act=act, count=row.erase_acts)
    if not messages.verify(row.child_key, signed, signature):
        raise Refused("bad_signature")
    row.erase_due = clock.now() + timedelta(days=days) if act == "erase" else None
    row.erase_acts += 1
    row.save(update_fields=["erase_due", "erase_acts"])
    note(row, "erase-asked" if act == "erase" else "erase-withdrawn", by=CHILD, signature=signature)
    return row.erase_due


def destroy_due(*, now: datetime) -> int:
    """Destroy every thread whose day has come; how many. Safe to run twice and from two machines."""
    due = list(Thread.objects.filter(erase_due__lte=now, erased_at=None))
    return sum(destroy(thread, now=now) for thread in due)


def destroy(thread: Thread, *, now: datetime) -> bool:
    """Ciphertext, grants and files go; the tombstone stays. False when it was withdrawn meanwhile."""
    with transaction.atomic():
        row = Thread.objects.select_for_update().get(pk=thread.pk)
        if row.erased_at or not row.erase_due or row.erase_due > now:
            return False
        names = bury(row, now, by=CUSTODIAN)
    forget(names)
    return True


def bury(row: Thread, now: datetime, *, by: Signer, detail: str = "") -> list[str]:
    """Leave only a tombstone: that there was an appeal, and when and by whom it was erased; `row` is locked.

    The names of the files that must go once the transaction has ended.
    """
    names = list(StoredFile.objects.filter(message__thread=row).values_list("name", flat=True))
    for rows in (StoredFile.objects.filter(message__thread=row), row.messages.all(), row.grants.all()):
        rows._raw_delete(rows.db)  # Nothing is fetched: a long thread would not fit into memory.
    row.erasures.update(words=b"", refusal=b"")
    row.manifest, row.child_key, row.ledger_key, row.safe = "", b"", b"", ""
    row.erased_at, row.erase_due = now, None
    row.save()
    note(row, "erased", by=by, detail=detail)
    return names
