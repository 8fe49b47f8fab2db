"""Finds the vocabulary's concepts in a text: its forms and rules as the tagger understands them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matcher.competences.concepts import Concept, read_vocabulary
from matcher.records import Language
from models.tagger import NOTHING, Form, Tagger

_IN_PARENTHESES = re.compile(r"\((.*?)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """A concept named at `text[start:end]`, offsets in code points; certainty in (0, 1] as `models.tagger` gives it."""

    start: int
    end: int
    concept: Concept
    certainty: float


def spot(text: str, language: Language) -> list[Spotted]:
    """Return the concepts that `text` names, by place; several at one place where the words leave it open."""
    known = _concepts()
    return [
        Spotted(start=tag.start, end=tag.end, concept=known[tag.target], certainty=tag.certainty)
        for tag in _tagger().tag(text, language)
    ]


def forms_of(concept: Concept) -> Iterator[Form]:
    """Yield the labels and aliases of a concept with the rules each is under."""
    for text in concept.forms:
        rules = concept.rules_for(text)
        spellings = dict.fromkeys((text, " ".join(_IN_PARENTHESES.sub(r" \1 ", text).split())))
        for spelling in spellings:
            yield Form(
                text=spelling,
                target=concept.id,
                language=next((rule.only for rule in rules if rule.only), None),
                case=any(rule.case for rule in rules),
                context=tuple(word for rule in rules for word in rule.context),
                name=concept.kind == "tool",
            )


def decoys() -> Iterator[Form]:
    """Yield phrases of `decoys.tsv`, which hold a form but mean something else, also as a sentence begins."""
    lines = files("matcher.competences").joinpath("decoys.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        phrase = line.split("\t")[0]
        for spelling in {phrase, phrase[0].upper() + phrase[1:]}:
            yield Form(text=spelling, target=NOTHING, case=True)


@cache
def _concepts() -> dict[str, Concept]:
    return {concept.id: concept for concept in read_vocabulary()}


@cache
def _tagger() -> Tagger:
    return Tagger([*(form for concept in read_vocabulary() for form in forms_of(concept)), *decoys()])
