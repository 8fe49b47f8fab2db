"""The swap test: who somebody is, told in a CV in many ways and then exchanged, must not move any score by one bit.

CVs in a home are masked already. So invented people are planted in them, in lines above and in sentences inside; each
composed CV goes the way of every CV (built, masked, read, embedded) and meets all postings. This is testing by
metamorphic relations (Chen et al., ACM Computing Surveys 51(1), 2018) and the method of correspondence audits.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from eval.in_memory import InMemory
from eval.swap_people import Layout, Person, Tongue, draw_layout, draw_person
from matcher.engine import Engine
from matcher.errors import NothingToMatch, kind_name
from matcher.features import FEATURES
from matcher.ingest.build import build
from matcher.ingest.source import Source
from matcher.privacy.mask import FILLER, HUSH
from matcher.records import Candidate
from models.sentences import sentences

PEOPLE = 5
"""People who take turns in one layout; the first is what the others are compared with."""
SCORE = "score"
_MASKS = re.compile(f"[{FILLER}{HUSH}]+")
_WORDS = re.compile(r"\w+")
_MOST_DRAWS = 200

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One variant that was not scored like the first: the posting and feature where it shows first, and the values.

    `traces`: what of the two masked texts differs, line by line.
    """

    candidate: str
    people: tuple[str, str]
    posting: str
    feature: str
    values: tuple[float, float]
    traces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapReport:
    """How many variants were compared, over how many CVs and postings, and those that came out otherwise."""

    variants: int
    candidates: int
    postings: int
    seed: int
    differences: tuple[Difference, ...]

    @property
    def identical(self) -> int:
        """Variants whose every score is the first one's, bit for bit."""
        return self.variants - len(self.differences)


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """A composed CV as it was stored and scored: features and logits of all postings."""

    record: Candidate
    person: Person
    features: NDArray[np.float64]
    logits: NDArray[np.float64]


def swap_test(engine: Engine, *, variants: int = 500, seed: int = 0, tell: Tell | None = None) -> SwapReport:
    """Compose `variants` CVs beside those they are compared with, and hold their scores against each other."""
    postings = engine.indexes.pool("posting").ids
    if not postings:
        raise NothingToMatch(kind=kind_name("posting"), plural="postings", home=engine.home)
    bases = _bases(engine)
    if not bases:
        raise NothingToMatch(kind=kind_name("candidate"), plural="candidates", home=engine.home)
    scorer, draws = _Scorer(engine, postings), Random(seed)  # noqa: S311 - repeatable, no secret
    differences: list[Difference] = []
    done = 0
    while done < variants:
        base = bases[(done // (PEOPLE - 1)) % len(bases)]
        first, *others = scorer.group(base, draws, min(PEOPLE, variants - done + 1))
        differences += [found for other in others for found in _compare(first, other, postings)]
        done += len(others)
        if tell:
            tell("swap", done, variants)
    used = min(len(bases), -(-variants // (PEOPLE - 1)))
    return SwapReport(variants=done, candidates=used, postings=len(postings), seed=seed, differences=tuple(differences))


def compose(text: str, layout: Layout, person: Person) -> str:
    """Return a CV that tells about a person as `layout` says; what `text` had masked is taken out first."""
    bare = _MASKS.sub("", text)
    header = "\n".join(line.format_map(person.words) for line in layout.header)
    told = " ".join(line.format_map(person.words) for line in layout.prose)
    ends = [end for _, end in sentences(bare, 0, len(bare)) if bare[end - 1] in ".!?"]
    if not ends:
        return f"{header}\n\n{told}\n\n{bare}"
    at = ends[int(layout.place * len(ends))]
    return f"{header}\n\n{bare[:at]} {told}{bare[at:]}"


class _Scorer:
    """Scores composed CVs; vectors are kept between them, so that equal texts cost nothing."""

    def __init__(self, engine: Engine, postings: Sequence[str]) -> None:
        self._ranker = engine.ranker
        self._scores = InMemory(engine)
        self._postings = postings

    def group(self, base: Candidate, draws: Random, people: int) -> list[_Scored]:
        """Return one CV with one layout told by several people."""
        tongue: Tongue = "en" if base.language == "en" else "da"
        layout = draw_layout(draws, tongue)
        return [self._score(base, layout, person) for person in _strangers(base, draws, tongue, people)]

    def _score(self, base: Candidate, layout: Layout, person: Person) -> _Scored:
        raw = {"text": compose(base.text, layout, person), **({"name": person.name} if layout.field else {})}
        record = build("candidate", base.id, raw, Source(file=Path(base.id))).record
        assert isinstance(record, Candidate)
        features = self._scores.features(record, self._postings)
        return _Scored(record, person, features, self._ranker.logits(features))


def _bases(engine: Engine) -> list[Candidate]:
    """CVs of the home with text enough to plant sentences in."""
    records = (record for record in engine.store.records("candidate") if isinstance(record, Candidate))
    return [record for record in records if record.language != "other" and len(_WORDS.findall(record.text)) >= 5]


def _strangers(base: Candidate, draws: Random, tongue: Tongue, people: int) -> Iterator[Person]:
    """Draw people none of whose names is a word of the CV: "Holm" at "Holm Byg" would cover the firm too."""
    words = {word.casefold() for word in _WORDS.findall(base.text)}
    found = 0
    for _ in range(_MOST_DRAWS):
        person = draw_person(draws, tongue)
        if found < people and not words & {word.casefold() for word in _WORDS.findall(person.name)}:
            found += 1
            yield person


def _compare(first: _Scored, other: _Scored, postings: Sequence[str]) -> Iterator[Difference]:
    """Yield the first difference, if there is any; bits are compared, so that -0.0 is not 0.0."""
    if first.logits.tobytes() == other.logits.tobytes() and first.features.tobytes() == other.features.tobytes():
        return
    unlike = first.features.view(np.uint64) != other.features.view(np.uint64)
    named = [SCORE, *FEATURES]
    scores = first.logits.view(np.uint64) != other.logits.view(np.uint64)
    rows, columns = np.nonzero(unlike) if unlike.any() else (np.flatnonzero(scores), np.array([-1]))
    row, column = int(rows[0]), int(columns[0])
    values = [one.features[row, column] if column >= 0 else one.logits[row] for one in (first, other)]
    yield Difference(
        candidate=first.record.id,
        people=(first.person.name, other.person.name),
        posting=postings[row],
        feature=named[column + 1],
        values=(float(values[0]), float(values[1])),
        traces=tuple(_traces(first.record.text, other.record.text)),
    )


def _traces(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Lines of two masked texts that are not alike, whatever the length of a mask."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    yield from ((a, b) for a, b in pairs if _MASKS.sub(FILLER, a) != _MASKS.sub(FILLER, b))
