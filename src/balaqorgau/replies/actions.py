"""What officers change here; each act has its audit row in the same transaction, drafts alone have none."""

from dataclasses import dataclass

from django.db import transaction

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals import actions as appeals
from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import check_sealed
from balaqorgau.audit.actions import record
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.replies import policies, queries
from balaqorgau.replies.models import TEXT, TITLE, ClosedFile, SealedDraft, Template

MOST_TEMPLATES = 100
MAX_DRAFT_BYTES = 80 * 1024
SAVING = ("court", "medical", "police", "child")
"""Why a file may be taken out of the console: codes, whose words are in the pack."""


@dataclass(frozen=True)
class Wording:
    """A template as it was typed."""

    language: str
    title: str
    text: str


def check_wording(wording: Wording) -> None:
    """A language of the pack, a title and a text, neither of them too long: Refused("bad_template")."""
    fits = len(wording.title) <= TITLE and len(wording.text) <= TEXT
    said = wording.title.strip() and wording.text.strip()
    if not (fits and said and wording.language in pack.current().languages):
        raise Refused("bad_template", 422)


@transaction.atomic
def add_template(desk: str, wording: Wording, *, by: Officer) -> Template:
    """Keep a new text of a desk; raises Refused."""
    policies.check_can_write_for(by, desk)
    check_wording(wording)
    if Template.objects.filter(desk=desk).count() >= MOST_TEMPLATES:
        raise Refused("too_many", 422, most=MOST_TEMPLATES)
    row = Template.objects.create(
        desk_id=desk,
        language=wording.language,
        title=wording.title.strip(),
        text=wording.text.strip(),
        changed_at=clock.now(),
    )
    record("template-added", subject=f"desk:{desk}", by=by.signer, detail=f"{row.pk} {row.language}")
    return row


@transaction.atomic
def change_template(pk: int, wording: Wording, *, by: Officer) -> Template:
    """Put other words in place; raises Refused."""
    row = policies.check_can_change(by, queries.template(pk))
    check_wording(wording)
    row.language, row.title, row.text = wording.language, wording.title.strip(), wording.text.strip()
    row.changed_at = clock.now()
    row.save()
    record("template-changed", subject=f"desk:{row.desk_id}", by=by.signer, detail=f"{row.pk} {row.language}")
    return row


@transaction.atomic
def remove_template(pk: int, *, by: Officer) -> None:
    """Take a text away; raises Refused."""
    row = policies.check_can_change(by, queries.template(pk))
    record("template-removed", subject=f"desk:{row.desk_id}", by=by.signer, detail=f"{row.pk} {row.language}")
    row.delete()


# Drafts: an officer's own words that nobody was told. The caller has checked that the officer may read the thread.


def save_draft(thread: Thread, blob: bytes, *, by: Officer) -> SealedDraft:
    """Keep the newest sealed words in place of those before; raises Refused for what is not sealed."""
    if len(blob) > MAX_DRAFT_BYTES:
        raise Refused("too_large", 413, most=MAX_DRAFT_BYTES)
    check_sealed(blob)
    row, _ = SealedDraft.objects.update_or_create(officer=by, thread=thread, defaults={"blob": blob, "at": clock.now()})
    return row


def drop_draft(thread: Thread, *, by: Officer) -> None:
    """Nothing is left to say, or it was sent."""
    SealedDraft.objects.filter(officer=by, thread=thread).delete()


def forget_thread(thread: Thread) -> None:
    """A thread is being erased: everybody's words for it go, and which of its files were closed."""
    SealedDraft.objects.filter(thread=thread).delete()
    ClosedFile.objects.filter(thread=thread).delete()


def forget_drafts_of_erased() -> int:
    """Remove what was going to be answered to appeals that are gone; how many."""
    ClosedFile.objects.filter(thread__erased_at__isnull=False).delete()
    return SealedDraft.objects.filter(thread__erased_at__isnull=False).delete()[0]


# Files: kept inside the console unless somebody says why, closed when they may be unlawful


def save_file(thread: Thread, digest: bytes, *, why: str, by: Officer) -> None:
    """Write down that an officer takes a file out of the console, and why; raises Refused."""
    if why not in SAVING:
        raise Refused("bad_request", field="why")
    policies.check_can_fetch(by, thread, digest)
    record("file-saved", subject=f"thread:{thread.pk}", by=by.signer, detail=f"{digest[:8].hex()} {why}")


@transaction.atomic
def close_file(thread: Thread, digest: bytes, *, seat: Signer, by: Officer) -> None:
    """Close a file that may be unlawful for everybody but the designated role; closing twice is closing once."""
    row, created = ClosedFile.objects.get_or_create(
        thread=thread, digest=digest, opened_at=None, defaults={"closed_at": clock.now()}
    )
    if created:
        appeals.note(thread, "file-closed", by=seat, detail=digest[:8].hex())
    record("file-closed", subject=f"thread:{row.thread_id}", by=by.signer, detail=digest[:8].hex())


@transaction.atomic
def reopen_file(thread: Thread, digest: bytes, *, seat: Signer, by: Officer) -> None:
    """The designated role looked, and it is lawful; raises Refused."""
    policies.check_can_see_closed(by)
    rows = ClosedFile.objects.filter(thread=thread, digest=digest, opened_at=None)
    if rows.update(opened_at=clock.now()):
        appeals.note(thread, "file-reopened", by=seat, detail=digest[:8].hex())
    record("file-reopened", subject=f"thread:{thread.pk}", by=by.signer, detail=digest[:8].hex())
