import doctest
from types import ModuleType

import pytest

from viz import elements, links, network, pages, words


@pytest.mark.parametrize("module", [elements, links, network, pages, words], ids=lambda m: m.__name__)
def test_examples_in_docstrings_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
