"""Accounts: who may sign in, with which role; invitations and resets by one-time links; API keys."""

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.auth.errors import STATUS
from api.pages.addresses import IdInPath
from api.pages.page import Page, reader
from matcher.accounts.errors import EmailTaken, InvalidAccount, LastAdministrator
from matcher.accounts.records import NewKey, OneTimeLink
from matcher.accounts.roles import ROLES, Role
from matcher.errors import MatcherError

WORDS = 300
REFUSALS = (EmailTaken, InvalidAccount, LastAdministrator)
router = APIRouter(include_in_schema=False)
AccountsPage = Annotated[Page, Depends(reader("accounts"))]
Text = Annotated[str, Form(max_length=WORDS)]


@router.get("/admin/accounts")
def accounts(page: AccountsPage) -> Response:
    """List all accounts."""
    return _list(page)


@router.post("/admin/accounts")
def invite(page: AccountsPage, name: Text = "", email: Text = "", role: Text = "", candidate: Text = "") -> Response:
    """Make an account and show the link that its owner chooses a password with."""
    try:
        link = page.doors.accounts.links.invite(
            name=name,
            email=email,
            role=cast("Role", role),
            candidate=(candidate.strip() or None) if role == "graduate" else None,
            by=page.reader,
        )
    except REFUSALS as refusal:
        typed = {"name": name, "email": email, "role": role, "candidate": candidate}
        return _list(page, typed=typed, refused=refusal.text(page.language), status=_status(refusal))
    return _one(page, link.account.id, link=link)


@router.get("/admin/accounts/{account_id}")
def account(page: AccountsPage, account_id: IdInPath) -> Response:
    """Show one account with its keys."""
    return _one(page, account_id)


@router.post("/admin/accounts/{account_id}")
def change(
    page: AccountsPage, account_id: IdInPath, name: Text = "", email: Text = "", role: Text = "", candidate: Text = ""
) -> Response:
    """Change name, address, role and whose record an account belongs to."""
    roster = page.doors.accounts.roster
    now = roster.get(account_id)
    try:
        if (name, email) != (now.name, now.email):
            roster.rename(account_id, name=name, email=email, by=page.reader)
        if role != now.role:
            roster.give_role(account_id, cast("Role", role), by=page.reader)
        owner = candidate.strip() or None
        if role == "graduate" and owner != now.candidate:
            roster.belongs(account_id, owner, by=page.reader)
    except REFUSALS as refusal:
        return _one(page, account_id, refused=refusal.text(page.language), status=_status(refusal))
    return page.go(f"/admin/accounts/{account_id}", said="account_changed")


@router.post("/admin/accounts/{account_id}/link")
def reset(page: AccountsPage, account_id: IdInPath) -> Response:
    """Make a one-time link and show it, once."""
    try:
        link = page.doors.accounts.links.reset(account_id, by=page.reader)
    except InvalidAccount as refusal:
        return _one(page, account_id, refused=refusal.text(page.language), status=_status(refusal))
    return _one(page, account_id, link=link)


@router.post("/admin/accounts/{account_id}/state")
def state(page: AccountsPage, account_id: IdInPath, active: Annotated[Literal["yes", "no"], Form()] = "no") -> Response:
    """Keep somebody out at once, or let them in again."""
    roster = page.doors.accounts.roster
    try:
        (roster.activate if active == "yes" else roster.deactivate)(account_id, by=page.reader)
    except LastAdministrator as refusal:
        return _one(page, account_id, refused=refusal.text(page.language), status=_status(refusal))
    return page.go(f"/admin/accounts/{account_id}", said=f"account_active_{active}")


@router.post("/admin/accounts/{account_id}/delete")
def delete(page: AccountsPage, account_id: IdInPath, sure: Text = "") -> Response:
    """Delete an account with its keys."""
    if sure != "yes":
        return _one(page, account_id, refused=page.t("admin.account.not_sure"), status=422)
    try:
        page.doors.accounts.roster.remove(account_id, by=page.reader)
    except LastAdministrator as refusal:
        return _one(page, account_id, refused=refusal.text(page.language), status=_status(refusal))
    return page.go("/admin/accounts", said="account_deleted")


@router.post("/admin/accounts/{account_id}/keys")
def make_key(page: AccountsPage, account_id: IdInPath, name: Text = "") -> Response:
    """Make an API key and show its secret, once."""
    try:
        key = page.doors.accounts.keys.make(account_id, name, by=page.reader)
    except InvalidAccount as refusal:
        return _one(page, account_id, refused=refusal.text(page.language), status=_status(refusal))
    return _one(page, account_id, key=key)


@router.post("/admin/accounts/{account_id}/keys/{key_id}/revoke")
def revoke_key(page: AccountsPage, account_id: IdInPath, key_id: IdInPath) -> Response:
    """End an API key for good."""
    page.doors.accounts.keys.revoke(key_id, by=page.reader)
    return page.go(f"/admin/accounts/{account_id}", said="key_revoked")


def _list(
    page: Page, *, typed: dict[str, str] | None = None, refused: str | None = None, status: int = 200
) -> Response:
    blank = {"name": "", "email": "", "role": "consultant", "candidate": ""}
    return page.show(
        "admin/accounts.html",
        status=status,
        accounts=page.doors.accounts.roster.all(),
        roles=ROLES,
        typed=typed or blank,
        refused=refused,
    )


def _one(
    page: Page,
    id: str,
    *,
    link: OneTimeLink | None = None,
    key: NewKey | None = None,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    return page.show(
        "admin/account.html",
        status=status,
        account=page.doors.accounts.roster.get(id),
        keys=page.doors.accounts.keys.of(id),
        roles=ROLES,
        link=link,
        address=page.doors.link(link) if link else None,
        key=key,
        refused=refused,
    )


def _status(refusal: MatcherError) -> int:
    return STATUS[type(refusal)]
