"""What the screen of keys shows: who has which desk's key, who waits for it, what waits to be signed. Nothing opens here."""

from typing import Any

from balaqorgau.accounts import invitations
from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import DeskKeyGrant, Invitation, Officer, Proposal
from balaqorgau.appeals import queries as appeals
from balaqorgau.desk import policies, shell
from balaqorgau.desk.policies import Actor
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk, DeskEpoch, Escrow, EscrowGrant
from balaqorgau.kernel import clock
from balaqorgau.kernel.clock import unix
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import age

Json = dict[str, Any]


def overview(actor: Actor, language: str) -> Json:
    """Everything of the officer's own desks; for the Ombudsman's what waits for their signature too."""
    return {
        "words": shell.languages()[0],
        "desks": [desk(one, actor, language) for one in accounts.desks_of(actor.officer)],
        "proposals": [proposal(one, language) for one in waiting_for(actor)],
    }


def desk(found: Desk, actor: Actor, language: str) -> Json:
    """One desk: its epochs, its sheets, its people."""
    epochs = [epoch for epoch in directory.epochs() if epoch.desk_id == found.pk]
    return {
        "id": found.pk,
        "name": directory.desk_name(found, language),
        "role": found.role,
        "state": state(found, epochs, actor),
        "epochs": [public(epoch) for epoch in epochs],
        "proposal": next((proposal(one, language) for one in Proposal.objects.filter(desk=found)), None),
        "vouched": vouched(found),
        "sheets": sheets(found),
        "members": [member(one, epochs, actor) for one in invitations.members(found)],
        "invitations": open_invitations(found) if policies.can_manage_keys(actor, found) else [],
    }


def state(found: Desk, epochs: list[DeskEpoch], actor: Actor) -> str:
    """Where the officer stands: the desk has no key, one that waits to be signed, one they lack, one they have."""
    if not epochs:
        return "proposed" if Proposal.objects.filter(desk=found).exists() else "none"
    return "open" if policies.can_manage_keys(actor, found) else "waiting"


def vouched(found: Desk) -> bool:
    """Whether the desk's first key waits for the Ombudsman's signature."""
    return directory.first_signer(found) != f"{found.pk}/1"


def public(epoch: DeskEpoch) -> Json:
    """An epoch's public halves and who vouches for them."""
    return {
        "epoch": epoch.epoch,
        "recipient": b64(epoch.recipient),
        "verify": b64(epoch.verify_key),
        "signed_by": epoch.signed_by,
        "signature": b64(epoch.signature),
        "retired": epoch.retired_at is not None,
    }


def proposal(found: Proposal, language: str) -> Json:
    """A key that waits for a signature."""
    return {
        "id": str(found.pk),
        "desk": found.desk_id,
        "name": directory.desk_name(found.desk, language),
        "maker": found.officer.display_name,
        "recipient": b64(found.recipient),
        "verify": b64(found.verify_key),
        "at": unix(found.at),
    }


def waiting_for(actor: Actor) -> list[Proposal]:
    """Keys that this officer may sign."""
    if not policies.can_vouch(actor):
        return []
    return list(Proposal.objects.select_related("desk", "officer"))


def sheets(found: Desk) -> Json | None:
    """How many of how many sheets bring the desk's key back."""
    newest = Escrow.objects.filter(desk=found).last()
    if newest is None:
        return None
    shown = {"threshold": newest.threshold, "sheets": newest.sheets, "at": unix(newest.made_at)}
    return shown | {"recipient": b64(newest.recipient), "grant": sheets_grant(newest)}


def sheets_grant(escrow: Escrow) -> Json | None:
    """What the key of today signed when it was put on the sheets: proof that these are the desk's own sheets."""
    held = EscrowGrant.objects.filter(escrow=escrow, epoch__retired_at=None).last()
    return {"hash": b64(age.digest(held.blob)), "signature": b64(held.signature)} if held else None


def member(found: Officer, epochs: list[DeskEpoch], actor: Actor) -> Json:
    """A colleague, and which epochs' keys they have."""
    held = set(DeskKeyGrant.objects.filter(officer=found, epoch__in=epochs).values_list("epoch__epoch", flat=True))
    return {
        "id": str(found.pk),
        "username": found.username,
        "name": found.display_name,
        "recipient": b64(found.recipient),
        "me": found.pk == actor.officer.pk,
        "grant": vouched_grant(found, epochs),
        "lacks": [epoch.epoch for epoch in epochs if epoch.epoch not in held],
    }


def vouched_grant(found: Officer, epochs: list[DeskEpoch]) -> Json | None:
    """What the key of today signed when it was given to them: proof that a colleague compared their words."""
    held = DeskKeyGrant.objects.filter(officer=found, epoch__in=epochs, epoch__retired_at=None).last()
    return {"hash": b64(age.digest(held.blob)), "signature": b64(held.signature)} if held else None


def renewals(found: Desk, actor: Actor) -> Json:
    """Appeals that an old key of the desk opens for this officer and the key of today does not."""
    mine = [epoch for epoch in actor.epochs if epoch.desk_id == found.pk]
    new = [epoch.fingerprint for epoch in mine if epoch.retired_at is None]
    old = [epoch.fingerprint for epoch in mine if epoch.retired_at is not None]
    held = appeals.threads_granted_to(old)
    left = held.exclude(pk__in=appeals.grants_to(new).values("thread"))
    return {"total": held.count(), "left": [str(pk) for pk in left.values_list("pk", flat=True)]}


def open_invitations(found: Desk) -> list[Json]:
    """Links that somebody may still use."""
    return [
        {**invitation(one), "id": str(one.pk)}
        for one in invitations.open_invitations(now=clock.now()).filter(desk=found)
    ]


def invitation(found: Invitation) -> Json:
    """Whom an invitation is for."""
    return {
        "desk": found.desk_id or "",
        "desk_name": directory.desk_name(found.desk, found.language) if found.desk else "",
        "username": found.username,
        "name": found.display_name,
        "language": found.language,
        "until": unix(found.until),
        "again": found.officer_id is not None,
    }


def on_sheets(found: Desk) -> Json:
    """What the sheets of a desk open: every epoch's keys, for each set of sheets there ever was."""
    grants = EscrowGrant.objects.filter(escrow__desk=found).select_related("escrow", "epoch").order_by("-id")
    return {
        "grants": [
            {
                "epoch": grant.epoch.epoch,
                "recipient": b64(grant.escrow.recipient),
                "threshold": grant.escrow.threshold,
                "blob": b64(grant.blob),
            }
            for grant in grants
        ]
    }
