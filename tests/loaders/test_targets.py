"""Measurable aims of a duty."""

import pytest

from loaders.obligations_tables import table
from loaders.targets import find_targets
from ontology.record import Target
from ontology.vietnamese import new_tone

ROWS = table("targets.yaml")


def read(text: str) -> tuple[Target, ...]:
    return find_targets(text, new_tone(text).lower(), (0, len(text)))


@pytest.mark.parametrize(
    ("comparator", "text", "quoted"), [(r["comparator"], t, q) for r in ROWS for t, q in r["examples"].items()]
)
def test_every_example_of_the_table_gives_its_aim(comparator: str, text: str, quoted: str) -> None:
    (found,) = read(text)
    assert (found.text, found.comparator) == (quoted, comparator)


@pytest.mark.parametrize(("comparator", "text"), [(r["comparator"], t) for r in ROWS for t in r["counter_examples"]])
def test_no_counter_example_gives_an_aim(comparator: str, text: str) -> None:
    assert [t for t in read(text) if t.comparator == comparator] == []


def test_value_and_unit_are_read_in_vietnamese_notation() -> None:
    aims = read("tạo ít nhất 1.500 việc làm, số hóa 95,5% hồ sơ")
    assert [(a.value, a.unit) for a in aims] == [(1500.0, "việc làm"), (95.5, "%")]


def test_several_aims_come_in_text_order() -> None:
    assert [a.text for a in read("100% thủ tục trực tuyến với trên 90% doanh nghiệp hài lòng")] == ["100%", "trên 90%"]


def test_numbers_of_documents_and_dates_are_no_aims() -> None:
    assert read("theo Nghị định số 59/2023/NĐ-CP ngày 14/8/2023, ít nhất 01/2024") == ()


def test_an_aim_quoted_in_a_barred_range_is_left_out() -> None:
    text = "theo Kế hoạch phấn đấu 100% hộ dân có nước sạch"
    assert find_targets(text, text, (0, len(text)), skip=[(0, len(text))]) == ()
