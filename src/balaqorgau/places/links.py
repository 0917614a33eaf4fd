"""One-time links for a school's contact: each gives exactly that school's poster, once; nothing else is behind it."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from balaqorgau.audit.actions import record
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.kernel.signer import Signer
from balaqorgau.places.models import PosterLink, School

SECRET_BYTES: Final = 24
OPEN: Final = "open"
USED: Final = "used"
WITHDRAWN: Final = "withdrawn"
EXPIRED: Final = "expired"


class LinkRefused(Exception):
    """The link gives nothing; `code` says why: "used", "withdrawn" or "expired"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def make(school: School, *, days: int, by: Signer) -> tuple[PosterLink, str]:
    """A new link and its secret, which is shown once: the database has only its hash."""
    now, secret = clock.now(), secrets.token_bytes(SECRET_BYTES)
    link = PosterLink.objects.create(school=school, token=mark(secret), made_at=now, until=now + timedelta(days=days))
    record("poster-link-made", subject=f"school:{school.number}", by=by, detail=str(link.pk))
    return link, b64(secret)


def mark(secret: bytes) -> bytes:
    """What is kept of a secret."""
    return sha256(b"poster link\0" + secret).digest()


def named(secret: str) -> PosterLink | None:
    """The link with this secret, open or not."""
    try:
        found = mark(unb64(secret))
    except ValueError:
        return None
    return PosterLink.objects.select_related("school").filter(token=found).first()


def links_of(school: School) -> QuerySet[PosterLink]:
    """A school's links, the newest first."""
    return PosterLink.objects.filter(school=school)


def state(link: PosterLink, *, now: datetime) -> str:
    """Whether it still gives its poster, or why not."""
    if link.used_at:
        return USED
    if link.revoked_at:
        return WITHDRAWN
    return OPEN if now < link.until else EXPIRED


@transaction.atomic
def use(link: PosterLink) -> None:
    """Use a link up; of several at once one succeeds. Raises LinkRefused."""
    now = clock.now()
    if not still_open(link, now).update(used_at=now):
        link.refresh_from_db()
        raise LinkRefused(state(link, now=now))
    record("poster-fetched", subject=f"school:{link.school.number}", by=Signer("guest", str(link.pk)))


@transaction.atomic
def withdraw(link: PosterLink, *, by: Signer) -> None:
    """Take an open link back; raises LinkRefused."""
    now = clock.now()
    if not still_open(link, now).update(revoked_at=now):
        link.refresh_from_db()
        raise LinkRefused(state(link, now=now))
    record("poster-link-withdrawn", subject=f"school:{link.school.number}", by=by, detail=str(link.pk))


def still_open(link: PosterLink, now: datetime) -> QuerySet[PosterLink]:
    """The link, if it is open."""
    return PosterLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None, until__gt=now)
