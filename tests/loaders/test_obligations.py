"""Duties of whole documents: who, with whom, to whom, by when."""

import re
from pathlib import Path
from typing import Any

import pytest

from loaders.header import read_header
from loaders.layout import lay_out
from loaders.obligations import find_obligations, read_duties
from loaders.obligations_tables import phrase, table
from ontology.record import Obligation
from tests.counting import grows_linearly
from tests.loaders.plans import PLAN, bearers, duties, others, plan_with, source

ROWS = table("obligations.yaml")


GROUPS = [name for name, rows in ROWS.items() if isinstance(rows, dict) and "examples" in rows]


@pytest.fixture(scope="module")
def plan() -> list[Obligation]:
    return duties(PLAN)


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_words_matches_its_examples_and_no_counter_example(group: str) -> None:
    rows = ROWS[group]
    border = "" if group == "not_duty" else r"(?!\w)"
    pattern = re.compile(f"(?:{'|'.join(rows['patterns'])}){border}")
    assert [e for e in rows["examples"] if not pattern.match(e.lower())] == []
    assert [e for e in rows["counter_examples"] if pattern.match(e.lower())] == []


@pytest.mark.parametrize("row", ROWS["phrases"], ids=lambda r: r["id"])
def test_every_phrase_is_found_in_its_examples_and_in_no_counter_example(row: dict[str, Any]) -> None:
    pattern = phrase(row["id"])
    found = pattern.match if row["id"] == "cell_name" else pattern.search
    assert [e for e in row["examples"] if not found(e)] == []
    assert [e for e in row["counter_examples"] if found(e)] == []


@pytest.mark.parametrize("row", [*ROWS["roles"], *ROWS["sections"]], ids=lambda r: r["pattern"][:20])
def test_every_row_of_roles_and_sections_matches_its_examples(row: dict[str, Any]) -> None:
    pattern = re.compile(f"(?:{row['pattern']})(?!\\w)")
    assert [e for e in row["examples"] if not pattern.match(e)] == []
    assert [e for e in row["counter_examples"] if pattern.match(e)] == []


@pytest.mark.parametrize("row", ROWS["lines"], ids=lambda r: r["what"])
def test_every_row_of_role_lines_needs_its_label_and_a_colon(row: dict[str, Any]) -> None:
    pattern = re.compile(f"(?:{row['pattern']})\\s*:")
    assert [e for e in row["examples"] if not pattern.match(e.lower())] == []
    assert [e for e in row["counter_examples"] if pattern.match(e.lower())] == []


def test_every_task_of_a_plan_is_found_and_nothing_of_its_purposes(plan: list[Obligation]) -> None:
    assert [d.section for d in plan] == [
        "II", "III.1", "III.2", "III.3", "III.3", "IV.1", "IV.1", "IV.2", "IV.3", "closing",
    ]  # fmt: skip


def test_a_triple_below_an_item_is_one_duty_with_its_bearers_and_time(plan: list[Obligation]) -> None:
    duty = plan[1]
    assert bearers(duty) == [
        ("Giám đốc Sở", "directs"),
        ("Văn phòng Sở", "performs"),
        ("các phòng, đơn vị trực thuộc", "performs"),
    ]
    assert duty.deadline is not None
    assert (duty.deadline.kind, duty.deadline.value) == ("continuous", "2024")
    assert PLAN[duty.start : duty.end].endswith("của Chính phủ")


def test_a_duty_names_the_instruments_that_it_carries_out(plan: list[Obligation]) -> None:
    assert plan[1].implements == ("76/NQ-CP",)


def test_role_lines_in_brackets_are_cut_off_and_read(plan: list[Obligation]) -> None:
    duty = plan[2]
    assert bearers(duty) == [("Văn phòng Sở", "leads"), ("Phòng Tổ chức bộ máy", "coordinates")]
    assert duty.deadline is not None
    assert (duty.deadline.kind, duty.deadline.value) == ("interval", "2024-04/2024-06")
    assert PLAN[duty.start : duty.end].endswith("trên cổng")


def test_an_item_over_bullets_is_no_duty_of_its_own(plan: list[Obligation]) -> None:
    assert [PLAN[d.start : d.end] for d in plan if d.section == "III.3"] == [
        "Tiếp công dân đúng lịch",
        "Thường xuyên đối thoại với người dân",
    ]


def test_the_issuer_bears_what_nobody_is_named_for(plan: list[Obligation]) -> None:
    (bearer,) = plan[3].bearers
    assert bearer.implied
    assert bearer.body == "Sở Nội vụ tỉnh An Hải"


def test_a_heading_that_is_a_body_bears_all_below_it(plan: list[Obligation]) -> None:
    (bearer,) = plan[5].bearers
    assert (bearer.name, bearer.implied) == ("Văn phòng Sở", True)


def test_receiver_and_channel_are_told_apart(plan: list[Obligation]) -> None:
    assert others(plan[5]) == [("UBND tỉnh", "reports_to"), ("Sở Tài chính", "via")]
    assert plan[5].deadline is not None
    assert (plan[5].deadline.kind, plan[5].deadline.value) == ("by", "2024-11-30")


def test_an_order_to_monitor_names_whom_it_oversees_and_to_whom_to_send(plan: list[Obligation]) -> None:
    assert bearers(plan[7]) == [("Thanh tra Sở", "monitors")]
    assert others(plan[7]) == [("các phòng, đơn vị", "oversees"), ("Văn phòng Sở", "sends_to")]


def test_a_leading_body_coordinates_with_others(plan: list[Obligation]) -> None:
    assert bearers(plan[8]) == [("Phòng Công chức", "leads")]
    assert others(plan[8]) == [("Phòng Tổ chức bộ máy", "coordinates_with")]


def test_an_order_in_the_closing_paragraph_counts(plan: list[Obligation]) -> None:
    assert bearers(plan[9]) == [("các phòng, đơn vị", "performs")]
    assert others(plan[9]) == [("Văn phòng Sở", "reports_to")]
    assert plan[9].deadline is None


def test_aims_inherit_the_year_of_their_heading(plan: list[Obligation]) -> None:
    assert [t.text for t in plan[0].targets] == ["100%"]
    assert plan[0].deadline is not None
    assert (plan[0].deadline.kind, plan[0].deadline.last_day) == ("by", "2025-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "1. Trong năm qua, Sở Nội vụ đã hoàn thành toàn bộ chỉ tiêu được giao.",
        "1. Việc thực hiện tốt phong trào là nội dung quan trọng để đánh giá công chức.",
        "1. Kinh phí thực hiện được bố trí trong dự toán chi thường xuyên của Sở.",
        "1. Kế hoạch này có hiệu lực kể từ ngày ký ban hành văn bản.",
    ],
)
def test_descriptions_are_no_duties(text: str) -> None:
    assert duties(plan_with(text)) == []


def test_ranges_are_exact_quotations_in_text_order(plan: list[Obligation]) -> None:
    assert [d.start for d in plan] == sorted(d.start for d in plan)
    assert all(PLAN[d.start : d.end].strip() == PLAN[d.start : d.end] for d in plan)


def test_words_of_an_order_that_were_not_understood_are_reported() -> None:
    layout = lay_out(source(plan_with("1. Mọi trường hợp chậm trễ xảy ra trước ngày 20/12/2024 đều ghi sổ.")))
    header = read_header(layout)
    found, unparsed = read_duties(layout, header, [])
    assert found == []
    assert [u.why for u in unparsed] == ["có thể là nhiệm vụ"]


@pytest.mark.parametrize(
    "piece", ["Sở Tài chính; ", "Giao Sở Y tế (qua ", "đề nghị, ", "(x) ", "trước ngày ", "chỉ đạo "]
)
def test_a_hostile_line_takes_steps_in_proportion_to_its_length(piece: str) -> None:
    def read(times: int) -> None:
        layout = lay_out(source(plan_with("1. " + piece * times)))
        find_obligations(layout, read_header(layout), [])

    assert grows_linearly(read, 150)


@pytest.mark.shared
def test_the_annotated_seeds_keep_their_duties() -> None:
    shared = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    if not shared.is_dir():
        pytest.skip("the shared documents are not here")
    counts = {p.name[:3]: len(duties(p.read_text("utf-8"))) for p in sorted(shared.glob("*.txt"))}
    assert (counts["001"], counts["004"]) == (12, 11)


def test_forms_to_be_filled_in_lay_no_duty() -> None:
    assert duties(plan_with("- Tổ chức từ ngày …… tháng …… năm …… đến ngày ……")) == []


def test_results_told_before_the_orders_are_no_duties() -> None:
    told = "Sở đã làm nhiều việc và đạt kết quả cụ thể sau:\n\n- Cắt giảm 12 thủ tục.\n\n- Xây dựng 5 kho hàng."
    assert duties(plan_with(told)) == []


def test_an_item_whose_first_words_are_damaged_is_reported_and_a_plain_remark_is_not() -> None:
    text = plan_with(
        "- Sở Y tế tiêm chủng cho trẻ em.\n\n- Tồ chứhc tuyêm truyềnn tại các xã.\n\n- Ghi nhận kết quả năm trước."
    )
    layout = lay_out(source(text))
    _, unparsed = read_duties(layout, read_header(layout), [])
    assert [text[u.start : u.end].split()[0] for u in unparsed] == ["Tồ"]
    assert {u.why for u in unparsed} == {"có thể là nhiệm vụ"}
