import pytest

from loaders.citations_lexicon import lexicon, plain_letters, read_table
from ontology.kinds import kind
from tests.counting import grows_linearly

# raw text, kind, number, symbol, date, issuer
VECTORS = [
    ("Công văn số 4418 /UBND-NC ngày 06/9/2022", "cong_van", "4418", "UBND-NC", "2022-09-06", None),
    ("Chỉ thị số 08 -CT/TU ngày 25/5/2021", "chi_thi", "08", "CT/TU", "2021-05-25", None),
    ("Quyết định số 396 -QĐ/TU, ngày 19/10/2021", "quyet_dinh", "396", "QĐ/TU", "2021-10-19", None),
    ("Kết luận số 114 -KL/TW ngày 14/7/2015 của Ban Bí thư", "ket_luan", "114", "KL/TW", "2015-07-14", "Ban Bí thư"),
    ("Hướng dẫn số 08-HD/BVVTU", "huong_dan", "08", "HD/BVVTU", None, None),
    ("KẾ HOẠCH 987-KH/BCSD CỦA BAN CÁN SỰ UBND TỈNH", "ke_hoach", "987", "KH/BCSD", None, "BAN CÁN SỰ UBND TỈNH"),
    ("Kế hoạch số 104-KH/BDVTU-BCSDUBND", "ke_hoach", "104", "KH/BDVTU-BCSDUBND", None, None),
    ("Kế hoạch số 10 – KH/BDVTU-BCSĐUBND", "ke_hoach", "10", "KH/BDVTU-BCSĐUBND", None, None),
    ("Kế hoạch số 40 KH/BDVTU-BCSDUBND", "ke_hoach", "40", "KH/BDVTU-BCSDUBND", None, None),
    ("Quyết định số 436-QĐ-UBND", "quyet_dinh", "436", "QĐ-UBND", None, None),
    ("Quyết định số 56/2015/QĐ-UBND ngày 29/12/2015", "quyet_dinh", "56/2015", "QĐ-UBND", "2015-12-29", None),
    ("Quyết định số 217-QĐ/TW*)", "quyet_dinh", "217", "QĐ/TW", None, None),
    ("Quyết định số 218-QĐ/TW ngày 12 tháng 12 năm 2013", "quyet_dinh", "218", "QĐ/TW", "2013-12-12", None),
    ("Quy định số 11-QĐi/TW, ngày 18/02/2019", "quy_dinh", "11", "QĐi/TW", "2019-02-18", None),
    ("Quy định số 124-QĐ/TW", "quy_dinh", "124", "QĐ/TW", None, None),
    ("Kế hoạch số 26-KH/BCĐ ngày 31/01/2024", "ke_hoach", "26", "KH/BCĐ", "2024-01-31", None),
    ("Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025", "nghi_quyet", "66.7/2025", "NQ-CP", "2025-11-15", None),
    ("Nghị quyết số 55/NQ-UBTVQH10", "nghi_quyet", "55", "NQ-UBTVQH10", None, None),
    ("Pháp lệnh số 34/2007/PL-UBTVQH11", "phap_lenh", "34/2007", "PL-UBTVQH11", None, None),
    ("Công văn số 2231/SNV-CCHC&PC", "cong_van", "2231", "SNV-CCHC&PC", None, None),
    ("Công văn số 5053-CV/VPTW/nb", "cong_van", "5053", "CV/VPTW/nb", None, None),
    ("Quyết định số 18a/QĐ-UBND", "quyet_dinh", "18a", "QĐ-UBND", None, None),
    ("Nghị quyết số 27/NQ- TW", "nghi_quyet", "27", "NQ-TW", None, None),
    ("Nghị định số 73/CP", "nghi_dinh", "73", "CP", None, None),
    ("Văn bản hợp nhất số 03/VBHN-VPQH", "van_ban_hop_nhat", "03", "VBHN-VPQH", None, None),
    ("Luật số 80/2015/QH13", "luat", "80/2015", "QH13", None, None),
    ("Luật số 72/2025/QH 15", "luat", "72/2025", "QH15", None, None),
    ("NQ số 66/NQ-CP ngày 26/3/2025", "nghi_quyet", "66", "NQ-CP", "2025-03-26", None),
    ("Thông tư 43/2025/TT-BCT", "thong_tu", "43/2025", "TT-BCT", None, None),
    ("văn bản số 10781/VPCP-CN", "cong_van", "10781", "VPCP-CN", None, None),
    ("Kế hoạch thanh tra số 1505/KH-TTCP", "ke_hoach", "1505", "KH-TTCP", None, None),
    ("Báo cáo giải trình, tiếp thu số 466/BC-UBND", "bao_cao", "466", "BC-UBND", None, None),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
def test_every_written_form_of_a_number_is_read(cite, vector):
    text, *expected = vector
    (one,) = cite(f"Thực hiện {text}.")
    assert [one.type, one.number, one.symbol, one.date, one.issuer] == expected


def test_the_range_goes_from_the_type_word_to_the_issuer_and_leaves_the_title_out(cite):
    text = "Thực hiện Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh về nước sạch nông thôn;"
    (one,) = cite(text)
    assert text[one.start : one.end] == "Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh"
    assert text[one.sentence_start : one.sentence_end] == text


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2021-2025 và nhiệm kỳ 2020 – 2025",
        "dịch vụ công trực tuyến mức độ 3,4 và mức độ 3, 4",
        "Kế hoạch 5 năm 2021-2025 và kết luận 03 vấn đề",
        "kinh phí 1.200.000 đồng/người/tháng, phòng 12/B2",
        "theo Mẫu số 02/KH-TNMT và QCVN 01:2022/BQP",
        "Kế hoạch này, Quyết định này và các quy định của pháp luật",
        "kỷ luật, kỷ cương; quy luật Thị trường; pháp luật Việt Nam",
        "Hiệu trưởng Trường Đại học Luật Hà Nội quyết định",
        "Luật sư đoàn tỉnh, Hiến pháp và pháp luật",
        "chương trình 135 và dự án 2 trên tuyến đường số 7",
        "ngày 26/12/2021 - UBND tỉnh họp; tỷ lệ 20/QĐ",
    ],
)
def test_what_only_looks_like_a_number_is_no_citation(cite, text):
    assert cite(text) == ()


def test_dates_and_issuers_are_shared_over_a_list_with_one_type_word(cite):
    text = "theo các Quyết định số 217-QĐ/TW, số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị"
    one, two = cite(text)
    assert (
        (one.date, one.issuer, one.type)
        == (two.date, two.issuer, two.type)
        == ("2013-12-12", "Bộ Chính trị", "quyet_dinh")
    )


def test_a_list_does_not_share_over_a_semicolon_or_a_date_of_its_own(cite):
    text = "Thực hiện Quyết định số 1/QĐ-UBND; Quyết định số 2/QĐ-UBND ngày 05/3/2021, Quyết định số 3/QĐ-UBND ngày 06/4/2021"  # noqa: E501 - a sentence whole
    one, two, three = cite(text)
    assert (one.date, two.date, three.date) == (None, "2021-03-05", "2021-04-06")


def test_the_issuer_named_before_a_list_belongs_to_every_item(cite):
    text = "Căn cứ các Nghị định của Chính phủ: số 63/2010/NĐ-CP ngày 08/6/2010; số 92/2017/NĐ-CP ngày 07/8/2017;"
    one, two = cite(text)
    assert (one.issuer, two.issuer) == ("Chính phủ", "Chính phủ")
    assert (one.type, two.type) == ("nghi_dinh", "nghi_dinh")


def test_an_issuer_after_the_title_is_taken_only_where_its_initials_are_the_code(cite):
    (one,) = cite("Thực hiện Kế hoạch số 10-KH/BDVTU ngày 11/01/2021 về công tác dân vận của Ban Dân vận Tỉnh ủy;")
    assert one.issuer == "Ban Dân vận Tỉnh ủy"
    (one,) = cite("Thực hiện Kế hoạch số 10-KH/BDVTU ngày 11/01/2021 về hoạt động của Hội Nông dân tỉnh;")
    assert one.issuer is None


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch về việc công bố", "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Bộ trưởng Bộ Ngoại giao hướng dẫn", "Bộ trưởng Bộ Ngoại giao"),
        ("của Chủ tịch UBND tỉnh Cao Bằng phê duyệt", "Chủ tịch UBND tỉnh Cao Bằng"),
        ("của Chính phủ Quy định chi tiết", "Chính phủ"),
        ("của Ủy ban nhân dân tỉnh Bình Phước Không thu phí", "Ủy ban nhân dân tỉnh Bình Phước"),
        ("của UBND tỉnh và các văn bản khác", "UBND tỉnh"),
        ("của Ban Dân vận Tỉnh ủy và Ban cán sự đảng UBND tỉnh về", "Ban Dân vận Tỉnh ủy và Ban cán sự đảng UBND tỉnh"),
        ("của Sở Xây dựng", "Sở Xây dựng"),
        ("của Sở Triển khai phong trào", "Sở"),
        ("của Bộ Lao động - Thương binh và Xã hội về", "Bộ Lao động - Thương binh và Xã hội"),
        ("của Thủ tướng Chính phủ, Sở Công Thương xây dựng kế hoạch", "Thủ tướng Chính phủ"),
    ],
)
def test_issuers_end_where_the_title_begins(cite, text, issuer):
    (one,) = cite(f"Theo Quyết định số 12/QĐ-X1Y ngày 05/3/2021 {text}".replace("X1Y", "UBND"))
    assert one.issuer == issuer


@pytest.mark.parametrize(
    ("text", "title", "date", "number"),
    [
        (
            "Luật Tổ chức chính quyền địa phương ngày 16/6/2025",
            "Luật Tổ chức chính quyền địa phương",
            "2025-06-16",
            None,
        ),
        ("Luật Tiếp công dân năm 2013", "Luật Tiếp công dân", "2013", None),
        ("Luật Ngân sách nhà nước 2015", "Luật Ngân sách nhà nước", "2015", None),
        ("Luật thực hiện dân chủ ở cơ sở", "Luật thực hiện dân chủ ở cơ sở", None, None),
        ("Luật Cán bộ, công chức số 80/2025/QH15", "Luật Cán bộ, công chức", None, "80/2025"),
        ("Luật Quy hoạch số 21/2017/QH14", "Luật Quy hoạch", None, "21/2017"),
        (
            "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
            "Luật Ban hành văn bản quy phạm pháp luật",
            None,
            "64/2025",
        ),
        ("Bộ luật Lao động năm 2019", "Bộ luật Lao động", "2019", None),
        ("Hiến pháp năm 2013", "Hiến pháp", "2013", None),
        ("Luật Công viên quốc gia theo quy định", "Luật Công viên quốc gia", None, None),
    ],
)
def test_laws_are_read_by_title_with_year_date_or_number(cite, text, title, date, number):
    (one,) = cite(f"Căn cứ {text};")
    assert (one.title, one.date, one.number) == (title, date, number)


def test_an_amending_law_is_one_citation_with_the_laws_it_amends_in_its_title(cite):
    (one,) = cite("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế số 46/2014/QH13;")
    assert (one.number, one.title) == ("46/2014", "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế")


def test_resolutions_of_congresses_are_read_by_name(cite):
    (one,) = cite(
        "phát triển công nghiệp theo Nghị quyết Đại hội Đảng bộ tỉnh Hải Thành lần thứ XX nhiệm kỳ 2020 – 2025 đề ra"
    )
    assert one.title == "Nghị quyết Đại hội Đảng bộ tỉnh Hải Thành lần thứ XX nhiệm kỳ 2020 - 2025"
    assert one.issuer == "Đại hội Đảng bộ tỉnh Hải Thành lần thứ XX"


def test_a_bill_is_a_draft_and_no_law(cite):
    (one,) = cite("góp ý dự án Luật Thực hiện dân chủ ở cơ sở")
    assert (one.stage, one.relation) == ("draft", "drafts")


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("điểm a khoản 2 Điều 5 của Nghị định số 59/2023/NĐ-CP", (("dieu", "5"), ("khoan", "2"), ("diem", "a"))),
        ("các khoản 1, 3 và 5 Điều 12 Luật Tiếp công dân", (("dieu", "12"), ("khoan", "1"), ("khoan", "3"), ("khoan", "5"))),  # noqa: E501 - a sentence whole
        ("khoản 1 Điều 2 và điểm đ khoản 3 Điều 4 Luật Khiếu nại",
         (("dieu", "2"), ("khoan", "1"), ("dieu", "4"), ("khoan", "3"), ("diem", "đ"))),
        ("Luật Khiếu nại", None),
    ],
)  # fmt: skip
def test_pinpoints_are_read_outermost_first(cite, text, provision):
    (one,) = cite(f"quy định tại {text}")
    assert one.provision == provision


def test_short_forms_refer_to_the_full_citation_of_the_document(cite):
    text = "Thực hiện Nghị quyết số 04-NQ/TU ngày 18/10/2021 của Tỉnh ủy.\nCăn cứ Nghị định số 04/2015/NĐ-CP.\nTiếp tục thực hiện Nghị quyết 04."  # noqa: E501 - a sentence whole
    full, _, short = cite(text)
    assert (short.number, short.symbol, short.refers_to) == ("04", None, 0)
    assert (short.jurisdiction, short.issuer_body) == (full.jurisdiction, full.issuer_body)
    assert cite("Thực hiện Nghị quyết 04.")[0].confidence < full.confidence


def test_an_issuer_before_the_number_belongs_to_it_where_the_code_agrees(cite):
    text = "theo chỉ đạo của Bộ Chính trị tại Thông báo số 99-TB/TW ngày 21/11/2025, của Ban Bí thư tại Kết luận số 213-KL/TW"  # noqa: E501 - a sentence whole
    one, two = cite(text)
    assert (one.issuer, two.issuer) == ("Bộ Chính trị", "Ban Bí thư")
    assert (one.relation, two.relation) == ("based_on", "based_on")
    (one,) = cite("theo chỉ đạo của Thủ tướng Chính phủ tại Thông báo số 627/TB-VPCP ngày 18/11/2025")
    assert one.issuer is None


def test_a_number_in_parentheses_has_the_issuer_of_the_instrument_named_before(cite):
    (one,) = cite("xem xét Tờ trình của Đảng ủy Chính phủ về đề án phân loại (Tờ trình số 03-TTr/ĐU, ngày 17/10/2025)")
    assert one.issuer == "Đảng ủy Chính phủ"


def test_jurisdiction_comes_from_the_code_the_issuer_or_the_document(cite):
    text = (
        "Chỉ thị số 33/CT-TTg; Chỉ thị số 25-CT/TU; Quyết định số 5/QĐ-UBND ngày 05/3/2021 của UBND tỉnh Tây Ninh; "
        "Kết luận số 120-KL/TW; Luật Tiếp công dân"
    )
    assert [c.jurisdiction for c in cite(text)] == ["vn", "quang-ngai", "tay-ninh", "vn", "vn"]
    assert cite("Chỉ thị số 25-CT/TU", jurisdiction=None)[0].jurisdiction is None


def test_issuers_are_resolved_to_full_names(cite):
    one, two = cite("Kế hoạch số 3/KH-UBND của UBND tỉnh; Kế hoạch số 1768/KH-SCT của Sở")
    assert one.issuer_body == "UBND tỉnh Quảng Ngãi"
    assert two.issuer_body == "Sở Công Thương tỉnh Quảng Ngãi"


def test_the_own_number_is_no_citation(cite):
    text = "(Ban hành kèm theo Quyết định số 84/2025/QĐ-UBND ngày 02/12/2025 của UBND tỉnh)\nBãi bỏ Quyết định số 10/2016/QĐ-UBND"  # noqa: E501 - a sentence whole
    found = cite(text, type="quyet_dinh", number="84/2025", symbol="QĐ-UBND")
    assert [c.number for c in found] == ["10/2016"]


def test_letters_from_a_mixed_keyboard_are_read(cite):
    cyrillic = "16495/B\u0422\u0421-PTHT"
    assert plain_letters(cyrillic) == "16495/BTC-PTHT"
    assert cite(f"theo văn bản số {cyrillic} ngày 22/10/2025")[0].symbol == "BTC-PTHT"


def test_what_was_not_understood_is_told(reading):
    found = reading(
        "Theo Nghị quyết số 12/… của Tỉnh ủy, Thông tư số /2025/TT-BNV và Quyết định số 5/QĐ-UBND ngày 31/02/2023"
    )
    assert [c.number for c in found.citations] == ["5"]
    assert found.citations[0].date is None
    assert {u.why for u in found.unparsed} == {"số, ký hiệu đọc không được", "số để trống", "ngày không có trong lịch"}


def test_text_without_citations_gives_none(cite):
    assert cite("Nâng cao chất lượng công tác dân vận.") == ()
    assert cite("") == ()


def test_every_kind_of_the_table_is_a_kind_of_the_ontology():
    for slug in set(lexicon().kinds.values()):
        assert kind(slug).slug == slug


@pytest.mark.parametrize("row", read_table("citations.yaml")["kinds"], ids=lambda row: row["slug"])
def test_examples_of_the_kinds_are_read_and_counter_examples_are_not(cite, row):
    for example in row["examples"]:
        assert [c.type for c in cite(f"Theo {example} đã nêu")] == [row["slug"]], example
    for example in row["counter_examples"]:
        assert cite(f"Theo {example} đã nêu") == (), example


@pytest.mark.parametrize(
    "piece",
    ["số ", "số 1/", "Quyết định số 1", "12/QĐ-", "Luật ", "“", "; ", "của Ban ", "Nghị quyết Đại hội ", "điểm a khoản 1 ",  # noqa: E501 - a sentence whole
     "ngày 1/", "1 - 2 - "],
)  # fmt: skip
def test_crafted_lines_take_steps_in_proportion(reading, piece):
    assert grows_linearly(lambda size: reading(piece * (size // len(piece))), 1500)


def test_many_citations_in_one_line_take_steps_in_proportion(reading):
    piece = "Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh thực hiện Chỉ thị số 33/CT-TTg, "

    def read(times: int) -> None:
        assert len(reading(piece * times).citations) == 2 * times

    assert grows_linearly(read, 20)


def test_a_list_of_bare_numbers_is_a_list_of_short_forms(cite):
    found = cite("Thực hiện Nghị quyết số 57, 59, 66 và 68 của Bộ Chính trị, trong 03 năm")
    assert [(c.type, c.number, c.relation) for c in found] == [
        ("nghi_quyet", n, "implements") for n in ("57", "59", "66", "68")
    ]


def test_plenums_and_congresses_without_ordinal_are_read_by_name(cite):
    text = "Thực hiện Nghị quyết Trung ương 4 khóa XII; Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ 2025-2030; Nghị quyết Đại hội Đảng các cấp"  # noqa: E501 - a sentence whole
    assert [c.title for c in cite(text)] == [
        "Nghị quyết Trung ương 4 khóa XII",
        "Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ 2025-2030",
    ]
