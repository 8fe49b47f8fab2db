"""Reads what was ingested in bulk while the service goes on answering: lists are made from what was read so far."""

import logging
import threading

from matcher.engine import Engine

LOG = logging.getLogger(__name__)

PAUSE_SECONDS = 0.1
"""Between two portions: longer than a waiting erasure, or another process, takes to see that the index is free."""


class Indexer:
    """One thread that brings the indexes up to date whenever it is woken."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._woken = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; from now on a reader of lists waits for a few records at most."""
        self._engine.behind = self.wake
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to read."""
        self._woken.set()

    def close(self) -> None:
        """End with the portion under way; what is not read yet is read at the next start."""
        self._engine.behind = None
        self._ended.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._woken.wait() and not self._ended.is_set():
            self._woken.clear()
            try:
                self._catch_up()
            except Exception as fault:  # noqa: BLE001 - the thread goes on; the next reader asks for the same again
                LOG.error("Reading new records failed: %s", type(fault).__name__)  # noqa: TRY400 - may quote a record

    def _catch_up(self) -> None:
        while self._engine.indexes.read_ahead():
            if self._ended.wait(PAUSE_SECONDS):
                return
        self._engine.indexes.refresh()
