"""How large a request may be, refused by its announced length or while it is read; and that forms are in UTF-8."""

import re
from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.ingest.limits import FILE_BYTES, MEGABYTE

USUAL = 4 * MEGABYTE
"""Bytes of a body where nothing else is said: a pasted text is far below."""
UPLOAD = FILE_BYTES + MEGABYTE
"""Bytes of an upload: the largest file that is read, and what a form adds."""
UTF8 = re.compile(r'charset="?utf-?8"?')
MOST_DIGITS = 18
"""Of an announced length; Python refuses to read a number of thousands."""


class TooLarge(HTTPException):
    """A body beyond the limit; an HTTPException, which FastAPI passes on while it reads a body."""

    def __init__(self) -> None:
        super().__init__(413)


class UnreadableForm(HTTPException):
    """A form with files that says it is in another charset than the pages: some make half characters out of bytes."""

    def __init__(self) -> None:
        super().__init__(400)


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
        headers = Headers(scope=scope)
        announced, unreadable = headers.get("content-length", "0"), in_another_charset(headers.get("content-type", ""))
        too_large = not announced.isdecimal() or len(announced) > MOST_DIGITS or int(announced) > limit
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            if too_large:
                raise TooLarge
            if unreadable:
                raise UnreadableForm
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > limit:
                    raise TooLarge
            return message

        await self._app(scope, receive_bounded, send)

    def _limit(self, path: str) -> int:
        return max((limit for start, limit in self._larger.items() if path.startswith(start)), default=self._usual)


def in_another_charset(content_type: str) -> bool:
    """Whether a multipart form names a charset that is not UTF-8.

    >>> in_another_charset("multipart/form-data; boundary=x"), in_another_charset("multipart/form-data; charset=utf-7")
    (False, True)
    """
    kind, *parameters = content_type.lower().split(";")
    named = [one.strip() for one in parameters if "charset" in one]
    return "multipart" in kind and not all(UTF8.fullmatch(one) for one in named)
