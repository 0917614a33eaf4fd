"""One thread writes for everybody who is waiting: many appeals, one durable commit."""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError, connection

from balaqorgau.appeals.refusals import Refused

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

BATCH = 64
WAITING = 4096
PATIENCE_SECONDS = 20


class Writer(Generic[Item, Outcome]):
    """Collects what is waiting and stores it in one transaction, as databases do inside (group commit)."""

    def __init__(self, store: Callable[[Sequence[Item]], list[Outcome]]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._queue: queue.Queue[tuple[Item, Future[Outcome]] | None] = queue.Queue(WAITING)
        self._process: int | None = None
        self._thread: threading.Thread | None = None

    def write(self, item: Item) -> Outcome:
        """Store one item and return its outcome once that is durable; Refused("busy") when too many wait.

        Who waits gives their own connection back first: were all of them held by those who wait, none would be left for
        the thread that writes.
        """
        if connection.in_atomic_block:
            return self._store([item])[0]
        connection.close_if_unusable_or_obsolete()
        self._start()
        future: Future[Outcome] = Future()
        try:
            self._queue.put_nowait((item, future))
            return future.result(PATIENCE_SECONDS)
        except (queue.Full, TimeoutError) as error:
            raise Refused("busy", 503, seconds=5) from error

    def _start(self) -> None:
        """Begin the thread in this process, once; a forked worker begins its own."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._queue = queue.Queue(WAITING)
                self._thread = threading.Thread(target=self._run, daemon=True, name="appeals-writer")
                self._thread.start()
                self._process = os.getpid()

    def rest(self) -> None:
        """Finish what waits, end the thread and give its connection back; the next item begins a new one."""
        with self._lock:
            if self._process == os.getpid() and self._thread:
                self._queue.put(None)
                self._thread.join()
                self._process = None

    def _run(self) -> None:
        while batch := self._next_batch():
            self._settle(batch)
        connection.close()

    def _next_batch(self) -> list[tuple[Item, "Future[Outcome]"]]:
        """Wait for one, then take everybody else who is already there; nothing when it is time to rest."""
        batch = []
        waiting = self._queue.get()
        while waiting is not None:
            batch.append(waiting)
            if len(batch) == BATCH:
                break
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                return batch
        if batch and waiting is None:
            self._queue.put(None)
        return batch

    def _settle(self, batch: list[tuple[Item, "Future[Outcome]"]]) -> None:
        """Give everybody of the batch their outcome or the reason why there is none."""
        try:
            outcomes = self._store_with_fresh_connection([item for item, _ in batch])
        except Exception as error:  # every waiting request must hear of it, whatever it is
            for _, future in batch:
                future.set_exception(error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            future.set_result(outcome)

    def _store_with_fresh_connection(self, items: list[Item]) -> list[Outcome]:
        """A connection that the database has closed is opened again, once."""
        try:
            return self._store(items)
        except (InterfaceError, OperationalError):
            connection.close()
            return self._store(items)
