"""Options of the whole test suite, and what a machine of CI may not leave out."""

import importlib.util
import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault of the code; how long things take is measured by the benchmarks.
settings.register_profile("luocdo", deadline=None)
settings.load_profile("luocdo")

_SPEC = importlib.util.spec_from_file_location("neo4j_server", Path(__file__).parent / "neo4j_server.py")
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = sys.modules.setdefault("neo4j_server", importlib.util.module_from_spec(_SPEC))
_SPEC.loader.exec_module(_MODULE)
neo4j_server, neo4j_own = _MODULE.neo4j_server, _MODULE.neo4j_own  # fixtures

# A skip that says nothing of a missing tool or folder: the case cannot be made on this machine.
CANNOT_BE_MADE = (
    "root may read everything",
    "a server that NEO4J_URI names is not stopped",
    "no file system may be mounted here",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: write the records of the sample corpus anew, to be reviewed in the diff."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/records from what is read now")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where CI is set nothing is skipped for want of a browser, a converter or ../shared: such a test has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(words in reason for words in CANNOT_BE_MADE):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    return report
