"""The console's answers as JSON: bytes as base64url, times as unix seconds, nothing readable that was sealed."""

from typing import Any

from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.queries import Stretching
from balaqorgau.appeals import mailbox
from balaqorgau.appeals import queries as appeals
from balaqorgau.appeals.erasing import REFUSED, tag
from balaqorgau.appeals.models import Grant, Thread
from balaqorgau.audit import queries as audit
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk import actions, aside, erasing, policies, queries, shell
from balaqorgau.desk.inbox import Page, Row
from balaqorgau.desk.policies import Actor
from balaqorgau.desk.queries import Envelope
from balaqorgau.directory import queries as directory
from balaqorgau.kernel import clock
from balaqorgau.kernel.clock import unix
from balaqorgau.kernel.ids import b64
from balaqorgau.replies import policies as replying
from balaqorgau.replies import queries as replies
from balaqorgau.signin import queries as signin
from balaqorgau.signin.models import Factor, Visit

Json = dict[str, Any]


def stretching(found: Stretching) -> Json:
    """Argon2id's salt and cost."""
    return {
        "salt": b64(found.salt),
        "memory_kib": found.cost.memory_kib,
        "passes": found.cost.passes,
        "lanes": found.cost.lanes,
    }


def me(officer: Officer) -> Json:
    """Who is signed in, for which desks, what those are called, and whether they have a second factor."""
    desks = list(accounts.desks_of(officer))
    return {
        "second": signin.state_of(officer),
        "administrator": officer.is_administrator,
        "officer": {
            "id": str(officer.pk),
            "username": officer.username,
            "name": officer.display_name,
            "language": officer.language,
        },
        "desks": [desk.pk for desk in desks],
        "names": {desk.pk: directory.desk_name(desk, shell.language_of(officer.language)) for desk in desks},
    }


def keys(officer: Officer) -> Json:
    """The officer's wrapped identity and the desk keys that it opens."""
    wrapped = accounts.wrapped_identity_of(officer)
    grants = accounts.key_grants_of(officer)
    return {
        "identity": b64(wrapped.blob) if wrapped else "",
        "stretching": stretching(accounts.stretching_for(officer.username)),
        "unlockers": [unlocker(factor) for factor in signin.unlockers_of(officer)],
        "grants": [
            {"desk": grant.epoch.desk_id, "epoch": grant.epoch.epoch, "blob": b64(grant.blob)} for grant in grants
        ],
    }


def unlocker(factor: Factor) -> Json:
    """A passkey that opens the officer's identity: its credential, what its PRF is asked, and what the answer opens."""
    return {"credential": b64(factor.credential or b""), "salt": b64(factor.salt), "blob": b64(factor.wrapped)}


def ways(officer: Officer) -> Json:
    """What an officer may show beside the passphrase."""
    return {"app": bool(signin.apps_of(officer)), "passkey": bool(signin.passkeys_of(officer))}


def account(officer: Officer, here: Visit | None) -> Json:
    """An officer's second factors and visits."""
    return {
        "second": signin.state_of(officer),
        "factors": [factor_row(factor) for factor in signin.factors_of(officer)],
        "visits": [visit_row(visit, here) for visit in signin.visits_of(officer)],
    }


def factor_row(factor: Factor) -> Json:
    """A second factor, without what makes it one."""
    return {
        "id": str(factor.pk),
        "kind": factor.kind,
        "label": factor.label,
        "at": unix(factor.at),
        "used": unix(factor.used_at) if factor.used_at else 0,
        "unlocks": bool(factor.wrapped),
    }


def visit_row(visit: Visit, here: Visit | None) -> Json:
    """A visit, and whether it is this one."""
    return {
        "id": str(visit.pk),
        "how": visit.how,
        "began": unix(visit.began_at),
        "seen": unix(visit.seen_at),
        "here": visit == here,
    }


def desks(language: str) -> list[Json]:
    """Every desk with its name and the key that is published now."""
    return [
        {
            "id": epoch.desk_id,
            "role": epoch.desk.role,
            "name": directory.desk_name(epoch.desk, language),
            "epoch": epoch.epoch,
            "recipient": b64(epoch.recipient),
            "verify": b64(epoch.verify_key),
            "fingerprint": b64(epoch.fingerprint),
        }
        for epoch in directory.current_epochs()
    ]


def inbox(found: Page) -> Json:
    """A page of the inbox; `next` is empty on the last."""
    return {
        "now": clock.unix(clock.now()),
        "threads": [row(one) for one in found.rows],
        "next": str(found.next) if found.next else "",
    }


def row(found: Row) -> Json:
    """A line of the inbox."""
    return {
        "id": str(found.id),
        "received": unix(found.received_at),
        "safe": found.safe,
        "protection": found.protection,
        "opened": found.opened,
        "last": {"author": found.last_author, "at": unix(found.last_at), "sequence": found.last_sequence},
        "desks": list(found.desks),
        "read": found.read,
        "mine": found.mine,
        "present": list(found.present),
        "aside": found.aside,
        "erasing": found.erasing,
    }


def envelope(found: Envelope) -> Json:
    """A sealed first message and the grant that opens it."""
    return {
        "id": str(found.thread.pk),
        "manifest": found.thread.manifest,
        **held(found.grants),
        "ciphertext": b64(found.message.ciphertext),
    }


def held(grants: list[Grant]) -> Json:
    """The grant to open and those to try when somebody spoilt it."""
    first, *more = [{"seat": f"{grant.desk}/{grant.epoch}", "grant": b64(grant.ciphertext)} for grant in grants]
    return {**first, "more": more}


def thread(found: Thread, actor: Actor) -> Json:
    """A whole thread, sealed, with what is needed to open and check it, and everything that was done to it."""
    grants = queries.grants_for(actor, found)
    grant = grants[0]
    letters = list(appeals.messages_of(found))
    return {
        "id": str(found.pk),
        "manifest": found.manifest,
        "commitment": b64(found.commitment),
        "received": unix(found.received_at),
        **held(grants),
        "can_speak": policies.can_speak(actor, found, f"{grant.desk}/{grant.epoch}"),
        "messages": [mailbox.message(letter) for letter in letters],
        "verify": verify_keys(),
        "grants": [grant_row(row) for row in found.grants.exclude(desk="child").order_by("id")],
        "events": [{"kind": row.kind, "at": unix(row.at), "detail": row.detail} for row in found.events.all()],
        "trail": trail(found, actor),
        "aside": aside.reason(actor, found),
        "erasure": erasure(found, actor),
        **closed(found, actor),
    }


def closed(found: Thread, actor: Actor) -> Json:
    """Which files are closed since when, by their hash, and whether this officer may look all the same."""
    rows = replies.closed(found)
    seen = bool(rows) and replying.can_see_closed(actor.officer)
    return {"closed": {b64(digest): unix(at) for digest, at in rows.items()}, "sees_closed": seen}


def erasure(found: Thread, actor: Actor) -> Json | None:
    """A proposal to erase it that waits or was refused, with everything to check its signature by."""
    row = erasing.latest(found)
    if row is None:
        return None
    names = {str(officer.signer): officer.display_name for officer in accounts.colleagues_of(actor.officer)}
    return {
        "number": row.number,
        "reason": row.reason,
        "officer": tag(row.by),
        "name": names.get(row.by, ""),
        "mine": row.by == str(actor.officer.signer),
        "seat": row.seat,
        "at": unix(row.at),
        "signature": b64(row.signature),
        "words": b64(row.words),
        "refused": row.outcome == REFUSED,
        "refusal": b64(row.refusal),
    }


def verify_keys() -> dict[str, str]:
    """The verifying key of every desk epoch there ever was, by "desk/epoch"."""
    return {str(epoch): b64(epoch.verify_key) for epoch in directory.epochs()}


def grant_row(row: Grant) -> Json:
    """Who holds a thread, since when and from whom."""
    return {"desk": row.desk, "epoch": row.epoch, "by": row.granted_by, "at": unix(row.at)}


def trail(found: Thread, actor: Actor) -> list[Json]:
    """What was done with a thread: colleagues by name, everybody else by the desk they acted for.

    That a browser was handed something sealed stays in the audit table: it would hide the rest.
    """
    names = {str(officer.signer): officer.display_name for officer in accounts.colleagues_of(actor.officer)}
    return [act(row, names) for row in audit.trail(actions.subject(found)).exclude(act__in=actions.HANDED_OUT)]


def act(row: AuditRow, names: dict[str, str]) -> Json:
    """One audit row."""
    return {"at": unix(row.at), "act": row.act, "name": names.get(row.actor, ""), "detail": row.detail}
