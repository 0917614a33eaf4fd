"""What the audit table says."""

from collections.abc import Iterable

from django.db.models import QuerySet

from balaqorgau.audit.models import AuditRow


def trail(subject: str) -> QuerySet[AuditRow]:
    """Everything that was done to a subject, oldest first."""
    return AuditRow.objects.filter(subject=subject)


def acts_on(subjects: Iterable[str], acts: Iterable[str]) -> QuerySet[AuditRow]:
    """What of these kinds was done to these subjects, oldest first."""
    return AuditRow.objects.filter(subject__in=list(subjects), act__in=list(acts)).order_by("id")
