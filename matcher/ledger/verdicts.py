"""What a person decides on a pair, and why. Codes can be counted; what they mean stands in the catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self, cast, get_args

from matcher.errors import InvalidVerdict, Phrase
from matcher.privacy.cpr import mask_cpr

Choice = Literal["propose", "hold", "reject"]

REASONS: Mapping[Choice, tuple[str, ...]] = {
    "propose": ("competences", "growth", "returning", "wished", "other"),
    "hold": ("ask_candidate", "ask_employer", "stronger_first", "in_process", "other"),
    "reject": ("must_missing", "level", "language", "distance", "kind_of_job", "declined", "unavailable", "other"),
}
"""Reason codes of each verdict. None names a person's age, gender, origin or health: those are no reasons."""

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A verdict that is to be given; `InvalidVerdict` for what is none. The reason "other" is told in the note."""

    posting: str
    candidate: str
    verdict: Choice
    reason: str
    note: str = ""
    account: str

    @classmethod
    def of(cls, *, posting: str, candidate: str, verdict: str, reason: str, note: str, account: str) -> Self:
        """Make a draft of what a form or a request holds."""
        if verdict not in get_args(Choice):
            raise InvalidVerdict("verdict", found=verdict, known=", ".join(REASONS))
        choice = cast("Choice", verdict)
        plain = mask_cpr(note.strip())
        return cls(posting=posting, candidate=candidate, verdict=choice, reason=reason, note=plain, account=account)

    def __post_init__(self) -> None:
        if self.reason not in REASONS[self.verdict]:
            raise InvalidVerdict("reason", found=self.reason, known=", ".join(REASONS[self.verdict]))
        if self.reason == "other" and not self.note:
            raise InvalidVerdict("note")
        if len(self.note) > LONGEST_NOTE:
            raise InvalidVerdict("long", found=len(self.note), most=LONGEST_NOTE)
        if not all(_readable(text) for text in (self.posting, self.candidate, self.note)):
            raise InvalidVerdict("letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Draft):
    """A verdict that stands. `at`: ISO 8601 in UTC; `version` counts the verdicts on the pair, from 1."""

    at: str
    version: int

    def same_as(self, draft: Draft) -> bool:
        """Whether the same account decided just that."""
        mine, theirs = (
            (one.verdict, one.reason, one.note, one.account, one.posting, one.candidate) for one in (self, draft)
        )
        return mine == theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A posting that somebody is proposed for at present. `state`: the newest outcome, "proposed" after a verdict."""

    candidate: str
    posting: str
    state: str
    at: str


def choice_name(verdict: str) -> Phrase:
    """Return the word for a verdict, in the language of whoever reads it."""
    return Phrase(f"verdict.choice.{verdict}")


def reason_name(verdict: str, reason: str) -> Phrase:
    """Return the words for a reason code."""
    return Phrase(f"verdict.reason.{verdict}.{reason}")


def _readable(text: str) -> bool:
    """Whether every database keeps the text: no NUL, no half characters."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
