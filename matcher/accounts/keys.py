"""API keys: made and shown once, found by their digest, ended for good."""

from datetime import timedelta

from matcher.accounts.desk import Desk, Event, tidy_name
from matcher.accounts.errors import InvalidAccount, KeyRefused, UnknownAccount
from matcher.accounts.records import Account, ApiKey, NewKey
from matcher.accounts.tokens import KEY_MARK, digest_of, new_id, new_key
from matcher.errors import Phrase

NOTED_EVERY = timedelta(minutes=10)
"""How exactly the last use of a key is kept: not every request is worth a write."""
TWICE = timedelta(minutes=1)
"""A key made within this after an unused one of the same name takes its place: a form was sent twice."""


class Keys:
    """The API keys of one home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(self, account: str, name: str, *, by: Account) -> NewKey:
        """Make a key for an active account and return its secret, which is not kept."""
        tidy = tidy_name(name)
        if not self._desk.book.get(account).active:
            raise InvalidAccount(found=account, wanted=Phrase("accounts.wanted.active"))
        self._end_twin(account, tidy, by)
        secret = new_key()
        key = ApiKey(id=new_id("k"), account=account, name=tidy, digest=digest_of(secret), created=self._desk.clock())
        self._desk.book.add_key(key)
        self._desk.note(Event(kind="key_made", account=account, by=by.id, details={"key": key.id}))
        return NewKey(key=key, secret=secret)

    def _end_twin(self, account: str, name: str, by: Account) -> None:
        now = self._desk.clock()
        for key in self._desk.book.keys(account):
            if key.name == name and key.used is None and key.revoked is None and now - key.created < TWICE:
                self.revoke(key.id, by=by)

    def account(self, secret: str) -> Account:
        """Return whose key this is, or `KeyRefused` if it is unknown, revoked, or the account has ended."""
        if not secret.startswith(KEY_MARK):
            raise KeyRefused
        try:
            key = self._desk.book.key_of(digest_of(secret))
            account = self._desk.book.get(key.account)
        except UnknownAccount:
            raise KeyRefused from None
        if key.revoked is not None or not account.active:
            raise KeyRefused
        now = self._desk.clock()
        if key.used is None or now - key.used >= NOTED_EVERY:
            self._desk.book.key_used(key.id, now)
        return account

    def of(self, account: str) -> list[ApiKey]:
        """Keys of an account by time of making, revoked ones too."""
        return self._desk.book.keys(account)

    def revoke(self, id: str, *, by: Account) -> ApiKey:
        """End a key for good."""
        key = self._desk.book.revoke_key(id, self._desk.clock())
        self._desk.note(Event(kind="key_revoked", account=key.account, by=by.id, details={"key": id}))
        return key
