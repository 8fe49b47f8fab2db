"""Sign-in at an OpenID Connect issuer: authorization code with PKCE. Needs the extra `[oidc]`.

OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9207 (the issuer named in its answer).
"""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

from api.auth.errors import OidcRefused
from api.auth.settings import AuthSettings, refuse_open_wire
from matcher.errors import InvalidSetting, Phrase

if TYPE_CHECKING:
    from httpx import Client

DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SCOPE = "openid email profile"
SIGNED_WITH = ["RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512"]
"""Only what the issuer alone can sign; never `none`, nor what our own secret could."""
CALLBACK = "/auth/oidc/callback"
TIMEOUT_SECONDS = 10.0
LEEWAY_SECONDS = 60
FRESH_SECONDS = 3600
"""How long an issuer's description is trusted; keys are fetched anew for every sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in on its way: where to send the browser, and what its way back must fit."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the issuer vouches for; `subject` is unique over issuers."""

    subject: str
    email: str
    verified: bool


class Oidc:
    """One issuer. Nothing is asked of it before the first sign-in."""

    def __init__(self, *, issuer: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self.issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri
        self._known: tuple[float, Mapping[str, Any]] | None = None

    @classmethod
    def of(cls, settings: AuthSettings) -> Self | None:
        """Return the issuer of the settings, None where none is set, `InvalidSetting` where half of it is."""
        issuer, id, secret = settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret
        if issuer is None:
            return None
        if not id or secret is None or find_spec("authlib") is None or find_spec("httpx") is None:
            raise InvalidSetting(name="MATCHER_OIDC_ISSUER", found=issuer, wanted=Phrase("accounts.wanted.oidc"))
        refuse_open_wire(issuer, "MATCHER_OIDC_ISSUER")
        hidden = secret.get_secret_value()
        return cls(issuer=issuer, client_id=id, client_secret=hidden, redirect_uri=settings.link(CALLBACK))

    def begin(self) -> Begun:
        """Return where to send the browser."""
        from authlib.common.security import generate_token
        from authlib.integrations.httpx_client import OAuth2Client

        verifier, nonce = generate_token(64), secrets.token_urlsafe(24)
        known = self._description()
        with OAuth2Client(
            self._client_id, redirect_uri=self._redirect_uri, scope=SCOPE, code_challenge_method="S256"
        ) as client:
            url, state = client.create_authorization_url(
                known["authorization_endpoint"], code_verifier=verifier, nonce=nonce
            )
        return Begun(url=url, state=state, nonce=nonce, verifier=verifier)

    def finish(self, answer: Mapping[str, str], *, state: str, nonce: str, verifier: str) -> Identity:
        """Return whom the issuer vouches for, from the query it sent the browser back with; else `OidcRefused`."""
        if not secrets.compare_digest(answer.get("state", "").encode(), state.encode()):
            raise self._refusal("stale")
        if answer.get("iss", self.issuer) != self.issuer:
            raise self._refusal("untrusted")
        if "code" not in answer:
            raise self._refusal("denied", code=_word(answer.get("error", "")))
        known = self._description()
        with self._asking():
            token = self._exchange(str(known["token_endpoint"]), answer["code"], verifier)
            with _client() as client:
                keys = _object(client, str(known["jwks_uri"]))
        return self._identity(token, keys, nonce)

    def _description(self) -> Mapping[str, Any]:
        """What the issuer says of itself, once an hour; refused if it calls itself by another name."""
        if self._known and time.monotonic() - self._known[0] < FRESH_SECONDS:
            return self._known[1]
        with self._asking(), _client() as client:
            found = _object(client, self.issuer.rstrip("/") + DISCOVERY)
        if found.get("issuer") != self.issuer:
            raise self._refusal("untrusted")
        if not all(isinstance(found.get(name), str) for name in ENDPOINTS):
            raise self._refusal("unreachable")
        for name in ENDPOINTS:
            refuse_open_wire(str(found[name]), name)
        self._known = (time.monotonic(), found)
        return found

    def _exchange(self, endpoint: str, code: str, verifier: str) -> str:
        """Trade the code for the issuer's signed word on who it is."""
        from authlib.integrations.httpx_client import OAuth2Client

        with OAuth2Client(
            self._client_id, self._client_secret, redirect_uri=self._redirect_uri, timeout=TIMEOUT_SECONDS
        ) as client:
            answer = client.fetch_token(endpoint, code=code, code_verifier=verifier, grant_type="authorization_code")
        return str(answer.get("id_token", ""))

    def _identity(self, token: str, keys: dict[str, Any], nonce: str) -> Identity:
        """Check the signature and the claims of an ID token: OpenID Connect Core 1.0, 3.1.3.7."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        try:
            claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_WITH).claims  # type: ignore[arg-type]
            wanted.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as problem:
            raise self._refusal("untrusted") from problem
        if claims.get("azp", self._client_id) != self._client_id:
            raise self._refusal("untrusted")
        return Identity(
            subject=f"{self.issuer}#{claims['sub']}",
            email=str(claims.get("email", "")),
            verified=claims.get("email_verified") is True,
        )

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Turn an issuer that does not answer, or not as it should, into a refusal."""
        from authlib.common.errors import AuthlibBaseError
        from httpx import HTTPError, InvalidURL

        try:
            yield
        except AuthlibBaseError as problem:
            raise self._refusal("denied", code=_word(str(problem.error))) from problem
        except (HTTPError, InvalidURL, ValueError) as problem:
            raise self._refusal("unreachable") from problem

    def _refusal(self, reason: str, **found: object) -> OidcRefused:
        return OidcRefused(reason, issuer=self.issuer, **found)


def _client() -> "Client":
    from httpx import Client

    return Client(timeout=TIMEOUT_SECONDS, follow_redirects=False)


def _object(client: "Client", address: str) -> dict[str, Any]:
    """Fetch a JSON object."""
    answer = client.get(address)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - told as any other answer that is none
    return found


def _word(found: str) -> str:
    """What may be shown of an error code that came over the address line: a plain word (RFC 6749, 4.1.2.1)."""
    return found[:40] if found.isascii() and found.replace("_", "").isalpha() else "?"
