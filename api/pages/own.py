"""Whose pages these are: the graduate who reads them, and the record that is theirs."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import ServiceDep
from api.pages.page import Page, reader
from matcher.accounts.tokens import new_id
from matcher.listing import Filters

OwnPage = Annotated[Page, Depends(reader("own_data"))]


def own_id(page: Page, service: ServiceDep) -> str:
    """Return the id of the reader's own record, "" while there is none."""
    candidate = page.reader.candidate
    if candidate is None or candidate not in service.engine.store.ids("candidate"):
        return ""
    return candidate


def own_id_dependency(page: OwnPage, service: ServiceDep) -> str:
    """Return the reader's own id for a route."""
    return own_id(page, service)


OwnId = Annotated[str, Depends(own_id_dependency)]


def id_for_upload(page: Page, service: ServiceDep) -> str:
    """Return the id that a CV is stored under; an account without a record is given one."""
    account = page.reader
    if account.candidate is not None:
        return account.candidate
    id = new_id("c")
    service.doors.accounts.roster.belongs(account.id, id, by=account)
    return id


def own_filters(page: Page) -> Filters:
    """Return the filters of a graduate's own list: their wishes, today."""
    return Filters(as_of=page.day)
