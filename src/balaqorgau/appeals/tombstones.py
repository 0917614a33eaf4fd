"""What must not come back with an old backup: every erasure with its own proof, and obeying it where it is not known yet.

A line proves itself by the signatures in it, of both officers' desks or of the child: a forged one erases nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction

from balaqorgau.appeals import actions, erasing
from balaqorgau.appeals.models import Erasure, Event, Thread
from balaqorgau.directory.models import OMBUDSMAN, DeskEpoch
from balaqorgau.kernel.clock import unix
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.kernel.signer import CUSTODIAN
from balaqorgau.sealed import messages

TEXTS: Final = ("reason", "basis", "by", "seat", "decided_by", "decided_seat")
BYTES: Final = ("signature", "digest", "decided_signature", "content")
TIMES: Final = ("at", "decided_at")
KEPT: Final = ("number", *TEXTS, *BYTES, *TIMES)


@dataclass(frozen=True)
class Obeyed:
    """What a line led to: it may prove nothing; the files of what was erased now must go."""

    proven: bool
    erased: bool = False
    files: tuple[str, ...] = ()


def lines() -> Iterator[str]:
    """A line of JSON for every thread that was erased."""
    for thread in Thread.objects.filter(erased_at__isnull=False).order_by("erased_at", "id").iterator(500):
        if said := proof(thread):
            yield json.dumps({"commitment": b64(thread.commitment), **said}, sort_keys=True)


def proof(thread: Thread) -> dict[str, Any]:
    """Why it was erased: what both officers signed, or what the child did."""
    found = thread.erasures.filter(outcome=erasing.CONFIRMED).first()
    if found:
        return {"law": {name: written(getattr(found, name)) for name in KEPT}}
    wish = Event.objects.filter(thread=thread, kind="erase-asked").order_by("-id").first()
    return {"wish": {"count": thread.erase_acts - 1, "signature": b64(wish.signature)}} if wish else {}


def written(value: Any) -> Any:
    """A column as JSON."""
    if isinstance(value, bytes):
        return b64(value)
    return unix(value) if isinstance(value, datetime) else value


def obey(line: str, *, now: datetime) -> Obeyed:
    """Erase what a line says, unless it proves nothing, or there is nothing to do."""
    try:
        said = json.loads(line)
        thread = Thread.objects.filter(commitment=unb64(said["commitment"])).first()
        return erase(thread, said, now) if thread else Obeyed(proven=True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Obeyed(proven=False)


@transaction.atomic
def erase(thread: Thread, said: dict[str, Any], now: datetime) -> Obeyed:
    """Erase a thread if the line proves it and it is still there."""
    row = Thread.objects.select_for_update().get(pk=thread.pk)
    if row.erased_at:
        return Obeyed(proven=True)
    if not (bury_lawfully(row, read(said["law"])) if "law" in said else is_wished(row, said["wish"])):
        return Obeyed(proven=False)
    return Obeyed(True, True, tuple(actions.bury(row, now, by=CUSTODIAN, detail="restored")))


def bury_lawfully(row: Thread, values: dict[str, Any]) -> bool:
    """Bring a tombstone back if it is proven."""
    number = values.pop("number")
    lawful = is_lawful(row, Erasure(number=number, **values))
    if lawful:
        kept = {**values, "outcome": erasing.CONFIRMED}
        Erasure.objects.update_or_create(thread=row, number=number, defaults=kept)
    return lawful


def read(law: dict[str, Any]) -> dict[str, Any]:
    """The columns of a tombstone from a line."""
    return {
        "number": int(law["number"]),
        **{name: str(law[name]) for name in TEXTS},
        **{name: unb64(law[name]) for name in BYTES},
        **{name: datetime.fromtimestamp(law[name], UTC) for name in TIMES},
    }


def is_lawful(thread: Thread, row: Erasure) -> bool:
    """Whether two people signed it, the second for the Ombudsman's desk."""
    first, second = epoch(row.seat), epoch(row.decided_seat)
    if not first or not second or second.desk.role != OMBUDSMAN or row.by == row.decided_by:
        return False
    decided = erasing.decision(row, erasing.CONFIRMED, row.decided_by)
    return erasing.is_signed(
        thread.commitment, erasing.proposal(row), row.seat, first.verify_key, row.signature
    ) and erasing.is_signed(thread.commitment, decided, row.decided_seat, second.verify_key, row.decided_signature)


def epoch(seat: str) -> DeskEpoch | None:
    """A desk's epoch by its name, if this database knows it."""
    desk, _, number = seat.rpartition("/")
    return DeskEpoch.objects.filter(desk=desk, epoch=int(number)).first()


def is_wished(thread: Thread, wish: dict[str, Any]) -> bool:
    """Whether the child signed that it wants the thread erased, after everything that is known of its wishes."""
    count = int(wish["count"])
    signed = messages.erase_bytes(commitment=thread.commitment, act="erase", count=count)
    return count >= thread.erase_acts - 1 and messages.verify(thread.child_key, signed, unb64(wish["signature"]))
