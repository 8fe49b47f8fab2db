"""How large a request may be: refused by its announced length, else while it is read, never after."""

from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.ingest.limits import FILE_BYTES, MEGABYTE

USUAL = 4 * MEGABYTE
"""Bytes of a body where nothing else is said: a pasted text is far below."""
UPLOAD = FILE_BYTES + MEGABYTE
"""Bytes of an upload: the largest file that is read, and what a form adds."""


class TooLarge(HTTPException):
    """A body beyond the limit; an HTTPException, which FastAPI passes on while it reads a body."""

    def __init__(self) -> None:
        super().__init__(413)


class BodyLimit:
    """ASGI middleware. `larger`: beginnings of paths that take more than the usual, with how much."""

    def __init__(self, app: ASGIApp, *, usual: int = USUAL, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._usual = usual
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the body on piece by piece until it is too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        announced = Headers(scope=scope).get("content-length", "")
        taken = int(announced) if announced.isdecimal() else 0

        async def receive_bounded() -> Message:
            nonlocal taken
            if taken > limit:
                raise TooLarge
            message = await receive()
            if message["type"] == "http.request" and not announced:
                taken += len(message.get("body", b""))
                if taken > limit:
                    raise TooLarge
            return message

        await self._app(scope, receive_bounded, send)

    def _limit(self, path: str) -> int:
        return max((limit for start, limit in self._larger.items() if path.startswith(start)), default=self._usual)
