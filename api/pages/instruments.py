"""The table of instruments: the one in use, a new one in its place, and those that were in use before."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.pages.page import Page, RulesPage
from api.service import Service
from matcher.errors import InvalidRules
from matcher.labour.instruments import FILE
from matcher.labour.keeping import (
    PRODUCT,
    digest_of,
    former_tables,
    former_text,
    own_in_use,
    put_in_use,
    text_in_use,
)
from matcher.labour.rules import MOST_WEEKS, NO_END
from matcher.ledger.lines import Entry

MOST_LETTERS = 200_000
router = APIRouter(include_in_schema=False)


@router.get("/admin/instruments")
def table(page: RulesPage, service: ServiceDep, former: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Show the table in use, with a form that changes it; `former`: one of before that stands in the form."""
    if not former:
        return _shown(page, service)
    return _shown(page, service, typed=former_text(service.home, former), looking=True)


@router.get("/admin/instruments/instruments.toml")
def download(page: RulesPage, service: ServiceDep) -> Response:  # noqa: ARG001 - the page asks for the permission
    """Send the table in use as a file."""
    named = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return Response(text_in_use(service.home).encode(), media_type="application/toml", headers=named)


@router.post("/admin/instruments")
def change(
    page: RulesPage,
    service: ServiceDep,
    text: Annotated[str, Form(max_length=MOST_LETTERS * 2)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Use a new table from now on; one that cannot be used is refused with words, and what was typed stays."""
    typed = text
    if file is not None and file.filename:
        try:
            typed = file.file.read(MOST_LETTERS * 4 + 1).decode("utf-8-sig")
        except UnicodeDecodeError:
            return _shown(page, service, typed=text, refused=page.t("rules.not_utf8"))
    if len(typed) > MOST_LETTERS:
        return _shown(page, service, typed=text, refused=page.t("rules.too_long", most=MOST_LETTERS))
    try:
        taken = put_in_use(service.home, typed)
    except InvalidRules as refusal:
        return _shown(page, service, typed=typed, refused=refusal.text(page.language))
    if taken is None:
        return page.go("/admin/instruments", said="rules_same")
    service.engine.instruments = taken
    content = {"account": page.reader.id, "rules": len(taken.rules), "sha256": digest_of(typed)}
    service.log.append(Entry(kind="rules", content=content))
    return page.go("/admin/instruments", said="rules_taken")


def _shown(
    page: Page, service: Service, *, typed: str | None = None, refused: str | None = None, looking: bool = False
) -> Response:
    instruments = service.engine.instruments
    return page.show(
        "admin/instruments.html",
        status=422 if refused else 200,
        rules=instruments.rules,
        valid=any(rule.valid(page.day) for rule in instruments.rules),
        expired=instruments.expired(page.day),
        own=own_in_use(service.home),
        former=former_tables(service.home),
        product=PRODUCT,
        typed=text_in_use(service.home) if typed is None else typed,
        refused=refused,
        looking=looking,
        most_weeks=MOST_WEEKS,
        first_day=date.min,
        last_day=NO_END,
    )
