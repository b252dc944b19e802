"""Every operation of every document, asked with what its schema allows and with what it forbids: never a 500, never an
answer that is not documented, and each operation really reached."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed as seeded, settings
from planted import Bearing, Planted, Request
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CONTRACT = Path(__file__).resolve().parents[1]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 12
# Its acceptance is held to the document wherever the sandbox's own App Store sends one.
SIGNED_BY_THE_STORE = "appStoreNotification"


def operations() -> Iterator[Any]:
    for file in sorted(CONTRACT.glob("*.openapi.json")):
        document = file.name.removesuffix(".openapi.json")
        schema = schemathesis.openapi.from_dict(json.loads(file.read_text()))
        for found in schema.get_all_operations():
            operation = found.ok()
            raw = operation.definition.raw
            yield pytest.param(document, operation, id=f"{document}-{raw['operationId']}")


def scheme(operation: Any) -> str | None:
    """The security scheme, where the operation has one."""
    for needed in operation.definition.raw.get("security", []):
        for name in needed:
            return name
    return None


def judged(case: Any, planted: Planted, document: str, bearing: Bearing | None) -> int:
    """Sends a case, holds its answer to the document, and says the status."""
    answer = case.call(base_url=planted.base_url(document), auth=bearing, timeout=30)
    case.validate_response(answer, checks=CHECKS)
    return int(answer.status_code)


def told(operation: Any, request: Request, planted: Planted, document: str) -> Any:
    """A request as a case."""
    raw = operation.definition.raw
    media = next(iter(raw.get("requestBody", {}).get("content", {})), None)
    headers = dict(request.headers)
    if document == "care-cloud":
        headers = {**planted.cloud_headers(), **headers}
    extra = {} if request.body is None else {"body": request.body, "media_type": media}
    return operation.Case(path_parameters=request.path, headers=headers, query={}, **extra)


@pytest.mark.parametrize(("document", "operation"), list(operations()))
def test_documented_and_never_500(document: str, operation: Any, planted: Planted, seed: int) -> None:
    name = operation.definition.raw["operationId"]
    bearing = planted.bearing(scheme(operation), document)
    statuses: Counter[int] = Counter()

    # Sure to be accepted, and asked first: what is generated may use up what is there.
    sure = planted.accepted(name)
    accepted = told(operation, sure, planted, document)
    status = judged(accepted, planted, document, bearing)
    if name == SIGNED_BY_THE_STORE:
        assert status == 400, f"nobody else can sign one: {status}"
    else:
        assert 200 <= status < 300, f"{name} is reached: {status}"
    if planted_needs_bearing(operation):
        assert judged(accepted, planted, document, Bearing(None, document == "care-cloud")) == 401

    def generated(case: Any) -> None:
        # As it comes, by somebody who may; then aimed at what is there.
        statuses[judged(case, planted, document, None)] += 1
        case.path_parameters = {**(case.path_parameters or {}), **sure.path}
        statuses[judged(case, planted, document, bearing)] += 1

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        if mode is GenerationMode.NEGATIVE and not takes_anything(operation):
            continue
        run(generated, operation, mode, seed)
    assert set(statuses) - {401}, f"{name} is asked by somebody who may: {dict(statuses)}"


def planted_needs_bearing(operation: Any) -> bool:
    """Whether it may not be asked without a token."""
    security = operation.definition.raw.get("security", [])
    return bool(security) and {} not in security


def takes_anything(operation: Any) -> bool:
    raw = operation.definition.raw
    return bool(raw.get("parameters") or raw.get("requestBody"))


def run(test: Callable[[Any], None], operation: Any, mode: GenerationMode, seed: int) -> None:
    whole = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seeded(seed)(whole(given(case=operation.as_strategy(generation_mode=mode))(test)))()
