"""Settings of the service's doors, from the same `MATCHER_*` environment as the rest."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from matcher.errors import InvalidSetting, Phrase

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class AuthSettings(BaseSettings):
    """How people reach the service and prove who they are. Every field is read from `MATCHER_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="MATCHER_", extra="ignore")

    public_url: str = "http://127.0.0.1:8000"
    """The address people type; one-time links begin with it, and https makes cookies secure and headers strict."""
    session_hours: int = Field(default=12, ge=1, le=168)
    """How long a session lasts."""
    requests_per_minute: int = Field(default=3000, ge=1)
    """Requests that one account may make in a minute."""
    sign_ins_per_minute: int = Field(default=30, ge=1)
    """Sign-ins that may be tried from one address in a minute; a whole office may share one."""
    oidc_issuer: str | None = None
    """Address of an OpenID Connect issuer; None for passwords only."""
    oidc_client_id: str | None = None
    """Name under which the issuer knows this service."""
    oidc_client_secret: SecretStr | None = None
    """What the issuer knows this service by."""

    @property
    def secure(self) -> bool:
        """Whether people reach the service over TLS."""
        return self.public_url.startswith("https://")

    def origin(self) -> str:
        """Return `public_url` without a slash at its end; `InvalidSetting` for what is no address of a server."""
        parts = urlsplit(self.public_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            wanted = Phrase("accounts.wanted.public_url")
            raise InvalidSetting(name="MATCHER_PUBLIC_URL", found=self.public_url, wanted=wanted)
        return f"{parts.scheme}://{parts.netloc}"

    def link(self, path: str) -> str:
        """Return the whole address of a page."""
        return self.origin() + path


def refuse_open_wire(address: str, name: str) -> None:
    """Refuse an address over which secrets would travel in clear: only this machine does without TLS."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    raise InvalidSetting(name=name, found=address, wanted=Phrase("accounts.wanted.https"))
