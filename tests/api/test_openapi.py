"""The description of the API: public, whole, with an example of every answer that fits."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api.app import ROUTERS
from api.openapi import PATH, examples
from api.routes import system

ROUTES = {
    route.name: route for router in (*ROUTERS, system.plain) for route in router.routes if isinstance(route, APIRoute)
}


def operations(app: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, found in app.openapi()["paths"].items():
        for operation in found.values():
            yield path, operation


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def test_the_description_is_there_for_anybody(anybody: TestClient) -> None:
    body = anybody.get(PATH).json()

    assert body["openapi"] == "3.1.0"
    assert "/api/v1/postings/{id}/shortlist" in body["paths"]


def test_no_page_draws_from_another_server(anybody: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert anybody.get(path).status_code == 404, path


def test_every_reference_leads_somewhere(app: FastAPI) -> None:
    description = app.openapi()
    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}

    assert set(references(description)) <= known


def test_every_refusal_is_described_as_a_problem(app: FastAPI) -> None:
    for path, operation in operations(app):
        refused = {status: found for status, found in operation["responses"].items() if status >= "400"}
        assert refused, path
        for status, found in refused.items():
            own = status == "503" and path.startswith("/health")
            assert own or list(found["content"]) == ["application/problem+json"], f"{path} {status}"


def test_only_health_is_open_to_anybody(app: FastAPI) -> None:
    public = {path for path, operation in operations(app) if "security" not in operation}

    assert public == {"/health", "/health/live", "/health/ready"}


def test_every_answer_and_body_in_json_has_an_example(app: FastAPI) -> None:
    for path, operation in operations(app):
        contents = [found.get("content", {}) for status, found in operation["responses"].items() if status < "300"]
        contents.append(operation.get("requestBody", {}).get("content", {}))
        for content in contents:
            for kind, shown in content.items():
                if kind != "multipart/form-data":
                    assert "example" in shown, f"{operation['operationId']} {path} {kind}"


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example_is_what_the_route_answers(name: str) -> None:
    route = ROUTES[name]
    if "response" in examples()[name]:
        adapter = TypeAdapter(route.response_model)
        shown = adapter.validate_python(examples()[name]["response"])
        assert set(adapter.dump_python(shown, mode="json")) == set(examples()[name]["response"])
    if isinstance(examples()[name].get("request"), dict):
        assert route.body_field is not None
        wanted: Any = route.body_field.field_info.annotation
        TypeAdapter(wanted).validate_python(examples()[name]["request"])
