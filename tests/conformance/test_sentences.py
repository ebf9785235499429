"""Each sentence of ``graph/store.py`` is the business of a test: sentences.yaml says of which."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
STORE = HERE.parents[1] / "graph" / "store.py"
TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
_END = re.compile(r"(?<=[.])\s+(?=[A-Z`\"])")
_ITEM = re.compile(r"^    (?=\S)", re.MULTILINE)
_HEADING = re.compile(r"^(?:Attributes|Raises|Args|Returns):\n", re.MULTILINE)


def sentences_of(docstring: str) -> list[str]:
    """The sentences of a docstring; of a list of attributes or errors each item is as many as it has."""
    plain, *lists = _HEADING.split(docstring)
    parts = [*plain.split("\n\n"), *(item for part in lists for item in _ITEM.split(part))]
    return [" ".join(s.split()) for part in parts for s in _END.split(part.strip()) if s.strip()]


def said() -> dict[str, list[str]]:
    """The sentences of every docstring of the protocol, by its name."""
    found: dict[str, list[str]] = {}

    def walk(node: Any, name: str) -> None:
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef):
                whole = f"{name}.{child.name}" if name else child.name
                docstring = ast.get_docstring(child)
                assert docstring, f"{whole} says nothing"
                found[whole] = sentences_of(docstring)
                if isinstance(child, ast.ClassDef):
                    walk(child, whole)

    walk(ast.parse(STORE.read_text("utf-8")), "")
    return found


def named_in(name: str) -> set[str]:
    tree = ast.parse((HERE / f"{name}.py").read_text("utf-8"))
    found = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}
    return found | {t.id for n in tree.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}


@pytest.mark.parametrize("name", sorted(said()))
def test_every_sentence_of_the_protocol_has_a_test(name: str) -> None:
    assert [s for s in said()[name] if not TABLE.get(name, {}).get(s)] == []


def test_the_table_speaks_of_nothing_that_the_protocol_no_longer_says() -> None:
    now = said()
    gone = [f"{name}: {s}" for name, table in TABLE.items() for s in table if s not in now.get(name, ())]
    assert gone == []


def test_every_test_that_the_table_names_exists() -> None:
    named = {test for table in TABLE.values() for tests in table.values() for test in tests}
    known = {file: named_in(file) for file in {name.partition("::")[0] for name in named}}
    assert [name for name in sorted(named) if name.partition("::")[2] not in known[name.partition("::")[0]]] == []
