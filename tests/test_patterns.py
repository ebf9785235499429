"""No pattern of the product can be made to work exponentially by a crafted document.

All regular expressions that the product compiles while it is imported, reads the sample corpus and answers a question
are collected and taken apart. A repetition without bound inside another is allowed only where one text can be split in
one way: the inner one repeats single characters, and none of them can begin the next round of the outer one.
"""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

parser: Any = importlib.import_module("re._parser")
compiler: Any = importlib.import_module("re._compiler")
ops: Any = importlib.import_module("re._constants")
SINGLE = (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY)

ROOT = Path(__file__).parents[1]
ALPHABET = [chr(n) for n in range(32, 127)] + list("\n\tàáảãạăắâấđèéêếìíòóôốơớùúưứýỳÀÁĂÂĐÈÊÌÒÔƠÙƯÝ–—…“”")
ENOUGH = 50  # so many rounds are as good as no bound
COLLECT = """
import re, sys, importlib, pkgutil, json
from pathlib import Path
seen, plain = {}, re.compile
def compile(pattern, flags=0):
    frame = sys._getframe(1).f_code.co_filename
    if isinstance(pattern, str) and frame.startswith(sys.argv[1]) and ".venv" not in frame:
        seen[pattern, int(flags)] = frame.removeprefix(sys.argv[1] + "/")
    return plain(pattern, flags)
re.compile = compile
for package in ("ontology", "loaders", "graph", "viz", "api"):
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, package + "."):
        importlib.import_module(module.name)
from api.service import Service
from graph.connect import connect
from loaders.pipeline import extract
for path in sorted(Path(sys.argv[1], "examples/van-ban").iterdir()):
    if path.suffix in (".txt", ".md"):
        extract(path)
Service(connect("memory:")).ask("Văn bản nào thực hiện Chỉ thị 33 của Sở Công Thương trước ngày 30/11/2024?")
print(json.dumps([[pattern, flags, where] for (pattern, flags), where in seen.items()]))
"""


def _first(parsed: Any) -> set[str] | None:
    """Characters that a match can begin with; None where it can be empty or the form is not understood."""
    items = [item for item in parsed if item[0] not in (ops.AT, ops.ASSERT, ops.ASSERT_NOT)]
    if not items:
        return None
    (op, value), rest = items[0], items[1:]
    if op in SINGLE:
        return _letters([(op, value)])
    if op is ops.SUBPATTERN:
        return _first(value[3])
    if op is ops.BRANCH:
        return _union([_first(branch) for branch in value[1]])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        inner = _first(value[2])
        return inner if value[0] else _union([inner, _first(rest)])
    return None


def _union(sets: list[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return found


def _letters(items: list[tuple[Any, Any]]) -> set[str]:
    """The characters of one single-character item."""
    pattern = parser.parse("x")
    pattern.data = items
    made = compiler.compile(pattern)
    return {c for c in ALPHABET if made.fullmatch(c)}


def _single(body: Any) -> bool:
    return len(body) == 1 and body[0][0] in SINGLE


def _parts(value: Any) -> list[Any]:
    if isinstance(value, parser.SubPattern):
        return [value]
    if isinstance(value, (tuple, list)):
        return [part for item in value for part in _parts(item)]
    return []


class Round:
    """One round of an unbounded repetition: what it can begin with, and whether it holds a word border."""

    def __init__(self, body: Any) -> None:
        while len(body) == 1 and body[0][0] is ops.SUBPATTERN:
            body = body[0][1][3]
        self.first = _first(body)
        self.border = any(op is ops.AT and value is ops.AT_BOUNDARY for op, value in body)
        self.leading = self._leading(body)

    def _leading(self, body: Any) -> Any:
        """The repetition that begins the round, where what follows it tells where it ends."""
        if len(body) < 2 or body[0][0] not in (ops.MAX_REPEAT, ops.MIN_REPEAT) or not _single(body[0][1][2]):
            return None
        rest = _first(list(body)[1:])
        return body[0][1] if rest is not None and not rest & _letters([body[0][1][2][0]]) else None

    def fault(self, value: Any) -> str:
        """Say why a repetition inside can split a text in several ways; empty where it cannot."""
        if value is self.leading:
            return ""
        if not _single(value[2]):
            return "a repeated group inside a repetition"
        if self.first is None:
            return "a repetition inside one whose rounds can be empty or begin in any way"
        shared = _letters([value[2][0]]) & self.first
        if not shared or (self.border and all(c.isalnum() or c == "_" for c in shared)):
            return ""
        return f"both repetitions can take {sorted(shared)[:5]}"


def faults(parsed: Any, outer: Round | None = None) -> list[str]:
    """Say which repetitions inside an unbounded one can split a text in several ways."""
    found: list[str] = []
    for op, value in parsed:
        if op in (ops.POSSESSIVE_REPEAT, ops.ATOMIC_GROUP):
            continue
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            endless = value[1] is ops.MAXREPEAT or value[1] > ENOUGH
            if endless and outer is not None and (why := outer.fault(value)):
                found.append(why)
            found += faults(value[2], Round(value[2]) if endless else outer)
        else:
            for part in _parts(value):
                found += faults(part, outer)
    return found


def _collected() -> list[tuple[str, int, str]]:
    run = subprocess.run(
        [sys.executable, "-c", COLLECT, str(ROOT)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return [(pattern, flags, where) for pattern, flags, where in json.loads(run.stdout)]


def test_patterns_of_the_product_split_every_text_in_one_way() -> None:
    rows = _collected()
    assert len(rows) > 300
    assert {
        (where, pattern): why for pattern, flags, where in rows if (why := faults(parser.parse(pattern, flags)))
    } == {}


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(?:\w+\s?)*x", r"(?:[^,]*,?)*", r"(?:a|a+)*b", r"(\d+(?:\.\d*)*)+"])
def test_a_pattern_that_can_be_made_to_work_exponentially_is_found(pattern: str) -> None:
    assert faults(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"\w+(?:\.\w+)*", r"(?:, \d+)*", r"a+b+", r"(?:x\s*)*", r"(?>(?:\w+\s?)*)x"])
def test_a_pattern_that_splits_in_one_way_is_not_found(pattern: str) -> None:
    assert not faults(parser.parse(pattern))


def test_the_found_kind_of_pattern_really_is_one() -> None:
    assert re.match(r"(?:\w+\s?)*x", "aaa aaa x")
