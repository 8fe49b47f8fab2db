"""Invented people and what they write about themselves, out of `swap_people.toml`: for the swap test."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Literal

Tongue = Literal["da", "en"]
_BIRTH_YEARS = range(1966, 2004)
_THIS_YEAR = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody invented; `words` fills the blanks of the templates in one language."""

    name: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which lines about a person stand above a CV, which sentences inside it, and how the name is given.

    `field`: the name stands beside the text too, as it does where a CV came with a form.
    """

    header: tuple[str, ...]
    prose: tuple[str, ...]
    place: float
    """Where in the text the sentences go, as a share of its sentences."""
    field: bool


def draw_person(draws: Random, tongue: Tongue) -> Person:
    """Draw somebody: origin, sex, name, age, family and street, each on its own."""
    facts = _facts()
    origin, words = draws.choice(facts["origin"]), facts[tongue]
    country, city, nationality = origin[tongue]
    woman = draws.random() < 0.5
    given = draws.choice(origin["women" if woman else "men"])
    name = f"{given} {draws.choice(origin['families'])}"
    gender, subject, possessive, parent, spouse, pronouns = words["woman" if woman else "man"]
    year, day, month = draws.choice(_BIRTH_YEARS), draws.randint(1, 28), draws.choice(words["months"])
    told = {
        "name": name,
        "given": given,
        "gender": gender,
        "subject": subject,
        "Subject": subject.capitalize(),
        "possessive": possessive,
        "parent": parent,
        "spouse": spouse,
        "pronouns": pronouns,
        "birth_year": str(year),
        "birth_date": f"{day}. {month} {year}" if tongue == "da" else f"{day} {month} {year}",
        "age": str(_THIS_YEAR - year),
        "country": country,
        "city": city,
        "nationality": nationality,
        "status": draws.choice(words["status"]),
        "children": draws.choice(words["children"]),
        "street": draws.choice(origin["streets"]),
        "photo": f"{given.split()[0].lower()}.jpg",
    }
    return Person(name=name, words=told)


def draw_layout(draws: Random, tongue: Tongue, *, lines: int = 5, sentences: int = 4) -> Layout:
    """Draw how a CV tells who somebody is: `lines` in its header and `sentences` inside it."""
    words = _facts()[tongue]
    return Layout(
        header=(draws.choice(words["names"]), *draws.sample(words["header"], lines)),
        prose=tuple(draws.sample(words["prose"], sentences)),
        place=draws.random(),
        field=draws.random() < 0.5,
    )


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(files("eval").joinpath("swap_people.toml").read_text(encoding="utf-8"))
