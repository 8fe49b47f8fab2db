"""Wire types of verdicts, anonymous cards and the decision log."""

from pydantic import BaseModel, Field

from api.schemas import Wire
from matcher.ledger.verdicts import LONGEST_NOTE, Choice


class VerdictIn(BaseModel):
    """What is decided on a pair. `version`: of the verdict that was seen before, 0 for none."""

    verdict: Choice
    reason: str = Field(min_length=1, max_length=40)
    note: str = Field(default="", max_length=LONGEST_NOTE)
    version: int = Field(default=0, ge=0, le=2**31 - 1)


class VerdictOut(Wire):
    """A verdict that stands. `account`: the id of who gave it; `at`: ISO 8601 in UTC."""

    posting: str
    candidate: str
    verdict: Choice
    reason: str
    note: str
    account: str
    at: str
    version: int


class VerdictsOut(Wire):
    """Verdicts, newest first."""

    verdicts: list[VerdictOut]


class CardOut(Wire):
    """Somebody who is proposed for a posting, without anything that tells who it is."""

    title: str
    text: str


class CardsOut(Wire):
    """Anonymous cards of those who are proposed for a posting at present, in no order of fit."""

    posting: str
    cards: list[CardOut]


class VerificationOut(Wire):
    """Whether the decision log is whole. `broken_at`, `anchor_at`: the first line that does not hold."""

    ok: bool
    lines: int
    broken_at: int | None
    anchor_at: int | None
    anchored: int
    damaged: int
