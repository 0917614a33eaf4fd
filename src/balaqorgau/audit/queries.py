"""What the audit table says."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel.clock import unix


def trail(subject: str) -> QuerySet[AuditRow]:
    """Everything that was done to a subject, oldest first."""
    return AuditRow.objects.filter(subject=subject)


def about_keys(desk: str, *, given: str, ended: Sequence[str]) -> QuerySet[AuditRow]:
    """What gave a desk's keys to somebody, and what may have ended that, oldest first."""
    return AuditRow.objects.filter(
        Q(act=given, subject__startswith=f"{desk}/") | Q(act__in=ended, subject=desk) | Q(act__in=ended, detail="")
    ).order_by("id")


def first_times(actor: str, acts: Sequence[str], *, since: datetime, until: datetime | None) -> dict[str, int]:
    """When an actor first did one of these acts to each subject, as unix seconds."""
    rows = AuditRow.objects.filter(actor=actor, act__in=acts, at__gte=since)
    if until:
        rows = rows.filter(at__lte=until)
    found = rows.order_by().values_list("subject").annotate(first=Min("at"))
    return {subject: unix(first) for subject, first in found}


def acts_on(subjects: Iterable[str], acts: Iterable[str]) -> QuerySet[AuditRow]:
    """What of these kinds was done to these subjects, oldest first."""
    return AuditRow.objects.filter(subject__in=list(subjects), act__in=list(acts)).order_by("id")


def found(*, subjects: Sequence[str], actor: str, act: str, since: datetime, until: datetime) -> QuerySet[AuditRow]:
    """What was done to subjects that begin in one of these ways, before `until`, the newest first; "" is anybody, anything."""
    kinds = Q()
    for subject in subjects:
        kinds |= Q(subject__startswith=subject)
    rows = AuditRow.objects.filter(kinds, at__gte=since, at__lt=until).order_by("-id")
    if actor:
        rows = rows.filter(actor=actor)
    return rows.filter(act=act) if act else rows
