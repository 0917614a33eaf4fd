"""Both hands of an erasure by law, as two browsers would sign it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from balaqorgau.appeals.models import Thread
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed.appeal import Letter, seal_letter
from tests.integration.desk.office import Opened, Visitor, at_work, opened

WORDS: Final = "Сот шешімі бойынша"


@dataclass
class Hand:
    """Somebody at a desk with a thread open."""

    visitor: Visitor
    case: Opened

    @property
    def officer(self) -> str:
        """Their id."""
        found: str = self.visitor.get("/desk/api/me").json()["officer"]["id"]
        return found

    @property
    def shown(self) -> dict[str, Any]:
        """The proposal as the server shows it to them."""
        found: dict[str, Any] = self.visitor.get(self.case.url).json()["erasure"]
        return found

    def sealed(self, text: str = WORDS) -> bytes:
        """Words that only who has the thread's seed reads."""
        return seal_letter(Letter({"language": "kk", "text": text}), self.case.seed)[0]

    def proposal(self, why: str = "court", *, number: int = 0) -> dict[str, str]:
        """The body of a proposal."""
        words = self.sealed()
        said = f"erasure-proposed {why} {self.officer} {number} {b64(sha256(words).digest())}"
        return self.case.act(said) | {"why": why, "words": b64(words)}

    def decision(self, outcome: str, proposed: dict[str, Any], words: bytes = b"") -> dict[str, str]:
        """The body of what ends a proposal."""
        said = f"erasure-{outcome} {proposed['reason']} {self.officer} {mark(proposed['signature'])}"
        if words:
            return self.case.act(f"{said} {b64(sha256(words).digest())}") | {"words": b64(words)}
        return self.case.act(said)

    def send(self, what: str, body: dict[str, str]) -> Any:
        """Knock: "" proposes."""
        return self.visitor.post(f"{self.case.url}/erasure{what and f'/{what}'}", body)

    def propose(self, why: str = "court", *, number: int = 0) -> Any:
        """Propose it, rightly."""
        return self.send("", self.proposal(why, number=number))

    def confirm(self, proposed: dict[str, Any] | None = None) -> Any:
        """Confirm it, rightly."""
        return self.send("confirm", self.decision("confirmed", proposed or self.shown))


def hand(username: str, desk: str) -> Hand:
    """A new officer of a desk that holds the oldest appeal."""
    visitor = at_work(username, desk)
    return Hand(visitor, opened(visitor, Thread.objects.order_by("received_at")[0], desk))


def mark(signature: str) -> str:
    """How a decision names its proposal."""
    return b64(sha256(unb64(signature)).digest())
