"""What a candidate's study programme implies: guesses about everybody who took it, marked as such."""

from collections.abc import Iterator

from matcher.competences.concepts import ESCO, concepts_by_id
from matcher.labour.programmes import Programme
from matcher.labour.recognition import find_programmes, recognise
from matcher.records import Candidate, Competence


def implied_competences(record: Candidate) -> Iterator[Competence]:
    """Yield the competences implied by the programmes that the CV's education or the record's own field names.

    `confidence` is the programme's weight, `evidence` the words that name the programme (empty for the field).
    """
    seen: set[tuple[str, str]] = set()
    for start, end, programme in programmes_of(record):
        for implied in programme.implied:
            if (programme.id, implied.concept) in seen:
                continue
            seen.add((programme.id, implied.concept))
            concept = concepts_by_id()[implied.concept]
            yield Competence(
                label=concept.en if record.language == "en" else concept.da,
                evidence=record.text[start:end],
                start=start,
                end=end,
                confidence=implied.weight,
                concept=concept.id,
                uri=ESCO + concept.esco if concept.esco else None,
                kind=concept.kind,
                source="education",
                programme=programme.id,
            )


def programmes_of(record: Candidate) -> Iterator[tuple[int, int, Programme]]:
    """Yield the programmes that the CV's education and the record's own field name, with places (0-0: the field)."""
    named = {section.kind for section in record.sections}
    for section in record.sections:
        if section.kind == "education" or ("education" not in named and section.kind in ("other", "profile")):
            for start, end, programme in find_programmes(record.text[section.start : section.end]):
                yield section.start + start, section.start + end, programme
    if record.programme and (own := recognise(record.programme, field=True)):
        yield 0, 0, own
