"""Who is proposed for postings: how many, and the anonymous cards that another department sees."""

import hashlib
from collections import Counter
from datetime import date

from matcher.engine import Engine
from matcher.ledger.log import DecisionLog
from matcher.listing import Market
from matcher.telling.facts import facts_of
from matcher.telling.tell import tell
from matcher.telling.texts import Telling

MOST_CARDS = 50


def proposals_of(log: DecisionLog, market: Market) -> Counter[str]:
    """Count the candidates who are proposed for each posting."""
    return Counter(
        one.posting for one in log.verdicts() if one.verdict == "propose" and one.candidate in market.candidates
    )


def cards_of(engine: Engine, log: DecisionLog, posting: str, *, day: date, language: str) -> list[Telling]:
    """Return one card for each candidate who is proposed, in an order that says nothing; `UnknownId` for no posting."""
    found = engine.posting(posting)
    proposed = [verdict.candidate for verdict in log.verdicts(posting=found.id) if verdict.verdict == "propose"]
    shuffled = sorted(proposed, key=lambda candidate: hashlib.sha256(f"{found.id}\n{candidate}".encode()).digest())
    return [
        tell(facts_of(engine, found.id, candidate, day=day), "company", language) for candidate in shuffled[:MOST_CARDS]
    ]
