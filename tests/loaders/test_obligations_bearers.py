"""Who bears a duty: named, directed, asked, of a class, of the whole document."""

import pytest

from ontology.record import Obligation
from tests.loaders.plans import PLAN, bearers, duties, only, others, plan_with


@pytest.fixture(scope="module")
def plan() -> list[Obligation]:
    return duties(PLAN)


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
