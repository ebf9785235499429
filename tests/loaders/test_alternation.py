"""Lists of wordings tried letter by letter match what they matched one by one."""

import re

import pytest

from loaders.alternation import alternatives, by_first_letter
from loaders.obligations_tables import table

_LISTS = {
    "stops": table("bodies.yaml")["stops"],
    "goes_on": table("bodies.yaml")["goes_on"],
    "nouns_of_class": table("bodies.yaml")["nouns_of_class"],
    "openers": table("obligations.yaml")["openers"]["patterns"],
    "not_duty": table("obligations.yaml")["not_duty"]["patterns"],
}


def test_only_bars_outside_brackets_part_alternatives() -> None:
    assert alternatives(r"a(?:b|c)|[|(]d|\|e|") == ["a(?:b|c)", "[|(]d", r"\|e", ""]


def test_alternatives_of_one_letter_keep_their_order_and_others_their_place() -> None:
    plain = ["tổ|tổng hợp|(?<!tự )tổ chức", "giao", r"[tg]|\d", "tổng"]
    factored = by_first_letter(plain)
    assert factored != "|".join(plain)
    for text in ("tổng hợp", "tổ chức", "tự tổ chức", "giao", "t", "g", "7", "tổng"):
        slow, fast = re.search("|".join(plain), text), re.search(factored, text)
        assert slow is not None
        assert fast is not None
        assert slow.span() == fast.span(), text


def test_a_first_letter_that_is_optional_is_not_put_before_the_rest() -> None:
    assert by_first_letter(["ca?", "c?d", "cb"]) == "ca?|c?d|cb"


@pytest.mark.parametrize("name", _LISTS)
def test_the_lists_of_the_tables_match_alike_letter_by_letter(name: str) -> None:
    rows: list[str] = _LISTS[name]
    slow, fast = re.compile(f"(?:{'|'.join(rows)})(?!\\w)"), re.compile(f"(?:{by_first_letter(rows)})(?!\\w)")
    words = re.findall(r"[^\W\d_]+(?: [^\W\d_]+)*", " | ".join(rows))
    assert len(words) > 20
    for word in words:
        for text in (word, f"{word} rồi", f"{word}x", f"sở {word} tỉnh"):
            for at in range(0, len(text), 3):
                one, two = slow.match(text, at), fast.match(text, at)
                assert (one and one.span()) == (two and two.span()), (text, at)
