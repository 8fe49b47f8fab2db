"""Requests made up from the description: no fault of ours, no status it does not name, no answer of another shape.

Seeded, so that every run asks the same; the long one is marked slow.
"""

import json
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.openapi import PATH
from matcher.accounts.roles import ROLES, Role
from tests.api.conftest import As

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
KNOWN = {"id": ("p1", "engineer", "e1", "nurse"), "posting": ("p1", "p2"), "candidate": ("engineer", "nurse")}
"""Ids of the home, so that not every made-up request ends with status 404."""
LINES = ("application/x-ndjson", "text/csv")
"""What is sent in lines, which the description calls a string."""
SHORT, LONG = 4, 100
"""Requests of each kind for each operation."""


@schemathesis.serializer(*LINES)
def written(_context: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines as they are sent: a text as it is, anything else as JSON."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", errors="surrogatepass")


def fuzz(app: FastAPI, key: str | None, requests: int) -> None:
    """Ask every operation of the API with what fits its description and with what does not."""
    schema = schemathesis.openapi.from_asgi(PATH, app)
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # an operation that cannot be read fails the test
        for mode in GenerationMode:
            with suppress(Unsatisfiable):  # some operations take nothing that could be wrong
                ask(operation, mode, headers, requests)


def ask(
    operation: schemathesis.APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    headers: dict[str, str],
    requests: int,
) -> None:
    @settings(
        max_examples=requests,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def attempt(case: schemathesis.Case[Any], data: st.DataObject) -> None:
        for name, ids in KNOWN.items():
            if name in case.path_parameters and data.draw(st.booleans(), label=f"a known {name}"):
                case.path_parameters[name] = data.draw(st.sampled_from(ids), label=name)
        case.call_and_validate(headers=headers, checks=CHECKS)

    attempt()


@pytest.mark.parametrize(
    "role",
    [
        "consultant",
        pytest.param("graduate", marks=pytest.mark.slow),
        pytest.param("administrator", marks=pytest.mark.slow),
    ],
)
def test_whoever_asks_whatever_the_answer_is_one_that_the_description_names(
    app: FastAPI, as_role: As, role: Role
) -> None:
    fuzz(app, as_role(role).key, SHORT)


def test_who_has_no_key_is_answered_as_described(app: FastAPI) -> None:
    fuzz(app, None, 2)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_many_requests_find_no_answer_that_is_not_described(app: FastAPI, as_role: As, role: Role) -> None:
    fuzz(app, as_role(role).key, LONG)
