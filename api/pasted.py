"""A posting that somebody pastes: read like one of a file, masked alike, and never stored."""

from pathlib import Path
from typing import cast

from pydantic import BaseModel, Field

from matcher.ingest.build import build
from matcher.ingest.source import Source
from matcher.records import EmploymentType, Posting

ID = "pasted"
"""What the lists for a pasted posting name it."""
SHORT = 200
LONGEST = 200_000
"""Letters of a text; a long posting has ten thousand."""


class PastedPosting(BaseModel):
    """A posting that is matched and not stored."""

    title: str = Field(min_length=1, max_length=SHORT)
    text: str = Field(min_length=1, max_length=LONGEST)
    employer: str | None = Field(default=None, max_length=SHORT)
    sector: str | None = Field(default=None, max_length=SHORT)
    municipality: str | None = Field(default=None, max_length=SHORT)
    postcode: str | None = Field(default=None, max_length=20)
    employment_type: EmploymentType = "unknown"

    def record(self) -> Posting:
        """Return the posting as the engine takes it, or refuse it where there is nothing to read."""
        built = build("posting", ID, self.model_dump(exclude_none=True), Source(file=Path(ID), line=1))
        return cast("Posting", built.record)
