"""What is read in a text. Nothing of it is stored."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.dependencies import EngineDep
from api.pasted import LONGEST
from api.routes.access import asking
from api.schemas import ExtractionOut
from matcher.extraction import extract_candidate, extract_posting, with_meanings

router = APIRouter(tags=["reading"])

EXTRACTORS = {"candidate": extract_candidate, "posting": extract_posting}


class TextIn(BaseModel):
    """A text to read. `link`: also link phrases that name no concept to the one they mean."""

    kind: Literal["candidate", "posting"]
    text: str = Field(min_length=1, max_length=LONGEST)
    link: bool = True


@router.post("/extract", dependencies=[asking("extract")])
def extract(given: TextIn, engine: EngineDep) -> ExtractionOut:
    """Return the competences of a CV or the demands of a posting, each with its place in the text that was sent."""
    found = EXTRACTORS[given.kind](given.text)
    return ExtractionOut.of(with_meanings(found, engine.encoder) if given.link else found)
