"""What is suggested to a graduate: companies and postings in plain words, what is missing and how to close it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.pages.addresses import IdInPath
from api.pages.own import OwnId, OwnPage, own_filters
from api.pages.page import Page
from matcher.bands import no_good_match
from matcher.employers import same_name
from matcher.errors import NothingToMatch, UnknownId
from matcher.gaps import Gap, gaps, opened_by
from matcher.labour.geography import distance_km
from matcher.records import Employer, EmployerMatch, Match, Outcome, Placement, Posting
from matcher.telling.employers import standing_with
from matcher.telling.facts import DemandFact, facts_between, facts_of
from matcher.telling.tell import tell

MOST_POSTINGS = 10
MOST_COMPANIES = 10
MOST_OPENINGS = 8
MOST_REASONS = 2
STAYED: tuple[Outcome, ...] = ("hired", "still_there")
"""Outcomes after which somebody was with the company, in a job or in a placement."""
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A posting with the short text to the graduate."""

    posting: Posting
    match: Match
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company with the short text, what speaks for it in the graduate's own words, what lacks, and its postings.

    `does`: what the company writes of itself. `before`: whether the graduate did a placement or worked there.
    """

    match: EmployerMatch
    text: str
    does: str
    met: tuple[DemandFact, ...]
    lacking: tuple[DemandFact, ...]
    postings: tuple[Posting, ...]
    before: bool


@router.get("/me/suggestions")
def suggestions(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Show the companies and postings that fit best today."""
    if not own:
        return page.go("/me/start")
    try:
        found = service.lists.suggestions(own, filters=own_filters(page), limit=MOST_POSTINGS, account=page.reader.id)
    except NothingToMatch:
        return page.show("me/suggestions.html", postings=[], companies=[], left_out={}, no_good=False)
    postings = [_suggested(page, service, own, match) for match in found.matches]
    history = [step for step in service.engine.store.placements() if step.candidate == own]
    companies = []
    for match in found.employers[:MOST_COMPANIES]:
        with suppress(UnknownId):  # removed meanwhile
            companies.append(_company(page, service, own, match, history))
    left_out = {reason: count for reason, count in found.left_out.items() if count}
    scores = [match.score for match in found.matches] + [match.score for match in found.employers]
    return page.show(
        "me/suggestions.html",
        postings=postings,
        companies=companies,
        left_out=left_out,
        no_good=no_good_match(max(scores, default=None)),
    )


@router.get("/me/openings")
def openings(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Show which single competence would open most postings, and where it is usually learnt."""
    if not own:
        return page.go("/me/start")
    engine = service.engine
    if not engine.store.count("posting"):
        return page.show("me/openings.html", openings=[])
    found = opened_by(engine, own, filters=own_filters(page))[:MOST_OPENINGS]
    shown = [(each, [engine.posting(id) for id in each.postings[:MOST_REASONS]]) for each in found]
    return page.show("me/openings.html", openings=shown)


@router.get("/me/postings/{posting_id}")
def posting(page: OwnPage, own: OwnId, service: ServiceDep, posting_id: IdInPath) -> Response:
    """Show one posting beside the graduate's own CV: what fits, what is missing, and how to close it."""
    engine = service.engine
    record = engine.posting(posting_id)
    if not own:
        return page.go("/me/start")
    facts = facts_of(engine, posting_id, own, day=page.day)
    found: tuple[Gap, ...] = gaps(engine, facts)
    return page.show(
        "me/posting.html",
        posting=record,
        closed=engine.closed(record, own_filters(page)),
        facts=facts,
        band=facts.match.band,
        telling=tell(facts, "graduate", page.language),
        gaps=found,
        way=distance_km(facts.candidate.postcode, record.postcode).text(page.language),
    )


def _suggested(page: Page, service: ServiceDep, own: str, match: Match) -> Suggested:
    engine = service.engine
    asking, offering = engine.subject("posting", match.posting), engine.subject("candidate", own)
    told = tell(facts_between(engine, asking, offering, match, day=page.day), "graduate", page.language)
    text = " ".join(statement.text for statement in told.statements)
    return Suggested(posting=engine.posting(match.posting), match=match, text=text)


def _company(page: Page, service: ServiceDep, own: str, match: EmployerMatch, history: Sequence[Placement]) -> Company:
    engine, market = service.engine, service.engine.market()
    standing = standing_with(engine, match, own, day=page.day)
    does = cast("Employer", engine.store.get("employer", match.id)).text if match.id else ""
    told = () if match.basis == "profile" else tell(standing.facts, "graduate", page.language).statements
    theirs = {one.id for one in market.postings.values() if one.employer and same_name(one.employer, match.employer)}
    return Company(
        match=match,
        text=" ".join(statement.text for statement in told),
        does=does,
        met=standing.met[:MOST_REASONS],
        lacking=standing.lacking,
        postings=tuple(market.postings[id] for id in match.postings if id in market.postings),
        before=any(step.posting in theirs and step.outcome in STAYED for step in history),
    )
