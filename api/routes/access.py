"""Who may use which route: the one table. A test walks every route as every role."""

from collections.abc import Mapping
from typing import Any

from fastapi import Depends

from api.auth.dependencies import current_account, require
from matcher.accounts.errors import NotAllowed
from matcher.accounts.records import Account
from matcher.accounts.roles import Permission
from matcher.errors import Phrase

ACCESS: Mapping[str, tuple[Permission, ...]] = {
    "list_postings": ("shortlists", "cards"),
    "get_posting": ("shortlists", "cards", "own_data"),
    "list_shortlist": ("shortlists",),
    "paste_posting": ("shortlists",),
    "list_cards": ("cards",),
    "list_candidates": ("shortlists",),
    "get_candidate": ("shortlists", "own_data"),
    "get_contact": ("contacts",),
    "list_suggestions": ("shortlists", "own_data"),
    "list_employers": ("shortlists",),
    "get_employer": ("shortlists",),
    "explain_pair": ("shortlists", "own_data"),
    "get_verdict": ("shortlists",),
    "put_verdict": ("verdicts",),
    "list_verdicts": ("shortlists",),
    "extract": ("shortlists", "own_data"),
    "ingest_lines": ("ingest",),
    "ingest_files": ("ingest",),
    "delete_posting": ("ingest",),
    "delete_employer": ("ingest",),
    "delete_candidate": ("erasure",),
    "start_evaluation": ("evaluations",),
    "list_jobs": ("evaluations",),
    "get_job": ("evaluations",),
    "get_versions": ("versions",),
    "verify_decision_log": ("decision_log",),
    "metrics": ("versions",),
}
"""Any one of the permissions opens the route. Who has only `own_data` is then held to their own record."""

SIGNED_IN = frozenset({"get_me"})
"""Routes for whoever is signed in."""
PUBLIC = frozenset({"live", "ready", "health"})
"""Routes for anybody; they say nothing about anyone."""


def asking(route: str) -> Any:  # noqa: ANN401 - FastAPI's own type of a dependency
    """Return the dependency of a route, by its name, that lets in whoever may use it."""
    return Depends(current_account if route in SIGNED_IN else require(*ACCESS[route]))


def refuse_strangers(account: Account, candidate: str) -> None:
    """Refuse whoever may see only their own record and asks for another; whether it exists is not told."""
    if account.may("shortlists") or account.owns(candidate):
        return
    raise NotAllowed(role=Phrase(f"accounts.role.{account.role}"), permission=Phrase("accounts.permission.shortlists"))
