"""Slowing down those who try mailboxes at speed, without remembering who they are.

Only misses count, so a whole school behind one address always gets through to what exists.
"""

import secrets
import threading
import time
from collections import Counter
from hashlib import blake2s

MISSES_A_MINUTE = 30


class Misses:
    """Misses by address within a minute. Addresses are hashed with a key that lives as long as the minute."""

    def __init__(self, most: int = MISSES_A_MINUTE) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._turn(0)

    def _turn(self, minute: int) -> None:
        self._minute, self._key, self._count = minute, secrets.token_bytes(16), Counter[bytes]()

    def _tag(self, address: str) -> bytes:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._turn(minute)
        return blake2s(address.encode(), key=self._key, digest_size=8).digest()

    def missed(self, address: str) -> bool:
        """Count a miss; whether there were too many from there in this minute."""
        with self._lock:
            tag = self._tag(address)
            self._count[tag] += 1
            return self._count[tag] > self.most


misses = Misses()
