"""The table of who may do what, read as sentences."""

from typing import get_args

import pytest

from matcher.accounts.roles import PERMISSIONS, ROLES, Permission, Role, allows
from matcher.messages.catalogue import catalogue


def holders(permission: Permission) -> set[Role]:
    return {role for role in ROLES if allows(role, permission)}


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        ("shortlists", {"consultant"}),
        ("contacts", {"consultant"}),
        ("verdicts", {"consultant"}),
        ("exports", {"consultant"}),
        ("cards", {"consultant", "employer_contact"}),
        ("own_data", {"graduate"}),
        ("evaluations", {"analyst", "administrator"}),
        ("accounts", {"administrator"}),
        ("decision_log", {"administrator"}),
        ("erasure", {"administrator"}),
    ],
)
def test_a_permission_is_held_by_these_roles_and_no_other(permission: Permission, roles: set[Role]) -> None:
    assert holders(permission) == roles


def test_every_permission_is_held_by_somebody_and_every_role_holds_one() -> None:
    assert all(holders(permission) for permission in get_args(Permission))
    assert all(PERMISSIONS[role] for role in ROLES)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_role_and_permission_has_its_words(language: str) -> None:
    words = catalogue(language)

    assert all(f"accounts.role.{role}" in words for role in ROLES)
    assert all(f"accounts.permission.{permission}" in words for permission in get_args(Permission))
