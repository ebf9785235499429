"""Every example in a docstring is true."""

import doctest
import importlib
import pkgutil

import pytest

PACKAGES = ("ontology", "loaders", "graph", "viz", "api")


def _modules() -> list[str]:
    found = []
    for name in PACKAGES:
        package = importlib.import_module(name)
        found += [name, *(module.name for module in pkgutil.walk_packages(package.__path__, f"{name}."))]
    return found


@pytest.mark.parametrize("name", _modules())
def test_examples_in_docstrings_are_true(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.failed == 0


def test_most_layers_show_examples() -> None:
    shown = {name.partition(".")[0] for name in _modules() if _has_example(name)}
    assert shown == set(PACKAGES)


def _has_example(name: str) -> bool:
    return any(test.examples for test in doctest.DocTestFinder().find(importlib.import_module(name)))
