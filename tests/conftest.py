"""Options of the whole test suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: write the records of the sample corpus anew, to be reviewed in the diff."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/records from what is read now")
