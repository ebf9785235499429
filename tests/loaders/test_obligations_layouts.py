"""Duties whose bearers or place only the layout around them tells: split heads, reports, articles on force."""

import pytest

from loaders.citations import find_citations
from loaders.document import SourceText
from loaders.header import read_header
from loaders.layout import lay_out
from loaders.obligations import find_obligations
from ontology.record import Obligation

HEAD = """UBND TỈNH AN HẢI
SỞ Y TẾ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 12/{symbol}

An Hải, ngày 3 tháng 5 năm 2025

{kind}

Về công tác năm 2025

"""


def duties(kind: str, symbol: str, body: str) -> list[Obligation]:
    text = HEAD.format(kind=kind, symbol=symbol) + body + "\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn Bình\n"
    layout = lay_out(SourceText("/a/b.txt", "b.txt", "0" * 64, "text/plain", "file", text))
    header = read_header(layout)
    return find_obligations(layout, header, find_citations(layout, header))


def test_a_head_that_only_says_leads_and_coordinates_makes_partners_of_those_who_open_its_bullets() -> None:
    body = """I. TỔ CHỨC THỰC HIỆN

1. Công an tỉnh

a) Chủ trì, phối hợp

- Sở Tài chính và các đơn vị có liên quan tham mưu bố trí kinh phí.

- Sở Nội vụ rà soát danh sách."""
    first, second = duties("KẾ HOẠCH", "KH-SYT", body)
    assert [(b.name, b.role.value, b.implied) for b in first.bearers] == [("Công an tỉnh", "leads", True)]
    assert [(p.name, p.kind.value) for p in first.counterparties] == [
        ("Sở Tài chính", "coordinates_with"),
        ("các đơn vị có liên quan", "coordinates_with"),
    ]
    assert [p.name for p in second.counterparties] == ["Sở Nội vụ"]


def test_a_report_tells_what_was_done_and_lays_duties_only_under_what_is_to_be_done() -> None:
    body = """I. KẾT QUẢ

1. Tổ chức 12 lớp tập huấn cho cán bộ.

II. NHIỆM VỤ THÁNG 6

1. Tiếp tục rà soát danh sách bệnh nhân."""
    (only,) = duties("BÁO CÁO", "BC-SYT", body)
    assert only.action.startswith("Tiếp tục rà soát")


@pytest.mark.parametrize(
    "article",
    [
        "Điều 3. Hiệu lực thi hành\n\n1. Quyết định có hiệu lực kể từ ngày ký.\n\n2. Chánh Văn phòng Sở, Trưởng các "
        "phòng chịu trách nhiệm thi hành Quyết định này.",
        "Điều 3. Hiệu lực thi hành\n\n1. Quyết định có hiệu lực kể từ ngày ký.\n\n2. Trong quá trình thực hiện, nếu "
        "có vướng mắc, các cơ quan, đơn vị phản ánh về Sở Y tế.",
    ],
)
def test_an_article_on_force_still_says_who_carries_out_and_whom_to_tell(article: str) -> None:
    (only,) = duties("QUYẾT ĐỊNH", "QĐ-SYT", f"QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Quy chế.\n\n{article}")
    assert only.section == "dieu-3.2"
    assert only.bearers


def test_an_article_on_force_may_give_orders() -> None:
    article = "Điều 3. Điều khoản thi hành\n\n1. Giao Phòng Nghiệp vụ tổ chức thực hiện.\n\n2. Có hiệu lực từ ngày ký."
    (only,) = duties("QUYẾT ĐỊNH", "QĐ-SYT", f"QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Quy chế.\n\n{article}")
    assert [(b.name, b.role.value) for b in only.bearers] == [("Phòng Nghiệp vụ", "leads")]


def test_all_who_carry_a_decision_out_are_named_whatever_stands_in_their_names() -> None:
    article = (
        "Điều 3. Chánh Văn phòng Sở; Giám đốc các Sở: Tài chính, Nội vụ; Thủ trưởng cơ quan Thuế tại tỉnh An Hải; "
        "Cục trưởng Cục Quản lý, giám sát giá và các tổ chức liên quan chịu trách nhiệm thi hành Quyết định này."
    )
    (only,) = duties("QUYẾT ĐỊNH", "QĐ-SYT", f"QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Quy chế.\n\n{article}")
    assert [b.name for b in only.bearers] == [
        "Chánh Văn phòng Sở",
        "Giám đốc Sở Tài chính",
        "Giám đốc Sở Nội vụ",
        "Thủ trưởng cơ quan Thuế tại tỉnh An Hải",
        "Cục trưởng Cục Quản lý, giám sát giá",
        "các tổ chức liên quan",
    ]


def test_a_heading_without_its_accents_still_opens_a_section_without_duties() -> None:
    body = "I. MUC ĐICH\n\n1. Nâng cao chất lượng khám bệnh.\n\nII. NHIỆM VỤ\n\n1. Phòng Nghiệp vụ kiểm tra các trạm."
    (only,) = duties("KẾ HOẠCH", "KH-SYT", body)
    assert only.section == "II.1"


def test_the_steps_of_a_schedule_are_tasks_of_those_in_the_last_column() -> None:
    body = """I. PHÂN CÔNG

| TT | Nội dung các bước công việc | Thời hạn | Đơn vị, cá nhân thực hiện |
|---|---|---|---|
| 1 | Lập dự toán mua sắm | Trước ngày 05/6/2025 | Phòng Tài vụ |
| 2 | Thẩm định dự toán | Trước ngày 20/6/2025 | Phòng Nghiệp vụ |"""
    found = duties("KẾ HOẠCH", "KH-SYT", body)
    assert [[b.name for b in o.bearers] for o in found] == [["Phòng Tài vụ"], ["Phòng Nghiệp vụ"]]
    assert [o.deadline.value if o.deadline else None for o in found] == ["2025-06-05", "2025-06-20"]
