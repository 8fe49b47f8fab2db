"""What the accounts need of a database."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from matcher.accounts.records import Account, ApiKey


class AccountBook(Protocol):
    """Keeps accounts and keys; every call is one transaction, and writers wait for each other."""

    def add(self, account: Account) -> None:
        """Keep a new account; `EmailTaken` if its address is another's."""
        ...

    def get(self, id: str) -> Account:
        """Return an account or raise `UnknownAccount`."""
        ...

    def of_email(self, email: str) -> Account:
        """Return the account with an address (lower case) or raise `UnknownAccount`."""
        ...

    def of_subject(self, subject: str) -> Account:
        """Return the account that an OIDC issuer knows by this name or raise `UnknownAccount`."""
        ...

    def of_token(self, digest: bytes) -> Account:
        """Return the account whose one-time link has this digest or raise `UnknownAccount`."""
        ...

    def accounts(self) -> list[Account]:
        """All accounts by address."""
        ...

    def change(self, id: str, change: Callable[[Account], Account]) -> Account:
        """Read, change and write an account in one transaction and return it; what `change` raises undoes it.

        `EmailTaken` where the new address is another's; `LastAdministrator` where nobody would be left who can keep
        the accounts.
        """
        ...

    def remove(self, id: str) -> None:
        """Delete an account with its keys; `UnknownAccount`, or `LastAdministrator` as in `change`."""
        ...

    def add_key(self, key: ApiKey) -> None:
        """Keep a new key."""
        ...

    def keys(self, account: str) -> list[ApiKey]:
        """Keys of an account by time of making, revoked ones too."""
        ...

    def key_of(self, digest: bytes) -> ApiKey:
        """Return the key with this digest or raise `UnknownAccount`."""
        ...

    def key_used(self, id: str, at: datetime) -> None:
        """Note when a key was last used."""
        ...

    def revoke_key(self, id: str, at: datetime) -> ApiKey:
        """End a key for good and return it; one that ended before keeps its time. `UnknownAccount` if there is none."""
        ...
