"""Zones of a document and the order of its blocks."""

import pytest

from loaders.document import Layout, SourceText, Zone
from loaders.layout import lay_out
from tests.loaders.conftest import SHARED

SEEDS = SHARED / "seeds"
DEV = SHARED / "corpora" / "dev"


def layout(text: str, **fields: object) -> Layout:
    values = {"path": "x.txt", "file": "x.txt", "sha256": "0" * 64, "media_type": "text/plain", "text_from": "file"}
    return lay_out(SourceText(**{**values, "text": text, **fields}))  # type: ignore[arg-type]


def zones(text: str) -> list[tuple[str, str]]:
    found = layout(text)
    return [(b.zone.value, found.view.text[b.start : b.end]) for b in found.blocks]


def of(text: str, zone: Zone) -> list[str]:
    return [line for name, line in zones(text) if name == zone.value]


PLAN = """|
**UBND TỈNH SƠN HẢI**
SỞ NỘI VỤ
-------
|
**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số: 77/KH-SNV
|
*Sơn Hải, ngày 25 tháng 02 năm 2022*
|

**KẾ HOẠCH**

KIỂM TRA CÔNG TÁC VĂN THƯ NĂM 2022

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;

Sở Nội vụ ban hành Kế hoạch như sau:

**I. MỤC ĐÍCH**

Giúp các cơ quan làm đúng quy định.

**II. NỘI DUNG**

1. Kiểm tra 05 cơ quan.

Trên đây là Kế hoạch kiểm tra, đề nghị các cơ quan thực hiện./.

|
Nơi nhận:
- Các sở, ban, ngành;
- VP: CVP, các phòng TH, HC,
KTTH;
- Lưu: VT, VP.
|
**KT. GIÁM ĐỐC**
PHÓ GIÁM ĐỐC
Bùi Văn Tấn
|

**PHỤ LỤC**

DANH SÁCH CƠ QUAN ĐƯỢC KIỂM TRA

*(Kèm theo Kế hoạch số 77/KH-SNV ngày 25/02/2022)*

1. Sở Tài chính
"""


def test_a_plan_is_cut_into_its_parts() -> None:
    order = list(dict.fromkeys(zone for zone, _ in zones(PLAN)))
    assert order == ["header", "title", "preamble", "body", "closing", "recipients", "signature", "annex"]
    assert of(PLAN, Zone.TITLE) == ["KẾ HOẠCH", "KIỂM TRA CÔNG TÁC VĂN THƯ NĂM 2022"]
    assert of(PLAN, Zone.CLOSING)[0].startswith("Trên đây là Kế hoạch")
    assert of(PLAN, Zone.SIGNATURE) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Bùi Văn Tấn"]
    assert "- VP: CVP, các phòng TH, HC, KTTH;" in of(PLAN, Zone.RECIPIENTS)


def test_an_annex_has_a_tree_of_its_own() -> None:
    found = layout(PLAN)
    assert [b.section for b in found.blocks if b.zone is Zone.ANNEX][-1] == "annex.1"


def test_a_plan_annexed_to_a_decision_is_an_annex() -> None:
    text = (
        "QUYẾT ĐỊNH\n\nVề việc ban hành Kế hoạch\n\nCăn cứ Luật Đất đai;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành Kế hoạch.\n\n"
        "Điều 2. Thi hành./.\n\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Thanh Hà\n\n"
        "KẾ HOẠCH\n\nTrồng cây\n\n"
        "(Ban hành kèm theo Quyết định số 3/QĐ-UBND)\n\nI. Mục đích\n\n1. Phủ xanh đồi trọc.\n"
    )
    found = layout(text)
    assert [b.section for b in found.blocks if b.zone is Zone.BODY] == ["dieu-1", "dieu-2"]
    assert "annex.I.1" in [b.section for b in found.blocks if b.zone is Zone.ANNEX]
    assert "QUYẾT ĐỊNH:" in of(text, Zone.PREAMBLE)


def test_a_letter_has_its_subject_as_title_and_its_addressees() -> None:
    text = (
        "Số: /SCT-VP  \nV/v báo cáo kết quả  \nthực hiện dân chủ\n\nBình Lâm, ngày 03 tháng 3 năm 2022\n\n"
        "Kính gửi:\n- Sở Nội vụ;\n"
        "- Sở Tài chính.\n\nThực hiện Công văn số 5/SNV-VP, Sở Công Thương báo cáo như sau:\n\n"
        "1. Đã triển khai.\n\nNơi nhận:\n"
        "- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn Tám\n"
    )
    assert of(text, Zone.TITLE) == ["V/v báo cáo kết quả thực hiện dân chủ"]
    assert of(text, Zone.ADDRESSEES) == ["Kính gửi:", "- Sở Nội vụ;", "- Sở Tài chính."]
    assert of(text, Zone.BODY) == ["1. Đã triển khai."]


def test_two_signers_before_the_recipients_are_all_in_the_signature() -> None:
    text = (
        "KẾ HOẠCH phối hợp công tác\n\n"
        "Thực hiện Chương trình số 2-CTr/TU, hai cơ quan thống nhất như sau:\n\n1. Trao đổi thông tin.\n\n"
        ""
        "T/M BAN CÁN SỰ ĐẢNG\n\n\n\nVõ Thành\n\n**BAN DÂN VẬN TỈNH ỦY\nTRƯỞNG BAN**\n\n\n\nLê Thị Mai\n\n"
        "Nơi nhận:\n\n- Tỉnh ủy,\n- Lưu VPTU.\n"
    )
    assert of(text, Zone.SIGNATURE) == [
        "T/M BAN CÁN SỰ ĐẢNG", "Võ Thành", "BAN DÂN VẬN TỈNH ỦY", "TRƯỞNG BAN", "Lê Thị Mai",
    ]  # fmt: skip
    assert of(text, Zone.RECIPIENTS)[-1] == "- Lưu VPTU."


def test_what_a_web_page_says_before_the_document_is_set_apart() -> None:
    summary = "## Kế hoạch mới\n" + "Bài viết giới thiệu nội dung của kế hoạch kiểm tra công tác văn thư. " * 5 + "\n"
    found = layout(summary + PLAN)
    assert {b.section for b in found.blocks if b.zone is Zone.HEADER} == {"before", "header"}
    assert of(summary + PLAN, Zone.TITLE)[0] == "KẾ HOẠCH"


def test_a_telegram_has_the_list_under_its_sender_as_addressees() -> None:
    text = (
        "CÔNG ĐIỆN\n\nVề việc ứng phó bão\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n\n- Giám đốc các sở;\n"
        "- Chủ tịch UBND các xã.\n\n"
        "Bão số 3 đang mạnh lên. Chủ tịch UBND tỉnh yêu cầu:\n\n1. Sơ tán dân trước 17 giờ.\n"
    )
    assert len(of(text, Zone.ADDRESSEES)) == 3
    assert of(text, Zone.BODY) == ["1. Sơ tán dân trước 17 giờ."]


def test_a_blank_number_is_noted() -> None:
    found = layout("Số: /KH-VP\n\nSơn Hải, ngày tháng 02 năm 2023\n\nKẾ HOẠCH\n\nVăn thư\n\n1. Rà soát.\n")
    assert [code for code, _, _ in found.warnings] == ["blank_number"]


def test_every_paragraph_is_in_exactly_one_block_in_text_order() -> None:
    found = layout(PLAN)
    assert found.view.text == "\n".join(found.view.text[b.start : b.end] for b in found.blocks)
    assert [b.index for b in found.blocks] == list(range(len(found.blocks)))
    assert all(b.parent is None or b.parent < b.index for b in found.blocks)


@pytest.mark.parametrize(
    "text", ["", " ", "|", "|\n|", "a", "#", "Nơi nhận:", "KẾ HOẠCH", "KT. CHỦ TỊCH", "PHỤ LỤC", "1.", "-"]
)
def test_scraps_are_laid_out_without_an_error(text: str) -> None:
    layout(text)


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="shared seeds are not here")
def test_the_seeds_have_their_sections_and_closing_paragraphs() -> None:
    found = {p.name[:3]: layout(p.read_text("utf-8")) for p in SEEDS.glob("*.txt")}
    closing = {k: [v.text(b)[:8] for b in v.blocks if b.zone is Zone.CLOSING] for k, v in found.items()}
    assert closing == {"000": ["Yêu cầu "], "001": [], "002": ["Trong qu"], "003": ["Trên đây"], "004": ["Đề nghị "]}
    assert next(b.section for b in found["003"].blocks if b.section.startswith("III#2.4")) == "III#2.4"
    below = [
        b.section
        for b in found["000"].blocks
        if found["000"].text(b).startswith(("Quán triệt thực", "Trong năm 2023, thực"))
    ]
    assert below == ["B.II.7", "B.II.7"]


@pytest.mark.shared
@pytest.mark.skipif(not DEV.exists(), reason="shared corpus is not here")
def test_every_document_of_the_corpus_with_recipients_has_them_found() -> None:
    for path in sorted(DEV.glob("*.md"))[::6]:
        text = path.read_text("utf-8")
        if "\n- Lưu" in text and "Nơi nhận" in text:
            assert any(b.zone is Zone.RECIPIENTS for b in layout(text).blocks), path.name
