"""Heads of old layouts: one title sentence, two columns set with spaces, capitals lost by a font."""

from loaders.document import SourceText
from loaders.header import read_header
from loaders.layout import lay_out
from loaders.pipeline import record_of
from ontology.record import Header

BODY = "Căn cứ Luật Lưu trữ;\n\nĐiều 1. Rà soát văn bản.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n\n"


def source(text: str) -> SourceText:
    return SourceText("x.txt", "x.txt", "0" * 64, "text/plain", "file", text)


def header(text: str) -> Header:
    return read_header(lay_out(source(text)))


def names(found: Header) -> list[str]:
    return [issuer.name for issuer in found.issuers]


def test_a_title_sentence_is_the_head() -> None:
    text = (
        "Quyết định\n\ncủa Bộ trưởng Bộ Tài chính số 215-TC/QĐ/TCT\nngày 02 tháng 3 năm 1996 Về việc thu phí\n\n" + BODY
    )
    found = header(text)
    assert (found.type, found.number, found.symbol, found.date) == ("quyet_dinh", "215", "TC/QĐ/TCT", "1996-03-02")
    assert names(found) == ["Bộ Tài chính"]
    assert found.title == "Về việc thu phí"
    assert not [c for c in record_of(source(text)).citations if c.number == "215"]


def test_a_title_sentence_in_capitals_is_the_head() -> None:
    found = header(f"NGHỊ ĐỊNH\n\nCỦA CHÍNH PHỦ SỐ 29/1999/NĐ-CP NGÀY 11 THÁNG 5 NĂM 1999 VỀ VĂN THƯ\n\n{BODY}")
    assert (found.type, found.number, found.symbol, found.date) == ("nghi_dinh", "29/1999", "NĐ-CP", "1999-05-11")
    assert names(found) == ["Chính phủ"]
    assert found.title == "VỀ VĂN THƯ"


def test_the_publisher_is_not_the_issuer() -> None:
    banner = "VĂN PHÒNG QUỐC HỘI CƠ SỞ DỮ LIỆU LUẬT VIỆT NAM LAWDATA"
    found = header(f"{banner}\n\nQuyết định\n\ncủa Bộ trưởng Bộ Y tế số 12-BYT/QĐ ngày 3-4-1995\n\n{BODY}")
    assert names(found) == ["Bộ Y tế"]


def test_a_title_sentence_needs_its_number() -> None:
    found = header("Quyết định của Sở Nội vụ về việc nghỉ lễ đã được gửi các phòng.\n\n1. Các phòng trực theo lịch.\n")
    assert (found.type, found.number, found.date) == (None, None, None)


def test_columns_set_with_spaces_are_parted() -> None:
    wide = "\u2006 " * 20
    text = (
        f"BỘ TÀI CHÍNH{wide}cộng hoà xã hội chủ nghĩa việt nam\n\nSố:{' ' * 9}41    /2001/TT/BTC{wide}-----------\n\n"
        f"Hà nội, ngày   15   tháng   5   năm 2001\n\nTHÔNG TƯ\n\nHướng dẫn thu phí\n\n{BODY}"
        "KT/BỘ TRƯỞNG BỘ TÀI CHÍNH\n\nTHỨ TRƯỞNG\n\nNơi nhận:\n\n- Các cục thuế\n\n- Các sở"
        f"{wide * 3}Trần Văn Bình\n\n- Lưu: VP"
    )
    found = header(text)
    assert (found.type, found.number, found.symbol, found.date) == ("thong_tu", "41/2001", "TT/BTC", "2001-05-15")
    assert names(found) == ["Bộ Tài chính"]
    assert [(s.name, s.position) for s in found.signers] == [("Trần Văn Bình", "Thứ trưởng")]
    assert found.recipients == ("Các cục thuế", "Các sở")


def test_a_chairman_is_named_with_his_committee() -> None:
    found = header(
        f"CHỦ TỊCH\nỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG\n\nSố: 5/2025/QĐ-CTUBND\n\nQUYẾT ĐỊNH\n\nVề văn thư\n\n{BODY}"
    )
    assert names(found) == ["Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng"]


def test_a_precedent_is_read() -> None:
    court = "Hội đồng Thẩm phán Tòa án nhân dân tối cao"
    found = header(
        f"Án lệ số 71/2024/AL về chia di sản\n\nĐược {court} thông qua ngày 05 tháng 02 năm 2024 và được công bố theo "
        "Quyết định số 50/QĐ-CA ngày 25 tháng 02 năm 2024.\n\nNguồn án lệ:\n\nBản án tại tỉnh Hà Tĩnh.\n"
    )
    assert (found.type, found.number, found.symbol, found.date) == ("an_le", "71/2024", "AL", "2024-02-05")
    assert names(found) == [court]
    assert found.title == "về chia di sản"


def test_place_and_date_need_no_comma() -> None:
    found = header(
        f"CHÍNH PHỦ\n\nSố: 12/NQ-CP\n\nHà Nội ngày 01\ntháng 12 năm 2025\n\nNGHỊ QUYẾT\n\nVề văn thư\n\n{BODY}"
    )
    assert (found.place, found.date) == ("Hà Nội", "2025-12-01")


def test_a_party_title_names_the_collective_of_its_commune() -> None:
    found = header(
        "ĐẢNG BỘ TỈNH HÒA LÂM\nĐẢNG ỦY XÃ BẾN GỖ\n*\nSố 09-NQ/ĐU\n\nNGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ XÃ\n"
        "về xây dựng nông thôn mới\n\nI- TÌNH HÌNH\n\nMọi việc tốt.\n"
    )
    assert names(found) == ["Ban Chấp hành Đảng bộ xã Bến Gỗ"]


def test_a_file_that_is_only_an_annex_says_whose_number_it_bears() -> None:
    record = record_of(
        source(
            "Phụ lục 3\n\nQUY TRÌNH TIẾP NHẬN\n\n(Kèm theo Quyết định số 13/QĐ-UBND ngày 25/5/2024 của UBND tỉnh)\n\n"
            "I. Tiếp nhận\n\n1. Nộp hồ sơ."
        )
    )
    assert record.instrument.number == "13"
    assert "annex_only" in [w.code for w in record.warnings]
