"""Citations as documents of old layouts and careless hands write them."""

import pytest

from loaders.document import SourceText, Zone
from loaders.pipeline import record_of
from ontology.record import Citation


def edges(citations: tuple[Citation, ...]) -> list[tuple[str, str, str | None]]:
    return [(c.relation.value, c.subject, c.number or c.title) for c in citations]


def test_what_is_replaced_came_with_the_decisions_of_the_list(cite):
    found = cite(
        "Chế độ này thay thế các văn bản về sổ sách ban hành theo các Quyết định số 312-TC/CĐKT ngày 15-12-1989, "
        "324-TC/CĐKT ngày 18-4-1990 và Thông tư số 17-TC/CĐKT ngày 21-2-1994 của Bộ Tài chính.",
        type="quyet_dinh",
    )
    assert [(c.type, c.relation.value) for c in found] == [
        ("quyet_dinh", "replaces"),
        ("quyet_dinh", "replaces"),
        ("thong_tu", "replaces"),
    ]


def test_a_stray_space_does_not_end_a_symbol(cite):
    (law, order) = cite(
        "Pháp lệnh kế toán và Thống kê công bố theo Lệnh số 16-LCT/HĐN N ngày 20-5-1988 của Hội đồng Nhà nước;",
        zone=Zone.PREAMBLE,
    )
    assert law.title == "Pháp lệnh kế toán và Thống kê"
    assert (order.symbol, order.date, order.issuer) == ("LCT/HĐNN", "1988-05-20", "Hội đồng Nhà nước")


def test_a_number_behind_tells_a_title_in_small_letters(cite):
    (law,) = cite("Đối tượng theo Luật khuyến khích đầu tư nội địa (sửa đổi) số 13/1998/QH 10 được miễn thuế.")
    assert (law.title, law.number, law.symbol) == ("Luật khuyến khích đầu tư nội địa (sửa đổi)", "13/1998", "QH10")


def test_a_law_in_small_letters_is_named_behind_of(cite):
    (law,) = cite("quy định chi tiết thi hành một số điều của luật an toàn thực phẩm;")
    assert law.title == "luật an toàn thực phẩm"
    assert not cite("chấp hành pháp luật an toàn thực phẩm; tìm hiểu luật an toàn thực phẩm;")


def test_the_title_of_an_amending_law_goes_on_to_its_object(cite):
    (law,) = cite(
        "Căn cứ Luật sửa đổi, bổ sung một số điều và Phụ lục chỉ tiêu của Luật Thống kê ngày 12 tháng 11 năm 2021;",
        zone=Zone.PREAMBLE,
    )
    assert (law.date, law.relation.value) == ("2021-11-12", "based_on")


def test_the_list_of_the_amended_goes_on_behind_the_title_of_the_first(cite):
    found = cite(
        "Căn cứ Nghị định số 62/2024/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 94/2016/NĐ-CP quy định "
        "chi tiết Luật Thống kê và Nghị định số 94/2022/NĐ-CP quy định nội dung chỉ tiêu;",
        zone=Zone.PREAMBLE,
    )
    assert edges(found)[-1] == ("amends", "62/2024/NĐ-CP", "94/2022")


def test_who_directs_by_a_list_issued_all_of_it(cite):
    found = cite("theo ý kiến của Thủ tướng Chính phủ tại các Công điện số 317/CĐ-TTg ngày 16/11/2025; số 318/CĐ-TTg.")
    assert {c.issuer for c in found} == {"Thủ tướng Chính phủ"}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Văn phòng hướng dẫn các chi bộ sinh hoạt chuyên đề về Nghị quyết số 68-NQ/TW.", "mentions"),
        ("Văn phòng hướng dẫn thực hiện Nghị quyết số 68-NQ/TW.", "guides"),
        ("Các địa phương chưa thực hiện. Đồng thời, tại Thông báo số 38/TB-VPCP, Thủ tướng đã giao việc.", "mentions"),
    ],
)
def test_a_trigger_governs_what_it_stands_at(cite, text, relation):
    assert [c.relation.value for c in cite(text)] == [relation]


def test_a_footnote_that_is_a_title_belongs_to_what_its_mark_follows(cite):
    text = (
        "UBND TỈNH LAI CHÂU\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n\nKiểm tra\n\n1. Theo Báo cáo số 25/BC-SNV của Sở Nội vụ[3].\n"
        "\nNơi nhận:\n- Lưu: VT.\n\n[3] Về kết quả thực hiện Kết luận số 77-KL/TW ngày 02/5/2024.\n"
    )
    record = record_of(SourceText("x.txt", "x.txt", "0" * 64, "text/plain", "file", text))
    assert edges(record.citations)[-1][1:] == ("25/BC-SNV", "77")


def test_quoted_words_of_a_change_are_no_act(cite):
    found = cite(
        "Thay thế cụm từ “Quyết định số 171/QĐ-TTg” bằng cụm từ “Quyết định số 92/QĐ-TTg” tại Điều 5.", type="thong_tu"
    )
    assert [c.relation.value for c in found] == ["mentions", "mentions"]


def test_words_of_a_quotation_do_not_govern_what_stands_behind_it(cite):
    found = cite(
        "Bãi bỏ thủ tục: “Đăng ký theo Thông tư số 20/2014/TT-BTC hướng dẫn kế toán” tại Quyết định số 83/QĐ-BTC.",
        type="quyet_dinh",
    )
    assert edges(found)[-1] == ("repeals", "self", "83")


def test_bodies_that_issued_together_stand_in_a_list(cite):
    found = cite(
        "Thông tư liên tịch số 01/2012/TTLT-BQP-BTC của Bộ Quốc phòng, Bộ Tài chính hướng dẫn thực hiện "
        "Quyết định số 62/2011/QĐ-TTg."
    )
    assert found[0].issuer == "Bộ Quốc phòng, Bộ Tài chính"
    assert edges(found)[1] == ("guides", "01/2012/TTLT-BQP-BTC", "62/2011")


def test_a_bullet_in_a_cell_begins_anew(cite):
    found = cite("- Thông tư số 10/2025/TT-BXD hướng dẫn về xây dựng. - Quyết định số 53/QĐ-BXD ngày 10/9/2025.")
    assert edges(found)[1] == ("mentions", "self", "53")


def test_a_law_is_named_behind_quy_dinh(cite):
    (law,) = cite("hưởng trợ cấp theo quy định Luật Bảo hiểm xã hội số 41/2024/QH15.")
    assert law.title == "Luật Bảo hiểm xã hội"


def test_a_word_that_was_typed_twice_hides_neither_day_nor_issuer(cite):
    (found,) = cite("Căn cứ Nghị định số 78/2025/NĐ-CP ngày ngày 01/4/2025 của của Chính phủ về văn thư;")
    assert (found.date, found.issuer) == ("2025-04-01", "Chính phủ")
