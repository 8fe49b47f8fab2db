"""What the tagger looks for, and what it found."""

from dataclasses import dataclass
from typing import Literal

FormLanguage = Literal["da", "en"]
TextLanguage = Literal["da", "en", "other"]

NOTHING = ""
"""Target of a decoy: a phrase that is no competence and hides what stands within it ("excel in your role")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A way to write something, and when it counts."""

    text: str
    target: str
    """Opaque id of what is meant, or NOTHING."""
    language: FormLanguage | None = None
    """Only in text of this language."""
    case: bool = False
    """Only as spelled; in a list of names also otherwise ("word, excel og outlook")."""
    context: tuple[str, ...] = ()
    """Casefolded beginnings of words, one of which stands in the same sentence or list."""
    name: bool = False
    """The name of a thing, as software: a list of names needs no capitals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A form found at `text[start:end]`, in code points of the text given."""

    start: int
    end: int
    target: str
    form: str
    certainty: float
    """In (0, 1]: 1.0 as written, less for an inflection, a part of a compound, or where case cannot tell."""


AS_WRITTEN = 1.0
JOINED = 0.95
"""Written in one word instead of two, or the other way round."""
INFLECTED = 0.9
SHARED = 0.85
"""A part is shared with another word: "qualitative and quantitative methods", "drifts- og vedligeholdelsesopgaver"."""
HEAD = 0.8
"""Last part of a compound: a kind of it ("byggesagsbehandling")."""
IN_LIST = 0.8
"""Not in the case that was asked for, but in a list of names or beside a word of its context."""
MODIFIER = 0.6
"""First part of a compound: something to do with it ("databaseudvikling")."""
SHOUTED = 0.4
"""In a line of capitals, where case tells nothing."""
