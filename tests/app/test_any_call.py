"""Calls made up from the specification: none, however odd, is answered with a 500, and every error has its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from app import api
from tests.web.press import press

CALLS = 40
"""For each route and kind: as the specification says, and as it does not."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = press(tmp_path_factory.mktemp("home"))
    app.settings = replace(app.settings, rate=0)
    with TestClient(api.create(app), raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: str(mode.value))
def test_no_call_that_the_specification_allows_or_forbids_is_a_500(client: TestClient, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    routes = [found.ok() for found in schema.get_all_operations()]
    assert len(routes) >= 8
    answered: set[int] = set()
    for route in routes:

        @settings(
            max_examples=CALLS, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=route.as_strategy(generation_mode=mode))
        def call(case: Any) -> None:
            asked = case.as_transport_kwargs(base_url="http://testserver")
            reply = client.request(**asked)
            answered.add(reply.status_code)
            assert reply.status_code < 500, f"{asked['method']} {asked['url']}: {reply.text[:300]}"
            if reply.status_code >= 400:
                assert reply.json()["detail"]

        try:
            call()
        except Unsatisfiable:
            continue  # a route without parameters cannot be asked wrongly
    assert answered & {200, 201} if mode is GenerationMode.POSITIVE else answered & {400, 404, 422}
