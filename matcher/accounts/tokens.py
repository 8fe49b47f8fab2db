"""Secrets of 32 random bytes: shown once, kept as a digest.

A plain SHA-256 is enough where nothing can be guessed; argon2 is for what people make up.
"""

import hashlib
import secrets

BYTES = 32
KEY_MARK = "matcher_"
"""Begins every API key, so that scanners find one that was put into a file by mistake."""


def new_token() -> str:
    """Return a new secret in letters that an address may hold."""
    return secrets.token_urlsafe(BYTES)


def new_key() -> str:
    """Return the secret of a new API key."""
    return KEY_MARK + new_token()


def new_id(mark: str) -> str:
    """Return an id that nobody can guess from another, beginning with `mark`."""
    return mark + secrets.token_hex(8)


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret, 32 bytes; any text has a digest."""
    return hashlib.sha256(secret.encode("utf-8", errors="surrogatepass")).digest()
