"""Sealed appeals and the desks they go to, as a phone would make them."""

import functools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import age, keys, messages, parcel
from balaqorgau.sealed.appeal import Letter, Recipient, SealedAppeal, seal_appeal, seal_letter
from balaqorgau.sealed.keys import ChildKeys, Seed

REGION = "KZ-10"
OMBUDSMAN = "ombudsman"
COMMITTEE = "committee"
BITS = 12


@dataclass(frozen=True)
class DeskKeys:
    """A desk with both halves of its keys, which only a test has in one place."""

    desk: str
    identity: Seed
    signing: Seed
    epoch: int = 1

    @property
    def recipient(self) -> Recipient:
        """Whom to seal to."""
        return Recipient(self.desk, self.epoch, age.recipient(self.identity))

    @property
    def verify_key(self) -> bytes:
        """The public half of the signing key."""
        return messages.verify_key(self.signing)

    @property
    def author(self) -> str:
        """How it signs messages."""
        return f"desk/{self.desk}/{self.epoch}"


@functools.cache
def desk_keys(desk: str) -> DeskKeys:
    """The same keys for the same desk in every test of a process."""
    return DeskKeys(desk, Seed(os.urandom(32)), Seed(os.urandom(32)))


def publish_desks(*desks: str) -> None:
    """Put desks and their first epoch into the directory."""
    for desk in desks or (REGION, "KZ-11", COMMITTEE, OMBUDSMAN):
        found = desk_keys(desk)
        role = desk if desk in (COMMITTEE, OMBUDSMAN) else "region"
        row = Desk.objects.create(id=desk, role=role, territory=desk if role == "region" else "")
        recipient = found.recipient.recipient
        DeskEpoch.objects.create(
            desk=row,
            epoch=1,
            recipient=recipient,
            verify_key=found.verify_key,
            fingerprint=keys.desk_fingerprint(recipient, found.verify_key),
            published_at=clock.now(),
        )


@dataclass
class Child:
    """A child with a phone: keys, and what was sent."""

    keys: ChildKeys = field(default_factory=lambda: keys.keys_of_master(os.urandom(32)))

    def seal(
        self,
        text: str = "Сәлем, көмек керек",
        *,
        files: Sequence[tuple[str, str, bytes]] = (),
        desks: Sequence[str] = (REGION, OMBUDSMAN),
        safe: str = "yes",
        bits: int = BITS,
        protection: str = "phone",
        deployment: bytes | None = None,
    ) -> SealedAppeal:
        """Seal an appeal to these desks."""
        fields: dict[str, Any] = {"language": "kk", "reasons": [], "about": [], "age": "", "who": "self", "safe": safe}
        return seal_appeal(
            Letter({**fields, "text": text, "school": ""}, files),
            child=self.keys,
            deployment=deployment or settings.DEPLOYMENT,
            recipients=[desk_keys(desk).recipient for desk in desks],
            protection=protection,
            bits=bits,
        )

    @property
    def token(self) -> str:
        """The mailbox token as the wire writes it."""
        return b64(self.keys.token)


def post_parcel(
    client: Client, address: str, fields: Mapping[str, str], parts: Sequence[tuple[str, bytes]], **more: Any
) -> Any:
    """Send a parcel."""
    return client.post(
        address, data=parcel.dumps(parcel.Parcel(fields, parts)), content_type=parcel.CONTENT_TYPE, **more
    )


def post(client: Client, sealed: SealedAppeal, **changes: Any) -> Any:
    """Send an appeal, with some texts changed or left out (None), or other parts of a name (a list of bytes)."""
    fields: dict[str, Any] = {
        **sealed.form(),
        **{name: value for name, value in changes.items() if not isinstance(value, list)},
    }
    others = {name: value for name, value in changes.items() if isinstance(value, list)}
    parts = [part for part in sealed.parts() if part[0] not in others]
    parts += [(name, data) for name, found in others.items() for data in found]
    return post_parcel(client, "/api/appeals", {name: text for name, text in fields.items() if text is not None}, parts)


def letter_parcel(
    *,
    author: str,
    signing: Seed,
    commitment: bytes,
    sequence: int,
    previous: bytes,
    seed: Seed,
    text: str = "тағы",
    files: Sequence[bytes] = (),
) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    """Fields and parts of a further message."""
    letter = Letter({"language": "kk", "text": text}, [("photo", "image/jpeg", data) for data in files])
    payload, sealed = seal_letter(letter, seed)
    signed = messages.message_bytes(
        commitment=commitment,
        author=author,
        sequence=sequence,
        previous=previous,
        digest=age.digest(payload),
        files=[age.digest(data) for data in sealed],
    )
    fields = {"sequence": str(sequence), "previous": b64(previous), "signature": b64(messages.sign(signing, signed))}
    return fields, [("payload", payload), *(("file", data) for data in sealed)]
