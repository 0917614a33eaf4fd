"""Slowing down those who try mailboxes at speed, without knowing who they are.

Only misses count, of everybody together: what exists always opens, so nobody can be locked out. A guess has one chance in
2^66, so this bounds what guessing costs the server, not what it could find.
"""

import threading
import time

MISSES_A_MINUTE = 300


class Misses:
    """Misses of this process within a minute."""

    def __init__(self, most: int = MISSES_A_MINUTE) -> None:
        self.most = most
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._minute, self._count = 0, 0

    def missed(self) -> bool:
        """Count a miss; whether there were too many in this minute."""
        with self._lock:
            minute = int(time.monotonic() // 60)
            if minute != self._minute:
                self._minute, self._count = minute, 0
            self._count += 1
            return self._count > self.most


misses = Misses()
