"""What each role may do: one table, read by every page, route and command."""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["consultant", "graduate", "analyst", "employer_contact", "administrator"]

Permission = Literal[
    "shortlists",
    "contacts",
    "verdicts",
    "corrections",
    "exports",
    "cards",
    "own_data",
    "invitations",
    "evaluations",
    "ingest",
    "versions",
    "rules",
    "accounts",
    "decision_log",
    "erasure",
    "retention",
]
"""`shortlists`: postings, companies and candidates ranked; `cards`: anonymous candidates only; `own_data`: the one
candidate the account belongs to; `invitations`: graduates' accounts only; `evaluations`: measures and audits,
without names; `rules`: the table of instruments."""

ROLES: tuple[Role, ...] = get_args(Role)

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    "consultant": frozenset(
        {"shortlists", "contacts", "verdicts", "corrections", "exports", "cards", "invitations", "ingest", "versions"}
    ),
    "graduate": frozenset({"own_data"}),
    "analyst": frozenset({"evaluations", "versions"}),
    "employer_contact": frozenset({"cards"}),
    "administrator": frozenset(
        {
            "accounts",
            "invitations",
            "rules",
            "decision_log",
            "erasure",
            "retention",
            "ingest",
            "evaluations",
            "versions",
        }
    ),
}
"""An administrator keeps the service and sees nobody's CV: who also advises people has a second account."""


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role holds a permission."""
    return permission in PERMISSIONS[role]
