"""Everything that changes desks and their keys; each writes its audit row in the same transaction."""

from django.db import transaction

from balaqorgau.audit.actions import record
from balaqorgau.directory import country
from balaqorgau.directory.models import COMMITTEE, OMBUDSMAN, REGION, Desk, DeskEpoch
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import age, keys


class KeyRefused(ValueError):
    """These are no keys that a desk can have."""


@transaction.atomic
def create_desks(*, by: Signer) -> list[Desk]:
    """The desks of the country: one for each region, the committee, the Ombudsman; those that exist stay."""
    wanted = [(code, REGION, code) for code in country.regions()]
    wanted += [(COMMITTEE, COMMITTEE, ""), (OMBUDSMAN, OMBUDSMAN, "")]
    return [create_desk(*desk, by=by) for desk in wanted]


def create_desk(code: str, role: str, territory: str, *, by: Signer) -> Desk:
    """A desk, if there is none of that code yet."""
    desk, created = Desk.objects.get_or_create(id=code, defaults={"role": role, "territory": territory})
    if created:
        record("desk-created", subject=f"desk:{code}", by=by)
    return desk


@transaction.atomic
def publish_epoch(desk: Desk, *, recipient: bytes, verify_key: bytes, example: bool, by: Signer) -> DeskEpoch:
    """A desk's next pair of public keys; the one before is retired. Raises KeyRefused."""
    check_keys(recipient, verify_key)
    now = clock.now()
    before = DeskEpoch.objects.select_for_update().filter(desk=desk).order_by("epoch").last()
    DeskEpoch.objects.filter(desk=desk, retired_at=None).update(retired_at=now)
    epoch = DeskEpoch.objects.create(
        desk=desk,
        epoch=before.epoch + 1 if before else 1,
        recipient=recipient,
        verify_key=verify_key,
        fingerprint=keys.desk_fingerprint(recipient, verify_key),
        published_at=now,
        example=example,
    )
    record("epoch-published", subject=f"desk:{epoch}", by=by, detail=epoch.fingerprint.hex())
    return epoch


def check_keys(recipient: bytes, verify_key: bytes) -> None:
    """Refuse what cannot be sealed to: wrong lengths, and recipients that no key encapsulation accepts."""
    if len(verify_key) != 32:
        raise KeyRefused("a verifying key has 32 bytes")
    try:
        age.encrypt(b"", [recipient])
    except ValueError as error:
        raise KeyRefused("nothing can be sealed to this recipient") from error
