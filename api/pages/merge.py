"""Two records of one person: who may be doubles and why, both side by side, and one record after a person said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from api.dependencies import EngineDep, ServiceDep
from api.errors import status_of
from api.pages.addresses import LONGEST, candidate_path, with_query
from api.pages.asked import Text
from api.pages.desk import desk_of
from api.pages.page import CorrectionPage, Page
from api.pages.paging import sliced
from api.service import Service
from matcher.doubles import Double, Shared, doubles, doubles_of, in_common
from matcher.errors import InvalidMerge, MatcherError, UnknownId
from matcher.labour.families import family_of
from matcher.people import merge
from matcher.records import Candidate, Contact

router = APIRouter(include_in_schema=False)
PATH = "/merge"
SIDES = PATH + "/pair"
Id = Annotated[str, Form(max_length=LONGEST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two records. `hanging`: rows of each table that follow it; `changed`: ISO 8601, None if unknown."""

    record: Candidate
    contact: Contact
    hanging: Mapping[str, int]
    changed: str | None
    family: str | None

    @property
    def id(self) -> str:
        """Id of the record."""
        return self.record.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What stands in the form: id of the record that stays, id of the one whose CV stays."""

    kept: str
    text: str


@router.get(PATH)
def likely(page: CorrectionPage, service: ServiceDep, candidate: Text = "", at: Text = "") -> Response:
    """List pairs of records that may be one person's, all of them or those of one candidate."""
    return _likely(page, service, candidate, at=at)


@router.get(SIDES)
def pair(page: CorrectionPage, service: ServiceDep, first: Text = "", second: Text = "") -> Response:
    """Show two records side by side."""
    first, second = first.strip(), second.strip()
    if not first and not second:
        return _likely(page, service, "")
    try:
        return _pair(page, service, first, second)
    except (InvalidMerge, UnknownId) as refusal:
        return _likely(page, service, first, second, refusal=refusal)


@router.post(PATH)
def together(
    page: CorrectionPage,
    service: ServiceDep,
    engine: EngineDep,
    first: Id = "",
    second: Id = "",
    kept: Id = "",
    text: Id = "",
    sure: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Make one record of two; nothing happens unless somebody said that it is one person."""
    both = (first, second)
    chosen = Chosen(kept=kept if kept in both else first, text=text if text in both else first)
    gone = second if chosen.kept == first else first
    try:
        if not sure or kept not in both or text not in both:
            return _pair(page, service, first, second, chosen=chosen, refused=page.t("merge.not_sure"), status=422)
        merge(
            engine.store,
            desk_of(service),
            service.home,
            kept=chosen.kept,
            gone=gone,
            account=page.reader.id,
            text_of="kept" if chosen.text == chosen.kept else "gone",
        )
    except (InvalidMerge, UnknownId) as refusal:  # no pair, sent twice, or a colleague was faster
        return _likely(page, service, first, second, refusal=refusal)
    return page.go(candidate_path(chosen.kept), said="merged", values={"kept": chosen.kept, "gone": gone})


def pair_address(first: str, second: str) -> str:
    """Return the address of two records side by side."""
    return with_query(SIDES, first=first, second=second)


def _likely(
    page: Page, service: Service, candidate: str, other: str = "", *, at: str = "", refusal: MatcherError | None = None
) -> Response:
    contacts = desk_of(service).contacts("candidate")
    found = doubles_of(candidate, contacts) if candidate else doubles(contacts)
    service.engine.refresh()
    known = service.engine.market().candidates
    return page.show(
        "merge.html",
        status=status_of(refusal) if refusal else 200,
        shown=sliced(_known(found, known), at, PATH, {"candidate": candidate}),
        candidate=candidate,
        other=other,
        known=known,
        address=pair_address,
        refused=refusal.text(page.language) if refusal else None,
    )


def _known(found: list[Double], known: Mapping[str, Candidate]) -> list[Double]:
    return [double for double in found if double.first in known and double.second in known]


def _pair(
    page: Page,
    service: Service,
    first: str,
    second: str,
    *,
    chosen: Chosen | None = None,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    if first == second:
        raise InvalidMerge("same", id=first)
    one, two = _side(service, first), _side(service, second)
    shared: tuple[Shared, ...] = in_common(one.contact, two.contact)
    return page.show(
        "merge_pair.html",
        status=status,
        sides=(one, two),
        shared=shared,
        chosen=chosen or _likeliest(one, two),
        accounts=all(side.hanging["account"] for side in (one, two)),
        refused=refused,
    )


def _likeliest(one: Side, two: Side) -> Chosen:
    """Suggest the record that more hangs on, with the CV that is newer."""
    kept = two if sum(two.hanging.values()) > sum(one.hanging.values()) else one
    newer = two if (two.changed or "") > (one.changed or "") else one
    return Chosen(kept=kept.id, text=newer.id)


def _side(service: Service, id: str) -> Side:
    desk, record = desk_of(service), service.engine.candidate(id)
    return Side(
        record=record,
        contact=service.engine.store.contact("candidate", id),
        hanging=desk.hanging_on(id),
        changed=desk.received_on(id),
        family=family_of(record.programme),
    )
