"""What officers hold in their hands: an app that shows digits, and a passkey made of numbers instead of metal."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from balaqorgau.kernel.ids import b64

ORIGIN = "http://testserver"
FLAGS = AuthenticatorData.FLAG


@dataclass
class Passkey:
    """A key for one house; `origin` is where its browser thinks it is, `verified` whether a finger was shown."""

    origin: str = ORIGIN
    verified: bool = True
    counter: int = 0
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def flags(self) -> Any:
        """User present, and verified when it was."""
        return FLAGS.UP | (FLAGS.UV if self.verified else FLAGS(0))

    def client(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        """What the browser says it was asked, and where."""
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return CollectedClientData(json.dumps(said).encode())

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        client = self.client("webauthn.create", options)
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(bytes(16), self.credential, public)
        hashed = sha256(options["rp"]["id"].encode()).digest()
        told = AuthenticatorData.create(hashed, self.flags | FLAGS.AT, self.counter, data)
        attested = AttestationObject.create("none", told, {})
        return self.answer({"clientDataJSON": b64(bytes(client)), "attestationObject": b64(bytes(attested))})

    def show(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`."""
        self.counter += 1
        client = self.client("webauthn.get", options)
        told = AuthenticatorData.create(sha256(options["rpId"].encode()).digest(), self.flags, self.counter)
        signature = self.key.sign(told + client.hash, ec.ECDSA(SHA256()))
        return self.answer(
            {
                "clientDataJSON": b64(bytes(client)),
                "authenticatorData": b64(bytes(told)),
                "signature": b64(signature),
            }
        )

    def answer(self, response: dict[str, str]) -> dict[str, Any]:
        """As `PublicKeyCredential.toJSON` writes it."""
        name = b64(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
