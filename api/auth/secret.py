"""The secret that signs cookies: made on first start, kept in the home, readable only by its owner."""

import contextlib
import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from matcher.errors import InvalidSetting, Phrase
from matcher.home import writing

FILE = "secret"
BYTES = 32


def secret_of(home: Path) -> bytes:
    """Return the home's secret, made if there is none; processes that start at once agree on one."""
    path = home / FILE
    with writing(home):
        if not path.exists():
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make(path)
        if path.stat().st_mode & 0o077:  # a restored backup may have opened it
            path.chmod(0o600)
        secret = path.read_bytes()
    if len(secret) < BYTES:
        raise InvalidSetting(name=str(path), found=f"{len(secret)} bytes", wanted=Phrase("accounts.wanted.secret"))
    return secret


def _make(path: Path) -> None:
    """Write a new secret aside and give it its name only when it is whole, and only if no other came first."""
    with NamedTemporaryFile(dir=path.parent, prefix=".secret-") as file:  # made readable by its owner only
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
