"""What a refusal looks like on the wire (RFC 9457), in the language that was asked for, without any path of ours."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from matcher.errors import MatcherError, NothingToMatch, Phrase, UnknownId
from matcher.messages import message
from matcher.messages.catalogue import LANGUAGES, catalogue
from matcher.privacy.cpr import mask_cpr

MEDIA_TYPE = "application/problem+json"
KIND = "urn:matcher:problem:"
FAULT = 500
"""From this status on the fault is ours: the words are general, the cause stands in the log."""
OWN_WORDS: Mapping[type[MatcherError], str] = {UnknownId: "api.unknown_id", NothingToMatch: "api.nothing_to_match"}
"""Refusals whose usual text speaks of commands and folders, which are of no use over HTTP."""
MOST_ERRORS = 20


class FieldError(BaseModel):
    """One field of a request that cannot be used: where it stands, and why."""

    field: str = Field(examples=["query.limit"])
    detail: str = Field(examples=["at most 200 is taken"])


class Problem(BaseModel):
    """Why a request was refused. `type` is stable for programs; `title` and `detail` are for people."""

    type: str = Field(examples=["urn:matcher:problem:error.unknown_id"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no posting with the id 'p9'."])
    errors: list[FieldError] = Field(default=[], description="Fields that cannot be used, for status 422.")


def asked_language(request: HTTPConnection, otherwise: str = "en") -> str:
    """Return "da" or "en", whichever Accept-Language puts first."""
    weighed = []
    for place, part in enumerate(request.headers.get("Accept-Language", "").split(",")):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower()[:2]
        if language in LANGUAGES:
            weighed.append((-_quality(parameters), place, language))
    found = [language for quality, _, language in sorted(weighed) if quality < 0]
    return found[0] if found else otherwise


def of_status(status: int, language: str) -> Problem:
    """Return a problem that is told by its status alone."""
    known = status if f"api.status.{status}.title" in catalogue("en") else 400 if status < FAULT else FAULT
    return Problem(
        type=f"{KIND}status.{status}",
        title=message(f"api.status.{known}.title", language),
        status=status,
        detail=message(f"api.status.{known}.detail", language),
    )


def of_refusal(refusal: MatcherError, status: int, language: str) -> Problem:
    """Return a refusal as a problem; where the fault is ours, without what was found."""
    general = of_status(status, language)
    detail = general.detail if status >= FAULT else told(refusal, language)
    return general.model_copy(update={"type": KIND + refusal.message_key, "detail": detail})


def of_invalid(invalid: RequestValidationError, language: str) -> Problem:
    """Return what is wrong with the fields of a request, without what was sent."""
    general = of_status(422, language)
    errors = [_field_error(error, language) for error in _in_order(invalid.errors())[:MOST_ERRORS]]
    return general.model_copy(update={"type": f"{KIND}invalid_request", "errors": errors})


def told(refusal: MatcherError, language: str) -> str:
    """Return a refusal's text as strangers may read it: files by their names, CPR numbers covered."""
    plain = bare(refusal)
    own = OWN_WORDS.get(type(plain))
    if own is None:
        return mask_cpr(plain.text(language))
    words = {name: value.text(language) if isinstance(value, Phrase) else value for name, value in plain.found.items()}
    return mask_cpr(message(own, language, **words))


def bare(refusal: MatcherError) -> MatcherError:
    """Return the refusal with the names of files in place of their paths; of one that lists others, in each of them."""
    for other in getattr(refusal, "errors", ()):
        if isinstance(other, MatcherError):
            bare(other)
    refusal.found = {name: _without_folder(value) for name, value in refusal.found.items()}
    return refusal


def _without_folder(value: object) -> object:
    """A file's name alone, also where its path is written as text."""
    is_path = isinstance(value, Path) or (isinstance(value, str) and value.startswith("/"))
    return Path(str(value)).name if is_path else value


def _field_error(error: Mapping[str, Any], language: str) -> FieldError:
    kind = str(error["type"])
    known = kind if f"api.invalid.{kind}" in catalogue("en") else "other"
    words = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
    place = ".".join(str(part)[:80] for part in error["loc"])
    return FieldError(field=place, detail=message(f"api.invalid.{known}", language, **words))


def _in_order(errors: Sequence[Any]) -> list[Any]:
    return sorted(errors, key=lambda error: [str(part) for part in error["loc"]])


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
