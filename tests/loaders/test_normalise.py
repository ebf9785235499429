"""The view: marks out, lines joined, every character mapped to the source."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.normalise import paragraphs_of, view_of
from ontology.vietnamese import nfc
from tests.counting import grows_linearly
from tests.loaders.conftest import SHARED

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxyẠẶậệộợựýỳÝĐ0123456789 .,;:-–/*_#`|\n\n\t\u00a0\u200b\u00ad“”()[]\\"
SEEDS = SHARED / "seeds"


def lines(text: str, *, pages: bool = False) -> list[str]:
    view, paragraphs = paragraphs_of(text, pages=pages)
    assert view.text == "\n".join(view.text[p.start : p.end] for p in paragraphs)
    return [view.text[p.start : p.end] for p in paragraphs]


def check_map(text: str) -> None:
    view = view_of(text)
    done = 0
    for at, char in enumerate(view.text):
        if char.isalnum():
            start, end = view.raw(at, at + 1)
            assert nfc(text[start:end]).replace("Ð", "Đ").replace("ð", "đ") == char
            assert start >= done
            done = end


@given(st.text(ALPHABET, max_size=300))
def test_every_letter_and_digit_of_the_view_is_the_one_it_maps_to(text: str) -> None:
    check_map(text)


@given(st.text(ALPHABET, max_size=200))
def test_a_decomposed_text_maps_to_whole_characters(text: str) -> None:
    check_map(unicodedata.normalize("NFD", text))


@given(st.lists(st.sampled_from(["|", "TT", "Nhiệm vụ", "1", "2", "Sở Nội vụ", "", "II", "-"]), max_size=60))
def test_tables_of_any_form_keep_the_map(rows: list[str]) -> None:
    check_map("\n".join(rows))


@given(st.text(ALPHABET, max_size=300))
def test_no_letter_or_digit_is_lost_or_added(text: str) -> None:
    kept = [c for c in view_of(text).text if c.isalnum()]
    assert kept == [c for c in nfc(text) if c.isalnum()]


def test_a_range_over_composed_characters_covers_their_marks() -> None:
    text = unicodedata.normalize("NFD", "Kế hoạch này")
    view = view_of(text)
    at = view.text.index("Kế")
    start, end = view.raw(at, at + 2)
    assert nfc(text[start:end]) == "Kế"


def test_marks_spaces_and_dashes_are_made_plain() -> None:
    assert lines("**1.** *Giao*\u00a0Văn phòng – __tổng hợp__ \\(quý I\\)") == ["1. Giao Văn phòng - tổng hợp (quý I)"]
    assert lines("## **2. Yêu cầu**") == ["2. Yêu cầu"]
    assert lines("Mẫu\u00ad số\u200b 3_a") == ["Mẫu số 3_a"]


def test_a_page_break_inside_a_sentence_is_joined() -> None:
    before = "1. Tiếp tục triển khai Kế hoạch số 12/KH-UBND ngày 03/02/2023 của UBND tỉnh về chuyển đổi số trong"
    assert lines(f"{before}\n\ncơ quan nhà nước; gửi Sở Nội vụ.") == [f"{before} cơ quan nhà nước; gửi Sở Nội vụ."]


def test_a_page_break_after_a_truncated_name_is_joined_before_a_capital() -> None:
    before = "8. Tiếp tục quán triệt Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ"
    assert lines(f"{before}\n\nChính trị về việc nêu gương.") == [f"{before} Chính trị về việc nêu gương."]


def test_two_page_breaks_in_one_paragraph_are_both_joined() -> None:
    text = (
        "Phổ biến Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ trong tình\n\n"
        "hình mới; Kết luận số 120-KL/TW của Bộ\n\nChính trị về quy chế dân chủ.\n"
    )
    assert len(lines(text)) == 1


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("của Thủ tướng", "Chính phủ; quy định khác.", True),
        ("của Ban Dân vận", "Tỉnh ủy trong năm nay.", True),
        ("cho đồng bào các dân tộc thiểu số", "Thực hiện Kết luận của Ban Bí thư.", False),
        ("báo cáo kết quả về cơ quan thường trực hằng năm", "Sở Nội vụ tổng hợp.", False),
        ("theo Quyết định số", "12/QĐ-UBND của tỉnh.", True),
    ],
)
def test_words_that_a_name_or_number_must_follow_join_a_page_break(before: str, after: str, joined: bool) -> None:
    text = f"Các cơ quan của tỉnh tiếp tục làm tốt công tác dân vận {before}\n\n{after}\n"
    assert len(lines(text)) == (1 if joined else 2)


def test_a_heading_is_not_joined_to_what_follows() -> None:
    text = (
        "4. Đẩy mạnh phong trào thi đua, hoàn thành các chỉ tiêu được giao trong năm 2024\n\n"
        "Tiếp tục phối hợp với Công đoàn."
    )
    assert len(lines(text)) == 2


def test_a_page_number_between_two_halves_of_a_sentence_is_dropped_from_the_sentence() -> None:
    before = "Các phòng tổ chức tuyên truyền, vận động đoàn viên tham gia đầy đủ các"
    assert len(lines(f"{before}\n\n3\n\nlớp tập huấn trong quý.")) == 1


WRAPPED = """**Điều 1. Phạm vi điều chỉnh**
Quyết định này quy định mức chi cho hoạt động của tổ công nghệ số cộng
đồng theo Nghị quyết số 57-
NQ/TW và Quyết định số 84/2025/
QĐ-UBND của Ủy ban nhân dân tỉnh.
**Điều 2. Đối tượng**
1. Cán bộ, công chức xã, phường và người lao động trên địa bàn tỉnh giai đoạn 2021
- 2025 theo quy định tại khoản 2
Điều 5 Nghị định này.
2. Tổ chức khác có
tham gia hoạt động của tổ công nghệ số cộng đồng, doanh nghiệp viễn thông và
các hợp tác xã.
"""


def test_wrapped_lines_without_blank_lines_are_joined_to_paragraphs() -> None:
    assert lines(WRAPPED) == [
        "Điều 1. Phạm vi điều chỉnh",
        "Quyết định này quy định mức chi cho hoạt động của tổ công nghệ số cộng đồng theo Nghị quyết số 57-NQ/TW và "
        "Quyết định số 84/2025/QĐ-UBND của Ủy ban nhân dân tỉnh.",
        "Điều 2. Đối tượng",
        "1. Cán bộ, công chức xã, phường và người lao động trên địa bàn tỉnh giai đoạn 2021 - 2025 theo quy định tại "
        "khoản 2 Điều 5 Nghị định này.",
        "2. Tổ chức khác có tham gia hoạt động của tổ công nghệ số cộng đồng, doanh nghiệp viễn thông "
        "và các hợp tác xã.",
    ]


def test_wrapped_lines_with_blank_lines_are_joined_to_paragraphs() -> None:
    spaced = WRAPPED.replace(".\n", ".\n\n").replace("**\n", "**\n\n")
    assert lines(spaced) == lines(WRAPPED)


def test_lines_of_a_page_are_joined_also_before_a_capital() -> None:
    text = (
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 20/12/2021 của UBND tỉnh, Sở\nCông Thương báo cáo như sau:\n\n1. Đã xong."
    )
    assert lines(text, pages=True) == [
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 20/12/2021 của UBND tỉnh, Sở Công Thương báo cáo như sau:",
        "1. Đã xong.",
    ]


TABLE = (
    "|\nTT\n|\nNhiệm vụ\n|\nChủ trì\n|\n|\n1\n|\nXây dựng\nquy chế\n|\nSở Nội vụ\n|\n|\n2\n|\n"
    "Tập huấn\n|\n|\n|\n3\n|\nBáo cáo\n|\nVăn phòng\n|\n"
)


def test_a_table_with_a_border_a_line_becomes_rows_with_cells() -> None:
    view, paragraphs = paragraphs_of(TABLE + "Điều 2. Hiệu lực")
    cells = [[view.text[a:b] for a, b in p.cells] for p in paragraphs if p.cells]
    assert cells == [
        ["TT", "Nhiệm vụ", "Chủ trì"],
        ["1", "Xây dựng quy chế", "Sở Nội vụ"],
        ["2", "Tập huấn", ""],
        ["3", "Báo cáo", "Văn phòng"],
    ]
    assert view.text.endswith("\nĐiều 2. Hiệu lực")


def test_a_rendered_table_becomes_rows_with_cells() -> None:
    text = "Phân công:\nTT | Việc | Nơi làm\n1 | Rà soát | Phòng A\nPhòng B\nHết."
    span = (text.index("TT"), text.index("\nHết"))
    view, paragraphs = paragraphs_of(text, (span,))
    assert [len(p.cells) for p in paragraphs] == [0, 3, 3, 1, 0]
    assert view.raw(*paragraphs[2].cells[1]) == (text.index("Rà"), text.index("Rà") + 7)


def test_a_markdown_table_becomes_rows_and_a_layout_table_does_not() -> None:
    _view, paragraphs = paragraphs_of("| TT | Việc |\n|---|---|\n| 1 | Rà soát |\n")
    assert [len(p.cells) for p in paragraphs] == [2, 2]
    assert lines("| SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Số: 5/KH-SNV | |\n") == [
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 5/KH-SNV",
    ]


@pytest.mark.parametrize(
    "unit",
    ["|\na\n", "1. a\n", "* a ", "“a\n", "- ", "\n", "số ", "|\nTT\n|\na\n|\n|\n1\n|\nx\n|\n", "e\u0301", "[1] a\n"],
)
def test_steps_grow_with_the_length_only(unit: str) -> None:
    assert grows_linearly(lambda times: view_of(unit * times), 250)


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="shared seeds are not here")
def test_the_map_is_right_on_the_seeds_in_both_forms() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text("utf-8")
        check_map(text)
        check_map(unicodedata.normalize("NFD", text))


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="shared seeds are not here")
def test_all_page_breaks_of_the_seeds_are_joined_and_the_heading_is_not() -> None:
    texts = {path.name[:3]: path.read_text("utf-8") for path in SEEDS.glob("*.txt")}
    breaks = {"000": [79, 93], "001": [25, 59, 85], "002": [23, 33, 45, 61], "003": [21], "004": [25]}
    for name, numbers in breaks.items():
        view = view_of(texts[name])
        raw = texts[name].split("\n")
        for number in numbers:
            tail = view_of(raw[number - 1]).text[-25:]
            head = view_of(raw[number + 1]).text[:25]
            assert f"{tail} {head}" in view.text, (name, number)
    raw = texts["003"].split("\n")
    assert f"{raw[50]} {raw[52][:20]}" not in view_of(texts["003"]).text


CUT = [
    ("Lập hồ sơ theo quy định tại Điều", "32 Nghị định số 30/2020/NĐ-CP về công tác văn thư."),
    ("3 Lập theo khoản", "2 Điều 11 Nghị định số 30/2020/NĐ-CP."),
    ("Các phòng tổ chức học tập Luật Lưu trữ", "2024."),
    ("Phổ biến Bộ luật Lao động", "2019 và các văn bản hướng dẫn."),
    ("Thực hiện Kế hoạch số", "25/KH-UBND của Ủy ban nhân dân tỉnh."),
    ("Các công điện: số 3/CĐ-TTg ngày 04/9/2025; số", "7/CĐ-TTg ngày 06/9/2025."),
    ("Theo Quyết định số 61/QĐ-UBND ngày", "05/8/2023 của Chủ tịch UBND tỉnh."),
    ("Hoàn thành từ tháng 5 năm", "2026 trên toàn tỉnh."),
    ("Chỉ tiêu của giai đoạn", "2026 - 2030 được giao tại phụ lục."),
    ("[2] Công văn số 310/VP-TH của", "Văn phòng Chính phủ."),
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(("before", "after"), CUT)
def test_a_sentence_cut_before_the_figure_or_body_that_it_wants_is_joined(
    before: str, after: str, between: str
) -> None:
    assert lines(f"Nội dung\n\n{before}{between}{after}\n\nVăn phòng theo dõi.")[1] == f"{before} {after}"


def test_a_sentence_cut_in_a_small_cell_is_joined() -> None:
    text = "Ghi chú\n\n|\n\n7 Theo quy định tại Điều\n32 Nghị định số 30/2020/NĐ-CP\n\n|\n\nVăn phòng theo dõi."
    assert "7 Theo quy định tại Điều 32 Nghị định số 30/2020/NĐ-CP" in lines(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Điều", "32 hồ sơ được lập."),
        ("Sửa đổi một số điều", "2 khoản được bãi bỏ."),
        ("Nội dung Luật Lưu trữ", "1. Những điểm mới"),
        ("Nội dung Luật Lưu trữ", "2024/QĐ-UBND là số của quyết định."),
        ("Các phòng học tập Luật Lưu trữ.", "2024 là năm đầu thi hành."),
        ("Các văn phòng luật sư", "2024 là năm đầu thi hành."),
        ("Giao nhiệm vụ báo cáo hằng năm", "2024 là năm đầu thi hành."),
        ("Nhiệm vụ chuyển đổi số", "7 nền tảng được xây dựng."),
        ("ĐỀ NGHỊ CỦA", "Văn phòng Sở"),
        ("Các khoản", "3 triệu đồng được chi."),
    ],
)
def test_a_figure_that_nothing_wants_begins_a_paragraph(before: str, after: str) -> None:
    assert lines(f"{before}\n{after}") == [before, after]


def test_a_page_number_is_not_the_figure_that_a_sentence_wants() -> None:
    assert lines("Theo quy định tại Điều\n32\nVăn phòng lập hồ sơ.")[0] == "Theo quy định tại Điều"
