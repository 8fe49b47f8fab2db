"""Reads a posting's demands and a candidate's competences, each with its exact words. No encoder is needed."""

from matcher.competences.background import reference_year, years_of_study
from matcher.competences.boilerplate import ASKING, purpose_of
from matcher.competences.confidence import LEAST, NAMED_ALONE
from matcher.competences.demanded import asked_in
from matcher.competences.held import held_in, source_of
from matcher.competences.spans import Spot, each_once, fields, sections_of, spotter
from matcher.records import Candidate, Competence, Demand, Language, Posting, Section


def read_posting(record: Posting, *, spot: Spot | None = None) -> tuple[Demand, ...]:
    """Return the demands of a posting by place, each must or nice; what is named but not demanded is left out."""
    found = spot or spotter()
    demands = [
        Demand(**fields(record.text, phrase), strength="nice" if asked == "nice" else "must")
        for section in sections_of(record)
        for phrase, asked in asked_in(record, section, found)
        if asked != "not" and phrase.confidence >= LEAST
    ]
    return tuple(each_once(demands))


def read_candidate(
    record: Candidate, *, present: int | None = None, spot: Spot | None = None
) -> tuple[Competence, ...]:
    """Return the competences of a CV by place, each with where it was gained and when it was last used.

    `present` is the year that "now" means; without it the year the candidate registered, or the last the CV names.
    """
    found = spot or spotter()
    year = present or (record.registered.year if record.registered else reference_year(record.text))
    study = years_of_study(record.text, record.sections)
    competences = [
        Competence(
            **fields(record.text, phrase), source=source_of(phrase, setting, section), last_year=setting.last_year
        )
        for section in sections_of(record)
        for phrase, setting in held_in(record, section, found, (year, study))
        if phrase.confidence >= LEAST
    ]
    return tuple(each_once(competences))


def spans(sentence: str, language: Language = "da") -> list[tuple[int, int]]:
    """Return where a sentence of a posting, read without its surroundings, names what is demanded.

    Nothing tells where it stood: clauses count where it speaks to you or begins as an item of a list does, named
    concepts wherever it does not speak of the company, its offer or how to apply.
    """
    if not sentence.strip():
        return []
    whole = Section(kind="requirements", start=0, end=len(sentence), language=language)
    record = Posting(id="-", title="-", text=sentence, language=language, sections=(whole,))
    asked = asked_in(record, whole, spotter(), alone=True)
    found = {(phrase.start, phrase.end) for phrase, how in asked if how != "not" and phrase.confidence >= LEAST}
    if purpose_of(sentence, "requirements") in ASKING:
        named = [(spot.start, spot.end) for spot in spotter()(sentence, language) if spot.certainty >= NAMED_ALONE]
        found |= {(start, end) for start, end in named if not any(start < e and s < end for s, e in found)}
    return sorted(found)
