"""Candidates: the list with search in their texts, one of them, and how to reach one: names stand only there."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import EngineDep, LogDep, ServiceDep
from api.pages.addresses import IdInPath
from api.pages.asked import Text
from api.pages.page import ContactPage, ShortlistPage
from api.pages.paging import sliced
from matcher.engine import Engine
from matcher.ingest.build import prepare
from matcher.labour.families import FAMILIES, family_of
from matcher.labour.geography import municipality_name
from matcher.records import Candidate, Competence, Posting

router = APIRouter(include_in_schema=False)
NEAREST = 50
"""How many a search in the texts brings."""


@router.get("/candidates")
def candidates(
    page: ShortlistPage, engine: EngineDep, q: Text = "", municipality: Text = "", family: Text = "", at: Text = ""
) -> Response:
    """List candidates; words are looked for in the CVs, whatever their language, nearest first."""
    engine.refresh()
    market = engine.market()
    order = nearest(engine, q.strip()) if q.strip() else sorted(market.candidates)
    known = [market.candidates[id] for id in order if id in market.candidates]
    wanted = {"municipality": municipality, "family": family if family in FAMILIES else ""}
    values = {one.id: _values(one) for one in known}
    found = [one for one in known if all(not want or values[one.id][name] == want for name, want in wanted.items())]
    query = {"q": q, **wanted}
    return page.show(
        "candidates.html",
        shown=sliced(found, at, "/candidates", query),
        asked=query,
        counts={name: _counted(values, wanted, name) for name in wanted},
        unavailable={one.id: why for one in found if (why := market.unavailable(one, page.day))},
        any=bool(market.candidates),
        nearest=NEAREST,
    )


def nearest(engine: Engine, words: str) -> list[str]:
    """Return the ids of the candidates whose CVs are nearest to some words, in either language."""
    if not engine.indexes.pool("candidate").ids:
        return []
    prepared = prepare(words, "posting")
    asked = Posting(id="search", title=prepared.text, text=prepared.text, language=prepared.language)
    return engine.retrieve(engine.subject("posting", asked).rows, "candidate", NEAREST)


def _values(candidate: Candidate) -> dict[str, str]:
    place = municipality_name(candidate.municipality) if candidate.municipality else ""
    return {"municipality": place, "family": family_of(candidate.programme) or ""}


def _counted(values: dict[str, dict[str, str]], wanted: dict[str, str], name: str) -> dict[str, int]:
    others = {other: want for other, want in wanted.items() if other != name and want}
    counts: dict[str, int] = {}
    for row in values.values():
        if row[name] and all(row[other] == want for other, want in others.items()):
            counts[row[name]] = counts.get(row[name], 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@router.get("/candidates/{id}")
def candidate(page: ShortlistPage, engine: EngineDep, log: LogDep, id: IdInPath) -> Response:
    """Show a candidate without name: facts, what was read, where proposed, and the masked CV."""
    engine.refresh()
    found = engine.candidate(id)
    spans = [passage.span for passage in engine.store.passages("candidate", id)]
    read = [span for span in spans if isinstance(span, Competence) and not span.programme]
    market = engine.market()
    return page.show(
        "candidate.html",
        candidate=found,
        competences=_once(read),
        verdicts=log.verdicts(candidate=id),
        postings=market.postings,
        unavailable=market.unavailable(found, page.day),
        family=family_of(found.programme),
    )


def _once(read: list[Competence]) -> list[Competence]:
    """Each competence once, by its words."""
    kept: dict[str, Competence] = {}
    for span in read:
        kept.setdefault(span.label.casefold(), span)
    return sorted(kept.values(), key=lambda span: span.label.casefold())


@router.get("/candidates/{id}/contact")
def contact(page: ContactPage, service: ServiceDep, id: IdInPath) -> Response:
    """Show how to reach a candidate, to whoever follows up."""
    found = service.engine.candidate(id)
    return page.show("contact.html", candidate=found, contact=service.engine.store.contact("candidate", found.id))
