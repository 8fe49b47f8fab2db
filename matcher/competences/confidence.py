"""How sure the reader is: every constant in one table, set by reading the misses on the development documents.

A confidence is `PLACE * WORDS * certainty`, in [0, 1]; what stays below `LEAST` is left out rather than invented.
"""

from collections.abc import Mapping
from typing import Literal

Place = Literal["asks", "does", "unclear", "skills", "described", "profile", "interests", "header"]
Words = Literal["concept", "fact", "open", "open_bullet", "beside", "aside"]

LEAST = 0.3
"""Below this a phrase is left out."""

NAMED_ALONE = 0.95
"""Certainty from which a concept named in a sentence without surroundings counts though nothing there asks for it."""

PLACE: Mapping[Place, float] = {
    "asks": 0.95,  # a sentence or list that says what is asked for
    "does": 0.85,  # a task: what one will do, one must be able to do
    "unclear": 0.5,  # running text that neither asks nor tells of the company
    "skills": 0.95,  # a CV's list of skills or languages
    "described": 0.9,  # a CV's line on what was done
    "profile": 0.8,  # what somebody says of themselves
    "interests": 0.7,
    "header": 0.6,  # the line that names degree, title, firm and dates
}
"""Where a phrase stands."""

WORDS: Mapping[Words, float] = {
    "concept": 1.0,  # a form of the vocabulary; times the tagger's certainty
    "fact": 0.95,  # language with level, education, years, licence
    "open_bullet": 0.7,  # an item of a list that no vocabulary knows
    "open": 0.6,  # a clause of running text that no vocabulary knows
    "beside": 0.45,  # what a concept in the same clause leaves unsaid
    "aside": 0.3,  # a subordinate clause, or one in parentheses
}
"""What was recognised in it."""

LONG = 9
"""Telling words from which a clause is a story more than a demand."""
LONG_FACTOR = 0.7
SHORT = 8
"""A single everyday word with fewer letters says too little alone; about half of them were wrong."""
SHORT_FACTOR = 0.55
VAGUE_FACTOR = 0.5
"""Words no vocabulary knows that say when or where, or point back ("in the morning", "honest about them")."""
VAGUE_WORDS = 2
"""Telling words up to which a count or a pronoun makes a phrase vague."""
UNSAID_WORDS = 3
"""Telling words beside a concept from which the clause around it is a phrase of its own."""
UNSAID_BESIDE_FACT = 2
"""The same beside a language ("vise rundt på dansk")."""
UNSAID_SHARE = 0.6
"""The same as a share of the clause's telling words."""


def confidence(place: Place, words: Words, certainty: float = 1.0) -> float:
    """Return how sure it is that a phrase is a demand or competence, in [0, 1].

    >>> confidence("asks", "concept", 0.9)
    0.85
    """
    return round(PLACE[place] * WORDS[words] * certainty, 2)
