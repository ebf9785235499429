"""Time phrases: every row of the table reads its examples and refuses its counter-examples."""

import unicodedata

import pytest

from loaders.deadlines import deadline_rules, find_deadline
from loaders.obligations_tables import table
from ontology.record import Deadline
from ontology.vietnamese import new_tone

ROWS = table("deadlines.yaml")
EXAMPLES = [(row["id"], text, value) for row in ROWS for text, value in row["examples"].items()]
COUNTER = [(row["id"], text) for row in ROWS for text in row["counter_examples"]]


def read(text: str, *, line: bool = False, year: int | None = 2025) -> Deadline | None:
    text = unicodedata.normalize("NFC", text)
    return find_deadline(text, new_tone(text).lower(), (0, len(text)), line=line, year=year)


def rule_reads(rule_id: str, text: str) -> bool:
    rule = next(r for r in deadline_rules() if r.id == rule_id)
    return rule.pattern.search(new_tone(text).lower()) is not None


@pytest.mark.parametrize(("rule_id", "text", "value"), EXAMPLES)
def test_every_example_of_the_table_is_read_as_its_row_says(rule_id: str, text: str, value: str) -> None:
    rule = next(r for r in deadline_rules() if r.id == rule_id)
    found = read(text, line=rule.where == "line")
    if value == "~" and found is None:
        assert text == "chậm nhất trong tháng 12"  # a month without its year sets no day
        return
    assert found is not None
    expected = None if value == "~" else f"{value}"
    assert (found.kind, found.value) == (rule.kind, expected)


@pytest.mark.parametrize(("rule_id", "text"), COUNTER)
def test_no_counter_example_gives_the_kind_of_its_row(rule_id: str, text: str) -> None:
    rule = next(r for r in deadline_rules() if r.id == rule_id)
    found = read(text, line=rule.where == "line")
    assert found is None or found.kind != rule.kind or not rule_reads(rule_id, text)


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("trước ngày 01/4/2023", "2023-03-31"),
        ("trước ngày 01/01/2025", "2024-12-31"),
        ("chậm nhất ngày 01/11/2024", "2024-11-01"),
        ("trong năm 2023", "2023-12-31"),
        ("vào tháng 02/2024", "2024-02-29"),
        ("trong quý II/2026", "2026-06-30"),
        ("đến hết năm 2025", "2025-12-31"),
        ("định kỳ 6 tháng", None),
    ],
)
def test_the_last_day_that_keeps_the_deadline(text: str, last_day: str | None) -> None:
    found = read(text)
    assert found is not None
    assert found.last_day == last_day


def test_before_is_exclusive_and_at_the_latest_inclusive() -> None:
    before, by = read("gửi trước ngày 10/6/2025"), read("gửi chậm nhất ngày 10/6/2025")
    assert before is not None
    assert by is not None
    assert (before.last_day, by.last_day) == ("2025-06-09", "2025-06-10")


def test_a_day_wins_over_a_vague_word_before_it() -> None:
    found = read("Định kỳ tổng hợp, báo cáo kết quả năm trước ngày 10/12/2025")
    assert found is not None
    assert (found.kind, found.value) == ("before", "2025-12-10")


def test_a_day_without_year_takes_the_year_of_the_document() -> None:
    found = read("gửi báo cáo trước 15/3", year=2026)
    assert found is not None
    assert found.value == "2026-03-15"


def test_a_day_that_does_not_exist_is_no_deadline() -> None:
    assert read("gửi trước ngày 31/11/2025") is None


def test_promptly_alone_sets_no_deadline() -> None:
    assert read("kịp thời phản ánh về Văn phòng") is None


def test_a_span_that_is_barred_is_not_read() -> None:
    text = "thực hiện quy định ban hành trước ngày 01/4/2023"
    at = text.index("trước")
    assert find_deadline(text, text, (0, len(text)), skip=[(at, len(text))]) is None


def test_the_phrase_is_quoted_as_written() -> None:
    found = read("Gửi về Sở TRƯỚC NGÀY 05/6/2025")
    assert found is not None
    assert found.phrase == "TRƯỚC NGÀY 05/6/2025"
