"""Tables and plain columns that only place text: read cell by cell, column by column, every offset true."""

import unicodedata

import pytest

from loaders.normalise import paragraphs_of

SIDE_BY_SIDE = """Trên đây là kế hoạch của xã./.

Nơi nhận:                         TM. ỦY BAN NHÂN DÂN
- UBND huyện;                          CHỦ TỊCH
- Các thôn;
- Lưu: VT.                          (đã ký)

                                   Trần Văn Bảy
"""
OPEN_TABLE = """UBND XÃ HÒA AN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
---|---
Số: 12/KH-UBND | Hòa An, ngày 3 tháng 5 năm 2025

KẾ HOẠCH
"""
BROKEN_CELLS = """| UBND XÃ<br>HÒA AN | CỘNG HÒA XÃ HỘI<br/>CHỦ NGHĨA VIỆT NAM |
|---|---|
| Số: 12/KH-UBND | Hòa An, ngày 3 tháng 5 năm 2025 |
"""
SIGNED = """| Nơi nhận: | TM. ỦY BAN NHÂN DÂN |
| - Các thôn; | CHỦ TỊCH |
| - Lưu: VT. | Trần Văn Bảy |
"""


def read(text: str) -> list[str]:
    view, paragraphs = paragraphs_of(text)
    for p in paragraphs:  # every word of the view stands at its place in the source
        for at in range(p.start, p.end):
            start, end = view.raw(at, at + 1)
            assert unicodedata.normalize("NFC", text[start:end]) in (view.text[at], "\n", " ", "") or "|" in view.text
    return [view.text[p.start : p.end] for p in paragraphs]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_recipients_and_signature_side_by_side_are_read_one_after_the_other(form: str) -> None:
    lines = read(unicodedata.normalize(form, SIDE_BY_SIDE))
    assert lines[1:5] == ["Nơi nhận:", "- UBND huyện;", "- Các thôn;", "- Lưu: VT."]
    assert lines[-3:] == ["CHỦ TỊCH", "(đã ký)", "Trần Văn Bảy"]


def test_a_markdown_table_without_outer_borders_is_one() -> None:
    lines = read(OPEN_TABLE)
    assert "UBND XÃ HÒA AN" in lines
    assert "Số: 12/KH-UBND" in lines
    assert "Hòa An, ngày 3 tháng 5 năm 2025" in lines


def test_html_breaks_part_the_lines_of_a_cell() -> None:
    view, paragraphs = paragraphs_of(BROKEN_CELLS)
    lines = [view.text[p.start : p.end] for p in paragraphs]
    assert lines[:2] == ["UBND XÃ", "HÒA AN"]
    start, end = view.raw(paragraphs[0].start, paragraphs[1].end)
    assert BROKEN_CELLS[start:end] == "UBND XÃ<br>HÒA AN"


def test_an_html_break_outside_of_tables_is_a_new_line() -> None:
    assert read("1. Sở Nội vụ tổng hợp.<br>2. Sở Y tế báo cáo.") == ["1. Sở Nội vụ tổng hợp.", "2. Sở Y tế báo cáo."]


def test_a_table_of_recipients_and_signature_is_read_column_by_column() -> None:
    view, paragraphs = paragraphs_of(SIGNED)
    lines = [view.text[p.start : p.end] for p in paragraphs]
    assert lines == ["Nơi nhận:", "- Các thôn;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bảy"]


def test_a_bar_inside_running_text_makes_no_table() -> None:
    assert read("Sở A | Sở B phối hợp.\n\nKết thúc.") == ["Sở A | Sở B phối hợp.", "Kết thúc."]
