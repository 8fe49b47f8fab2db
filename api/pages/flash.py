"""One message for the next page, in a signed cookie: what was done, said once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from itsdangerous import BadData
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.auth.signing import serializer

COOKIE = "matcher_flash"
KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Flash:
    """A text of the catalogue under `pages.flash` with its values."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


def keep(response: Response, secret: bytes, flash: Flash, *, secure: bool) -> None:
    """Send a message along to the next page."""
    value = str(serializer(secret, "flash").dumps([flash.key, dict(flash.values)]))
    response.set_cookie(COOKIE, value, max_age=KEPT_SECONDS, path="/", secure=secure, httponly=True, samesite="lax")


def read(request: HTTPConnection, secret: bytes) -> Flash | None:
    """Return the message for this page, None where there is none or it is not ours."""
    try:
        key, values = serializer(secret, "flash").loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return None
    return Flash(key, values)


def forget(response: Response) -> None:
    """Say it only once."""
    response.delete_cookie(COOKIE, path="/")
