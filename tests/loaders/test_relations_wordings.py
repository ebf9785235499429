"""One statement in many wordings: which instrument stands in which relation to which (domain.md 4 and 4.1)."""

import pytest

from loaders.document import Zone

B, P, T = Zone.BODY, Zone.PREAMBLE, Zone.TITLE

# zone, kind of the document, text, (relation, subject, number or title, stage) of each citation
WORDINGS = [
    # implements, in preambles, titles and bodies
    (P, "ke_hoach", "Thực hiện Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh", ["implements self 30"]),
    (P, "ke_hoach", "Triển khai Kế hoạch số 30/KH-UBND của UBND tỉnh, Sở xây dựng kế hoạch như sau:", ["implements self 30"]),  # noqa: E501 - a sentence whole
    (P, "ke_hoach", "Thực hiện ý kiến của Chủ tịch UBND tỉnh tại Công văn số 120/UBND-TH", ["implements self 120"]),
    (T, "ke_hoach", "THI HÀNH LUẬT VIỆC LÀM SỐ 74/2025/QH15", ["implements self 74/2025"]),
    (T, "cong_van", "V/v triển khai Công điện số 22/CĐ-TTg của Thủ tướng Chính phủ", ["implements self 22"]),
    (B, "ke_hoach", "Thực hiện các nhiệm vụ nêu tại mục III Nghị quyết số 04-NQ/TU", ["implements self 04"]),
    (B, "ke_hoach", "hoàn thành thắng lợi các chỉ tiêu Nghị quyết số 04-NQ/TU đề ra", ["implements self 04"]),
    (B, "quyet_dinh", "Ban hành kèm theo Quyết định này Kế hoạch thực hiện Nghị quyết số 57-NQ/TW", ["implements self 57"]),  # noqa: E501 - a sentence whole
    # only told of
    (P, "cong_dien", "Tiếp theo Công điện số 217/CĐ-TTg, Thủ tướng yêu cầu:", ["mentions self 217"]),
    (P, "cong_dien", "Ngày 22/10/2025, tại Thông báo số 569/TB-VPCP, Phó Thủ tướng đã giao các bộ rà soát", ["mentions self 569"]),  # noqa: E501 - a sentence whole
    (B, "ke_hoach", "UBND tỉnh đã ban hành Kế hoạch số 30/KH-UBND", ["mentions self 30"]),
    (B, "ke_hoach", "thực hiện các dự án có vướng mắc tương tự Nghị quyết số 170/2024/QH15", ["mentions self 170/2024"]),  # noqa: E501 - a sentence whole
    (B, "thong_bao", "(1) thực hiện tốt cải cách; (2) Đề án số 06 mang lại hiệu quả", ["mentions self 06"]),
    # chains of titles
    (P, "ke_hoach",
     "Triển khai Quyết định số 644/QĐ-UBND của UBND tỉnh ban hành Kế hoạch thực hiện Quyết định số 416/QĐ-TTg về thực hiện "  # noqa: E501 - a sentence whole
     "Chỉ thị số 37-CT/TW, gắn với sơ kết 05 năm thực hiện Kết luận số 120-KL/TW",
     ["implements self 644", "implements 644/QĐ-UBND 416", "implements 416/QĐ-TTg 37", "reviews 644/QĐ-UBND 120"]),
    (P, "ke_hoach",
     "Căn cứ Kế hoạch số 90-KH/BDVTU thực hiện Đề án số 13-ĐA/TU của Tỉnh ủy và Công văn số 4418/UBND-NC của UBND tỉnh;",  # noqa: E501 - a sentence whole
     ["based_on self 90", "implements 90-KH/BDVTU 13", "based_on self 4418"]),
    (P, "ke_hoach",
     "Thực hiện Chương trình số 12-CTr/TU thực hiện Nghị quyết số 57-NQ/TW; Kế hoạch số 40/KH-UBND triển khai Chương trình "  # noqa: E501 - a sentence whole
     "số 12-CTr/TU",
     ["implements self 12", "implements 12-CTr/TU 57", "implements self 40", "implements 40/KH-UBND 12"]),
    (P, "ke_hoach",
     "Thực hiện Công văn số 12/BNV-TCBC của Bộ Nội vụ (nay là cơ quan khác) về hướng dẫn thực hiện Nghị định số "
     "178/2024/NĐ-CP, UBND tỉnh yêu cầu thực hiện Công điện số 22/CĐ-TTg",
     ["implements self 12", "guides 12/BNV-TCBC 178/2024", "implements self 22"]),
    (B, "quyet_dinh",
     "theo Quyết định số 06/QĐ-TTg và Kế hoạch tổng thể ban hành kèm Quyết định số 3103/QĐ-BTC",
     ["based_on self 06", "based_on self 3103"]),
    (P, "ke_hoach",
     "Kế hoạch số 348/KH-UBND thực hiện Nghị quyết số 71/NQ-CP và Kế hoạch số 328-KH/TU của Tỉnh ủy; Kế hoạch số 9/KH-UBND",  # noqa: E501 - a sentence whole
     ["implements self 348", "implements 348/KH-UBND 71", "implements 348/KH-UBND 328", "implements self 9"]),
    (P, "ke_hoach",
     "Triển khai Kế hoạch số 01-KH/BCĐ của Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số và "  # noqa: E501 - a sentence whole
     "Đề án 06 về thực hiện Kế hoạch số 02-KH/BCĐTW",
     ["implements self 01", "implements 01-KH/BCĐ 02"]),
    (P, "quyet_dinh", "Căn cứ Nghị quyết số 66.2/2025/NQ-CP quy định xử lý vướng mắc khi chưa ban hành Luật Quy hoạch (sửa đổi);",  # noqa: E501 - a sentence whole
     ["based_on self 66.2/2025", "mentions 66.2/2025/NQ-CP Luật Quy hoạch"]),
    (P, "quyet_dinh", "Căn cứ Nghị quyết số 03/NQ-CP ban hành Chương trình thực hiện Nghị quyết số 57-NQ/TW được sửa đổi tại Nghị "  # noqa: E501 - a sentence whole
     "quyết số 71/NQ-CP;",
     ["based_on self 03", "implements 03/NQ-CP 57", "based_on self 71"]),
    # changed by another
    (P, "quyet_dinh",
     "Căn cứ Nghị định số 59/2023/NĐ-CP quy định chi tiết Luật Tiếp công dân, được sửa đổi bởi Nghị định số 45/2025/NĐ-CP;",  # noqa: E501 - a sentence whole
     ["based_on self 59/2023", "details 59/2023/NĐ-CP Luật Tiếp công dân", "based_on self 45/2025"]),
    (P, "quyet_dinh",
     "Căn cứ Nghị định số 78/2025/NĐ-CP (được sửa đổi tại Nghị định số 187/2025/NĐ-CP) quy định chi tiết Luật Tiếp công dân;",  # noqa: E501 - a sentence whole
     ["based_on self 78/2025", "based_on self 187/2025", "details 78/2025/NĐ-CP Luật Tiếp công dân"]),
    (P, "thong_tu", "Căn cứ Luật Viên chức số 58/2010/QH12; được sửa đổi, bổ sung bởi Luật số 52/2019/QH14;",
     ["based_on self 58/2010", "based_on self 52/2019"]),
    (B, "nghi_dinh", "Bãi bỏ Nghị định số 10/2016/NĐ-CP đã được sửa đổi theo Nghị định số 47/2019/NĐ-CP",
     ["repeals self 10/2016", "mentions self 47/2019"]),
    (T, "thong_tu", "SỬA ĐỔI THÔNG TƯ SỐ 55/2023/TT-BTC ĐƯỢC SỬA ĐỔI, BỔ SUNG BỞI THÔNG TƯ SỐ 75/2024/TT-BTC",
     ["amends self 55/2023", "mentions self 75/2024"]),
    (B, "thong_tu", "Thông tư số 16/2014/TT-BCT áp dụng đến khi điều chỉnh mức giá lần đầu sau ngày Quyết định số 14/2025/QĐ-TTg "  # noqa: E501 - a sentence whole
     "có hiệu lực", ["mentions self 16/2014", "mentions self 14/2025"]),
    (B, "thong_tu", "Sửa đổi khoản 1 Điều 3 Thông tư số 55/2023/TT-BTC như sau:\nNghị định số 27/2022/NĐ-CP; Nghị định số "  # noqa: E501 - a sentence whole
     "38/2023/NĐ-CP", ["amends self 55/2023", "mentions self 27/2022", "mentions self 38/2023"]),
    (B, "ke_hoach", "Được sửa đổi tại Nghị quyết số 09-NQ/TU", ["mentions self 09"]),
    # ended, changed, put off
    (B, "quyet_dinh", "Quyết định này thay thế Quyết định số 12/2020/QĐ-UBND", ["replaces self 12/2020"]),
    (B, "quyet_dinh", "Quyết định này có hiệu lực từ ngày ký; bãi bỏ các Quyết định số 12/2020/QĐ-UBND, số 15/2021/QĐ-UBND",  # noqa: E501 - a sentence whole
     ["repeals self 12/2020", "repeals self 15/2021"]),
    (B, "quyet_dinh", "Các Quyết định sau hết hiệu lực: Quyết định số 12/2020/QĐ-UBND; Quyết định số 15/2021/QĐ-UBND",
     ["repeals self 12/2020", "repeals self 15/2021"]),
    (B, "quyet_dinh", "Bãi bỏ điểm c khoản 1 Điều 6 của Quyết định số 12/2020/QĐ-UBND", ["repeals self 12/2020"]),
    (B, "quyet_dinh", "Thay thế cụm từ “huyện” bằng “xã” tại Điều 2 Quyết định số 12/2020/QĐ-UBND", ["amends self 12/2020"]),  # noqa: E501 - a sentence whole
    (B, "nghi_quyet", "Thay thế, bãi bỏ một số cụm từ tại Nghị quyết số 20/2023/NQ-HĐND", ["amends self 20/2023"]),
    (B, "quyet_dinh", "Điều chỉnh nội dung tại Mục II Kế hoạch số 30/KH-UBND như sau:", ["amends self 30"]),
    (B, "quyet_dinh", "Đính chính căn cứ pháp lý tại Quyết định số 99/QĐ-UBND", ["corrects self 99"]),
    (B, "quyet_dinh", "Ngưng hiệu lực thi hành Thông tư số 12/2024/TT-BGDĐT", ["suspends self 12/2024"]),
    (B, "nghi_quyet", "Kéo dài thời hạn áp dụng Nghị quyết số 10/2020/NQ-HĐND đến hết năm 2026", ["extends self 10/2020"]),  # noqa: E501 - a sentence whole
    # only planned, and done by a plan itself
    (B, "ke_hoach", "Rà soát, tham mưu sửa đổi Quyết định số 12/2020/QĐ-UBND", ["amends self 12/2020 proposed"]),
    (B, "ke_hoach", "ban hành Quyết định thay thế Quyết định số 12/2020/QĐ-UBND", ["replaces self 12/2020 proposed"]),
    (P, "nghi_quyet", "Xét Tờ trình số 423/TTr-UBND về việc đề nghị ban hành Nghị quyết bãi bỏ Nghị quyết số 30/2013/NQ-HĐND; "  # noqa: E501 - a sentence whole
     "Báo cáo thẩm tra số 109/BC-BPC;",
     ["based_on self 423", "repeals self 30/2013 proposed", "based_on self 109"]),
    (B, "ke_hoach", "Kế hoạch này thay thế Kế hoạch số 159/KH-SCT của Sở Công Thương", ["replaces self 159"]),
    (B, "cong_van", "Công văn này có hiệu lực từ ngày ký và thay thế Công văn số 12/SCT-VP", ["replaces self 12"]),
    (B, "ke_hoach", "sửa đổi quy chế cho phù hợp với Luật Tiếp công dân", ["mentions self Luật Tiếp công dân"]),
    # bills and laws to come
    (P, "nghi_quyet", "Về dự án Pháp lệnh sửa đổi, bổ sung một số điều của Pháp lệnh Cảnh sát môi trường",
     ["drafts self Pháp lệnh sửa đổi, bổ sung một số điều của Pháp lệnh Cảnh sát môi trường draft"]),
    (B, "nghi_quyet", "Tiếp thu ý kiến về dự án Luật Thuế thu nhập cá nhân (sửa đổi) theo đề nghị tại Công văn số 18491/BTC-CST",  # noqa: E501 - a sentence whole
     ["drafts self Luật Thuế thu nhập cá nhân draft", "based_on self 18491"]),
]  # fmt: skip


def _told(citation):
    words = [citation.relation.value, citation.subject, citation.number or citation.title]
    return " ".join(words if citation.stage == "issued" else [*words, citation.stage])


@pytest.mark.parametrize(("zone", "kind", "text", "expected"), WORDINGS, ids=lambda value: str(value)[:60])
def test_each_wording_gives_its_relations_and_subjects(cite, zone, kind, text, expected):
    assert [_told(c) for c in cite(text, zone=zone, type=kind)] == expected


def test_a_decree_changes_the_decree_and_not_the_law_in_its_title(cite):
    text = "Căn cứ Nghị định số 59/2023/NĐ-CP quy định chi tiết Luật Tiếp công dân, được sửa đổi bởi Nghị định số 45/2025/NĐ-CP;"  # noqa: E501 - a sentence whole
    decree, law, _ = cite(text, zone=Zone.PREAMBLE, type="quyet_dinh")
    assert (decree.also, law.also) == ((("amends", "45/2025/NĐ-CP"),), ())


def test_numbers_of_amended_laws_are_not_given_to_the_law_that_amends_them(cite):
    text = (
        "Căn cứ Luật Đất đai số 31/2024/QH15, được sửa đổi tại Luật sửa đổi, bổ sung một số điều của Luật Đất đai số "
        "31/2024/QH15, Luật Nhà ở số 27/2023/QH15 và Luật Các tổ chức tín dụng số 32/2024/QH15;"
    )
    base, head, *inner = cite(text, zone=Zone.PREAMBLE, type="quyet_dinh")
    title = "Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở và Luật Các tổ chức tín dụng"
    assert (head.number, head.title) == (None, title)
    assert base.also == (("amends", title),)
    assert [(c.relation.value, c.subject, c.number) for c in inner] == [
        ("amends", title, number) for number in ("31/2024", "27/2023", "32/2024")
    ]


def test_an_amending_law_keeps_a_number_of_its_own(cite):
    text = "Căn cứ Luật Khám bệnh, chữa bệnh số 15/2023/QH15; Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế số 46/2014/QH13;"  # noqa: E501 - a sentence whole
    assert [c.number for c in cite(text)] == ["15/2023", "46/2014"]


def test_no_instrument_is_said_to_change_itself(cite):
    for citation in cite("Căn cứ Luật số 31/2024/QH15 được sửa đổi, bổ sung bởi Luật số 31/2024/QH15;"):
        assert citation.also == ()


TITLES = [
    ("to_trinh", "Về việc ban hành Quyết định thay thế Quyết định số 61/2016/QĐ-UBND", "replaces proposed"),
    ("to_trinh", "Về dự thảo Nghị quyết sửa đổi, bổ sung Nghị quyết số 12/2019/NQ-HĐND", "amends proposed"),
    ("to_trinh", "Về việc đề nghị bãi bỏ Quyết định số 61/2016/QĐ-UBND", "repeals proposed"),
    ("bao_cao", "Thẩm định Quyết định sửa đổi, bổ sung Quyết định số 61/2016/QĐ-UBND", "amends proposed"),
    ("de_an", "Sửa đổi, bổ sung Quyết định số 61/2016/QĐ-UBND", "amends proposed"),
    ("bien_ban", "Họp về việc thay thế Quyết định số 61/2016/QĐ-UBND", "replaces proposed"),
    ("cong_van", "V/v góp ý Quyết định thay thế Quyết định số 61/2016/QĐ-UBND", "replaces proposed"),
    ("cong_van", "V/v ban hành Quyết định thay thế Quyết định số 61/2016/QĐ-UBND", "replaces proposed"),
    ("cong_van", "V/v bãi bỏ Quyết định số 61/2016/QĐ-UBND", "repeals proposed"),
    ("cong_van", "V/v triển khai Nghị định sửa đổi, bổ sung Nghị định số 45/2018/NĐ-CP", "mentions issued"),
    ("cong_van", "V/v đính chính Quyết định số 61/2016/QĐ-UBND", "corrects issued"),
    ("cong_van", "V/v thay thế Công văn số 310/STC-NS", "replaces issued"),
    ("ke_hoach", "Xây dựng Nghị quyết thay thế Nghị quyết số 12/2019/NQ-HĐND", "replaces proposed"),
    ("ke_hoach", "Sửa đổi, bổ sung Kế hoạch số 25/KH-UBND", "amends issued"),
    ("to_trinh", "Về việc thay thế Tờ trình số 9/TTr-STC", "replaces issued"),
    ("quyet_dinh", "Ban hành Quy chế thay thế Quy chế kèm theo Quyết định số 61/2016/QĐ-UBND", "replaces issued"),
    ("quyet_dinh", "Về việc bãi bỏ Quyết định số 61/2016/QĐ-UBND", "repeals issued"),
    ("quyet_dinh", "Lấy ý kiến về Quyết định thay thế Quyết định số 61/2016/QĐ-UBND", "replaces proposed"),
    ("nghi_quyet", "Về dự án Luật sửa đổi, bổ sung Luật số 64/2025/QH15", "amends proposed"),
    ("quyet_dinh", "Ban hành Quy chế lấy ý kiến, góp ý, thay thế Quyết định số 61/2016/QĐ-UBND", "replaces issued"),
    ("quyet_dinh", "Quy trình lập dự thảo văn bản và bãi bỏ Quyết định số 61/2016/QĐ-UBND", "repeals issued"),
    ("thong_tu", "Sửa đổi, bổ sung Thông tư số 7/2021/TT-BTC", "amends issued"),
    ("nghi_quyet", "Quy định mức chi và thay thế Nghị quyết số 12/2019/NQ-HĐND", "replaces issued"),
]


@pytest.mark.parametrize(("kind", "title", "expected"), TITLES)
def test_a_title_changes_only_what_its_kind_can_change(reading, kind, title, expected):
    (one,) = reading(title, zone=Zone.TITLE, type=kind).citations
    assert f"{one.relation} {one.stage}" == expected
