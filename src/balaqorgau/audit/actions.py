"""The only way to write the audit table."""

from collections.abc import Iterable

from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer


def record(act: str, *, subject: str, by: Signer, detail: str = "") -> AuditRow:
    """Write that `by` did `act` to `subject`; call it inside the transaction of the act itself."""
    return AuditRow.objects.create(at=clock.now(), actor=str(by), act=act, subject=subject, detail=detail)


def record_each(act: str, *, subjects: Iterable[str], by: Signer) -> None:
    """Write that `by` did the same `act` to each of these subjects at once."""
    now = clock.now()
    AuditRow.objects.bulk_create(AuditRow(at=now, actor=str(by), act=act, subject=subject) for subject in subjects)
