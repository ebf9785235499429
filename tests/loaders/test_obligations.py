"""Duties of whole documents: who, with whom, to whom, by when."""

import re
from pathlib import Path
from typing import Any

import pytest

from loaders.citations import find_citations
from loaders.document import SourceText
from loaders.header import read_header
from loaders.layout import lay_out
from loaders.obligations import find_obligations, read_duties
from loaders.obligations_tables import phrase, table
from ontology.record import Obligation
from tests.counting import grows_linearly

ROWS = table("obligations.yaml")
GROUPS = [name for name, rows in ROWS.items() if isinstance(rows, dict) and "examples" in rows]

PLAN = """ỦY BAN NHÂN DÂN TỈNH AN HẢI
SỞ NỘI VỤ

Số: 15/KH-SNV

An Hải, ngày 12 tháng 02 năm 2024

KẾ HOẠCH
Thực hiện công tác cải cách hành chính năm 2024

Thực hiện Kế hoạch số 20/KH-UBND ngày 05/02/2024 của UBND tỉnh, Sở Nội vụ ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao nhận thức của công chức về cải cách hành chính.

II. CÁC CHỈ TIÊU ĐẾN NĂM 2025

- Giải quyết đúng hạn 100% hồ sơ của tổ chức, công dân.

III. NỘI DUNG THỰC HIỆN

1. Rà soát, cắt giảm thủ tục hành chính theo Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.

- Chỉ đạo: Giám đốc Sở.

- Tham mưu, thực hiện: Văn phòng Sở và các phòng, đơn vị trực thuộc.

- Thời gian thực hiện: Thường xuyên trong năm 2024.

2. Công bố quy trình nội bộ trên cổng (Chủ trì: Văn phòng Sở; phối hợp: Phòng Tổ chức bộ máy; hạn: Quý II/2024).

3. Nâng cao chất lượng tiếp công dân

- Tiếp công dân đúng lịch.

- Thường xuyên đối thoại với người dân.

IV. TỔ CHỨC THỰC HIỆN

1. Văn phòng Sở

- Tổng hợp, báo cáo kết quả thực hiện về UBND tỉnh (qua Sở Tài chính) chậm nhất ngày 30/11/2024.

- Định kỳ 6 tháng, 01 năm đánh giá việc thực hiện.

2. Giao Thanh tra Sở theo dõi, đôn đốc các phòng, đơn vị; gửi báo cáo về Văn phòng Sở trước ngày 15/11/2024.

3. Phòng Công chức chủ trì, phối hợp với Phòng Tổ chức bộ máy xây dựng kế hoạch bồi dưỡng.

Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các phòng, đơn vị kịp thời phản ánh về Văn phòng Sở./.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn Bình
"""


def source(text: str) -> SourceText:
    return SourceText("mem", "mem.txt", "0" * 64, "text/plain", "file", text)


def duties(text: str) -> list[Obligation]:
    layout = lay_out(source(text))
    header = read_header(layout)
    return find_obligations(layout, header, find_citations(layout, header))


def plan_with(items: str, closing: str = "") -> str:
    """A plan whose tasks are the given lines."""
    head, _, _ = PLAN.partition("II. CÁC CHỈ TIÊU")
    return f"{head}II. NHIỆM VỤ\n\n{items}\n\n{closing}\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn Bình\n"


def only(items: str) -> Obligation:
    (found,) = duties(plan_with(items))
    return found


def bearers(duty: Obligation) -> list[tuple[str, str]]:
    return [(b.name, b.role) for b in duty.bearers]


def others(duty: Obligation) -> list[tuple[str, str]]:
    return [(c.name, c.kind) for c in duty.counterparties]


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


def test_chained_direction_gives_each_link_its_role() -> None:
    duty = only("1. Sở Y tế chỉ đạo Chi cục Dân số chỉ đạo các trạm y tế tham mưu kế hoạch truyền thông.")
    assert bearers(duty)[0] == ("Sở Y tế", "directs")
    assert bearers(duty)[1] == ("Chi cục Dân số", "directs")


def test_two_orders_in_one_paragraph_are_one_duty_with_both_bearers() -> None:
    duty = only("1. Đề nghị các phòng, ban tập trung triển khai. Giao Văn phòng Sở chủ trì theo dõi, tổng hợp.")
    assert bearers(duty) == [("các phòng, ban", "performs"), ("Văn phòng Sở", "leads"), ("Văn phòng Sở", "monitors")]


def test_a_subject_behind_a_lead_in_is_found() -> None:
    duty = only("1. Căn cứ chức năng, nhiệm vụ, Thanh tra Sở xây dựng kế hoạch thanh tra gửi Văn phòng Sở tổng hợp.")
    assert bearers(duty) == [("Thanh tra Sở", "performs")]
    assert others(duty) == [("Văn phòng Sở", "sends_to")]


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


def test_an_alias_defined_in_the_preamble_names_the_body_in_full() -> None:
    text = PLAN.replace("ỦY BAN NHÂN DÂN TỈNH AN HẢI\nSỞ NỘI VỤ", "UBND TỈNH TÂY NINH\nVĂN PHÒNG").replace(
        "Sở Nội vụ ban hành Kế hoạch", "Văn phòng UBND tỉnh (sau đây gọi tắt là Văn phòng) ban hành Kế hoạch"
    )
    text = text.replace("An Hải, ngày", "Tây Ninh, ngày").replace("Giao Thanh tra Sở", "Giao Lãnh đạo Văn phòng")
    named = {b.name: b.body for d in duties(text) for b in d.bearers}
    assert named["Lãnh đạo Văn phòng"] == "Lãnh đạo Văn phòng UBND tỉnh Tây Ninh"


def test_a_class_is_never_spelt_out_as_one_body(plan: list[Obligation]) -> None:
    assert [b.body for b in plan[1].bearers if b.name == "các phòng, đơn vị trực thuộc"] == [None]


def test_the_plan_that_an_article_approves_orders_without_a_subject() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\n\nSố: 55/QĐ-UBND\n\nAn Hải, ngày 02 tháng 6 năm 2025\n\nQUYẾT ĐỊNH\n"
        "Phê duyệt Đề án phát triển thư viện số\n\nTheo đề nghị của Giám đốc Sở Nội vụ;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Phê duyệt Đề án phát triển thư viện số với những nội dung chính sau:\n\n"
        "I. NHIỆM VỤ\n\n1. Xây dựng kho sách điện tử của tỉnh.\n\n"
        "2. Số hóa tài liệu địa chí trước ngày 30/6/2026.\n\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn Bình\n"
    )
    found = duties(text)
    assert [d.action.split()[0] for d in found] == ["Xây", "Số"]
    assert all(b.implied for d in found for b in d.bearers)


def test_a_period_before_a_list_holds_for_all_of_it() -> None:
    found = duties(
        plan_with(
            "Trong giai đoạn 2026 - 2030, tập trung các việc như sau:\n\n- Mở 03 lớp học.\n\n- Sửa chữa hội trường xã."
        )
    )
    assert [d.deadline.value for d in found if d.deadline] == ["2026/2030"] * len(found)


def test_the_receiver_presents_what_it_was_reported() -> None:
    duty = only("1. Sở Tài chính rà soát, báo cáo UBND tỉnh trình HĐND tỉnh quyết định mức hỗ trợ.")
    assert others(duty) == [("UBND tỉnh", "reports_to")]


def test_who_is_directed_behind_a_partner_bears_the_duty_too() -> None:
    duty = only("1. Sở Y tế phối hợp với Sở Nội vụ tiếp tục chỉ đạo các bệnh viện công lập rà soát nhân lực.")
    assert ("Sở Y tế", "coordinates") in bearers(duty)
    assert ("Sở Nội vụ", "coordinates_with") in others(duty)


def test_partners_of_a_body_that_is_asked_are_kept() -> None:
    duty = only("1. Đề nghị Mặt trận Tổ quốc tỉnh phối hợp với Sở Nội vụ giám sát việc chi trả.")
    assert ("Sở Nội vụ", "coordinates_with") in others(duty)


def test_names_keep_the_tone_marks_of_the_document() -> None:
    duty = only("1. Đảng uỷ Sở Tư pháp chủ trì xây dựng quy chế làm việc.")
    assert [b.name for b in duty.bearers] == ["Đảng uỷ Sở Tư pháp"]


def test_whom_an_item_orders_bears_it_alone_under_a_lead_in() -> None:
    found = duties(
        plan_with(
            "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành thực hiện như sau:\n\n- Giao Sở Y tế tổng hợp báo cáo tuần."
        )
    )
    assert [bearers(d) for d in found] == [[("Sở Y tế", "leads")]]


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


def test_a_time_that_was_not_understood_is_reported() -> None:
    text = plan_with("1. Sở Y tế tiêm chủng xong trong những tháng cuối năm tại các xã.")
    layout = lay_out(source(text))
    header = read_header(layout)
    found, unparsed = read_duties(layout, header, [])
    assert [d.deadline for d in found] == [None]
    assert [u.why for u in unparsed] == ["thời hạn đọc không được"]


@pytest.mark.parametrize(
    ("task", "who"),
    [
        ("1. Rà soát quy trình của tỉnh (Sở Nội vụ chủ trì).", [("Sở Nội vụ", "leads")]),
        ("1. Xây dựng phần mềm họp, do Văn phòng Sở thực hiện.", [("Văn phòng Sở", "performs")]),
        (
            "1. Lắp đặt 40 trạm (Trong đó: VNPT: 22 trạm, Viettel: 18 trạm).",
            [("VNPT", "performs"), ("Viettel", "performs")],
        ),
        (
            "1. Các sở, ngành, nhất là Sở Y tế và các đơn vị sự nghiệp phải đi đầu.",
            [("Các sở, ngành", "performs")],
        ),
        ("1. Mỗi xã, phường chọn 02 mô hình điểm.", [("Mỗi xã, phường", "performs")]),
        ("1. Từng cán bộ, công chức nêu cao trách nhiệm.", [("Từng cán bộ, công chức", "performs")]),
        (
            "1. Đồng chí Trần Văn An, Phó Giám đốc Sở chủ trì cuộc họp.",
            [("Phó Giám đốc Sở", "leads")],
        ),
    ],
)
def test_bearers_beside_the_text_of_a_task_are_read(task: str, who: list[tuple[str, str]]) -> None:
    assert bearers(only(task)) == who


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


def instruction(head: str, items: str, addressed: str = "") -> str:
    """A document that tells others what to do."""
    above, _, title = head.rpartition("\n\n")
    return f"""{above}

An Hải, ngày 12 tháng 02 năm 2024

{title}

{addressed}

I. NHIỆM VỤ, GIẢI PHÁP

{items}

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn Bình
"""


DIRECTIVE = "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\n\nSố: 05/CT-UBND\n\nCHỈ THỊ\nVề việc tăng cường phòng cháy, chữa cháy"
RESOLUTION = "TỈNH ỦY AN HẢI\n*\nSố 12-NQ/TU\n\nNGHỊ QUYẾT\nvề chuyển đổi số tỉnh An Hải"
COUNCIL = "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN HẢI\n\nSố: 12/NQ-HĐND\n\nNGHỊ QUYẾT\nVề nhiệm vụ phát triển năm 2024"
TASK = "1. Tăng cường kiểm tra các khu dân cư, cơ sở sản xuất có nguy cơ cháy nổ cao trên địa bàn."


@pytest.mark.parametrize("head", [DIRECTIVE, RESOLUTION])
def test_a_duty_that_names_nobody_in_a_document_that_only_instructs_has_no_bearer(head: str) -> None:
    (duty,) = duties(instruction(head, TASK))
    assert duty.bearers == ()
    (named,) = duties(instruction(head, "1. Sở Công Thương tăng cường tuyên truyền về an toàn cháy, nổ."))
    assert bearers(named) == [("Sở Công Thương", "performs")]
    assert duty.confidence < named.confidence


def test_a_duty_that_names_nobody_binds_the_addressees_of_an_instruction() -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\n\nSố: 07/CĐ-UBND\n\nCÔNG ĐIỆN\nVề việc phòng cháy, chữa cháy"
    (duty,) = duties(instruction(head, TASK, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Sở Công Thương;\n- Công an tỉnh."))
    assert [(b.name, b.implied) for b in duty.bearers] == [("Sở Công Thương", True), ("Công an tỉnh", True)]


def test_a_duty_that_names_nobody_in_a_plan_or_resolution_of_a_council_stays_with_its_issuer() -> None:
    (council,) = duties(instruction(COUNCIL, TASK))
    plan = only(TASK)
    assert [b.implied for d in (council, plan) for b in d.bearers] == [True, True]


def test_a_unit_in_a_document_that_only_instructs_is_not_its_issuer() -> None:
    (duty,) = duties(instruction(DIRECTIVE, "1. Đơn vị chủ động xây dựng phương án chữa cháy tại chỗ."))
    assert [b.body for b in duty.bearers] == [None]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        (
            "1. Các cơ quan, đơn vị có trách nhiệm tổng hợp các trường hợp vi phạm gửi về Sở Nội vụ",
            "Các cơ quan, đơn vị",
        ),
        (
            "1. Các cơ quan tham mưu quản lý ngành (gồm các Sở: Xây dựng, Tài chính)",
            "Các cơ quan tham mưu quản lý ngành",
        ),
        (
            "1. Các doanh nghiệp hoạt động trong lĩnh vực vận tải trên địa bàn",
            "Các doanh nghiệp hoạt động trong lĩnh vực vận tải trên địa bàn",
        ),
    ],
)
def test_a_class_in_a_heading_ends_where_the_heading_tells_of_it(heading: str, name: str) -> None:
    found = duties(plan_with(f"{heading}\n\na) Rà soát, thống kê hồ sơ tồn đọng.\n\nb) Cập nhật dữ liệu hằng tuần."))
    assert {b.name for d in found for b in d.bearers} == {name}


def test_a_label_that_begins_with_a_bare_noun_makes_nobody_its_bearer() -> None:
    found = duties(plan_with("1. Cơ quan tổ chức lập quy hoạch: Ủy ban nhân dân tỉnh An Hải."))
    assert not [b for d in found for b in d.bearers if b.name == "Cơ quan"]
    told = only("1. Cơ quan chủ động rà soát: hồ sơ tồn đọng, hồ sơ quá hạn của năm trước.")
    assert [b.name for b in told.bearers] == ["Cơ quan"]
