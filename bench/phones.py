"""Phones that keep their keys: they send appeals until the server dies, and afterwards open what it had acknowledged."""

import asyncio
import json
import os
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import keys, manifest, parcel
from balaqorgau.sealed.appeal import Letter, open_file, open_grant, open_letter, seal_appeal
from balaqorgau.sealed.keys import ChildKeys
from bench.appeals import TEXT, Target
from bench.load import answer, request

PHOTO_BYTES = 3000
ANSWERED = (200, 201)


@dataclass(frozen=True)
class Phone:
    """One sealed appeal with everything that its child knows: keys, text, photo; `sealed_photo` as it is sent."""

    keys: ChildKeys
    text: str
    photo: bytes
    sealed_photo: bytes
    commitment: bytes
    body: bytes

    @property
    def name(self) -> str:
        """The commitment as an acknowledgement writes it."""
        return b64(self.commitment)


def seal(to: Target) -> Phone:
    """A new appeal with a photo."""
    child, photo = keys.keys_of_master(os.urandom(32)), os.urandom(PHOTO_BYTES)
    text = f"{os.urandom(8).hex()} {TEXT[:1500]}"
    fields = {"language": "kk", "reasons": [], "about": [], "age": "", "who": "self", "safe": "", "school": ""}
    sealed = seal_appeal(
        Letter({**fields, "text": text}, [("photo", "image/jpeg", photo)]),
        child=child,
        deployment=to.deployment,
        recipients=to.recipients,
        protection="phone",
        bits=to.bits,
    )
    body = request("/api/appeals", sealed.body(), parcel.CONTENT_TYPE)
    return Phone(child, text, photo, sealed.files[0], sealed.manifest.commitment(), body)


def seal_many(to: Target, count: int) -> list[Phone]:
    """Many, on every core."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(seal, [to] * count, chunksize=32))


@dataclass
class Crowd:
    """Phones that have something to send, and those that were told that it is safe."""

    waiting: deque[Phone]
    acknowledged: dict[str, Phone] = field(default_factory=dict)
    leaving: bool = False

    async def send(self, port: int, at_once: int, meanwhile: Callable[[], Awaitable[None]]) -> None:
        """Send over `at_once` connections until `meanwhile` is over; what got no answer waits for the next time."""
        self.leaving = False
        clients = [asyncio.create_task(self.client(port)) for _ in range(at_once)]
        await meanwhile()
        self.leaving = True
        await asyncio.gather(*clients)

    async def client(self, port: int) -> None:
        """One connection, until it breaks or it is time to leave."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return
        while self.waiting and not self.leaving:
            phone = self.waiting.popleft()
            if not await self.attempt(phone, reader, writer):
                self.waiting.append(phone)
                break
        writer.close()

    async def attempt(self, phone: Phone, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the appeal was acknowledged."""
        try:
            writer.write(phone.body)
            status, body = await answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            return False
        if status in ANSWERED:
            self.acknowledged[json.loads(body)["commitment"]] = phone
        return status in ANSWERED


def ask(port: int, path: str, body: dict[str, str]) -> bytes:
    """The body of an answer to JSON."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=60) as found:
        return bytes(found.read())


def opens(port: int, phone: Phone) -> bool:
    """Whether the mailbox is there and text and photo are what the child wrote."""
    token = b64(phone.keys.token)
    try:
        box = json.loads(ask(port, "/api/mailbox", {"token": token}))
        first = box["messages"][0]
        photo = ask(port, "/api/mailbox/file", {"token": token, "hash": first["files"][0]["hash"]})
        said = manifest.parse(box["manifest"].encode())
        seed = open_grant(unb64(box["grant"]), phone.keys.identity, said)
        same = open_letter(unb64(first["ciphertext"]), seed)["text"] == phone.text
        return same and open_file(photo, seed) == phone.photo and said.commitment() == phone.commitment
    except (urllib.error.URLError, ValueError, KeyError, IndexError):
        return False


def missing(port: int, phones: Iterable[Phone]) -> Sequence[str]:
    """Those whose appeal is not there or does not open."""
    everybody = list(phones)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda phone: opens(port, phone), everybody)
        return [phone.name for phone, fine in zip(everybody, found, strict=True) if not fine]
