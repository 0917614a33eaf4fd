"""The plain form's own limit: it has no proof of work, and every use costs 32 MiB and a tenth of a second."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 4
A_MINUTE = 600
WAIT_SECONDS = 8


class Busy(Exception):
    """Too many are using the plain form right now."""


class Quota:
    """At most `at_once` slow steps at a time and `a_minute` in a minute, for everybody together."""

    def __init__(self, at_once: int = AT_ONCE, a_minute: int = A_MINUTE, wait: float = WAIT_SECONDS) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._a_minute = a_minute
        self._wait = wait
        self._minute, self._used = 0, 0

    def _count(self) -> None:
        with self._lock:
            minute = int(time.monotonic() // 60)
            if minute != self._minute:
                self._minute, self._used = minute, 0
            self._used += 1
            if self._used > self._a_minute:
                raise Busy

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place while the slow step runs; raises Busy."""
        self._count()
        if not self._places.acquire(timeout=self._wait):
            raise Busy
        try:
            yield
        finally:
            self._places.release()


writing, reading = Quota(), Quota()
"""Their own budgets: a flood of letters keeps nobody from an answer."""
