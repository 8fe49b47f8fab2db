"""`matcher account`: accounts from the machine itself, the way back in for an administrator who is alone.

Whoever may write to the home may do this. Each step is a line of the decision log, under the name of the user.
"""

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, cast

import typer
from pydantic import BaseModel

from api.auth.doors import LINK_PATH
from api.auth.settings import AuthSettings
from api.cli.console import answer, notes, out
from api.cli.context import settings
from api.cli.operator import operator
from api.cli.options import Home, Json
from api.cli.tables import table
from api.cli.texts import say
from matcher.accounts.accounts import Accounts
from matcher.accounts.records import Account, OneTimeLink
from matcher.accounts.roles import ROLES, Role

RoleName = Enum("RoleName", {role: role for role in ROLES})  # type: ignore[misc]
"""Roles as the command line takes them."""
COLUMNS = ("id", "email", "name", "role", "state")


@dataclass(frozen=True, slots=True)
class Operator:
    """Who makes a link at the command line; has no account of their own."""

    id: str


class AccountOut(BaseModel):
    """An account without its secrets. `state`: open, invited (nobody can sign in to it yet) or closed."""

    id: str
    email: str
    name: str
    role: str
    state: str
    candidate: str | None


class AccountsOut(BaseModel):
    """All accounts by address."""

    accounts: list[AccountOut]


class LinkOut(BaseModel):
    """A one-time link; it is shown now and never again."""

    account: AccountOut
    link: str
    until: str


def create(
    email: Annotated[str, typer.Argument(help=say("account.email"))],
    *,
    name: Annotated[str, typer.Option("--name", help=say("account.name"))],
    role: Annotated[RoleName, typer.Option("--role", help=say("account.role"))],
    candidate: Annotated[
        str | None, typer.Option("--candidate", help=say("account.candidate"), show_default=False)
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Make an account and print the link that its owner chooses a password with."""
    links = _accounts(home).links
    wanted = cast("Role", role.name)
    made = links.invite(name=name, email=email, role=wanted, candidate=candidate, by=Operator(operator()))
    _tell(made, as_json=as_json)


def link(
    account: Annotated[str, typer.Argument(help=say("account.which"))],
    *,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print a new one-time link for an account, by its id or address."""
    accounts = _accounts(home)
    found = accounts.roster.named(account)
    _tell(accounts.links.reset(found.id, by=Operator(operator())), as_json=as_json)


def listed(*, home: Home = None, as_json: Json = False) -> None:
    """Print all accounts."""
    rows = [_account(one) for one in _accounts(home).roster.all()]
    if as_json:
        answer(AccountsOut(accounts=rows))
        return
    shown = table(say("account.title"), COLUMNS)
    for row in rows:
        shown.add_row(row.id, row.email, row.name, row.role, say(f"account.state_{row.state}"))
    out().print(shown)


def app() -> typer.Typer:
    """Return `matcher account` with its commands."""
    cli = typer.Typer(help=say("account.help"), no_args_is_help=True, rich_markup_mode=None)
    cli.command("create", help=say("account.create_help"))(create)
    cli.command("link", help=say("account.link_help"))(link)
    cli.command("list", help=say("account.list_help"))(listed)
    return cli


def _accounts(home: Path | None) -> Accounts:
    from matcher import assemble

    chosen = settings(home)
    return assemble.accounts(assemble.store(chosen), chosen.home)


def _account(account: Account) -> AccountOut:
    can_sign_in = account.password is not None or account.subject is not None
    state = "closed" if not account.active else "open" if can_sign_in else "invited"
    return AccountOut(
        id=account.id,
        email=account.email,
        name=account.name,
        role=account.role,
        state=state,
        candidate=account.candidate,
    )


def _tell(link: OneTimeLink, *, as_json: bool) -> None:
    address = AuthSettings().link(LINK_PATH + link.token)
    if as_json:
        answer(LinkOut(account=_account(link.account), link=address, until=link.until.isoformat(timespec="seconds")))
        return
    until = link.until.astimezone().strftime("%d.%m.%Y %H:%M")
    out().print(say("account.link_made", email=link.account.email, until=until))
    out().print(address, soft_wrap=True)
    if "MATCHER_PUBLIC_URL" not in os.environ:
        notes().print(say("account.no_address"))
