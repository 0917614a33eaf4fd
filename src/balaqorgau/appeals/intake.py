"""Taking appeals in: files first, then every row of every waiting appeal in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction

from balaqorgau.appeals import files, limits
from balaqorgau.appeals.models import Event, Grant, Message, StoredFile, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import CHILD_AUTHOR, NOTHING_BEFORE, Submission
from balaqorgau.appeals.writer import Writer
from balaqorgau.database import bulk
from balaqorgau.database.bulk import Row
from balaqorgau.kernel.ids import new_id
from balaqorgau.kernel.signer import CHILD

Fingerprint = Callable[[str, int], bytes]


@dataclass(frozen=True)
class Receipt:
    """What is durable now. `repeated` when it was already there; `refused` when it cannot be stored."""

    commitment: bytes
    mailbox: bytes
    received: datetime
    merge_by: datetime
    repeated: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Job:
    """A submission and the fingerprints of the desks it is granted to, in the manifest's order."""

    submission: Submission
    fingerprints: tuple[bytes, ...]


def take(submission: Submission, *, fingerprints: tuple[bytes, ...]) -> Receipt:
    """Store an appeal durably and say when; the same commitment again gives the same answer. Raises Refused."""
    kept = with_files_kept(submission)
    try:
        receipt = writer.write(Job(kept, fingerprints))
    except DatabaseError as error:
        if not is_full(error):  # Perhaps it was stored all the same: `balaqorgau sweep` removes files without a row.
            raise Refused("busy", 503, seconds=10) from error
        discard(kept.file_names)
        raise Refused("storage_full", 503, seconds=10) from error
    if receipt.repeated or receipt.refused:
        discard(unnamed(kept.file_names))
    if receipt.refused:
        raise Refused(receipt.refused, 410 if receipt.refused == "erased" else 409)
    return receipt


def with_files_kept(submission: Submission) -> Submission:
    """The submission once its files lie durably in the storage. Raises Refused."""
    return replace(submission, file_names=tuple(files.keep_all(submission.files)))


def unnamed(names: Sequence[str]) -> list[str]:
    """Those of the names that no row has: a batch that was stored twice may have been stored the first time."""
    if not names:
        return []
    known = set(StoredFile.objects.filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]


def discard(names: Iterable[str]) -> None:
    """Forget files that no row will name."""
    for name in names:
        files.destroy(name)


def is_full(error: DatabaseError) -> bool:
    """Whether a database refused for want of space; SQLite says it in words, PostgreSQL with a class."""
    return "full" in str(error).lower() or type(error.__cause__).__name__ == "DiskFull"


def store(batch: Sequence[Job]) -> list[Receipt]:
    """Write a batch in one transaction; when one of it cannot be stored, the others still are."""
    try:
        return store_together(batch)
    except IntegrityError:
        return [store_alone(job) for job in batch]


def store_alone(job: Job) -> Receipt:
    """One appeal by itself: what collides now is somebody else's mailbox."""
    try:
        return store_together([job])[0]
    except IntegrityError:
        return replace(fresh_receipt(job.submission), refused="mismatch")


def store_together(batch: Sequence[Job]) -> list[Receipt]:
    """All rows of a batch; repeated commitments get the answer they got before."""
    with transaction.atomic():
        known = known_receipts(batch)
        insert(first_of_each([job for job in batch if job.submission.commitment not in known]))
    seen: set[bytes] = set()
    return [answer(job, known, seen) for job in batch]


def first_of_each(jobs: Sequence[Job]) -> list[Job]:
    """The first of equal ones: its files are named by the rows, those of the repetitions are discarded."""
    first: dict[bytes, Job] = {}
    for job in jobs:
        first.setdefault(job.submission.commitment, job)
    return list(first.values())


def answer(job: Job, known: dict[bytes, Receipt], seen: set[bytes]) -> Receipt:
    """The receipt of one job; the second of two equal ones in a batch is a repetition."""
    commitment = job.submission.commitment
    receipt = known.get(commitment) or fresh_receipt(job.submission)
    repeated = commitment in known or commitment in seen
    seen.add(commitment)
    return replace(receipt, repeated=repeated)


def known_receipts(batch: Sequence[Job]) -> dict[bytes, Receipt]:
    """Receipts of those that are stored already."""
    rows = Thread.objects.filter(commitment__in=[job.submission.commitment for job in batch])
    columns = rows.values_list("commitment", "mailbox", "received_at", "merge_by", "erased_at")
    return {
        bytes(commitment): Receipt(
            bytes(commitment), bytes(mailbox), received, merge_by, True, "erased" if erased else ""
        )
        for commitment, mailbox, received, merge_by, erased in columns
    }


def fresh_receipt(submission: Submission) -> Receipt:
    """What a new appeal's receipt says."""
    merge_by = submission.received + timedelta(seconds=limits.MERGE_SECONDS)
    return Receipt(submission.commitment, submission.manifest.mailbox, submission.received, merge_by)


def insert(jobs: Sequence[Job]) -> None:
    """Every row of these appeals: thread, message 0, files, grants, and the event that it was received."""
    named = [(new_id(), new_id(), job) for job in jobs]
    bulk.insert(Thread, [thread_row(thread, job.submission) for thread, _, job in named])
    bulk.insert(Message, [message_row(thread, message, job.submission) for thread, message, job in named])
    bulk.insert(StoredFile, [row for _, message, job in named for row in file_rows(message, job.submission)])
    bulk.insert(Grant, [row for thread, _, job in named for row in grant_rows(thread, job)])
    bulk.insert(Event, [event_row(thread, job.submission) for thread, _, job in named])


def thread_row(thread: UUID, submission: Submission) -> Row:
    """The thread of an appeal."""
    return {
        "id": thread,
        "commitment": submission.commitment,
        "mailbox": submission.manifest.mailbox,
        "manifest": submission.text,
        "child_key": submission.manifest.child_key,
        "ledger_key": submission.ledger_key,
        "safe": submission.manifest.safe,
        "protection": submission.manifest.protection,
        "received_at": submission.received,
        "merge_by": fresh_receipt(submission).merge_by,
        "erase_acts": 0,
    }


def message_row(thread: UUID, message: UUID, submission: Submission) -> Row:
    """Message 0: the appeal itself."""
    return {
        "id": message,
        "thread_id": thread,
        "sequence": 0,
        "author": CHILD_AUTHOR,
        "previous": NOTHING_BEFORE,
        "digest": submission.manifest.payload.hash,
        "message_hash": submission.message_hash,
        "signature": submission.signature,
        "ciphertext": submission.payload,
        "at": submission.received,
    }


def file_rows(message: UUID, submission: Submission) -> Iterator[Row]:
    """The files of message 0."""
    for place, (part, name) in enumerate(zip(submission.manifest.files, submission.file_names, strict=True)):
        yield {
            "id": new_id(),
            "message_id": message,
            "position": place,
            "length": part.length,
            "digest": part.hash,
            "name": name,
        }


def grant_rows(thread: UUID, job: Job) -> Iterator[Row]:
    """The grants that came with the appeal, all given by the child."""
    named = zip(job.submission.manifest.grants, job.submission.grants, job.fingerprints, strict=True)
    for part, data, fingerprint in named:
        yield {
            "thread_id": thread,
            "desk": part.desk,
            "epoch": part.epoch,
            "fingerprint": fingerprint,
            "ciphertext": data,
            "granted_by": CHILD_AUTHOR,
            "signature": b"",
            "at": job.submission.received,
        }


def event_row(thread: UUID, submission: Submission) -> Row:
    """That it was received."""
    return {
        "thread_id": thread,
        "kind": "received",
        "at": submission.received,
        "by": str(CHILD),
        "detail": "",
        "signature": b"",
    }


writer: Writer[Job, Receipt] = Writer(store)
