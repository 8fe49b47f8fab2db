"""An OpenID Connect issuer on loopback that does what the standard says, and on demand what it forbids."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, PASSPHRASE = "matcher", "issuers-client-secret-of-32-bytes-or-more"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
ANOTHER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


@dataclass
class Issuer:
    """What it knows, and what it is told to get wrong."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    """Claims to put in place of the right ones; None leaves one out."""
    description: dict[str, Any] = field(default_factory=dict)
    signs_with: str = "key"
    broken: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, url: str) -> str:
        """Sign the person in and return where the browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.address}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(answer)}"

    def described(self) -> dict[str, Any]:
        usual = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }
        return usual | self.description

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Trade a code for an ID token, once, with PKCE and the client's password."""
        expected = base64.b64encode(f"{CLIENT}:{PASSPHRASE}".encode()).decode()
        asked = self.codes.pop(form["code"], None)
        if asked is None or authorization != f"Basic {expected}" or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])}

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        right = {"iss": self.address, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 300}
        claims = {name: value for name, value in (right | self.person | self.claims).items() if value is not None}
        if self.signs_with == "client secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(PASSPHRASE), algorithms=["HS256"])
        if self.signs_with == "nothing":
            parts = [json.dumps({"alg": "none"}), json.dumps(claims)]
            return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."
        if self.signs_with == "letters":
            return "not.a.token"
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, ANOTHER if self.signs_with == "another" else KEY)


@contextmanager
def an_issuer() -> Iterator[Issuer]:
    """Run an issuer until the end of the block."""
    issuer = Issuer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(issuer))
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/.well-known/openid-configuration": issuer.described(), "/keys": {"keys": [KEY.as_dict()]}}
            self._answer(200 if self.path in pages else 404, pages.get(self.path, {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*issuer.token(form, self.headers.get("Authorization", "")))

        def _answer(self, status: int, found: dict[str, Any]) -> None:
            content = b"<html>" if self.path == issuer.broken else json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
            pass

    return Handler
