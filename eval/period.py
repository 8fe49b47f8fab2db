"""The later period of a placement history: which proposals can be evaluated, and which scores there are for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eval.agreement import Rules, Truth
from eval.contenders import Scorer, Scores, scores_of
from eval.judged import Direction
from eval.placements import Application, Known, LeftOut, applications, past_of, split_date, usable
from matcher.errors import InvalidPlacements, Phrase
from matcher.records import Placement

_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A history cut at a day: what was known before it, and the proposals from it on that can be evaluated."""

    day: date
    past: Sequence[Application]
    later: Sequence[Application]
    kept: Sequence[Application]
    left_out: LeftOut
    lines: int


def period_of(lines: Sequence[Placement], before: date | None, known: Known | None) -> Period:
    """Cut a history at `before`, or where the last part of its proposals begins; refuse one with nothing after it."""
    every = applications(lines)
    if not every:
        raise InvalidPlacements("empty")
    day = before or split_date(every)
    later = [application for application in every if application.proposed >= day]
    if not later:
        raise InvalidPlacements("nothing_after", before=day, last=every[-1].proposed)
    kept, left_out = usable(later, known)
    if left_out.unknown == len(later):
        raise InvalidPlacements(
            "none_known",
            count=len(later),
            before=day,
            postings=some(left_out.unknown_postings),
            candidates=some(left_out.unknown_candidates),
        )
    past = applications(past_of(lines, day))
    return Period(day=day, past=past, later=later, kept=kept, left_out=left_out, lines=len(lines))


def scored_pairs(
    period: Period, systems: Mapping[str, Scorer], direction: Direction
) -> tuple[Truth, dict[str, Scores], LeftOut]:
    """Keep the pairs that every system scores, in queries with at least two of them."""
    every: defaultdict[str, dict[str, Application]] = defaultdict(dict)
    for application in period.kept:
        query, item = application.query_and_item(direction)
        every[query][item] = application
    asked = {query: sorted(every[query]) for query in sorted(every)}
    given = {name: scores_of(scorer, asked) for name, scorer in systems.items()}
    scored = {
        query: {item: every[query][item] for item in items if all(item in found[query] for found in given.values())}
        for query, items in asked.items()
    }
    truth = {query: items for query, items in scored.items() if len(items) > 1}
    found_for = count(scored)
    left_out = replace(period.left_out, unscored=len(period.kept) - found_for, alone=found_for - count(truth))
    cut = {
        name: {query: {item: found[query][item] for item in items} for query, items in truth.items()}
        for name, found in given.items()
    }
    return truth, dict(cut), left_out


def refuse_unless_useful(truth: Truth, period: Period, left_out: LeftOut, rules: Rules) -> None:
    """Refuse a later period in which no order is better than another."""
    if not truth:
        raise InvalidPlacements(
            "none_usable",
            count=len(period.later),
            before=period.day,
            unknown=left_out.unknown,
            unborn=left_out.not_yet_known,
            hidden=left_out.not_exposed,
            unscored=left_out.unscored,
        )
    if all(item.grade < rules.positive for items in truth.values() for item in items.values()):
        wanted = Phrase(f"placements.stage.{rules.positive}")
        raise InvalidPlacements("no_positive", count=count(truth), before=period.day, wanted=wanted)


def count(truth: Truth) -> int:
    """Return how many applications there are."""
    return sum(len(items) for items in truth.values())


def some(ids: Sequence[str]) -> str:
    """Return the first few ids, for a message."""
    return ", ".join(map(repr, ids[:_NAMED])) + (", ..." if len(ids) > _NAMED else "") or "-"
