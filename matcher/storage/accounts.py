"""The `AccountBook` of `matcher.accounts.ports` over one database."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, delete, insert, select, update

from matcher.accounts.errors import EmailTaken, InvalidAccount, LastAdministrator, UnknownAccount
from matcher.accounts.records import Account, ApiKey
from matcher.errors import Phrase
from matcher.storage import counters, requests
from matcher.storage.database import Database
from matcher.storage.rows import storable
from matcher.storage.scrub import scrub
from matcher.storage.service_tables import ACCOUNT, API_KEY

ACCOUNT_TIMES = ("created", "token_until", "locked_until")
KEY_TIMES = ("created", "used", "revoked")


class SqlAccounts:
    """Accounts and keys in SQLite or PostgreSQL; shared by threads, safe between processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account) -> None:
        """Keep a new account; `EmailTaken` if its address is another's."""
        row = _row(account, ACCOUNT_TIMES)
        with self._database.write() as connection:
            _refuse_taken(connection, account)
            connection.execute(insert(ACCOUNT).values(row))

    def get(self, id: str) -> Account:
        """Return an account or raise `UnknownAccount`."""
        return self._one(ACCOUNT.c.id, id)

    def of_email(self, email: str) -> Account:
        """Return the account with an address (lower case) or raise `UnknownAccount`."""
        return self._one(ACCOUNT.c.email, email)

    def of_subject(self, subject: str) -> Account:
        """Return the account that an OIDC issuer knows by this name or raise `UnknownAccount`."""
        return self._one(ACCOUNT.c.subject, subject)

    def of_token(self, digest: bytes) -> Account:
        """Return the account whose one-time link has this digest or raise `UnknownAccount`."""
        with self._database.read() as connection:
            return _account(connection, ACCOUNT.c.token, digest)

    def accounts(self) -> list[Account]:
        """All accounts by address."""
        with self._database.read() as connection:
            rows = connection.execute(select(ACCOUNT)).mappings().all()
        return sorted(map(_account_of, rows), key=lambda account: account.email)

    def change(self, id: str, change: Callable[[Account], Account]) -> Account:
        """Read, change and write an account in one transaction and return it; what `change` raises undoes it."""
        _refuse_unstorable(id)
        with self._database.write() as connection:
            before = _account(connection, ACCOUNT.c.id, id)
            after = change(before)
            _refuse_taken(connection, after)
            if before.administers and not after.administers:
                _refuse_last(connection, id)
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == id).values(_row(after, ACCOUNT_TIMES)))
            if after.candidate is not None and after.candidate != before.candidate:
                requests.given_a_record(connection, id, after.candidate)
            renamed = (before.name, before.email) != (after.name, after.email)
            if renamed:
                counters.count(connection, "removals")
        if renamed:
            scrub(self._database)
        return after

    def remove(self, id: str) -> None:
        """Delete an account with its keys; `UnknownAccount`, or `LastAdministrator` as in `change`."""
        _refuse_unstorable(id)
        with self._database.write() as connection:
            if _account(connection, ACCOUNT.c.id, id).administers:
                _refuse_last(connection, id)
            _delete(connection, id)
        scrub(self._database)

    def remove_of_candidate(self, candidate: str) -> int:
        """Delete the accounts of a person who is erased, and return how many there were."""
        _refuse_unstorable(candidate)
        with self._database.write() as connection:
            ids = connection.execute(select(ACCOUNT.c.id).where(ACCOUNT.c.candidate == candidate)).scalars().all()
            for id in ids:
                _delete(connection, id)
        scrub(self._database)
        return len(ids)

    def add_key(self, key: ApiKey) -> None:
        """Keep a new key."""
        row = _row(key, KEY_TIMES)
        with self._database.write() as connection:
            connection.execute(insert(API_KEY).values(row))

    def keys(self, account: str) -> list[ApiKey]:
        """Keys of an account by time of making, revoked ones too."""
        if not storable(account):
            return []
        query = select(API_KEY).where(API_KEY.c.account == account).order_by(API_KEY.c.created, API_KEY.c.id)
        with self._database.read() as connection:
            return [_key_of(row) for row in connection.execute(query).mappings()]

    def key_of(self, digest: bytes) -> ApiKey:
        """Return the key with this digest or raise `UnknownAccount`."""
        with self._database.read() as connection:
            return _key(connection, API_KEY.c.digest, digest)

    def key_used(self, id: str, at: datetime) -> None:
        """Note when a key was last used."""
        with self._database.write() as connection:
            connection.execute(update(API_KEY).where(API_KEY.c.id == id).values(used=_written(at)))

    def revoke_key(self, id: str, at: datetime) -> ApiKey:
        """End a key for good and return it; one that ended before keeps its time."""
        _refuse_unstorable(id)
        still_open = (API_KEY.c.id == id) & API_KEY.c.revoked.is_(None)
        with self._database.write() as connection:
            connection.execute(update(API_KEY).where(still_open).values(revoked=_written(at)))
            return _key(connection, API_KEY.c.id, id)

    def _one(self, column: Column[Any], value: str) -> Account:
        _refuse_unstorable(value)
        with self._database.read() as connection:
            return _account(connection, column, value)


def _account(connection: Connection, column: Column[Any], value: str | bytes) -> Account:
    row = connection.execute(select(ACCOUNT).where(column == value)).mappings().first()
    if row is None:
        raise UnknownAccount(found=_shown(value))
    return _account_of(row)


def _key(connection: Connection, column: Column[Any], value: str | bytes) -> ApiKey:
    row = connection.execute(select(API_KEY).where(column == value)).mappings().first()
    if row is None:
        raise UnknownAccount(found=_shown(value))
    return _key_of(row)


def _shown(value: str | bytes) -> str:
    """How a refusal names what was looked for; never by what is kept of a secret."""
    return value if isinstance(value, str) else "***"


def _refuse_taken(connection: Connection, account: Account) -> None:
    query = select(ACCOUNT.c.id).where(ACCOUNT.c.email == account.email, ACCOUNT.c.id != account.id)
    if connection.execute(query).first() is not None:
        raise EmailTaken(email=account.email)


def _refuse_last(connection: Connection, id: str) -> None:
    """Refuse to lose an administrator when no other could sign in; writers wait, so two at once cannot both go."""
    others = connection.execute(select(ACCOUNT).where(ACCOUNT.c.id != id)).mappings()
    if not any(_account_of(row).administers for row in others):
        raise LastAdministrator


def _delete(connection: Connection, id: str) -> None:
    connection.execute(delete(API_KEY).where(API_KEY.c.account == id))
    requests.forget_account(connection, id)
    connection.execute(delete(ACCOUNT).where(ACCOUNT.c.id == id))
    counters.count(connection, "removals")


def _refuse_unstorable(value: str) -> None:
    if not storable(value):
        raise UnknownAccount(found=value)


def _row(record: Account | ApiKey, times: tuple[str, ...]) -> dict[str, Any]:
    row = asdict(record)
    if not all(storable(value) for value in row.values() if isinstance(value, str)):
        raise InvalidAccount(found=record.name, wanted=Phrase("accounts.wanted.name"))
    return row | {name: _written(row[name]) for name in times}


def _account_of(row: RowMapping) -> Account:
    return Account(**dict(row) | {name: _read(row[name]) for name in ACCOUNT_TIMES})


def _key_of(row: RowMapping) -> ApiKey:
    return ApiKey(**dict(row) | {name: _read(row[name]) for name in KEY_TIMES})


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def _read(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
