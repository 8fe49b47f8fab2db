"""One candidate for one posting: the translation with both quotes, what drew the score, what to ask, the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from api.dependencies import EngineDep, LogDep
from api.errors import status_of
from api.pages.addresses import IdInPath, pair_path, posting_path
from api.pages.page import CardPage, Page, ShortlistPage, VerdictPage
from api.pages.plots import bars_svg, weights
from api.pages.rows import Row, rows_of
from matcher.accounts.errors import NotAllowed
from matcher.engine import Engine
from matcher.errors import InvalidVerdict, Phrase, VerdictConflict
from matcher.gaps import gaps
from matcher.labour.geography import distance_km
from matcher.ledger.log import DecisionLog
from matcher.ledger.shown import pair_shown
from matcher.ledger.verdicts import LONGEST_NOTE, REASONS, Draft
from matcher.telling.facts import Facts, facts_of
from matcher.telling.tell import tell

router = APIRouter(include_in_schema=False)
COMPARED = (2, 3)
"""How many candidates stand side by side."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the verdict form."""

    decision: str = ""
    note: str = ""


@router.get("/postings/{id}/candidates/{candidate}")
def pair(page: ShortlistPage, engine: EngineDep, log: LogDep, id: IdInPath, candidate: IdInPath) -> Response:
    """Show a pair."""
    return _shown(page, engine, log, id, candidate)


@router.post("/postings/{id}/candidates/{candidate}/verdict")
def decide(
    page: VerdictPage,
    engine: EngineDep,
    log: LogDep,
    id: IdInPath,
    candidate: IdInPath,
    decision: Annotated[str, Form(max_length=60)] = "",
    note: Annotated[str, Form(max_length=20_000)] = "",
    version: Annotated[int, Form(ge=0, le=2**31)] = 0,
) -> Response:
    """Keep a verdict; who was not the first is shown the other's, with what they typed."""
    choice, _, reason = decision.partition(":")
    try:
        draft = Draft.of(
            posting=id, candidate=candidate, verdict=choice, reason=reason, note=note, account=page.reader.id
        )
        log.decide(draft, version=version)
    except (InvalidVerdict, VerdictConflict) as refusal:
        typed = Typed(decision, note)
        told = page.t("verdict.choose") if not decision else refusal.text(page.language)
        return _shown(page, engine, log, id, candidate, typed=typed, refused=told, status=status_of(refusal))
    return page.go(pair_path(id, candidate) + "#verdict", said=f"verdict_{choice}", values={"candidate": candidate})


def _shown(
    page: Page,
    engine: Engine,
    log: DecisionLog,
    posting: str,
    candidate: str,
    *,
    typed: Typed | None = None,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    facts = facts_of(engine, posting, candidate, day=page.day)
    log.append(pair_shown(engine, facts.match, day=page.day, account=page.reader.id))
    [row] = _rows(engine, log, facts)
    verdict = row.verdict
    standing = Typed(f"{verdict.verdict}:{verdict.reason}", verdict.note) if verdict else Typed()
    return page.show(
        "pair.html",
        status=status,
        posting=facts.posting,
        candidate=facts.candidate,
        row=row,
        telling=tell(facts, "consultant", page.language),
        gaps=gaps(engine, facts),
        bars=weights(facts.match, page.language),
        distance=distance_km(facts.candidate.postcode, facts.posting.postcode),
        reasons=REASONS,
        typed=typed or standing,
        refused=refused,
        longest=LONGEST_NOTE,
        decided_by=_name_of(page, verdict.account) if verdict else None,
    )


def _rows(engine: Engine, log: DecisionLog, facts: Facts) -> list[Row]:
    subject = engine.subject("posting", facts.posting.id)
    return rows_of(engine, log, facts.posting.id, [engine.explain(subject, facts.match, facts.day)])


def _name_of(page: Page, account: str) -> str:
    """A colleague's name; an account that is gone is told by its id."""
    names = {one.id: one.name for one in page.doors.accounts.roster.all()}
    return names.get(account, account)


@router.get("/postings/{id}/candidates/{candidate}/contributions.svg")
def contributions(page: ShortlistPage, engine: EngineDep, id: IdInPath, candidate: IdInPath) -> Response:
    """Draw what drew the score of a pair up and down; the page says the same in a table."""
    facts = facts_of(engine, id, candidate, day=page.day)
    drawn = bars_svg(weights(facts.match, page.language), page.t("bars.title"))
    return Response(drawn, media_type="image/svg+xml")


@router.get("/postings/{id}/candidates/{candidate}/card")
def card(page: CardPage, engine: EngineDep, log: LogDep, id: IdInPath, candidate: IdInPath) -> Response:
    """Show the anonymous card for the company: its own demands, and nothing of who the candidate is.

    Who sees cards only is shown those that a consultant has proposed; whether another id exists is not told.
    """
    verdict = log.verdict(id, candidate)
    if not page.may("shortlists") and (verdict is None or verdict.verdict != "propose"):
        refused = Phrase(f"accounts.role.{page.reader.role}")
        raise NotAllowed(role=refused, permission=Phrase("accounts.permission.shortlists"))
    facts = facts_of(engine, id, candidate, day=page.day)
    return page.show(
        "card.html", telling=tell(facts, "company", page.language), posting=facts.posting, day_now=page.day
    )


@router.get("/postings/{id}/compare")
def compare(
    page: ShortlistPage,
    engine: EngineDep,
    log: LogDep,
    id: IdInPath,
    candidate: Annotated[list[Annotated[str, Query(max_length=400)]], Query(max_length=50)] = [],  # noqa: B006
) -> Response:
    """Put candidates for a posting side by side, demand by demand."""
    chosen = list(dict.fromkeys(candidate))
    if not COMPARED[0] <= len(chosen) <= COMPARED[1]:
        return page.go(posting_path(id), said="compare_few")
    pairs = [facts_of(engine, id, one, day=page.day) for one in chosen]
    for facts in pairs:
        log.append(pair_shown(engine, facts.match, day=page.day, account=page.reader.id))
    rows = [row for facts in pairs for row in _rows(engine, log, facts)]
    return page.show("compare.html", posting=pairs[0].posting, rows=rows, demands=_side_by_side(rows))


def _side_by_side(rows: Sequence[Row]) -> list[int]:
    """Numbers of the demands, needed ones first: each pair has them in the order of the posting."""
    first = rows[0].match.demands
    return sorted(range(len(first)), key=lambda number: (first[number].strength != "must", number))
