"""Times and tables of duties: what holds for several, what was not understood, what is only implied."""

import pytest

from loaders.header import read_header
from loaders.layout import lay_out
from loaders.obligations import read_duties
from tests.loaders.plans import PLAN, bearers, duties, only, plan_with, source


def test_a_task_table_gives_one_duty_a_row_and_inherits_merged_cells() -> None:
    rows = (
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n"
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 1 | Xây dựng kế hoạch tập huấn | Văn phòng Sở | Phòng Công chức | Quý I/2024 |\n"
        "| 2 | Tổ chức hội nghị tập huấn | nt |  | Trước 30/6/2024 |\n"
    )
    found = [d for d in duties(PLAN + "\n" + rows) if d.start >= len(PLAN)]
    assert [bearers(d)[0] for d in found] == [("Văn phòng Sở", "leads"), ("Văn phòng Sở", "leads")]
    assert [d.deadline.value for d in found if d.deadline] == ["2024-01/2024-03", "2024-06-30"]


def test_a_period_before_a_list_holds_for_all_of_it() -> None:
    found = duties(
        plan_with(
            "Trong giai đoạn 2026 - 2030, tập trung các việc như sau:\n\n- Mở 03 lớp học.\n\n- Sửa chữa hội trường xã."
        )
    )
    assert [d.deadline.value for d in found if d.deadline] == ["2026/2030"] * len(found)


def test_cells_over_several_rows_hold_for_rows_that_print_only_the_rest() -> None:
    rows = (
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n"
        "| TT | Cơ quan chủ trì | Cơ quan phối hợp | Nội dung nhiệm vụ | Thời hạn |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 1 | Sở Y tế | - Sở Tài chính; - Sở Nội vụ | - Rà soát nhân lực y tế xã | Quý I/2024 |\n"
        "|  | - Xây dựng phần mềm tiêm chủng | Quý III/2024 |\n"
    )
    found = [d for d in duties(PLAN + "\n" + rows) if d.start >= len(PLAN)]
    wanted = [("Sở Y tế", "leads"), ("Sở Tài chính", "coordinates"), ("Sở Nội vụ", "coordinates")]
    assert [bearers(d) for d in found] == [wanted, wanted]
    assert [d.deadline.value for d in found if d.deadline] == ["2024-01/2024-03", "2024-07/2024-09"]


def test_a_time_that_was_not_understood_is_reported() -> None:
    text = plan_with("1. Sở Y tế tiêm chủng xong trong những tháng cuối năm tại các xã.")
    layout = lay_out(source(text))
    header = read_header(layout)
    found, unparsed = read_duties(layout, header, [])
    assert [d.deadline for d in found] == [None]
    assert [u.why for u in unparsed] == ["thời hạn đọc không được"]


def test_a_time_that_a_heading_or_line_says_is_marked_as_implied() -> None:
    found = duties(PLAN)
    aim = next(d for d in found if d.action.startswith("Giải quyết đúng hạn"))
    shared = next(d for d in found if d.action.startswith("Rà soát, cắt giảm"))
    own = next(d for d in found if d.action.startswith("Tổng hợp, báo cáo"))
    assert [d.deadline.implied for d in (aim, shared, own) if d.deadline] == [True, True, False]


def test_every_deadline_that_is_not_implied_is_quoted_from_the_duty_itself() -> None:
    said = [d for d in duties(PLAN) if d.deadline and not d.deadline.implied]
    assert said
    assert all(d.deadline and d.deadline.phrase in " ".join(PLAN[d.start : d.end].split()) for d in said)


def test_a_duty_whose_year_is_taken_from_the_document_is_less_sure() -> None:
    item = "1. Giao Văn phòng Sở tổng hợp báo cáo, gửi Ban Giám đốc trước ngày {}."
    printed, inferred = only(item.format("15/11/2024")), only(item.format("15/11"))
    assert printed.deadline is not None
    assert inferred.deadline is not None
    assert printed.deadline.last_day == inferred.deadline.last_day == "2024-11-14"
    assert inferred.confidence < printed.confidence


@pytest.mark.parametrize("when", ["trước năm 0000", "trước ngày 01/01/0001", "trong quý 4/0000"])
def test_a_year_that_cannot_be_meant_is_reported_and_costs_no_document(when: str) -> None:
    text = plan_with(f"1. Giao Văn phòng Sở chủ trì xây dựng báo cáo, hoàn thành {when}.")
    layout = lay_out(source(text))
    found, puzzles = read_duties(layout, read_header(layout), [])
    assert [d.deadline for d in found] == [None]
    assert [p.why for p in puzzles] == ["năm không hợp lý"]
