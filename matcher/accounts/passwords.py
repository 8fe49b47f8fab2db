"""Passwords: which are taken, how they are kept (argon2id), and how one is checked without telling by time."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from matcher.accounts.errors import WeakPassword
from matcher.errors import Phrase

SHORTEST = 12
LONGEST = 200
FEWEST_DIFFERENT = 5
"""Length counts for more than odd characters: NIST SP 800-63B, 3.1.1."""


class Passwords:
    """Hashes and checks passwords; argon2id with the parameters of the hasher (RFC 9106, low memory, by default)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was kept; where none was, it takes as long and is wrong."""
        try:
            right = self._hasher.verify(kept or self._nobodys, _normal(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether a password was hashed with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def refuse_weak(password: str, *personal: str) -> None:
    """Refuse a password that is too short, too long, of few characters, or made of what is known of the person."""
    plain = _normal(password).decode("utf-8", errors="replace").casefold()
    known = [part for text in personal for part in (text.casefold(), *text.casefold().replace("@", " ").split())]
    left = plain
    for part in sorted((part for part in known if len(part) >= 3), key=len, reverse=True):
        left = left.replace(part, "")
    for reason, weak in (
        ("short", len(plain) < SHORTEST),
        ("long", len(password) > LONGEST),
        ("simple", len(set(plain)) < FEWEST_DIFFERENT),
        ("personal", len(left) < SHORTEST // 2),
    ):
        if weak:
            values: dict[str, object] = {"shortest": SHORTEST, "longest": LONGEST, "fewest": FEWEST_DIFFERENT}
            raise WeakPassword(why=Phrase(f"accounts.weak.{reason}", values))


def _normal(password: str) -> bytes:
    """Bytes to hash: one spelling of å however the keyboard makes it; a lone surrogate is no reason to fail."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", errors="surrogatepass")
