"""A desk's ordinary texts, an officer's unsent words as ciphertext, and which files are closed: no word about a child."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Thread
from balaqorgau.database.fields import BytesField
from balaqorgau.directory.models import Desk

TITLE: Final = 80
TEXT: Final = 4000


class Template(models.Model):
    """A text that a desk answers with often; the desk writes it for everybody and about nobody."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="templates")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=TITLE)
    text = models.TextField(max_length=TEXT)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"template {self.pk} of {self.desk_id}"


class SealedDraft(models.Model):
    """What an officer has not sent yet, sealed in the browser to that officer alone; one for each thread."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="drafts")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="drafts")
    blob = BytesField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["officer", "thread"], name="draft_is_one_for_each"),
        ]

    def __str__(self) -> str:
        return f"draft in {self.thread_id}"


class ClosedFile(models.Model):
    """A file that may be unlawful: nobody but the role that the pack names is handed it until it is opened again."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="closed_files")
    digest = BytesField(max_length=32)
    closed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["thread", "digest"], condition=Q(opened_at=None), name="file_is_closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"closed file of {self.thread_id}"
