"""In which language a browser reads the pages: Danish, or English once it was switched. Dates and figures in it."""

from datetime import date, datetime
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from matcher.messages import message

PageLanguage = Literal["da", "en"]
COOKIE = "matcher_language"
KEPT_SECONDS = 365 * 24 * 3600


def language_of(request: HTTPConnection) -> PageLanguage:
    """Return the language that the browser was switched to, Danish before that."""
    return "en" if request.cookies.get(COOKIE) == "en" else "da"


def keep_language(response: Response, language: str, *, secure: bool) -> None:
    """Let the browser remember a language; anything but "en" is Danish."""
    chosen = "en" if language == "en" else "da"
    response.set_cookie(COOKIE, chosen, max_age=KEPT_SECONDS, path="/", secure=secure, httponly=True, samesite="lax")


def day_in_words(day: date, language: PageLanguage) -> str:
    """Return a date as people write it.

    >>> day_in_words(date(2026, 5, 3), "da"), day_in_words(date(2026, 5, 3), "en")
    ('3. maj 2026', '3 May 2026')
    """
    month = message(f"pages.month.{day.month}", language)
    return message("pages.date", language, day=day.day, month=month, year=day.year)


def moment_in_words(at: str, language: PageLanguage) -> str:
    """Return an ISO 8601 time as day and time of the office's own clock."""
    local = datetime.fromisoformat(at).astimezone()
    return f"{day_in_words(local.date(), language)} {local:%H:%M}"


def decimal(value: float, language: PageLanguage, *, digits: int = 1) -> str:
    """Return a figure with the language's own decimal mark.

    >>> decimal(12.34, "da"), decimal(12.34, "en")
    ('12,3', '12.3')
    """
    written = f"{value:.{digits}f}"
    return written.replace(".", ",") if language == "da" else written
