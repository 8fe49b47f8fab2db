"""What a title or a phrase can be linked to: a name of a concept."""

from dataclasses import dataclass
from typing import Literal

Purpose = Literal["title", "competence", "work"]
"""What is looked for: a kind of work by its title, something that a person can do, or what a kind of work takes: then
the text is a title, with or without its description, and the names are those of competences."""


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a concept; several terms may name the same concept."""

    concept: str
    text: str
