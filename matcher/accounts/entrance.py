"""Who is let in: by password with lock-out, by a session of before, or because an OIDC issuer vouches."""

from dataclasses import replace
from datetime import timedelta

from matcher.accounts.desk import Desk, Event, ended, tidy_email
from matcher.accounts.errors import InvalidAccount, NotSignedIn, SignInRefused, UnknownAccount, UnknownPerson
from matcher.accounts.records import Account

TRIES = 5
"""Wrong passwords in a row that lock an account."""
LOCKED = timedelta(minutes=15)


class Entrance:
    """Sign-in and sign-out. Safe for threads and processes: each step is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sign_in(self, email: str, password: str) -> Account:
        """Return the account, or `SignInRefused`: the same words, and a password's hashing time, whatever is wrong.

        The try is counted before the password is looked at, so that tries at once do not get round the lock.
        """
        desk = self._desk
        try:
            tried = desk.book.change(desk.book.of_email(tidy_email(email)).id, self._counted)
        except (UnknownAccount, InvalidAccount, SignInRefused) as refusal:
            desk.passwords.matches(None, password)
            desk.note(Event(kind="login_refused", account=str(refusal.found.get("account", ""))))
            raise refused() from None
        if not desk.passwords.matches(tried.password, password):
            desk.note(Event(kind="login_refused", account=tried.id))
            raise refused()
        try:
            account = desk.book.change(tried.id, lambda now: self._let_in(now, tried, password))
        except UnknownAccount:  # removed at this very moment
            raise refused() from None
        desk.note(Event(kind="login", account=account.id, by=account.id))
        return account

    def of_session(self, id: str, sessions: int) -> Account:
        """Return the account of a session, or `NotSignedIn` if the session or the account has ended."""
        try:
            account = self._desk.book.get(id)
        except UnknownAccount:
            raise NotSignedIn from None
        if not account.active or account.sessions != sessions:
            raise NotSignedIn
        return account

    def of_subject(self, subject: str, email: str, *, verified: bool) -> Account:
        """Return the account of somebody an OIDC issuer vouches for.

        The first time it is found by an address that the issuer has verified, and keeps the issuer's name from then on;
        who has no account is refused (`UnknownPerson`): only an administrator lets somebody in.
        """
        try:
            account = self._desk.book.of_subject(subject)
        except UnknownAccount:
            account = self._claimed(subject, email, verified=verified)
        if not account.active:
            raise UnknownPerson
        self._desk.note(Event(kind="login", account=account.id, by=account.id, details={"with": "oidc"}))
        return account

    def sign_out(self, id: str) -> None:
        """End all sessions of an account: a copy of a cookie is worth nothing afterwards."""
        self._desk.book.change(id, ended)
        self._desk.note(Event(kind="logout", account=id, by=id))

    def _counted(self, account: Account) -> Account:
        now = self._desk.clock()
        if not account.active or account.locked(now):
            raise refused(account.id)
        before = 0 if account.locked_until else account.failures
        locked = now + LOCKED if before + 1 >= TRIES else None
        return replace(account, failures=before + 1, locked_until=locked)

    def _let_in(self, account: Account, tried: Account, password: str) -> Account:
        """Forget the tries; refused if the account ended or its password changed in the meantime."""
        if not account.active or account.password != tried.password or account.password is None:
            raise refused()
        outdated = self._desk.passwords.outdated(account.password)
        kept = self._desk.passwords.hash(password) if outdated else account.password
        return replace(account, password=kept, failures=0, locked_until=None)

    def _claimed(self, subject: str, email: str, *, verified: bool) -> Account:
        def claim(account: Account) -> Account:
            if account.subject is not None or not account.active:
                raise UnknownPerson
            return replace(account, subject=subject, token=None, token_until=None)

        if not verified:
            raise UnknownPerson
        try:
            return self._desk.book.change(self._desk.book.of_email(tidy_email(email)).id, claim)
        except (UnknownAccount, InvalidAccount):
            raise UnknownPerson from None


def refused(account: str = "") -> SignInRefused:
    """Return the refusal of a sign-in; `account` is for the log, and in no text."""
    return SignInRefused(tries=TRIES, minutes=int(LOCKED.total_seconds() // 60), account=account)
