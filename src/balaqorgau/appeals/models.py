"""What is kept of an appeal: ciphertext, hashes, and the one coded answer that somebody must be woken by."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from balaqorgau.database.fields import BytesField
from balaqorgau.kernel.ids import new_id

SAFE = ("", "yes", "no", "unsure")
PROTECTION = ("phone", "server")
OUTCOMES = ("", "confirmed", "refused", "withdrawn")


class Thread(models.Model):
    """A conversation. After erasure only the row itself stays, as a tombstone: id, commitment, times."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = BytesField(unique=True, max_length=32)
    mailbox = BytesField(unique=True, max_length=32)
    manifest = models.TextField()
    child_key = BytesField(max_length=32)
    ledger_key = BytesField(max_length=32)
    safe = models.CharField(max_length=6, blank=True)
    protection = models.CharField(max_length=6)
    received_at = models.DateTimeField(db_index=True)
    merge_by = models.DateTimeField()
    erase_acts = models.PositiveIntegerField(default=0)
    erase_due = models.DateTimeField(null=True, db_index=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(safe__in=SAFE), name="thread_safe_is_coded"),
            models.CheckConstraint(condition=Q(protection__in=PROTECTION), name="thread_protection_is_coded"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    """One sealed message of a thread, chained to the one before; number 0 is the appeal itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    sequence = models.PositiveIntegerField()
    author = models.CharField(max_length=60)
    previous = BytesField(max_length=32)
    digest = BytesField(max_length=32)
    message_hash = BytesField(max_length=32)
    signature = BytesField(max_length=64)
    ciphertext = BytesField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thread", "sequence"], name="message_number_is_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.sequence}"


class StoredFile(models.Model):
    """A sealed photo, voice message or document; its bytes lie in the storage under `name`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    length = models.PositiveIntegerField()
    digest = BytesField(max_length=32)
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "position"], name="file_position_is_taken_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """The thread's seed, sealed to one desk's epoch or to the child; `signature` is empty on the child's own."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="grants")
    desk = models.CharField(max_length=40, db_index=True)
    epoch = models.PositiveIntegerField()
    fingerprint = BytesField(max_length=16, db_index=True)
    ciphertext = BytesField()
    granted_by = models.CharField(max_length=60)
    signature = BytesField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thread", "desk", "epoch", "granted_by"], name="grant_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} to {self.desk}/{self.epoch}"


class Event(models.Model):
    """Something that happened to a thread, in coded words: what a ledger entry will be made from."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=80)
    detail = models.CharField(max_length=120, blank=True)
    signature = BytesField(max_length=64, default=b"")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.thread_id}"


class Erasure(models.Model):
    """A proposal to erase a thread by law, and what became of it; the confirmed one is the thread's tombstone.

    Its reason is a code, its basis the article of the law. `words` and `refusal`, sealed to the thread, go with it; their
    hashes stay, because they were signed. `content` is the hash of the last message: every message, text and file
    hangs on it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="erasures")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    basis = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    seat = models.CharField(max_length=60)
    at = models.DateTimeField()
    signature = BytesField(max_length=64)
    words = BytesField(default=b"")
    digest = BytesField(max_length=32)
    outcome = models.CharField(max_length=9, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_seat = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_signature = BytesField(max_length=64, default=b"")
    refusal = BytesField(default=b"")
    refusal_digest = BytesField(max_length=32, default=b"")
    content = BytesField(max_length=32, default=b"")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thread", "number"], name="erasure_number_is_taken_once"),
            models.UniqueConstraint(fields=["thread"], condition=Q(outcome=""), name="erasure_is_proposed_once"),
            models.UniqueConstraint(
                fields=["thread"], condition=Q(outcome="confirmed"), name="erasure_is_confirmed_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="erasure_outcome_is_coded"),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | ~Q(decided_by=F("by")), name="erasure_has_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.number} of {self.thread_id}"
