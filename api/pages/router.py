"""All pages in one router, and the parts that may be taken alone."""

from fastapi import APIRouter

from api.pages import (
    admin_accounts,
    admin_data,
    admin_log,
    analysis,
    candidates,
    cards,
    companies,
    entrance,
    exports,
    instruments,
    invite,
    me,
    me_data,
    me_suggestions,
    merge,
    pair,
    paste,
    postings,
    reading,
    reports,
    requests,
    static_files,
)

PARTS = (
    static_files,
    entrance,
    postings,
    reading,
    exports,
    pair,
    cards,
    paste,
    candidates,
    merge,
    companies,
    requests,
    invite,
    me,
    me_suggestions,
    me_data,
    analysis,
    reports,
    admin_accounts,
    instruments,
    admin_log,
    admin_data,
)
"""In the order in which addresses are looked for."""


def router() -> APIRouter:
    """Return the routes of all pages, to be included without a prefix."""
    made = APIRouter(include_in_schema=False)
    for part in PARTS:
        made.include_router(part.router)
    return made
