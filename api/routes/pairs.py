"""One candidate for one posting: the pair in words, and what people decided on it."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.cards import cards_of
from api.decided import CardOut, CardsOut, VerdictIn, VerdictOut, VerdictsOut
from api.dependencies import EngineDep, FiltersDep, LanguageDep, LogDep
from api.explanations import ExplanationOut
from api.pages.addresses import LONGEST, IdInPath
from api.routes.access import asking, refuse_strangers
from matcher.accounts.records import Account
from matcher.errors import Phrase, UnknownId
from matcher.gaps import gaps
from matcher.ledger.shown import pair_shown
from matcher.ledger.verdicts import Draft
from matcher.telling.facts import facts_of
from matcher.telling.tell import tell
from matcher.telling.texts import AUDIENCES, Audience

router = APIRouter(tags=["pairs"])

PAIR = "/postings/{posting}/candidates/{candidate}"
OWN_TEXT: tuple[Audience, ...] = ("graduate",)
"""What is told to people about themselves; the talking points are the consultant's."""

Wanted = Annotated[str | None, Query(max_length=LONGEST)]


@router.get(PAIR + "/explanation")
def explain_pair(
    posting: IdInPath,
    candidate: IdInPath,
    account: Annotated[Account, asking("explain_pair")],
    engine: EngineDep,
    log: LogDep,
    filters: FiltersDep,
    language: LanguageDep,
) -> ExplanationOut:
    """Explain a pair in words, each statement with its quotes, and what lacks."""
    refuse_strangers(account, candidate)
    facts = facts_of(engine, posting, candidate, day=filters.day)
    log.append(pair_shown(engine, facts.match, day=filters.day, account=account.id))
    audiences = AUDIENCES if account.may("shortlists") else OWN_TEXT
    texts = {audience: tell(facts, audience, language) for audience in audiences}
    return ExplanationOut.explaining(facts, engine.model, texts, gaps(engine, facts), language)


@router.get(PAIR + "/verdict", dependencies=[asking("get_verdict")])
def get_verdict(posting: IdInPath, candidate: IdInPath, log: LogDep) -> VerdictOut:
    """Return the verdict that stands on a pair."""
    found = log.verdict(posting, candidate)
    if found is None:
        raise UnknownId(kind=Phrase("api.verdict"), id=f"{posting} / {candidate}")
    return VerdictOut.of(found)


@router.put(PAIR + "/verdict")
def put_verdict(
    posting: IdInPath,
    candidate: IdInPath,
    given: VerdictIn,
    account: Annotated[Account, asking("put_verdict")],
    log: LogDep,
) -> VerdictOut:
    """Decide on a pair: propose, hold or reject, with a reason. Who comes second is told who was first (409)."""
    draft = Draft.of(
        posting=posting,
        candidate=candidate,
        verdict=given.verdict,
        reason=given.reason,
        note=given.note,
        account=account.id,
    )
    return VerdictOut.of(log.decide(draft, version=given.version))


@router.get("/verdicts", dependencies=[asking("list_verdicts")])
def list_verdicts(log: LogDep, posting: Wanted = None, candidate: Wanted = None) -> VerdictsOut:
    """List verdicts on a posting, a candidate, both or all, newest first."""
    found = log.verdicts(posting=posting, candidate=candidate)
    return VerdictsOut(verdicts=[VerdictOut.of(verdict) for verdict in found])


@router.get("/postings/{id}/cards", dependencies=[asking("list_cards")])
def list_cards(id: IdInPath, engine: EngineDep, log: LogDep, filters: FiltersDep, language: LanguageDep) -> CardsOut:
    """Return anonymous cards of those who are proposed for a posting, in an order that says nothing."""
    cards = cards_of(engine, log, id, day=filters.day, language=language)
    return CardsOut(posting=id, cards=[CardOut(title=card.title, text=card.text) for card in cards])
