"""A real Neo4j server for the tests, started once for a worker and stopped with it; see scripts/neo4j.sh."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from benchmarks.neo4j_server import SCRIPT, Server, own_server

__all__ = ["ALONE", "PARAM", "Server"]

ALONE = pytest.mark.xdist_group("neo4j")  # all tests of the server in one worker
PARAM = pytest.param("neo4j", marks=ALONE)


def install() -> None:
    """Make ready what a server needs; skips where that cannot be done here (in CI a skip is a failure)."""
    done = subprocess.run(["bash", str(SCRIPT), "install"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no Neo4j server can be started here: {done.stderr[-600:]}")


@pytest.fixture
def neo4j_own() -> Iterator[Server]:
    """A server of the test's own, to be stopped and killed."""
    if os.environ.get("NEO4J_URI"):
        pytest.skip("a server that NEO4J_URI names is not stopped")
    install()
    with own_server() as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """The server of this worker: NEO4J_URI where it is set, else one of our own on loopback."""
    given = os.environ.get("NEO4J_URI")
    if given:
        server = Server(given, os.environ.get("NEO4J_USER", ""), os.environ.get("NEO4J_PASSWORD", ""))
        with server.session() as session:
            if session.run("MATCH (n) RETURN count(n)").single(strict=True)[0]:
                pytest.fail("NEO4J_URI names a database that is not empty; the tests would wipe it")
        yield server
        server.empty()
        return
    install()
    with own_server() as server:
        yield server
