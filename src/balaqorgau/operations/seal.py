"""An age file written and read as a stream, so that a backup of any size needs one chunk of memory. Source: C2SP age."""

import hmac
import os
from collections.abc import Sequence
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from balaqorgau.sealed import age, header, stream
from balaqorgau.sealed.hashing import hkdf
from balaqorgau.sealed.header import Changed

SEALED_CHUNK: Final = stream.CHUNK + stream.TAG


class Sealer:
    """Seals what is written to it; without `finish` the file stays cut, and nobody can open its end."""

    def __init__(self, out: BinaryIO, recipients: Sequence[bytes]) -> None:
        file_key, nonce = os.urandom(age.FILE_KEY), os.urandom(age.NONCE)
        head = header.VERSION + b"".join(age.wrap(file_key, raw).as_bytes() for raw in recipients) + b"---"
        out.write(head + b" " + header.plain64(age.mac_of(file_key, head)) + b"\n" + nonce)
        self._out, self._cipher = out, ChaCha20Poly1305(hkdf(file_key, nonce, b"payload"))
        self._waiting, self._place = bytearray(), 0

    def write(self, data: bytes) -> int:
        """Take bytes; whole chunks are sealed once it is known that they are not the last one."""
        self._waiting += data
        while len(self._waiting) > stream.CHUNK:
            self._seal(bytes(self._waiting[: stream.CHUNK]), last=False)
            del self._waiting[: stream.CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(stream.nonce(self._place, last), piece, None))
        self._place += 1


class Opener:
    """Opens a sealed file as it is read; NotAge, NotForUs or Changed (at the chunk that is not as it was)."""

    def __init__(self, source: BinaryIO, seed: bytes) -> None:
        start = source.read(header.LONGEST)
        found = header.parse(start)
        file_key = age.unwrap(found, seed)
        if not hmac.compare_digest(age.mac_of(file_key, found.signed), found.mac):
            raise Changed("the header")
        nonce = start[found.end : found.end + age.NONCE]
        self._cipher = ChaCha20Poly1305(hkdf(file_key, nonce, b"payload"))
        self._source, self._sealed = source, start[found.end + age.NONCE :]
        self._open, self._place, self._ended = b"", 0, False

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; none after the last chunk, and never before it."""
        while not self._open and not self._ended:
            self._open = self._next()
        found, self._open = self._open[:size], self._open[size:]
        return found

    def _next(self) -> bytes:
        """The next chunk; the last one is the one after which the file ends."""
        self._sealed += self._source.read(max(0, SEALED_CHUNK + 1 - len(self._sealed)))
        piece, self._sealed = self._sealed[:SEALED_CHUNK], self._sealed[SEALED_CHUNK:]
        self._ended = not self._sealed
        try:
            found = self._cipher.decrypt(stream.nonce(self._place, self._ended), piece, None)
        except (InvalidTag, ValueError) as error:
            raise Changed("a chunk") from error
        if self._ended and self._place and not found:
            raise Changed("an empty last chunk")
        self._place += 1
        return found
