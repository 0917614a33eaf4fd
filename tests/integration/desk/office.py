"""Officers at their desks, without a browser: real sessions, real forgery protection, keys that a test has in one place."""

import os
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from balaqorgau.accounts import actions, examples, wrapping
from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import Cost, LoginSecret, UnlockingKey
from balaqorgau.accounts.wrapping import DeskSecret, IdentitySeed, SigningSeed
from balaqorgau.appeals.models import Thread
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.sealed import age, keys, messages, parcel
from balaqorgau.sealed.appeal import Letter, open_grant, seal_letter, sealed_grant
from balaqorgau.sealed.manifest import parse
from tests.factories.appeals import REGION, DeskKeys, desk_keys

CSRF = re.compile(r'data-csrf="([^"]+)"')


def secret_of(found: DeskKeys) -> DeskSecret:
    """A desk's private halves as an officer is given them."""
    return DeskSecret(IdentitySeed(found.identity), SigningSeed(found.signing))


def hired(username: str, *desks: str) -> tuple[Officer, LoginSecret]:
    """An officer of these desks with their keys, and the secret that signs them in."""
    identity, login = wrapping.new_identity(), LoginSecret(os.urandom(32))
    new = actions.NewOfficer(
        username=username,
        display_name=f"Officer {username}",
        language="en",
        login=login,
        recipient=wrapping.recipient_of(identity),
        salt=os.urandom(16),
        cost=Cost(),
        wrapped_identity=wrapping.wrap_identity(identity, UnlockingKey(os.urandom(32))),
    )
    officer = actions.add_officer(new, desks=list(Desk.objects.filter(pk__in=desks)), by=OPERATOR)
    for epoch in DeskEpoch.objects.filter(desk__in=desks):
        examples.give(officer, epoch, secret_of(desk_keys(epoch.desk_id)))
    return officer, login


@dataclass
class Visitor:
    """Somebody with a browser: what they were given as a forgery token goes with every request."""

    client: Client
    csrf: str = ""

    def get(self, path: str, **headers: str) -> Any:
        """Fetch."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Send JSON."""
        return self.client.post(
            path, body if body is not None else {}, content_type="application/json", headers=self.token | headers
        )

    def send(self, path: str, fields: dict[str, str], parts: list[tuple[str, bytes]], **headers: str) -> Any:
        """Send sealed bytes."""
        body = parcel.dumps(parcel.Parcel(fields, parts))
        return self.client.post(path, body, content_type=parcel.CONTENT_TYPE, headers=self.token | headers)

    @property
    def token(self) -> dict[str, str]:
        """The header that says that the page itself asks."""
        return {"X-CSRFToken": self.csrf} if self.csrf else {}


def stranger() -> Visitor:
    """Somebody who opened the console's page and nothing more."""
    client = Client(enforce_csrf_checks=True)
    found = CSRF.search(client.get("/desk/").content.decode())
    assert found
    return Visitor(client, found[1])


def sign_in(visitor: Visitor, username: str, secret: bytes) -> Any:
    """Try; the forgery token is the new session's when it works."""
    answer = visitor.post("/desk/api/sign-in", {"username": username, "secret": b64(secret)})
    if answer.status_code == 200:
        visitor.csrf = answer.json()["csrf"]
    return answer


def at_work(username: str, *desks: str) -> Visitor:
    """A new officer of these desks, signed in."""
    _, login = hired(username, *desks)
    visitor = stranger()
    assert sign_in(visitor, username, login).status_code == 200
    return visitor


@dataclass(frozen=True)
class Opened:
    """A thread that a desk opened: everything that only its browser has."""

    thread: dict[str, Any]
    seed: keys.Seed
    desk: DeskKeys

    @property
    def seat(self) -> str:
        """The desk epoch's name."""
        return f"{self.desk.desk}/{self.desk.epoch}"

    @property
    def url(self) -> str:
        """The thread's door."""
        return f"/desk/api/threads/{self.thread['id']}"

    @property
    def commitment(self) -> bytes:
        """What everything is signed over."""
        return parse(self.thread["manifest"].encode()).commitment()

    def opening(self) -> dict[str, str]:
        """The body of "this desk opened it"."""
        return self.act("opened")

    def act(self, kind: str) -> dict[str, str]:
        """The body of something that the desk says with its key."""
        signed = messages.event_bytes(commitment=self.commitment, kind=kind, actor=self.seat)
        return {"seat": self.seat, "signature": b64(messages.sign(self.desk.signing, signed))}

    def reply(self, text: str = "Біз көмектесеміз") -> tuple[dict[str, str], list[tuple[str, bytes]]]:
        """Fields and parts of an answer."""
        payload, _ = seal_letter(Letter({"language": "kk", "text": text}), self.seed)
        stored = Thread.objects.get(pk=self.thread["id"]).messages.order_by("-sequence")[0]
        signed = messages.message_bytes(
            commitment=self.commitment,
            author=self.desk.author,
            sequence=stored.sequence + 1,
            previous=bytes(stored.message_hash),
            digest=age.digest(payload),
            files=[],
        )
        fields = {"seat": self.seat, "sequence": str(stored.sequence + 1), "previous": b64(stored.message_hash)}
        return fields | {"signature": b64(messages.sign(self.desk.signing, signed))}, [("payload", payload)]

    def grant_to(self, desk: str) -> dict[str, str]:
        """The body of passing it on."""
        to = desk_keys(desk)
        grant = sealed_grant(self.seed, parse(self.thread["manifest"].encode()).core(), to.recipient)
        name = f"{to.desk}/{to.epoch}"
        signed = messages.grant_bytes(
            commitment=self.commitment, giver=self.seat, receiver=name, digest=age.digest(grant)
        )
        signature = b64(messages.sign(self.desk.signing, signed))
        return {"seat": self.seat, "to": name, "ciphertext": b64(grant), "signature": signature}


def opened(visitor: Visitor, thread: Thread, desk: str = REGION) -> Opened:
    """Fetch a thread and open its grant, as the vault in the browser does."""
    body = visitor.get(f"/desk/api/threads/{thread.pk}").json()
    found = desk_keys(desk)
    return Opened(body, open_grant(unb64(body["grant"]), found.identity, parse(body["manifest"].encode())), found)
