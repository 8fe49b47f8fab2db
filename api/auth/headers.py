"""Headers that every answer carries, refusals and plots too."""

from collections.abc import MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Pico draws its arrows and ticks as data: images in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""A route may set its own `Cache-Control`, which is kept; the others hold for all."""
TLS_ONLY = "max-age=31536000"
KEPT = {"Cache-Control"}


def protect(app: Starlette, *, secure: bool) -> None:
    """Put the headers around all of an app; `add_middleware` would leave out the answer to a crash."""
    build = app.build_middleware_stack

    def built() -> ASGIApp:
        return SecurityHeaders(build(), secure=secure)

    app.build_middleware_stack = built  # type: ignore[method-assign]


class SecurityHeaders:
    """ASGI middleware; `protect` puts it outermost."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": TLS_ONLY} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(message)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add(self, start: MutableMapping[str, Any]) -> None:
        headers = MutableHeaders(scope=start)
        for name, value in self._headers.items():
            if name not in KEPT or name not in headers:
                headers[name] = value
