"""Numbers, dates and type words as scanners and hurried hands leave them."""

import pytest

# text, kind, number, symbol, date, issuer
READABLE = [
    ("Kế hoạch số 30 /KH - UBND ngày 17/ 02/2023 của UBND tỉnh", "ke_hoach", "30", "KH-UBND", "2023-02-17", "UBND tỉnh"),  # noqa: E501 - a row
    ("Quyết dịnh số 1256/QD-UBND ngày 10/11/2021", "quyet_dinh", "1256", "QD-UBND", "2021-11-10", None),
    ("Quyet dinh so 1256/QD-UBND ngay 10/11/2021 cua UBND tỉnh", "quyet_dinh", "1256", "QD-UBND", "2021-11-10", "UBND tỉnh"),  # noqa: E501 - a row
    ("Nghi định số 30/2020/NĐ-CP ngày 05/3/2020", "nghi_dinh", "30/2020", "NĐ-CP", "2020-03-05", None),
    ("Nghị định sô 98/2021/NĐ-CP", "nghi_dinh", "98/2021", "NĐ-CP", None, None),
    ("Nghị định số142/2018/NĐ-CP ngày 09/10/2018", "nghi_dinh", "142/2018", "NĐ-CP", "2018-10-09", None),
    ("Nghị định số 30/2020 /NĐ-CP", "nghi_dinh", "30/2020", "NĐ-CP", None, None),
    ("Nghị định số 30/2020/NÐ-CP", "nghi_dinh", "30/2020", "NĐ-CP", None, None),
    ("Nghị định số 30/2020/NĐCP", "nghi_dinh", "30/2020", "NĐCP", None, None),
    ("Chỉ thị số 33 CT/TTg ngày 26-11-2021", "chi_thi", "33", "CT/TTg", "2021-11-26", None),
    ("Chỉ thị số 33/CT- TTg, ngày 26.11.2021", "chi_thi", "33", "CT-TTg", "2021-11-26", None),
    ("Nghị quyết số 27-NQ/TW. ngày 09/11/2022", "nghi_quyet", "27", "NQ/TW", "2022-11-09", None),
    ("Nghị quyết số 57-NQ/TW ngày 22 tháng 12 nám 2024", "nghi_quyet", "57", "NQ/TW", "2024-12-22", None),
    ("Quyết định số 1746/QĐ-TTg ngày 30/12/2023 của Thủ tưởng Chính phủ", "quyet_dinh", "1746", "QĐ-TTg", "2023-12-30", "Thủ tưởng Chính phủ"),  # noqa: E501 - a row
    ("Thông tư số 58/2025/TT BCT ngày 02/12/2025", "thong_tu", "58/2025", "TT-BCT", "2025-12-02", None),
    ("Quyết định số 2568/QĐ UBND ngày 21/11/2025", "quyet_dinh", "2568", "QĐ-UBND", "2025-11-21", None),
    ("Kế hoạch thanh tra số 1505/KH-TTCP", "ke_hoach", "1505", "KH-TTCP", None, None),
]  # fmt: skip


@pytest.mark.parametrize("row", READABLE, ids=lambda row: row[0])
def test_damage_that_leaves_the_facts_readable_is_read_through(cite, row):
    text, *expected = row
    whole = f"Thực hiện {text}."
    (one,) = cite(whole)
    assert [one.type, one.number, one.symbol, one.date, one.issuer] == expected
    assert whole[one.start : one.end] == text


def test_a_full_stop_before_a_new_sentence_is_no_damage(cite):
    (one,) = cite("Triển khai Nghị quyết số 27-NQ/TW. Ngày 09/11/2022, Sở Công Thương họp.")
    assert one.date is None


# text, what is told, why
PUZZLES = [
    ("Quyết định số 1O5/QĐ-UBND ngày 05/3/2021", "Quyết định số 1O5/QĐ-UBND", "số, ký hiệu đọc không được"),
    ("Quyết định số l256/QĐ-UBND", "Quyết định số l256/QĐ-UBND", "số, ký hiệu đọc không được"),
    ("Quyết định số 483l/QĐ-BNNMT ngày 17/11/2025", "Quyết định số 483l/QĐ-BNNMT", "số, ký hiệu đọc không được"),
    ("Kế hoạch số I2/KH-UBND ngày 05/3/2021", "Kế hoạch số I2/KH-UBND", "số, ký hiệu đọc không được"),
    ("Quyết định số 22/201 /QĐ-UBND ngày 13 tháng 9 năm 2019", "Quyết định số 22/201 /QĐ-UBND", "số, ký hiệu đọc không được"),  # noqa: E501 - a row
    ("Kế hoạch số 12/?H-UBND ngày 03/4/2024", "Kế hoạch số 12/?H-UBND", "số, ký hiệu đọc không được"),
    ("Căn cứ Quyết định số /2025/QĐ-UBND của UBND tỉnh", "Quyết định số /2025/QĐ-UBND", "số để trống"),
    ("Quyết định số ....../QĐ-UBND ngày .../.../2025", "Quyết định số ....../QĐ-UBND", "số để trống"),
    ("văn bản số ngày 12/3/2024 của Sở Nội vụ", "văn bản số ngày 12/3/2024", "có ngày mà thiếu số, ký hiệu"),
    ("Công văn số: ngày 05 tháng 02 năm 2024", "Công văn số: ngày 05 tháng 02 năm 2024", "có ngày mà thiếu số, ký hiệu"),  # noqa: E501 - a row
    ("văn bản số 125 ngày 03/4/2024 của Sở Tài chính", "văn bản số 125", "có số mà không rõ loại văn bản, ký hiệu"),
    ("theo các văn bản số 125 của Sở Tài chính", "văn bản số 125", "có số mà không rõ loại văn bản, ký hiệu"),
    ("báo cáo trước ngày 31/02/2024", "ngày 31/02/2024", "ngày không có trong lịch"),
    ("họp ngày 12/13/2024", "ngày 12/13/2024", "ngày không có trong lịch"),
    ("ngày 29 tháng 02 năm 2023", "ngày 29 tháng 02 năm 2023", "ngày không có trong lịch"),
    ("ban hành ngày 12/3/20224", "ngày 12/3/20224", "năm không viết đủ bốn chữ số"),
    ("ban hành ngày 12/3/24", "ngày 12/3/24", "năm không viết đủ bốn chữ số"),
    ("ban hành ngày l2/3/2024", "ngày l2/3/2024", "ngày đọc không được"),
    ("ban hành ngày 1O/3/2O24", "ngày 1O/3/2O24", "ngày đọc không được"),
    ("ban hành ngày 2o tháng I0 năm 2025", "ngày 2o tháng I0 năm 2025", "ngày đọc không được"),
    ("Công điện số s05/CĐ-TTg của Thủ tướng", "Công điện số s05/CĐ-TTg", "số, ký hiệu đọc không được"),
    ("Quyết định số 1248ú/QĐ-TTg của Thủ tướng", "Quyết định số 1248ú/QĐ-TTg", "số, ký hiệu đọc không được"),
    ("Thông tư số 55/2o23/TT-BTC của Bộ Tài chính", "Thông tư số 55/2o23/TT-BTC", "số, ký hiệu đọc không được"),
]  # fmt: skip


@pytest.mark.parametrize("row", PUZZLES, ids=lambda row: row[0])
def test_what_cannot_be_read_is_told_and_asserted_nowhere(reading, row):
    text, told, why = row
    found = reading(f"{text};")
    assert [(f"{text};"[u.start : u.end], u.why) for u in found.unparsed] == [(told, why)]
    assert found.citations == ()


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Kế hoạch số 30/KH-UBND ngày 17/02/2023; báo cáo trước ngày 15/12, ngày 25 hằng tháng",
        "tính số ngày công; số ngày nghỉ theo quy định; văn bản số hóa; chuyển đổi số ngày càng sâu rộng",
        "ngày … tháng … năm …; số thứ tự 01; hồ sơ số 12; mẫu số 03/KH; phụ lục số I; tổ dân phố số 2/1",
        "mưa lũ từ ngày 16-22/11, ngày 16 - 22/11/2025",
        "tỷ số 2/1, chỉ số 3/5, hệ số 1,5; Kế hoạch năm 2024; văn bản này, văn bản nêu trên",
        "Quyết định số 5/QĐ-UBND; Nghị quyết số 57; Luật số 80/2025/QH15; Kế hoạch số 12 của Sở",
    ],
)
def test_plain_text_holds_no_puzzles(reading, text):
    assert reading(text).unparsed == ()


def test_a_blank_over_an_annex_or_of_an_unnumbered_document_is_the_document_itself(reading):
    text = "(Ban hành kèm theo Quyết định số /QĐ-UBND ngày tháng năm 2025)"
    assert reading(text, type="quyet_dinh", number=None, symbol="QĐ-UBND").unparsed == ()
    assert reading(text, type="quyet_dinh", number="12", symbol="QĐ-UBND").unparsed == ()
    assert reading("Căn cứ Quyết định số /QĐ-UBND ngày", type="quyet_dinh", number="12", symbol="QĐ-UBND").unparsed


LISTS = [
    ("các Chỉ thị: số 33/CT-TTg ngày 26/11/2021, số 16/CT-TTg ngày 16/5/2018 của Thủ tướng Chính phủ",
     [("chi_thi", "33", "2021-11-26", "Thủ tướng Chính phủ"), ("chi_thi", "16", "2018-05-16", "Thủ tướng Chính phủ")]),
    ("các Tờ trình: số 441/TTr-SXD ngày 07/11/2025 và số 464/TTr-SXD ngày 20/11/2025",
     [("to_trinh", "441", "2025-11-07", None), ("to_trinh", "464", "2025-11-20", None)]),
    ("các Luật số 72/2025/QH15, 80/2025/QH15 và 64/2025/QH15",
     [("luat", "72/2025", None, None), ("luat", "80/2025", None, None), ("luat", "64/2025", None, None)]),
    ("Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương",
     [("nghi_quyet", "18", "2017-10-25", "Ban Chấp hành Trung ương"), ("nghi_quyet", "19", "2017-10-25", "Ban Chấp hành Trung ương")]),  # noqa: E501 - a row
    ("Đề án số 13-ĐA/TU và Kế hoạch số 30/KH-UBND ngày 17/02/2025",
     [("de_an", "13", None, None), ("ke_hoach", "30", "2025-02-17", None)]),
    ("Quyết định số 12/2020/QĐ-UBND và Quyết định số 15/2021/QĐ-UBND ngày 06/4/2021",
     [("quyet_dinh", "12/2020", None, None), ("quyet_dinh", "15/2021", "2021-04-06", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=lambda value: str(value)[:40])
def test_lists_give_each_item_its_own_date_and_what_they_share(cite, text, expected):
    assert [(c.type, c.number, c.date, c.issuer) for c in cite(f"Theo {text}.")] == expected


ISSUERS = [
    "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
    "Ban Chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực tỉnh",
    "Bộ Công an, Viện kiểm sát nhân dân tối cao, Tòa án nhân dân tối cao",
    "Ban Dân vận Tỉnh ủy và Ban Cán sự đảng UBND tỉnh",
    "Hội đồng Bộ trưởng",
    "Đảng ủy xã Hải An",
    "Văn phòng Trung ương Đảng",
    "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
    "Bộ Giao thông vận tải",
    "Sở Giao thông vận tải tỉnh Tây Ninh",
    "Bộ trưởng Bộ Thông tin và Truyền thông",
    "Bộ Dân tộc và Tôn giáo",
    "Ban Chính sách, chiến lược Trung ương",
    "Đảng ủy các cơ quan Đảng Trung ương",
    "Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi",
    "Thuế tỉnh Tây Ninh",
    "Đoàn đại biểu Quốc hội tỉnh",
    "Hội Cựu chiến binh tỉnh",
    "Tòa án nhân dân khu vực 1 - Quảng Ngãi",
    "Cục Kiểm tra văn bản và Tổ chức thi hành pháp luật",
    "Tổng cục Thi hành án dân sự",
    "Ban Chỉ đạo 35 tỉnh",
    "UBND đặc khu Lý Sơn",
    "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
]


@pytest.mark.parametrize("name", ISSUERS)
@pytest.mark.parametrize("after", [" về việc phối hợp", " ban hành Chương trình", ";"])
def test_long_names_of_bodies_are_read_whole(cite, name, after):
    (one,) = cite(f"Theo Kế hoạch số 12-KH/BCĐ ngày 05/3/2025 giữa {name}{after}")
    assert one.issuer == name


def test_a_law_with_year_and_number_is_one_citation(cite):
    for text in (
        "Luật Việc làm năm 2025 (số 74/2025/QH15)",
        "Luật Việc làm (Luật số 74/2025/QH15)",
        "Luật Việc làm số 74/2025/QH15",
        "Luật Việc làm (số 74/2025/QH15)",
        "Luật Việc làm 2025 số 74/2025/QH15",
    ):
        (one,) = cite(f"Căn cứ {text};")
        assert (one.type, one.number, one.title) == ("luat", "74/2025", "Luật Việc làm"), text


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("mục II Nghị quyết số 04-NQ/TU", (("muc", "II"),)),
        ("điểm i khoản 1 Điều 3 Luật Khiếu nại", (("dieu", "3"), ("khoan", "1"), ("diem", "i"))),
        (
            "tiểu mục 2 mục III Chương IV Thông tư số 01/2024/TT-BNV",
            (("chuong", "IV"), ("muc", "III"), ("tieu-muc", "2")),
        ),
        ("Phụ lục I Nghị định số 30/2020/NĐ-CP", (("phu-luc", "I"),)),
    ],
)
def test_outer_parts_keep_their_roman_numerals(cite, text, provision):
    (one,) = cite(f"quy định tại {text}")
    assert one.provision == provision


def test_the_issuer_of_an_opening_is_that_of_what_stands_behind_its_colon(cite):
    text = "Căn cứ các Quyết định của Thủ tướng Chính phủ về quy hoạch tỉnh: Quyết định số 1629/QĐ-TTg ngày 16/12/2023 về tỉnh A; Quyết định số 790/QĐ-TTg; Quyết định số 5/QĐ-UBND"  # noqa: E501 - a sentence whole
    assert [c.issuer for c in cite(text)] == ["Thủ tướng Chính phủ", "Thủ tướng Chính phủ", None]


def test_the_term_of_a_body_is_no_part_of_its_name(cite):
    for text in ("Bộ Chính trị khóa XIII", "Bộ Chính trị (khóa XIII)", "Bộ Chính trị, khóa XIII"):
        (one,) = cite(f"Thực hiện Kết luận số 01-KL/TW ngày 18/5/2021 của {text} về học tập;")
        assert one.issuer == "Bộ Chính trị", text


def test_a_department_may_sign_with_the_letters_of_its_old_name(cite):
    (one,) = cite("Theo đề nghị của Sở Nông nghiệp và Môi trường tại Tờ trình số 9512/TTr-SNN-CCTL ngày 23/10/2025")
    assert one.issuer == "Sở Nông nghiệp và Môi trường"


def test_a_document_in_a_list_of_other_kinds_keeps_its_own_kind(cite):
    found = cite(
        "đề nghị tại Tờ trình số 127/TTr-BTC và văn bản số 9720/BTC-NSNN; các văn bản số 1/BTC-NSNN, 2/BTC-NSNN"
    )
    assert [c.type for c in found] == ["to_trinh", "cong_van", "cong_van", "cong_van"]


def test_the_issuer_before_a_list_goes_on_past_the_laws_in_its_titles(cite):
    text = "Căn cứ các Nghị định của Chính phủ: số 78/2025/NĐ-CP quy định chi tiết Luật Tiếp công dân; số 187/2025/NĐ-CP; số 8/2022/NĐ-CP"  # noqa: E501 - a sentence whole
    assert [c.issuer for c in cite(text) if c.number] == ["Chính phủ"] * 3


def test_titles_of_laws_are_known_without_their_accents(cite):
    (one,) = cite("theo Luật Khoa hoc, công nghệ và đổi mới sang tạo năm 2025")
    assert (one.title, one.date) == ("Luật Khoa hoc, công nghệ và đổi mới sang tạo", "2025")


def test_a_law_is_known_where_its_type_word_lost_its_accent(cite):
    assert [c.title for c in cite("theo Luat Bảo vệ môi trường; phap luat Việt Nam")] == ["Luat Bảo vệ môi trường"]


def test_a_law_with_a_damaged_number_is_cited_by_its_title_alone(reading):
    found = reading("theo Luật Giao dịch điện tử số 2O/2023/QH15")
    assert [(c.title, c.number) for c in found.citations] == [("Luật Giao dịch điện tử", None)]
    assert [u.why for u in found.unparsed] == ["số, ký hiệu đọc không được"]
