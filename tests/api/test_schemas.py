import msgspec
import pytest
from fastapi.testclient import TestClient

from api import examples
from api.schemas import WIRE, components


@pytest.mark.parametrize("form", WIRE, ids=str)
def test_the_example_of_every_wire_form_has_that_form(form: type) -> None:
    raw = msgspec.json.encode(examples.of(form))
    assert msgspec.json.encode(msgspec.json.decode(raw, type=form)) == raw


def test_all_references_of_the_description_lead_to_a_schema(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert _references(schema) <= known


def test_every_operation_is_described_with_an_example(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert len(paths) >= 17
    for path, methods in paths.items():
        for operation in methods.values():
            assert operation["summary"], path
            assert operation["description"], path
            content = operation["responses"]["200"]["content"]
            assert "example" in content.get("application/json", {"example": None}), path
            assert all(p.get("description") for p in operation.get("parameters", [])), path


def test_only_ask_extract_and_judgements_take_anything_but_get(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    other = {path for path, methods in paths.items() if set(methods) - {"get"}}
    assert other == {"/api/v1/ask", "/api/v1/extract", "/api/v1/judgements"}


def test_components_hold_the_evidence_with_its_meaning() -> None:
    assert "physical line" in components()["Evidence"]["description"]


def _references(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(_references(v) for v in value.values()))
    if isinstance(value, list):
        return set().union(*(_references(v) for v in value))
    return set()
