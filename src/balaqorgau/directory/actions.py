"""Everything that changes desks and their keys; each writes its audit row in the same transaction."""

from dataclasses import dataclass

from django.db import transaction

from balaqorgau.audit.actions import record
from balaqorgau.directory import chain, country
from balaqorgau.directory.chain import KeyRefused, Voucher
from balaqorgau.directory.models import COMMITTEE, OMBUDSMAN, REGION, Desk, DeskEpoch, Escrow, EscrowGrant
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import age, keys, messages


@dataclass(frozen=True)
class NewEscrow:
    """The public half of an identity on sheets, how many bring it back, and an epoch's keys sealed to it, signed with them."""

    recipient: bytes
    threshold: int
    sheets: int
    blob: bytes
    signature: bytes


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
def publish_epoch(
    desk: Desk, *, recipient: bytes, verify_key: bytes, voucher: Voucher, example: bool, by: Signer
) -> DeskEpoch:
    """A desk's next pair of public keys; the one before is retired. Raises KeyRefused."""
    check_keys(recipient, verify_key)
    before = DeskEpoch.objects.select_for_update().filter(desk=desk).order_by("epoch").last()
    number = before.epoch + 1 if before else 1
    chain.check(desk, number, recipient=recipient, verify_key=verify_key, voucher=voucher)
    now = clock.now()
    DeskEpoch.objects.filter(desk=desk, retired_at=None).update(retired_at=now)
    epoch = DeskEpoch.objects.create(
        desk=desk,
        epoch=number,
        recipient=recipient,
        verify_key=verify_key,
        fingerprint=keys.desk_fingerprint(recipient, verify_key),
        published_at=now,
        example=example,
        signed_by=voucher.signed_by,
        signature=voucher.signature,
    )
    record("epoch-published", subject=f"desk:{epoch}", by=by, detail=epoch.fingerprint.hex())
    return epoch


@transaction.atomic
def keep_escrow(epoch: DeskEpoch, new: NewEscrow, *, by: Signer) -> Escrow:
    """Keep an epoch's private keys, sealed to the identity on a desk's sheets. Raises KeyRefused."""
    check_recipient(new.recipient)
    now = clock.now()
    escrow = Escrow.objects.create(
        desk=epoch.desk, recipient=new.recipient, threshold=new.threshold, sheets=new.sheets, made_at=now
    )
    record("escrow-made", subject=f"desk:{epoch}", by=by, detail=f"{new.threshold}/{new.sheets}")
    put_on_sheets(escrow, epoch, blob=new.blob, signature=new.signature)
    return escrow


def put_on_sheets(escrow: Escrow, epoch: DeskEpoch, *, blob: bytes, signature: bytes) -> EscrowGrant:
    """Keep an epoch's private keys for sheets that were printed; raises KeyRefused unless the epoch itself signed that."""
    signed = messages.key_grant_bytes(epoch=str(epoch), recipient=escrow.recipient, digest=age.digest(blob))
    if not messages.verify(epoch.verify_key, signed, signature):
        raise KeyRefused("the key has not signed what is sealed to the sheets")
    return EscrowGrant.objects.create(escrow=escrow, epoch=epoch, blob=blob, signature=signature, at=clock.now())


def check_keys(recipient: bytes, verify_key: bytes) -> None:
    """Refuse what cannot be sealed to: wrong lengths, and recipients that no key encapsulation accepts."""
    if len(verify_key) != 32:
        raise KeyRefused("a verifying key has 32 bytes")
    check_recipient(recipient)


def check_recipient(recipient: bytes) -> None:
    """Refuse what nothing can be sealed to."""
    try:
        age.encrypt(b"", [recipient])
    except ValueError as error:
        raise KeyRefused("nothing can be sealed to this recipient") from error
