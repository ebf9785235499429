"""The header of a document as an instrument."""

import json

import pytest

from loaders.document import SourceText
from loaders.header import read_header
from loaders.header_names import name_case
from loaders.header_people import post_case
from loaders.layout import lay_out
from loaders.persons import is_person
from ontology.record import Header
from ontology.vietnamese import fold
from tests.loaders.conftest import SHARED

GOLD = SHARED / "gold"
DEV = SHARED / "corpora" / "dev"


def header(text: str) -> Header:
    return read_header(lay_out(SourceText("x.txt", "x.txt", "0" * 64, "text/plain", "file", text)))


def plan(
    head: str, tail: str = "", title: str = "KẾ HOẠCH\n\nCông tác văn thư", body: str = "1. Rà soát văn bản."
) -> Header:
    return header(f"{head}\n\n{title}\n\nThực hiện Luật Lưu trữ, cơ quan làm như sau:\n\n{body}\n\n{tail}")


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 30/KH-UBND", "30", "KH-UBND"),
        ("Số:  /KH-VP", None, "KH-VP"),
        ("Số: ……/KH-SCT", None, "KH-SCT"),
        ("Số: ____/SNV-VP", None, "SNV-VP"),
        ("Số 40 KH/BDVTU-BCSDUBND", "40", "KH/BDVTU-BCSDUBND"),
        ("Số: 87 /2025/QĐ-UBND", "87/2025", "QĐ-UBND"),
        ("Số: 66.7/2025/NQ-CP", "66.7/2025", "NQ-CP"),
        ("Số 05 - CT/TU", "05", "CT/TU"),
        ("Số: 2231/SNV-CCHC&PC", "2231", "SNV-CCHC&PC"),
        ("Số: 12 – KH/ĐU", "12", "KH/ĐU"),
        ("Số:\n30/KH-UBND", "30", "KH-UBND"),
        ("Số: 30/KH-UBND Quảng Ngãi, ngày 17 tháng 02 năm 2023", "30", "KH-UBND"),
    ],
)
def test_the_number_line_is_read(line: str, number: str | None, symbol: str) -> None:
    found = plan(line)
    assert (found.number, found.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("line", "date", "place"),
    [
        ("Quảng Ngãi, ngày 03 tháng 3 năm 2021", "2021-03-03", "Quảng Ngãi"),
        ("*Tây Ninh, ngày tháng 3 năm 2024*", "2024-03", "Tây Ninh"),
        ("Hà Nội, ngày … tháng … năm 2025", "2025", "Hà Nội"),
        ("Thành phố Hồ Chí Minh, ngày 19\ntháng 11 năm 2025", "2025-11-19", "Thành phố Hồ Chí Minh"),
        ("Huế, ngày 32 tháng 11 năm 2025", "2025-11", "Huế"),
    ],
)
def test_place_and_date_are_truncated_to_what_is_printed(line: str, date: str, place: str) -> None:
    found = plan(f"Số: 5/KH-SNV\n\n{line}")
    assert (found.date, found.place) == (date, place)


@pytest.mark.parametrize(
    ("head", "issuers"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n\nSố: 5/KH-UBND", ["Ủy ban nhân dân tỉnh Lai Châu"]),
        ("UBND TỈNH TÂY NINH\nSỞ CÔNG THƯƠNG\n\nSố: 5/KH-SCT", ["Sở Công Thương tỉnh Tây Ninh"]),
        ("BỘ TÀI CHÍNH\nCỤC THUẾ\n\nSố: 5/KH-CT", ["Cục Thuế"]),
        ("TỈNH ỦY QUẢNG NGÃI\nBAN DÂN VẬN\n\nSố 5-KH/BDVTU", ["Ban Dân vận Tỉnh ủy Quảng Ngãi"]),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\nSố: 5/KH-UBND", ["Ủy ban nhân dân xã Tân Lập"]),
        ("UBND TỈNH LAI CHÂU\n\nSố: 5/KH-UBND", ["UBND tỉnh Lai Châu"]),
        ("Số: 5/KH-SCT\n\nTây Ninh, ngày 3 tháng 5 năm 2024", ["Sở Công Thương tỉnh Tây Ninh"]),
    ],
)
def test_issuers_have_their_full_names(head: str, issuers: list[str]) -> None:
    assert [issuer.name for issuer in plan(head).issuers] == issuers


@pytest.mark.parametrize(
    ("head", "title", "issuer", "slug"),
    [
        ("TỈNH ỦY SƠN HẢI\n\nSố 5-CT/TU", "CHỈ THỊ\n\nvề công tác dân vận", "Tỉnh ủy Sơn Hải", "son-hai"),
        ("ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI\n\nSố: 5/KH-UBND", "", "Ủy ban nhân dân tỉnh Sơn Hải", "son-hai"),
        ("Số: 5/KH-SCT\n\nSơn Hải, ngày 3 tháng 5 năm 2024", "", "Sở Công Thương tỉnh Sơn Hải", "son-hai"),
        ("Số: 5/KH-SCT\n\nNha Trang, ngày 3 tháng 5 năm 2024", "", "Sở Công Thương tỉnh Khánh Hòa", "khanh-hoa"),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\nTân Lập, ngày 3 tháng 5 năm 2024", "", "Ủy ban nhân dân xã Tân Lập", None),
        ("TỈNH ỦY SƠN HẢI\n\nSố 5-CT/TU", "CHỈ THỊ\n\ncủa Ban Thường vụ Tỉnh ủy về giám sát",
         "Ban Thường vụ Tỉnh ủy Sơn Hải", "son-hai"),
    ],
)  # fmt: skip
def test_a_province_that_no_table_knows_comes_from_the_document(
    head: str, title: str, issuer: str, slug: str | None
) -> None:
    found = plan(head, title=title or "KẾ HOẠCH\n\nCông tác văn thư")
    assert [i.name for i in found.issuers] == [issuer]
    assert found.jurisdiction == slug


def test_an_issuer_that_is_not_printed_is_inferred_and_said_to_be() -> None:
    found = header(
        "KẾ HOẠCH\n\nVăn thư năm 2023\n\n"
        "Thực hiện Kế hoạch số 3/KH-UBND ngày 05/01/2023 của UBND tỉnh; Sở Nội vụ triển khai "
        "thực hiện như sau:\n\n1. Rà soát văn bản trên địa bàn tỉnh Quảng Ngãi.\n"
    )
    assert [(i.name, i.inferred) for i in found.issuers] == [("Sở Nội vụ tỉnh Quảng Ngãi", True)]
    assert found.jurisdiction == "quang-ngai"
    assert found.earliest == "2023-01-05"


def test_a_joint_document_has_all_its_issuers_and_signers() -> None:
    found = plan(
        "Quảng Ngãi, ngày 11 tháng 01 năm 2021\n\nSố 7-KH/BDVTU-BCSĐUBND",
        "T/M BAN CÁN SỰ ĐẢNG UBND TỈNH\n\n\nVõ Thành\n\n**BAN DÂN VẬN TỈNH ỦY\nTRƯỞNG BAN**\n\n\n"
        "Lê Thị Mai\n\nNơi nhận:\n- Lưu VPTU.",
    )
    assert [i.name for i in found.issuers] == ["Ban Dân vận Tỉnh ủy Quảng Ngãi", "Ban cán sự đảng UBND tỉnh Quảng Ngãi"]
    assert [s.name for s in found.signers] == ["Võ Thành", "Lê Thị Mai"]


def test_a_deputy_signs_with_the_own_post() -> None:
    found = plan(
        "Số: 5/KH-UBND",
        "Nơi nhận:\n- Lưu: VT.\n\n|\n**TM. ỦY BAN NHÂN DÂN**\n**KT. CHỦ TỊCH**\nPHÓ CHỦ TỊCH\nTrần Thị Diệu Thúy\n|",
    )
    assert [(s.name, s.position) for s in found.signers] == [("Trần Thị Diệu Thúy", "Phó Chủ tịch")]


@pytest.mark.parametrize(
    ("head", "title", "slug"),
    [
        ("Số: 5/TB-SNV", "THÔNG BÁO\n\nKết luận cuộc họp", "thong_bao"),
        ("Số: 5-TB/TU", "THÔNG BÁO KẾT LUẬN\n\nCủa đồng chí Bí thư", "thong_bao"),
        ("Số: 5/CĐ-UBND", "CÔNG ĐIỆN\n\nVề việc ứng phó bão", "cong_dien"),
        ("Số: 5/2025/TT-BNV", "THÔNG TƯ\n\nQuy định về văn thư", "thong_tu"),
        ("Số: 94/VBHN-BQP", "THÔNG TƯ\n\nQuy định về bom mìn", "van_ban_hop_nhat"),
        ("Số: 5/SCT-VP\n\nV/v báo cáo", "Kính gửi: Sở Nội vụ", "cong_van"),
        ("Số: 5-KL/TU", "KẾT LUẬN\n\nVề công tác cán bộ", "ket_luan"),
    ],
)
def test_the_type_is_told_by_its_word_or_by_the_symbol(head: str, title: str, slug: str) -> None:
    assert plan(head, title=title).type == slug


def test_a_law_is_told_by_the_word_before_its_number() -> None:
    found = header(
        "Luật số: 10/2022/QH15\n\nHà Nội, ngày 10 tháng 11 năm 2022\n\nCăn cứ Hiến pháp;\n\nĐiều 1. Phạm vi\n"
    )
    assert (found.type, found.number, found.symbol) == ("luat", "10/2022", "QH15")


def test_a_number_behind_the_type_word_is_read_and_is_no_title() -> None:
    found = header(
        "BỘ NỘI VỤ\n\nTHÔNG TƯ SỐ 12/2020/TT-BNV\n\nHướng dẫn văn thư\n\nCăn cứ Luật Lưu trữ;\n\nĐiều 1. Phạm vi\n"
    )
    assert (found.type, found.number, found.symbol, found.title) == (
        "thong_tu",
        "12/2020",
        "TT-BNV",
        "Hướng dẫn văn thư",
    )


def test_a_type_word_of_another_kind_of_text_is_no_letter() -> None:
    found = header("BẢN ÁN SỐ 5/2020/HSPT\n\nVề một vụ việc\n\n1. Nội dung.\n")
    assert (found.type, found.number, found.symbol, found.title) == (None, "5/2020", "HSPT", "Về một vụ việc")


def test_places_in_a_text_without_header_give_no_province() -> None:
    found = header("Nguồn: bản án của tòa\n\nÔng A cư trú tại tỉnh Hà Tĩnh.\n\n1. Nội dung vụ án tại tỉnh Hà Tĩnh.\n")
    assert found.jurisdiction is None


def test_a_form_without_number_and_place_is_no_letter() -> None:
    assert header("Kính gửi: Sở Nội vụ\n\nTôi tên là:\n\n1. Họ và tên\n").type is None


def test_recipients_are_lines_without_signs_and_archive() -> None:
    found = plan(
        "Số: 5/KH-SNV",
        "*Noi nhận:*\n\n- Sở Tài chính;\n- VP: CVP, các phòng TH, HC;\n- Lưu: VT, VP.\n\n**GIÁM ĐỐC**\n\nLê Văn Tám",
    )
    assert found.recipients == ("Sở Tài chính", "VP: CVP, các phòng TH, HC")


def test_an_addressee_that_ends_in_a_comma_goes_on_in_the_next_line() -> None:
    found = header(
        "Số: 5/CĐ-UBND\n\nCÔNG ĐIỆN\n\nVề ứng phó bão\n\nCHỦ TỊCH UBND TỈNH điện:\n"
        "- Chủ tịch UBND các xã: Tân Lập,\n- Sơn Hà;\n- Sở Y tế;\n\nMưa lớn tại nhiều nơi, yêu cầu:\n\n1. Trực ban.\n"
    )
    assert found.addressees == ("Chủ tịch UBND các xã: Tân Lập, Sơn Hà", "Sở Y tế")


def test_urgency_is_read_and_ordinary_words_are_not_urgency() -> None:
    assert plan("HỎA TỐC\n\nSố: 5/KH-SNV").urgency == "hoa_toc"
    assert plan("Số: 5/KH-SNV", title="KẾ HOẠCH\n\nKHẨN TRƯƠNG ỨNG PHÓ BÃO").urgency is None


def test_an_annex_tells_the_number_where_the_header_is_missing() -> None:
    found = plan(
        "", "CHỦ TỊCH\n\nLê Thanh Hà\n\nQUY CHẾ\n\nVăn thư\n\n"
        "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 03/4/2024 của UBND tỉnh)",
        title="QUYẾT ĐỊNH\n\nBan hành Quy chế văn thư",
    )  # fmt: skip
    assert (found.type, found.number, found.symbol, found.date) == ("quyet_dinh", "12", "QĐ-UBND", "2024-04-03")


def test_spans_show_the_source() -> None:
    text = (
        "Số: 30/KH-UBND\n\nQuảng Ngãi, ngày 03 tháng 3 năm 2021\n\n**KẾ HOẠCH**\n\n"
        "**Công tác** văn thư\n\n1. Rà soát.\n"
    )
    found = header(text)
    shown = {name: text[start:end] for name, (start, end) in found.spans.items()}
    assert shown["number"] == "30"
    assert shown["symbol"] == "KH-UBND"
    assert shown["type"] == "KẾ HOẠCH"
    assert shown["title"] == "Công tác** văn thư"
    assert shown["date"] == "Quảng Ngãi, ngày 03 tháng 3 năm 2021"


@pytest.mark.parametrize(
    "text", ["Trần Thị Diệu Thúy", "Y Thanh Niê", "Thượng tướng Võ Minh Lương", "NGUYỄN VĂN A", "Đào Mỹ"]
)
def test_names_of_persons_are_known(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize(
    "text", ["Như trên", "PHÓ CHỦ TỊCH", "TỔNG KIỂM TOÁN NHÀ NƯỚC", "Sở Nội vụ", "Lê", "XÁC THỰC VĂN BẢN"]
)
def test_other_lines_are_no_persons(text: str) -> None:
    assert not is_person(text)


def test_capitals_are_written_as_in_running_text() -> None:
    assert name_case("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÀ NỘI") == "Hội đồng nhân dân thành phố Hà Nội"
    assert name_case("CHI CỤC KIỂM LÂM") == "Chi cục Kiểm lâm"
    assert post_case("PHÓ CHÁNH VĂN PHÒNG") == "Phó Chánh Văn phòng"


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.exists(), reason="shared gold is not here")
@pytest.mark.parametrize("name", ["S1", "S4"])
def test_the_annotated_headers_are_all_right(name: str) -> None:
    gold = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
    wanted = gold["instrument"]
    found = header((SHARED / "seeds" / gold["file"]).read_text("utf-8"))
    assert fold(wanted["type"]) == fold(found.type or "")
    for field in ("number", "symbol", "date", "place", "title"):
        assert getattr(found, field) == wanted[field], field
    assert [i.name for i in found.issuers] == wanted["issuers"]
    assert [(s.name, s.position) for s in found.signers] == [(s["name"], s["position"]) for s in wanted["signers"]]
    assert list(found.recipients) == wanted["recipients"]
    assert list(found.addressees) == wanted["addressees"]


@pytest.mark.shared
@pytest.mark.skipif(not DEV.exists(), reason="shared corpus is not here")
def test_numbers_of_the_corpus_are_right() -> None:
    rows = [json.loads(line) for line in (DEV / "metadata.jsonl").read_text("utf-8").splitlines()]
    for row in [row for row in rows if row.get("number_in_header")][::8]:
        found = header((DEV / row["file"]).read_text("utf-8"))
        assert fold(f"{found.number} {found.symbol}").replace(" ", "").lstrip("0") == fold(row["number"]).replace(
            " ", ""
        ).lstrip("0")
