from enum import StrEnum

import pytest

from ontology.record import Deadline
from ontology.terms import (
    BodyKind,
    CounterpartyKind,
    DeadlineKind,
    Direction,
    Family,
    RelationKind,
    Role,
    Strength,
)
from viz import words

TABLES = [
    (RelationKind, words.RELATIONS),
    (Strength, words.STRENGTHS),
    (Role, words.ROLES),
    (CounterpartyKind, words.COUNTERPARTIES),
    (DeadlineKind, words.DEADLINES),
    (BodyKind, words.BODY_KINDS),
    (Direction, words.DIRECTIONS),
    (Family, words.FAMILIES),
]


@pytest.mark.parametrize(("terms", "table"), TABLES, ids=lambda v: getattr(v, "__name__", "table"))
def test_every_term_has_one_word_of_its_own(terms: type[StrEnum], table: dict[str, str]) -> None:
    assert set(table) == set(terms)
    assert len(set(table.values())) == len(table)


@pytest.mark.parametrize(
    ("deadline", "meaning"),
    [
        (None, ""),
        (Deadline(kind=DeadlineKind.BEFORE, value="2023-04-01", last_day="2023-03-31"), "ngày cuối 31/3/2023"),
        (Deadline(kind=DeadlineKind.RECURRING, value="P3M,P6M,P1Y"), "hằng quý, 6 tháng một lần, hằng năm"),
        (Deadline(kind=DeadlineKind.RECURRING), "định kỳ"),
        (Deadline(kind=DeadlineKind.CONTINUOUS), "thường xuyên"),
        (Deadline(kind=DeadlineKind.UNSPECIFIED, phrase="theo quy định"), "hạn chưa xác định"),
        (Deadline(kind=DeadlineKind.INTERVAL, value="2021/2025"), "từ 2021 đến 2025"),
    ],
)
def test_a_deadline_says_its_last_day_or_its_kind(deadline: Deadline | None, meaning: str) -> None:
    assert words.deadline_meaning(deadline) == meaning


def test_a_term_that_a_newer_store_knows_is_shown_as_it_is() -> None:
    assert words.label({"a": "chữ"}, "b") == "b"
