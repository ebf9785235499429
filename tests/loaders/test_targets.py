"""Measurable aims of a duty."""

from typing import Any

import pytest

from loaders.obligations_tables import table
from loaders.targets import find_targets
from ontology.record import Target
from ontology.vietnamese import new_tone

ROWS = table("targets.yaml")


def read(text: str, *, aims: bool = False) -> tuple[Target, ...]:
    return find_targets(text, new_tone(text).lower(), (0, len(text)), aims=aims)


@pytest.mark.parametrize(
    ("row", "text", "quoted"), [(r, t, q) for r in ROWS for t, q in r["examples"].items()], ids=lambda v: str(v)[:30]
)
def test_every_example_of_the_table_gives_its_aim(row: dict[str, Any], text: str, quoted: str) -> None:
    comparator = row["comparator"]
    (found,) = read(text, aims=row.get("where") == "aims")
    assert (found.text, found.comparator) == (quoted, comparator)


@pytest.mark.parametrize(
    ("row", "text"), [(r, t) for r in ROWS for t in r["counter_examples"]], ids=lambda v: str(v)[:30]
)
def test_no_counter_example_gives_an_aim(row: dict[str, Any], text: str) -> None:
    found = read(text, aims=row.get("where") == "aims")
    assert [t for t in found if t.comparator == row["comparator"]] == []


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


def test_a_range_is_no_single_number() -> None:
    (aim,) = read("tăng bình quân 08 - 09%/năm")
    assert (aim.text, aim.comparator, aim.value, aim.unit) == ("08 - 09%", None, None, "%")


def test_a_bare_count_is_an_aim_only_under_a_heading_over_aims() -> None:
    text = "sản lượng đạt 8.500 tấn"
    assert read(text) == ()
    (aim,) = read(text, aims=True)
    assert (aim.value, aim.unit) == (8500.0, "tấn")


def test_shares_of_a_count_are_counts_of_the_same_thing() -> None:
    found = read("Lắp đặt mới trạm 3G/4G: 58 trạm (Trong đó: A: 25 trạm, B: 33 trạm)")
    assert [t.text for t in found] == ["58 trạm", "25 trạm", "33 trạm"]
