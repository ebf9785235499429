"""Workbooks: tables, heads, fonts of cells, damage."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from loaders.source import read_bytes
from ontology.errors import UnreadableFileError
from tests.loaders.office_files import reason_of, word


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(*rows: list[object], merged: tuple[str, ...] = ()) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    return read_bytes(saved(book), Path("a.xlsx")).text


def test_a_task_list_becomes_a_table_below_its_title() -> None:
    text = sheet(
        ["DANH MỤC NHIỆM VỤ NĂM 2025"],
        [None, "(Kèm theo Kế hoạch số 15/KH-UBND)"],
        [],
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        [1, "Rà soát quy trình", "Văn phòng", date(2025, 6, 30)],
        [2, "Báo cáo kết quả", None, "Quý IV/2025"],
        merged=("C5:C6",),
    )
    assert text == (
        "DANH MỤC NHIỆM VỤ NĂM 2025\n\n(Kèm theo Kế hoạch số 15/KH-UBND)\n\nTT | Nhiệm vụ | Chủ trì | Thời hạn\n"
        "1 | Rà soát quy trình | Văn phòng | 30/06/2025\n2 | Báo cáo kết quả | Văn phòng | Quý IV/2025"
    )


def test_the_head_of_a_sheet_is_told_apart_from_its_table() -> None:
    text = sheet(
        ["UBND TỈNH QUẢNG NGÃI", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ CÔNG THƯƠNG", None, "Độc lập - Tự do - Hạnh phúc"],
        ["TT", "Việc", "Hạn"],
        [1, "Rà soát", "tháng 5"],
    )
    assert text.startswith("UBND TỈNH QUẢNG NGÃI\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSỞ CÔNG THƯƠNG\n\n")
    assert text.endswith("TT | Việc | Hạn\n1 | Rà soát | tháng 5")


def test_numbers_are_shown_plainly_and_hidden_sheets_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Chỉ tiêu", "Giá trị", "Ghi chú"])
    book.active.append(["Tỷ lệ", 95.5, 12000000])
    book.create_sheet("ẩn").append(["không hiện"])
    book["ẩn"].sheet_state = "hidden"
    assert read_bytes(saved(book), Path("a.xlsx")).text == "Chỉ tiêu | Giá trị | Ghi chú\nTỷ lệ | 95.5 | 12000000"


def test_parts_of_a_cell_are_read_by_their_fonts() -> None:
    book = openpyxl.Workbook()
    part = TextBlock(InlineFont(rFont=".VnTime"), "nghÞ ®Þnh")
    book.active["A1"] = CellRichText("Số hiệu ", part)
    assert read_bytes(saved(book), Path("a.xlsx")).text == "Số hiệu nghị định"


def test_a_workbook_that_is_none_is_refused() -> None:
    assert reason_of(word(("Arial", "a")), "a.xlsx") == "not_xlsx"


def test_damage_anywhere_in_a_workbook_raises_nothing_but_our_own_errors() -> None:
    book = openpyxl.Workbook()
    book.active.append(["TT", "Việc", "Hạn"])
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    for name, data in entries.items():
        for at in range(0, len(data), max(len(data) // 9, 1)):
            for spoilt in (data[:at] + b"\xff<" + data[at + 4 :], data[:at] + b"99999999999" + data[at:], data[:at]):
                out = io.BytesIO()
                with zipfile.ZipFile(out, "w") as target:
                    for other, kept in entries.items():
                        target.writestr(other, spoilt if other == name else kept)
                try:
                    read_bytes(out.getvalue(), Path("a.xlsx"))
                except UnreadableFileError as error:
                    assert error.details["reason"]  # noqa: PT017 - either outcome is right
