"""The tree of a body, markers, and the rows of the wording tables."""

import pytest

from loaders.document import Block, Kind, SourceText, Zone
from loaders.layout import lay_out
from loaders.markers import readings, roman_value
from loaders.patterns_table import Wording, wordings
from ontology.vietnamese import nfc

TABLES = ("structure", "lines", "tables", "header")
ROWS = [row for table in TABLES for row in wordings(table).values()]


def body(text: str) -> list[Block]:
    source = SourceText("x.txt", "x.txt", "0" * 64, "text/plain", "file", f"KẾ HOẠCH\n\nCông tác năm 2030\n\n{text}")
    return [b for b in lay_out(source).blocks if b.zone not in (Zone.HEADER, Zone.TITLE)]


def sections(text: str) -> list[str]:
    return [b.section for b in body(text)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_wording_finds_its_examples_and_not_its_counter_examples(row: Wording) -> None:
    assert row.examples
    assert row.counter_examples
    for example in row.examples:
        assert row.find(nfc(example)), example
    for example in row.counter_examples:
        assert not row.find(nfc(example)), example


@pytest.mark.parametrize(
    ("text", "style", "label"),
    [
        ("II. NỘI DUNG", "roman", "II"),
        ("B. KẾ HOẠCH", "upper", "B"),
        ("1. Giao Sở Nội vụ", "num1", "1"),
        ("1.2. Yêu cầu", "num2", "1.2"),
        ("3) Sở Tài chính", "paren", "3"),
        ("a) Rà soát", "alpha", "a"),
        ("đ) Báo cáo", "alpha", "đ"),
        ("(ii) Tổ chức", "enclosed", "ii"),
        ("Điều 12. Hiệu lực", "dieu", "dieu-12"),
        ("Điều 3a. Hiệu lực", "dieu", "dieu-3a"),
        ("Chương IV", "chuong", "chuong-IV"),
        ("Phần thứ nhất", "phan", "phan-nhất"),
        ("- Chủ trì", "dash", ""),
        ("+ Phối hợp", "plus", ""),
    ],
)
def test_a_marker_is_read_with_its_style_and_label(text: str, style: str, label: str) -> None:
    first = readings(text)[0]
    assert (first.style, first.label) == (style, label)


@pytest.mark.parametrize(
    "text",
    [
        "2025 là năm",
        "100% công chức",
        "Điều 5 Nghị định này",
        "Mục tiêu chung",
        "V/v họp",
        "3.500 hộ",
        "Phần lớn các hộ",
    ],
)
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    assert readings(text) == []


def test_roman_numbers_have_their_value() -> None:
    assert [roman_value(t) for t in ("I", "IV", "IX", "XIV", "IIII", "")] == [1, 4, 9, 14, 0, 0]


MIXED = """A. PHẦN THỨ NHẤT

#### I. Mục đích

- Một là nêu gương.

## **II. Nhiệm vụ**

### **1. Chung**

- Rà soát.

+ Rà soát kỹ.

**2. Riêng** (nếu có).

## B. PHẦN THỨ HAI

**1.** Tổng hợp số liệu.

a) Của phòng;

Đoạn không đánh số của điểm a.

b) Của Trung tâm.

**2.** Báo cáo.
"""


def test_levels_follow_the_sequence_of_styles_and_not_markdown_depth() -> None:
    assert sections(MIXED) == [
        "A", "A.I", "A.I", "A.II", "A.II.1", "A.II.1", "A.II.1", "A.II.2", "B", "B.1", "B.1.a", "B.1.a", "B.1.b", "B.2",
    ]  # fmt: skip


def test_a_paragraph_without_marker_belongs_to_the_item_before_it() -> None:
    blocks = {b.index: b for b in body(MIXED)}
    plain = next(b for b in blocks.values() if b.kind is Kind.PARAGRAPH)
    assert plain.parent is not None
    assert blocks[plain.parent].section == "B.1.a"


def test_kinds_tell_headings_from_items_and_bullets() -> None:
    kinds = {b.section + b.marker: b.kind for b in body(MIXED)}
    assert kinds["A.II.1" + "1."] is Kind.HEADING
    assert kinds["B.1" + "1."] is Kind.ITEM
    assert kinds["A.II.1" + "-"] is Kind.BULLET


def test_doubled_labels_get_an_ordinal_and_a_warning() -> None:
    text = (
        "KẾ HOẠCH\n\nNăm 2030\n\nI. Mục đích\n\n1. Nêu gương.\n\nIII. Chỉ tiêu\n\n1. Đạt 90%.\n\n"
        "III. Tổ chức\n\n1. Giao Văn phòng.\n"
    )
    layout = lay_out(SourceText("x.txt", "x.txt", "0" * 64, "text/plain", "file", text))
    assert [b.section for b in layout.blocks if b.label] == ["I", "I.1", "III", "III.1", "III#2", "III#2.1"]
    code, message, span = layout.warnings[0]
    assert code == "duplicate_label"
    assert message == "Hai chỗ cùng mang nhãn “mục III”"
    assert layout.view.text[slice(*span)] == "III."


def test_dotted_numbers_stand_below_their_head_with_their_last_part() -> None:
    assert sections("I. NỘI DUNG\n\n4. Nền tảng\n\n4.1. Bản đồ số\n\n4.2. Kho dữ liệu\n\n5. Tích hợp\n") == [
        "I", "I.4", "I.4.1", "I.4.2", "I.5",
    ]  # fmt: skip


def test_the_letter_i_after_h_is_a_letter_and_i_after_a_heading_is_roman() -> None:
    text = "1. Việc\n\n" + "\n\n".join(f"{c}) việc {c};" for c in "abcdđeghik")
    assert sections(text)[-2:] == ["1.i", "1.k"]
    text = "A. MỘT\n\nnội dung\n\nB. HAI\n\nnội dung\n\nC. BA\n\nI. Mục một\n\nII. Mục hai\n"
    assert [s for s in sections(text) if s.startswith("C")] == ["C", "C.I", "C.II"]


def test_articles_clauses_and_points_of_a_normative_text() -> None:
    text = (
        "Chương I\n\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\n1. Quy định này áp dụng cho:\n\na) Sở;\n\n"
        "đ) Phòng.\n\nChương II\n\nĐiều 2. Hiệu lực\n"
    )
    assert [b.section for b in body(text) if b.label] == [
        "chuong-I", "chuong-I.dieu-1", "chuong-I.dieu-1.1", "chuong-I.dieu-1.1.a", "chuong-I.dieu-1.1.đ",
        "chuong-II", "chuong-II.dieu-2",
    ]  # fmt: skip


def test_a_quoted_passage_stays_below_the_clause_that_brings_it() -> None:
    text = (
        "Điều 1. Sửa đổi\n\n1. Sửa đổi khoản 2 như sau:\n\n“2. Hồ sơ gồm:\n\na) Đơn;\n\n"
        "3. Lệ phí: không.”\n\n2. Bãi bỏ khoản 5.\n"
    )
    found = [(b.label, b.section) for b in body(text) if b.label]
    assert found[-1] == ("2", "dieu-1.2")
    assert ("a", "dieu-1.1.a") in found
    assert all(section != "dieu-1.3" for _, section in found)
