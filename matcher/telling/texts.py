"""What a telling is made of: statements with their quotes, in paragraphs that a page can lay out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.labour.programmes import Programme, read_programmes
from matcher.messages import message
from matcher.telling.facts import DemandFact
from matcher.telling.quotes import Quote

Audience = Literal["graduate", "consultant", "company"]
AUDIENCES: tuple[Audience, ...] = ("graduate", "consultant", "company")
Basis = Literal["quoted", "implied", "missing", "score", "table", "advice"]
"""What a statement rests on: words of the documents; a programme that the CV names; that nothing was found; the score;
the hand table of learning; or it claims nothing and only says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing told. `quotes` are those that `text` shows; `about`: numbers of the demands it is about."""

    text: str
    basis: Basis
    quotes: tuple[Quote, ...] = ()
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Statements under a heading; `key` names the paragraph whatever the language."""

    key: str
    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The text about a pair for one audience in one language ("da" or "en")."""

    audience: Audience
    language: str
    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements in order."""
        return tuple(statement for paragraph in self.paragraphs for statement in paragraph.statements)

    @property
    def text(self) -> str:
        """The whole as plain text: a graduate's runs on, the others are lists under headings."""
        parts = [self.title]
        for paragraph in self.paragraphs:
            if self.audience == "graduate":
                parts.append(" ".join(statement.text for statement in paragraph.statements))
            else:
                lines = [f"- {statement.text}" for statement in paragraph.statements]
                parts.append("\n".join([paragraph.heading, *lines]))
        return "\n\n".join(parts)


class Voice:
    """Says things in one language, in the catalogue's words under `telling`; quotes are cut to `most` letters."""

    def __init__(self, language: str, *, most: int) -> None:
        self.language = language
        self.most = most

    def say(self, key: str, **values: object) -> str:
        """Return the text `telling.<key>`."""
        return message(f"telling.{key}", self.language, **values)

    def words(self, text: str) -> str:
        """Return words in quotation marks."""
        return self.say("quote", text=text)

    def _quoted(self, quote: Quote) -> str:
        """Return a quote in quotation marks; one that a person added is marked as such."""
        return self.say("added", text=quote.shown) if quote.by_person else self.words(quote.shown)

    def programme(self, id: str) -> str:
        """Return the name of a programme."""
        found = programme(id)
        return found.da if self.language == "da" else found.en

    def state(
        self,
        key: str,
        basis: Basis,
        *facts: DemandFact,
        quotes: Mapping[str, Quote | Sequence[Quote] | None] | None = None,
        **values: object,
    ) -> Statement:
        """Return the text `telling.<key>` as a statement about demands; `quotes` fill its blanks, lists with commas."""
        given = {name: [found] if isinstance(found, Quote) else found or [] for name, found in (quotes or {}).items()}
        cut = {name: [quote.shortened(self.most) for quote in found] for name, found in given.items()}
        shown = {name: ", ".join(map(self._quoted, found)) for name, found in cut.items()}
        return Statement(
            text=self.say(key, **shown, **values),
            basis=basis,
            quotes=tuple(quote for found in cut.values() for quote in found),
            about=tuple(fact.number for fact in facts),
        )

    def paragraph(self, key: str, statements: Sequence[Statement]) -> Paragraph:
        """Return statements under the heading `telling.heading.<key>`."""
        return Paragraph(key=key, heading=self.say(f"heading.{key}"), statements=tuple(statements))


def programme(id: str) -> Programme:
    """Return a study programme by its id."""
    return next(found for found in read_programmes() if found.id == id)
