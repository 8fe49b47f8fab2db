"""A graduate's wishes, and their own data: see, take along, delete."""

import json
import math
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Form
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.pages.own import OwnId, OwnPage
from api.pages.page import Page
from matcher.assemble import desk
from matcher.labour.geography import UnknownPlace, municipality_name, place, rar_nordjylland
from matcher.labour.places import municipalities
from matcher.ledger.lines import Entry, Person, moment
from matcher.own_cv import MOST_HOURS, MOST_KM, Wishes, wish
from matcher.privacy.erasure import erase
from matcher.privacy.own_data import HELD, own_data
from matcher.records import EmploymentType

TYPES: tuple[EmploymentType, ...] = tuple(each for each in get_args(EmploymentType) if each != "unknown")
WORDS = 400
router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=WORDS)]
Choices = Annotated[list[str], Form(max_length=100)]


@dataclass(slots=True)
class WishForm:
    """A form as it was typed, and what is wrong with it by field."""

    types: list[str]
    areas: list[str]
    other_areas: str
    hours: str
    km: str
    postcode: str
    wrong: dict[str, str] = field(default_factory=dict)

    def wishes(self, page: Page) -> Wishes:
        """Return the wishes; what cannot be one is told in `wrong`."""
        others = [name.strip() for name in self.other_areas.split(",") if name.strip()]
        typed = self.postcode.strip()
        if typed and isinstance(place(typed), UnknownPlace):
            self.wrong["postcode"] = page.t("me.wishes.postcode_wrong")
        return Wishes(
            types=tuple(each for each in TYPES if each in self.types),
            municipalities=(*self.areas, *map(_area, others)),
            most_hours=self._number(page, "hours", self.hours, MOST_HOURS),
            max_km=self._number(page, "km", self.km, MOST_KM),
            postcode=typed or None,
        )

    def _number(self, page: Page, name: str, typed: str, most: int) -> float | None:
        if not typed.strip():
            return None
        try:
            found = float(typed.strip().replace(",", "."))
        except ValueError:
            found = math.nan
        if not 0 < found <= most:
            self.wrong[name] = page.t("me.wishes.number_wrong", most=most)
            return None
        return found


@router.get("/me/wishes")
def wishes(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Ask what work the graduate wants."""
    if not own:
        return page.go("/me/start")
    held = Wishes.of(service.engine.candidate(own))
    areas = _areas()
    form = WishForm(
        types=list(held.types),
        areas=[name for name in held.municipalities if name in areas],
        other_areas=", ".join(name for name in held.municipalities if name not in areas),
        hours=_plain(held.most_hours),
        km=_plain(held.max_km),
        postcode=held.postcode or "",
    )
    return _wishes(page, form)


@router.post("/me/wishes")
def save_wishes(
    page: OwnPage,
    own: OwnId,
    service: ServiceDep,
    types: Choices = [],  # noqa: B006 - FastAPI copies it
    areas: Choices = [],  # noqa: B006
    other_areas: Text = "",
    hours: Text = "",
    km: Text = "",
    postcode: Text = "",
) -> Response:
    """Keep the graduate's wishes; the lists follow at once."""
    if not own:
        return page.go("/me/start")
    chosen = [name for name in _areas() if name in areas]
    form = WishForm(types=types, areas=chosen, other_areas=other_areas, hours=hours, km=km, postcode=postcode)
    found = form.wishes(page)
    if form.wrong:
        return _wishes(page, form, status=422)
    wish(service.engine.store, own, found)
    service.engine.refresh()
    return page.go("/me/wishes", said="me_wishes")


@router.get("/me/data")
def data(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Show what is held of the graduate."""
    return _data(page, own, service)


@router.get("/me/data.json")
def export(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Send everything that is held of the graduate, as JSON."""
    if own:
        found = own_data(desk(service.engine.store), service.home, own, at=datetime.now(UTC))
    else:
        found = {"at": moment(), HELD: _of_account(page, service)}
    content = {"what": "own_data", "person": Person(own) if own else None, "account": page.reader.id}
    service.log.append(Entry(kind="export", content=content))
    body = json.dumps(found, ensure_ascii=False, indent=2, default=str).encode()
    named = {"Content-Disposition": f'attachment; filename="{page.t("me.data.file")}"'}
    return Response(body, media_type="application/json", headers=named)


@router.post("/me/data/delete")
def delete(page: OwnPage, own: OwnId, service: ServiceDep, sure: Annotated[str, Form(max_length=20)] = "") -> Response:
    """Erase the graduate and their account, and show what was removed and searched."""
    if sure != "yes":
        return _data(page, own, service, refused=page.t("me.data.not_sure"), status=422)
    proof = None
    if own:
        proof = erase(service.engine.store, desk(service.engine.store), service.home, own, account=page.reader.id)
        service.engine.refresh()
    else:
        page.doors.accounts.roster.remove(page.reader.id, by=page.reader)
    answer = Page(page.request, page.doors, None).show("me/erased.html", proof=proof)
    page.doors.sessions.close(answer)
    return answer


def _of_account(page: Page, service: ServiceDep) -> dict[str, list[dict[str, object]]]:
    """All that is held of a graduate who has handed in no CV: the account, and what they asked."""
    account = page.reader
    known = {"name": account.name, "email": account.email, "role": account.role, "created": account.created.isoformat()}
    asked = [asdict(request) for request in desk(service.engine.store).requests() if request.account == account.id]
    return {"account": [known], **({"request": asked} if asked else {})}


def _wishes(page: Page, form: WishForm, *, status: int = 200) -> Response:
    return page.show("me/wishes.html", status=status, form=form, types=TYPES, areas=_areas(), most_hours=MOST_HOURS)


def _data(page: Page, own: str, service: ServiceDep, *, refused: str | None = None, status: int = 200) -> Response:
    held: dict[str, int] = {}
    shown: list[tuple[str, str]] = []
    if own:
        found = own_data(desk(service.engine.store), service.home, own, at=datetime.now(UTC))
        tables = cast("dict[str, list[dict[str, object]]]", found[HELD])
        held = {table: len(rows) for table, rows in tables.items()}
        contact = service.engine.store.contact("candidate", own)
        shown = [
            (kind, ", ".join(values))
            for kind in ("names", "emails", "phones", "addresses", "links")
            if (values := getattr(contact, kind))
        ]
    else:
        held = {table: len(rows) for table, rows in _of_account(page, service).items()}
        shown = [("names", page.reader.name), ("emails", page.reader.email)]
    record = service.engine.candidate(own) if own else None
    return page.show("me/data.html", status=status, held=held, contact=shown, record=record, refused=refused)


def _areas() -> list[str]:
    return sorted(rar_nordjylland(), key=lambda name: name.replace("Å", "~").replace("Aa", "~"))


def _area(typed: str) -> str:
    """The official name of a municipality, or what was typed where there is none."""
    known = municipality_name(typed)
    return known if known in municipalities() else typed


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
