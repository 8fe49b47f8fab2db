"""The deletion test of explanations: the sentences that a list quotes are to be those that its scores rest on.

Taking away every sentence that is quoted for a covered demand must lower the pair's raw score more than taking away as
many sentences of like length that are quoted for none (erasure as a test of explanations: DeYoung et al., ACL 2020,
4443-4458, "comprehensiveness", here against a matched control). Ties count as failures.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import nan, sqrt
from random import Random

from eval.in_memory import InMemory
from eval.significance import Interval
from matcher.engine import Engine
from matcher.errors import NothingToMatch, kind_name
from matcher.ingest.headings import heading_of
from matcher.ingest.sections import split
from matcher.records import Candidate, Match
from models.sentences import Span, sentences

TOP = 3
"""Candidates of each posting whose explanations are tested."""
TARGET = 0.95
_Z = 1.959964
"""Of a 95 % interval."""

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """One tested pair: how far the logit fell without the quoted sentences, and without as many others."""

    posting: str
    candidate: str
    covered: int
    sentences: int
    quoted_drop: float
    other_drop: float

    @property
    def holds(self) -> bool:
        """Whether the quoted sentences weigh more; a tie does not."""
        return self.quoted_drop > self.other_drop


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionReport:
    """All tested pairs, and how many could not be: nothing covered, or too few sentences that are quoted for none."""

    pairs: tuple[Deletion, ...]
    without_covered: int
    without_others: int
    share: Interval
    seed: int

    @property
    def failures(self) -> tuple[Deletion, ...]:
        """Pairs that failed, the worst first."""
        failed = [pair for pair in self.pairs if not pair.holds]
        return tuple(
            sorted(failed, key=lambda pair: (pair.quoted_drop - pair.other_drop, pair.posting, pair.candidate))
        )


def deletion_test(
    engine: Engine, *, postings: int | None = None, top: int = TOP, seed: int = 0, tell: Tell | None = None
) -> DeletionReport:
    """Test the explanations of the `top` candidates of each posting, or of so many `postings` drawn at random."""
    chosen = list(engine.indexes.pool("posting").ids)
    if not chosen:
        raise NothingToMatch(kind=kind_name("posting"), plural="postings", home=engine.home)
    draws = Random(seed)  # noqa: S311 - repeatable, no secret
    if postings is not None and postings < len(chosen):
        chosen = sorted(draws.sample(chosen, postings))
    trials = _Trials(engine, draws)
    for done, id in enumerate(chosen, start=1):
        trials.posting(id, top)
        if tell:
            tell("deletion", done, len(chosen))
    held = sum(pair.holds for pair in trials.pairs)
    return DeletionReport(
        pairs=tuple(trials.pairs),
        without_covered=trials.without_covered,
        without_others=trials.without_others,
        share=wilson(held, len(trials.pairs)),
        seed=seed,
    )


def wilson(hits: int, n: int) -> Interval:
    """Share with its 95 % score interval (Wilson, JASA 22, 1927, 209-212); nan without any trial.

    >>> found = wilson(19, 20)
    >>> round(found.value, 2), round(found.low, 3), round(found.high, 3)
    (0.95, 0.764, 0.991)
    """
    if not n:
        return Interval(value=nan, low=nan, high=nan, n=0)
    share, square = hits / n, _Z**2 / n
    middle = (share + square / 2) / (1 + square)
    reach = _Z / (1 + square) * sqrt(share * (1 - share) / n + square / n / 4)
    return Interval(value=share, low=max(0.0, middle - reach), high=min(1.0, middle + reach), n=n)


def like_length(quoted: Sequence[Span], others: Sequence[Span], draws: Random) -> list[Span]:
    """Pick for each quoted sentence another of the nearest length, each once; equals are drawn. `others` suffice."""
    left = list(others)
    draws.shuffle(left)
    picked = []
    for start, end in sorted(quoted, key=lambda span: (span[0] - span[1], span)):
        best = min(left, key=lambda other: abs((other[1] - other[0]) - (end - start)))
        left.remove(best)
        picked.append(best)
    return picked


def without(record: Candidate, spans: Iterable[Span]) -> Candidate:
    """Return a CV without some of its sentences, in sections anew; what is left keeps its lines and its language."""
    text = record.text
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return replace(record, text=text, sections=split(text, "candidate", record.language))


def quoted_in(text: str, quotes: Iterable[str], every: Sequence[Span]) -> list[Span]:
    """Return the sentences that hold the words of a quote, wherever they stand whole.

    >>> text = "Jeg kan R. Ret og rør. Vi brugte r."
    >>> [text[a:b] for a, b in quoted_in(text, ["R"], sentences(text, 0, len(text)))]
    ['Jeg kan R.', 'Vi brugte r.']
    """
    written = {r"\s+".join(map(re.escape, quote.split())) for quote in quotes}
    patterns = [re.compile(rf"(?i)(?<!\w){words}(?!\w)") for words in sorted(written) if words]
    found = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return [span for span in every if any(span[0] < end and start < span[1] for start, end in found)]


class _Trials:
    """Runs the trials and keeps their outcomes."""

    def __init__(self, engine: Engine, draws: Random) -> None:
        self._engine = engine
        self._draws = draws
        self._scores = InMemory(engine)
        self.pairs: list[Deletion] = []
        self.without_covered = 0
        self.without_others = 0

    def posting(self, id: str, top: int) -> None:
        """Try the first `top` candidates of one posting, whether it is open or not."""
        subject = self._engine.subject("posting", id)
        pool = self._engine.indexes.pool("candidate").ids
        for match in self._engine.scored(subject.rows, "candidate", pool, top):
            self._pair(match, self._engine.candidate(match.candidate), self._engine.explain(subject, match))

    def _pair(self, match: Match, candidate: Candidate, explained: Match) -> None:
        covered = [reason for reason in explained.demands if reason.status == "covered"]
        quotes = [reason.candidate_evidence for reason in covered if reason.candidate_evidence]
        told = {reason.candidate_evidence for reason in explained.demands if reason.candidate_evidence}
        every = sentences(candidate.text, 0, len(candidate.text))
        quoted = quoted_in(candidate.text, quotes, every)
        evidence = {*quoted, *quoted_in(candidate.text, told, every)}
        others = [span for span in every if span not in evidence and _is_sentence(candidate.text[slice(*span)])]
        if not quoted:
            self.without_covered += 1
        elif len(others) < len(quoted):
            self.without_others += 1
        else:
            whole, *left = (
                self._logit(record, match.posting)
                for record in (
                    candidate,
                    without(candidate, quoted),
                    without(candidate, like_length(quoted, others, self._draws)),
                )
            )
            self.pairs.append(
                Deletion(
                    posting=match.posting,
                    candidate=match.candidate,
                    covered=len(covered),
                    sentences=len(quoted),
                    quoted_drop=whole - left[0],
                    other_drop=whole - left[1],
                )
            )

    def _logit(self, record: Candidate, posting: str) -> float:
        return float(self._scores.logits(record, [posting])[0])


def _is_sentence(words: str) -> bool:
    """Whether words say anything: no heading, no masked line, no rest of one."""
    return sum(sign.isalpha() for sign in words) >= 3 and heading_of(words, "candidate") is None
