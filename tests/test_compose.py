"""compose.yaml: what people start for a Neo4j store is the server that the tests run on, and closed to the network."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVER = COMPOSE["services"]["neo4j"]


def test_it_is_the_release_that_the_tests_run_on() -> None:
    tested = re.search(r"<version>(\d+\.\d+)\.", (ROOT / "scripts/neo4j/pom.xml").read_text("utf-8"))
    assert tested
    assert SERVER["image"] == f"neo4j:{tested[1]}-community"
    assert SERVER["image"] in (ROOT / "scripts/neo4j.sh").read_text("utf-8")


def test_it_listens_on_this_machine_only() -> None:
    assert SERVER["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVER["ports"])


def test_it_has_no_password_of_its_own() -> None:
    assert "${NEO4J_PASSWORD:?" in SERVER["environment"]["NEO4J_AUTH"]


def test_it_is_watched_and_keeps_its_data() -> None:
    assert "RETURN 1" in SERVER["healthcheck"]["test"][1]
    [volume] = SERVER["volumes"]
    assert volume.partition(":")[0] in COMPOSE["volumes"]
