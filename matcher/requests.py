"""What somebody asks of people: to talk, to have something looked at again, or to be on no list of a computer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

from matcher.errors import InvalidRequest
from matcher.ledger.lines import Entry, Line, Person

Wanted = Literal["talk", "again", "objection"]
"""A conversation, another look by a person, or an objection to being ranked: that one holds until it is withdrawn."""
WANTED: tuple[Wanted, ...] = get_args(Wanted)
Step = Literal["asked", "answered", "withdrawn"]
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one account asked. `candidate`: the record that is theirs, None while there is none.

    `at`, `answered`: ISO 8601 in UTC; `answered` and `by` (an account's id) are empty until somebody followed up.
    """

    id: str
    account: str
    candidate: str | None
    wanted: Wanted
    note: str
    at: str
    answered: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.wanted not in WANTED:
            raise InvalidRequest("wanted", found=self.wanted, known=", ".join(WANTED))
        if len(self.note) > LONGEST_NOTE:
            raise InvalidRequest("long", found=len(self.note), most=LONGEST_NOTE)
        if "\0" in self.note or any("\ud800" <= letter <= "\udfff" for letter in self.note):
            raise InvalidRequest("letters")

    @property
    def open(self) -> bool:
        """Whether nobody has followed up yet."""
        return not self.answered

    def same_as(self, other: "Request") -> bool:
        """Whether the same account asked just that, and nobody has followed up yet."""
        mine, theirs = ((one.account, one.wanted, one.note) for one in (self, other))
        return self.open and mine == theirs


def logged(request: Request, step: Step, account: str) -> Entry:
    """Return the line of the decision log for a step: all but the note, which is free text and can be erased."""
    content: dict[str, object] = {
        "request": request.id,
        "candidate": Person(request.candidate) if request.candidate else None,
        "wanted": request.wanted,
        "step": step,
        "account": account,
    }
    return Entry(kind="request", content=content)


class RequestDesk(Protocol):
    """Where requests are kept; each call is one transaction, with its line in the log."""

    def ask(self, request: Request) -> Line | None:
        """Keep a request; None, and no line, where the same account has just asked the same."""
        ...

    def answer_request(self, id: str, *, account: str, at: datetime | None = None) -> Line | None:
        """Note that somebody followed up; None where a colleague had done so. `UnknownRequest` if there is none."""
        ...

    def withdraw_request(self, id: str, *, account: str, at: datetime | None = None) -> Line:
        """Forget a request that its maker takes back; `UnknownRequest` if it is not theirs."""
        ...

    def requests(self) -> Sequence[Request]:
        """All requests, oldest first."""
        ...
