"""What the service is made of, in one value kept as `app.state.service`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from api.auth.doors import Doors
from api.auth.secret import secret_of
from api.auth.settings import AuthSettings
from api.indexer import Indexer
from api.jobs import Jobs
from api.lists import Lists
from api.metrics import Metrics
from matcher import assemble
from matcher.engine import Engine
from matcher.ledger.log import DecisionLog
from matcher.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """One engine for pages, API and command line, with what only the service needs."""

    engine: Engine
    settings: Settings
    doors: Doors
    log: DecisionLog
    lists: Lists
    indexer: Indexer
    jobs: Jobs = field(default_factory=Jobs)
    metrics: Metrics = field(default_factory=Metrics)

    @classmethod
    def over(cls, engine: Engine, settings: Settings, auth: AuthSettings, *, doors: Doors | None = None) -> Self:
        """Put the service together around an engine; `doors` instead of those of the home, for tests."""
        log = assemble.decision_log(engine.store, engine.home)
        if doors is None:
            doors = Doors.of(assemble.accounts(engine.store, engine.home), auth, secret_of(engine.home))
        return cls(
            engine=engine, settings=settings, doors=doors, log=log, lists=Lists(engine, log), indexer=Indexer(engine)
        )

    @property
    def home(self) -> Path:
        """Folder of database, index and model."""
        return self.engine.home
