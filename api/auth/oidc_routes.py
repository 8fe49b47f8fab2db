"""The two addresses of sign-in at an issuer: there, and back again. Both are public."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from itsdangerous import BadData

from api.auth.dependencies import DoorsDep
from api.auth.errors import OidcRefused
from api.auth.oidc import CALLBACK, Oidc
from api.auth.paths import own_path
from api.auth.rates import asker
from api.auth.sessions import cookie_name
from api.auth.signing import serializer

START = "/auth/oidc"
NAME = "matcher_oidc"
SECONDS = 600
"""How long somebody may take at the issuer."""


def oidc_router(issuer: Oidc) -> APIRouter:
    """Return the routes for an issuer."""
    router = APIRouter(include_in_schema=False)

    @router.get(START)
    def begin(request: Request, doors: DoorsDep, then: Annotated[str, Query(alias="next")] = "/") -> RedirectResponse:
        """Send the browser to the issuer, and remember in a signed cookie what must come back."""
        doors.rates.count("oidc", asker(request))
        begun = issuer.begin()
        response = RedirectResponse(begun.url, status_code=303)
        value = serializer(doors.secret, "oidc").dumps([begun.state, begun.nonce, begun.verifier, own_path(then)])
        response.set_cookie(
            cookie_name(NAME, secure=doors.settings.secure),
            str(value),
            max_age=SECONDS,
            path="/",
            secure=doors.settings.secure,
            httponly=True,
            samesite="lax",
        )
        return response

    @router.get(CALLBACK)
    def finish(request: Request, doors: DoorsDep) -> RedirectResponse:
        """Let in whom the issuer vouches for, if an administrator has invited them."""
        doors.rates.count("oidc", asker(request))
        cookie = cookie_name(NAME, secure=doors.settings.secure)
        try:
            state, nonce, verifier, then = serializer(doors.secret, "oidc").loads(request.cookies.get(cookie, ""))
        except BadData:
            raise OidcRefused("stale", issuer=issuer.issuer) from None
        identity = issuer.finish(request.query_params, state=state, nonce=nonce, verifier=verifier)
        account = doors.accounts.entrance.of_subject(identity.subject, identity.email, verified=identity.verified)
        response = RedirectResponse(own_path(then), status_code=303)
        response.delete_cookie(cookie, path="/", secure=doors.settings.secure, httponly=True, samesite="lax")
        doors.open(response, account)
        return response

    return router
