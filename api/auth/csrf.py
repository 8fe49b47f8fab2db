"""Forms that are ours: a token in a cookie and in the form, bound to the session, so that no other site can send one.

The signed double-submit pattern of OWASP's Cross-Site Request Forgery Prevention Cheat Sheet.
"""

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from api.auth.errors import ForgedForm
from api.auth.sessions import cookie_name
from api.auth.signing import code

NAME = "matcher_csrf"
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
OURS = {"same-origin", "none"}
"""What browsers say in `Sec-Fetch-Site` of requests from our own pages, or from nowhere."""


class Csrf:
    """Makes and checks form tokens. `session` is the session's id, "" before sign-in."""

    def __init__(self, secret: bytes, *, secure: bool) -> None:
        self._secret = secret
        self._secure = secure
        self.cookie = cookie_name(NAME, secure=secure)

    def token(self, request: Request, session: str) -> str:
        """Return the token for the forms of a page: the browser's if it is good for this session, else a new one."""
        held = request.cookies.get(self.cookie, "")
        return held if self._made_for(session, held) else self._new(session)

    def keep(self, response: Response, token: str) -> None:
        """Put the token of a page into the browser, too; until it is closed, as long as the page may be open."""
        response.set_cookie(self.cookie, token, path="/", secure=self._secure, httponly=True, samesite="lax")

    def check(self, request: Request, session: str, sent: str) -> None:
        """Refuse (`ForgedForm`) what lacks the browser's own token of this session, or says another site sent it."""
        held = request.cookies.get(self.cookie, "")
        same = hmac.compare_digest(held.encode(), sent.encode("utf-8", errors="replace"))
        if not (same and self._made_for(session, held)):
            raise ForgedForm
        if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
            raise ForgedForm

    def _new(self, session: str) -> str:
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{self._code(session, nonce)}"

    def _made_for(self, session: str, token: str) -> bool:
        nonce, _, sent = token.partition(".")
        return hmac.compare_digest(self._code(session, nonce).encode(), sent.encode())

    def _code(self, session: str, nonce: str) -> str:
        return code(self._secret, "csrf", f"{session}\n{nonce}")
