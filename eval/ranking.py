"""An engine's answers to judged queries, and what they are compared with."""

from collections.abc import Callable, Mapping

from eval.baselines import run_baselines
from eval.judged import Judged
from eval.placements import Known
from eval.runs import PairGroup, Run, language_pair
from matcher.engine import Engine
from matcher.errors import NothingToMatch, kind_name
from matcher.ports import Encoder
from matcher.records import Candidate, Kind, Posting

ENGINE = "matcher"
"""Name of the engine's own run among the baselines'."""


def engine_run(engine: Engine, truth: Judged, tell: Callable[[str, int, int], None] | None = None) -> Run:
    """Return the engine's ranking of everything in the home for each judged query."""
    kind: Kind = "candidate" if truth.direction == "postings" else "posting"
    scores = {}
    for done, query in enumerate(truth.grades, start=1):
        scores[query] = dict(engine.rank(query, kind=kind))
        if tell:
            tell("rank", done, len(truth.grades))
    return Run.of(ENGINE, scores)


def every_list(engine: Engine, tell: Callable[[str, int, int], None] | None = None) -> Run:
    """Return the engine's list of all candidates for every posting of the home; refuse a home that lacks either."""
    kinds: tuple[Kind, ...] = ("candidate", "posting")
    for kind in kinds:
        if not engine.indexes.pool(kind).ids:
            raise NothingToMatch(kind=kind_name(kind), plural=f"{kind}s", home=engine.home)
    postings = engine.indexes.pool("posting").ids
    scores = {}
    for done, posting in enumerate(postings, start=1):
        scores[posting] = dict(engine.rank(posting, kind="candidate"))
        if tell:
            tell("lists", done, len(postings))
    return Run.of(ENGINE, scores)


def baseline_runs(engine: Engine, truth: Judged, encoder: Encoder | None = None) -> list[Run]:
    """Return the baselines' rankings of the same home in the same direction; `encoder` instead of the engine's."""
    chosen = encoder or engine.encoder
    return run_baselines(_postings(engine), _candidates(engine), chosen, direction=truth.direction)


def languages(engine: Engine) -> PairGroup:
    """Group pairs by language of posting and CV, as they stand in the home."""
    return language_pair(_language_of(_postings(engine)), _language_of(_candidates(engine)))


def known_here(engine: Engine) -> Known:
    """Return what of the home can be ranked, and since when it is known."""
    market = engine.market()
    postings, candidates = engine.indexes.pool("posting").position, engine.indexes.pool("candidate").position
    return Known.of(
        (record for id_, record in market.postings.items() if id_ in postings),
        (record for id_, record in market.candidates.items() if id_ in candidates),
    )


def _postings(engine: Engine) -> list[Posting]:
    return [record for record in engine.store.records("posting") if isinstance(record, Posting)]


def _candidates(engine: Engine) -> list[Candidate]:
    return [record for record in engine.store.records("candidate") if isinstance(record, Candidate)]


def _language_of(records: list[Posting] | list[Candidate]) -> Mapping[str, str]:
    return {record.id: record.language for record in records}
