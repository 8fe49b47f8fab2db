"""One-time links: the only way to a first password, and the way back in for who forgot theirs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from matcher.accounts.desk import Desk, Event, checked, ended, tidy_email, tidy_name
from matcher.accounts.entrance import Entrance
from matcher.accounts.errors import EmailTaken, InvalidAccount, LinkRefused, UnknownAccount
from matcher.accounts.passwords import refuse_weak
from matcher.accounts.records import Account, Author, OneTimeLink
from matcher.accounts.roles import Role
from matcher.accounts.tokens import digest_of, new_id, new_token
from matcher.errors import Phrase

INVITED = timedelta(days=7)
RESET = timedelta(days=1)
"""How long a link opens: the first one of an account, and later ones."""
FIRST_EMAIL = "administrator@localhost"


class Links:
    """Invitations, resets and the passwords that are set with them."""

    def __init__(self, desk: Desk, entrance: Entrance) -> None:
        self._desk = desk
        self._entrance = entrance

    def first_start(self, email: str = FIRST_EMAIL) -> OneTimeLink | None:
        """Make the first administrator and return the link to print; None once one can sign in.

        A start before the link was used makes a new link, and the old one ends.
        """
        administrators = [account for account in self._desk.book.accounts() if account.may("accounts")]
        if any(account.administers for account in administrators):
            return None
        if administrators:
            return self._link(administrators[0].id, by=None)
        try:
            return self.invite(name="Administrator", email=email, role="administrator")
        except EmailTaken:  # another process starts at the same time, or the address is a former administrator's
            return self.invite(name="Administrator", email=f"{new_id('')}-{email}", role="administrator")

    def invite(
        self, *, name: str, email: str, role: Role, candidate: str | None = None, by: Author | None = None
    ) -> OneTimeLink:
        """Make an account that nobody can sign in to yet, and the link that lets its owner choose a password."""
        account = Account(
            id=new_id("a"),
            name=tidy_name(name),
            email=tidy_email(email),
            role=role,
            candidate=candidate,
            created=self._desk.clock(),
        )
        self._desk.book.add(checked(account))
        author = by.id if by else None
        self._desk.note(Event(kind="invited", account=account.id, by=author, details={"role": role}))
        return self._link(account.id, by=by)

    def reset(self, id: str, *, by: Author) -> OneTimeLink:
        """Make a new link; the password of today holds until the link is used, earlier links end."""
        return self._link(id, by=by)

    def account(self, token: str) -> Account:
        """Return whom a link is for, without using it up, or `LinkRefused`."""
        try:
            account = self._desk.book.of_token(digest_of(token))
        except UnknownAccount:
            raise LinkRefused from None
        return self._opened(account, token)

    def redeem(self, token: str, password: str) -> Account:
        """Use a link: set the password, lift a lock, end all sessions; `LinkRefused` or `WeakPassword`."""
        account = self.account(token)
        refuse_weak(password, account.name, account.email)
        kept = self._desk.passwords.hash(password)
        return self._set(account.id, lambda now: replace(self._opened(now, token), password=kept))

    def change_password(self, id: str, *, old: str, new: str) -> Account:
        """Set a password by who knows the old one; wrong ones count and lock as in a sign-in. All sessions end."""
        account = self._entrance.sign_in(self._desk.book.get(id).email, old)
        refuse_weak(new, account.name, account.email)
        kept = self._desk.passwords.hash(new)
        return self._set(account.id, lambda now: replace(now, password=kept))

    def _link(self, id: str, *, by: Author | None) -> OneTimeLink:
        token, now = new_token(), self._desk.clock()

        def given(account: Account) -> Account:
            if not account.active:
                raise InvalidAccount(found=account.id, wanted=Phrase("accounts.wanted.active"))
            return replace(account, token=digest_of(token), token_until=now + (RESET if account.password else INVITED))

        account = self._desk.book.change(id, given)
        assert account.token_until is not None
        self._desk.note(Event(kind="link_made", account=id, by=by.id if by else None))
        return OneTimeLink(account=account, token=token, until=account.token_until)

    def _opened(self, account: Account, token: str) -> Account:
        """Return the account if the link opens it now."""
        fits = account.token == digest_of(token) and account.active
        if not fits or account.token_until is None or self._desk.clock() >= account.token_until:
            raise LinkRefused
        return account

    def _set(self, id: str, change: Callable[[Account], Account]) -> Account:
        def settled(now: Account) -> Account:
            return ended(replace(change(now), token=None, token_until=None, failures=0, locked_until=None))

        try:
            account = self._desk.book.change(id, settled)
        except UnknownAccount:  # removed at this very moment
            raise LinkRefused from None
        self._desk.note(Event(kind="password_set", account=id, by=id))
        return account
