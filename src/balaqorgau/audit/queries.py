"""What the audit table says."""

from django.db.models import QuerySet

from balaqorgau.audit.models import AuditRow


def trail(subject: str) -> QuerySet[AuditRow]:
    """Everything that was done to a subject, oldest first."""
    return AuditRow.objects.filter(subject=subject)
