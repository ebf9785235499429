"""Time phrases: every row of the table reads its examples and refuses its counter-examples."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.deadlines import deadline_rules, find_deadline
from loaders.deadlines_values import FIRST_YEAR, LAST_YEAR
from loaders.obligations_tables import table
from ontology.record import Deadline
from ontology.vietnamese import new_tone

ROWS = table("deadlines.yaml")
EXAMPLES = [(row["id"], text, value) for row in ROWS for text, value in row["examples"].items()]
COUNTER = [(row["id"], text) for row in ROWS for text in row["counter_examples"]]


def read(text: str, *, line: bool = False, issued: str | None = "2025") -> Deadline | None:
    text = unicodedata.normalize("NFC", text)
    return find_deadline(text, new_tone(text).lower(), (0, len(text)), line=line, issued=issued)


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
    found = read("gửi báo cáo trước 15/3", issued="2026-01-09")
    assert found is not None
    assert found.value == "2026-03-15"


@pytest.mark.parametrize("text", ["gửi báo cáo trước 15/01", "chậm nhất ngày 27/12", "hoàn thành trong ngày 05/3"])
def test_a_day_without_year_is_never_laid_before_the_document(text: str) -> None:
    found = read(text, issued="2023-12-28")
    assert found is not None
    assert (found.value, found.last_day) == (None, None)
    assert found.phrase in text


def test_a_day_whose_year_is_printed_may_lie_before_the_document() -> None:
    found = read("đã giao trước ngày 15/01/2023", issued="2023-12-28")
    assert found is not None
    assert found.last_day == "2023-01-14"


@pytest.mark.parametrize(
    "text",
    [
        "trước năm 0000",
        "trước ngày 01/01/0001",
        "trong tháng 11/0000",
        "trong quý 4/0000",
        "hoàn thành trước ngày 31/12/9999",
        "đến hết năm 9999",
        "từ ngày 01/01/0002 đến ngày 31/12/0002",
        "chậm nhất ngày 30/6/1899",
        "trước ngày ٣٠/٠٤/2024",
    ],
)
def test_a_year_or_a_figure_that_cannot_be_meant_is_no_date(text: str) -> None:
    assert read(text) is None


def test_a_period_of_nothing_is_no_period() -> None:
    found = read("định kỳ 0 tháng")
    assert found is None or found.value is None


@pytest.mark.parametrize(("text", "value"), [("01 lần/tuần", "P1W"), ("02 lần/tuần", None), ("2 tuần 01 lần", "P2W")])
def test_times_a_week_are_a_period_only_where_they_come_out_even(text: str, value: str | None) -> None:
    found = read(f"kiểm tra {text}")
    assert found is not None
    assert found.value == value


@given(example=st.sampled_from(EXAMPLES), data=st.data())
def test_no_figures_in_any_form_of_date_break_the_reading(example: tuple[str, str, str], data: st.DataObject) -> None:
    figures = st.text("0123456789", min_size=1, max_size=4)
    text = re.sub(r"\d+", lambda _: data.draw(figures), example[1])
    issued = data.draw(st.none() | st.dates(date(1945, 9, 2), date(2100, 12, 31)).map(str))
    for line in (False, True):
        found = read(text, line=line, issued=issued)
        for year in re.findall(r"\d{4}", f"{found.value} {found.last_day}" if found else ""):
            assert FIRST_YEAR - 1 <= int(year) <= LAST_YEAR  # "before 1900" ends on the last day of 1899


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
