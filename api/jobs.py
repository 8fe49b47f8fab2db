"""Long work that somebody started and comes back for: one at a time, with its progress, in this process."""

import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from pydantic import JsonValue

from matcher.errors import MatcherError

LOG = logging.getLogger(__name__)

State = Literal["waiting", "running", "done", "refused", "failed"]
Tell = Callable[[str, int, int], None]
Work = Callable[[Tell], JsonValue]

MOST_KEPT = 100
"""Jobs remembered; of more, the oldest that have ended are forgotten."""
MOST_WAITING = 20


class UnknownJob(MatcherError):
    """No such job: `id`. Jobs end with the process that runs them."""

    key = "api.unknown_job"


class TooManyJobs(MatcherError):
    """More work is waiting than is taken: `most`."""

    key = "api.too_many_jobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work. `stage`, `done`, `total`: how far it is; `account`: whose it is; `asked`: what for."""

    id: str
    kind: str
    account: str
    started: datetime
    asked: str = ""
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    result: JsonValue = None
    refusal: MatcherError | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "refused", "failed")


class Jobs:
    """The jobs of one process."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def start(self, kind: str, account: str, work: Work, *, asked: str = "") -> Job:
        """Take work in; it begins when the work before it has ended. What is `asked` twice meanwhile is one job."""
        job = Job(id=secrets.token_hex(8), kind=kind, account=account, started=datetime.now(UTC), asked=asked)
        with self._lock:
            for other in self._jobs.values():
                if asked and not other.ended and (other.kind, other.account, other.asked) == (kind, account, asked):
                    return other
            if sum(not other.ended for other in self._jobs.values()) >= MOST_WAITING:
                raise TooManyJobs(most=MOST_WAITING)
            self._forget_oldest()
            self._jobs[job.id] = job
        self._pool.submit(self._run, job.id, work)
        return job

    def get(self, id: str) -> Job:
        """Return a job as it stands now, or raise `UnknownJob`."""
        with self._lock:
            if id not in self._jobs:
                raise UnknownJob(id=id)
            return self._jobs[id]

    def of(self, account: str) -> list[Job]:
        """Jobs of an account, newest first."""
        with self._lock:
            return [job for job in reversed(self._jobs.values()) if job.account == account]

    def close(self) -> None:
        """Take no more work and drop what waits; what runs comes to its end."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, id: str, work: Work) -> None:
        self._change(id, state="running")
        try:
            result = work(lambda stage, done, total: self._change(id, stage=stage, done=done, total=total))
        except MatcherError as refusal:
            self._change(id, state="refused", refusal=refusal)
        except Exception as fault:  # noqa: BLE001 - whoever waits must be told; the thread goes on with the next job
            LOG.error("Job %s failed: %s", id, type(fault).__name__)  # noqa: TRY400 - a message may name somebody
            self._change(id, state="failed")
        else:
            self._change(id, state="done", result=result)

    def _change(self, id: str, **values: object) -> None:
        with self._lock:
            if id in self._jobs:
                self._jobs[id] = replace(self._jobs[id], **values)  # type: ignore[arg-type]

    def _forget_oldest(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.ended]
        for id in ended[: max(0, len(self._jobs) - MOST_KEPT + 1)]:
            del self._jobs[id]
