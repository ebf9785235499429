"""What a pattern needs is found in everything that it matches."""

import re

import pytest

from loaders.anchors import anchors, first_letters
from loaders.bodies import name_letters
from loaders.bodies_patterns import patterns
from loaders.deadlines import deadline_rules
from loaders.obligations_tables import table

_EXAMPLES = [(row["id"], text) for row in table("deadlines.yaml") for text in row["examples"]]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("trước ngày", ("trước ngày",)),
        (r"(?:trong|vào) \d+", ("trong", "vào")),
        (r"(?:hằng )?\d", ()),
        (r"(?:hằng )+\d", ("hằng ",)),
        ("quý|tháng", ("quý", "tháng")),
        (r"quý|\d", ()),
        ("(?i:quý) này", (" này",)),
        ("(?i)quý này", ()),
        ("(?=sở) y tế", (" y tế",)),
    ],
)
def test_anchors_are_what_no_match_can_do_without(pattern: str, needed: tuple[str, ...]) -> None:
    assert anchors(re.compile(pattern)) == needed


def test_first_letters_pass_over_what_may_be_missing() -> None:
    assert first_letters([re.compile("(?:Phó )?(?:Chủ tịch|Giám đốc)"), re.compile("[Ss]ở")]) == frozenset("PCGSs")
    assert first_letters([re.compile(r"\w+")]) is None
    assert first_letters([re.compile("a?")]) is None
    assert first_letters([re.compile("(?i)sở")]) is None


@pytest.mark.parametrize(("rule", "text"), _EXAMPLES)
def test_examples_of_deadlines_hold_an_anchor_of_their_row(rule: str, text: str) -> None:
    row = next(r for r in deadline_rules() if r.id == rule)
    hits = [m.group() for m in row.pattern.finditer(text.lower())]
    assert not row.anchors or all(any(word in hit for word in row.anchors) for hit in hits)


def test_the_letters_of_names_hold_those_of_all_heads() -> None:
    letters = name_letters()
    assert letters is not None
    assert {"S", "U", "B", "c", "đ", "Ủ"} <= letters
    for text in table("bodies.yaml")["examples"]:
        assert patterns()["head"].match(text) is None or text[0] in letters
