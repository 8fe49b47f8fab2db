"""The description of the API: OpenAPI 3.1, every refusal as a problem, an example of every answer."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE, Problem

PATH = "/api/v1/openapi.json"
METHODS = ("get", "put", "post", "delete", "patch")
USUAL = (401, 403, 429, 500, 503)
"""Statuses that any route for people who are signed in may answer with."""
OF_BODIES = (400, 413)
SECURITY = {"key": {"type": "http", "scheme": "bearer", "description": "An API key, made by an administrator."}}
PUBLIC = ("/health",)
CONFLICTS = frozenset({"put_verdict", "list_shortlist", "paste_posting", "list_suggestions"})
"""Operations that may meet another's decision, or an empty home."""
TAGGED = frozenset(
    {"list_postings", "get_posting", "list_candidates", "get_candidate", "list_employers", "get_employer"}
)
"""Operations that answer 304 where the asker has just that."""
NAMES = {
    400: "The body cannot be read.",
    401: "Not signed in.",
    403: "Not allowed.",
    404: "No such record.",
    409: "Does not go with what is stored.",
    413: "Too large.",
    422: "Something that was sent cannot be used.",
    429: "Too often.",
    500: "A fault of the service.",
    503: "The service cannot answer at present.",
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an app; made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            openapi_version="3.1.0",
        )
        _complete(made)
        app.openapi_schema = made
    return app.openapi_schema


@cache
def examples() -> dict[str, Any]:
    """Return an example by operation: `request` and `response`."""
    return dict(json.loads(files("api").joinpath("examples.json").read_text(encoding="utf-8")))


def _complete(made: dict[str, Any]) -> None:
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    made["components"]["securitySchemes"] = SECURITY
    for path, operations in made["paths"].items():
        for method in METHODS:
            if method in operations:
                _operation(path, operations[method])
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)


def _operation(path: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    responses = operation["responses"]
    parameters = operation.get("parameters", [])
    public = path.startswith(PUBLIC)
    statuses = {500} if public else set(USUAL)
    if not public:
        operation["security"] = [{"key": []}]
    if parameters or "requestBody" in operation:
        statuses.add(422)
    if any(one["in"] == "path" for one in parameters):
        statuses.add(404)
    if "requestBody" in operation:
        statuses.update(OF_BODIES)
    if name in CONFLICTS:
        statuses.add(409)
    if name in TAGGED:
        responses["304"] = {"description": "Not changed since the ETag that was sent."}
    for status in sorted(statuses):
        if str(status) not in responses or status == 422:
            responses[str(status)] = {"description": NAMES[status], "content": {MEDIA_TYPE: _problem(status)}}
    _exemplify(operation, examples().get(name, {}))


def _problem(status: int) -> dict[str, Any]:
    example = {
        "type": f"urn:matcher:problem:status.{status}",
        "title": NAMES[status].rstrip("."),
        "status": status,
        "detail": NAMES[status],
    }
    return {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}


def _exemplify(operation: dict[str, Any], example: dict[str, Any]) -> None:
    if "request" in example:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["request"]
    if "response" in example:
        for status, response in operation["responses"].items():
            if status.startswith("2") and "application/json" in response.get("content", {}):
                response["content"]["application/json"]["example"] = example["response"]
