"""Word documents: order, automatic numbers, merged cells, boxes, notes, and packages that are not what they seem."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from loaders.source import Limits, read, read_bytes
from ontology.errors import LimitExceededError, UnreadableFileError

SHARED = Path(__file__).parents[2].parent / "shared"
W = nsdecls("w")
NUMBERING = f"""<w:abstractNum {W} w:abstractNumId="77">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
 <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%5"/></w:lvl>
</w:abstractNum>"""


def bytes_of(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(document: "docx.document.Document") -> str:
    return read_bytes(bytes_of(document), Path("a.docx")).text


def add_list(document: "docx.document.Document", num: int = 77, override: int | None = None) -> None:
    root = document.part.numbering_part.element
    if num == 77:
        root.insert(0, parse_xml(NUMBERING))
    start = f'<w:lvlOverride w:ilvl="1"><w:startOverride w:val="{override}"/></w:lvlOverride>' if override else ""
    root.append(parse_xml(f'<w:num {W} w:numId="{num}"><w:abstractNumId w:val="77"/>{start}</w:num>'))


def item(document: "docx.document.Document", text: str, level: int, num: int = 77) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'))


def test_paragraphs_and_tables_come_in_document_order() -> None:
    document = docx.Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("TT", "Nhiệm vụ", "1", "Rà soát"), strict=True
    ):
        cell.text = text
    document.add_paragraph("Sau bảng")
    source = read_bytes(bytes_of(document), Path("a.docx"))
    assert source.text == "Trước bảng\n\nTT | Nhiệm vụ\n1 | Rà soát\n\nSau bảng"
    ((start, end),) = source.tables
    assert source.text[start:end] == "TT | Nhiệm vụ\n1 | Rà soát"


def test_automatic_numbers_are_written_out() -> None:
    document = docx.Document()
    add_list(document)
    for text, level in (("Mục", 0), ("Một", 1), ("Ý", 2), ("Ý hai", 2), ("Gạch", 3), ("Hai", 1), ("Ý", 2), ("Nhỏ", 4)):
        item(document, text, level)
    item(document, "Mục sau", 0)
    item(document, "Một", 1)
    assert text_of(document).split("\n\n") == [
        *("I. Mục", "1. Một", "a) Ý", "b) Ý hai", "- Gạch", "2. Hai", "a) Ý", "2.1 Nhỏ", "II. Mục sau", "1. Một"),
    ]


def test_a_second_list_may_start_anew_or_elsewhere() -> None:
    document = docx.Document()
    add_list(document)
    add_list(document, 78, override=5)
    item(document, "Một", 1)
    item(document, "Hai", 1)
    item(document, "Năm", 1, 78)
    item(document, "Sáu", 1, 78)
    assert text_of(document).split("\n\n") == ["1. Một", "2. Hai", "5. Năm", "6. Sáu"]


def test_numbers_given_by_a_style_are_written_out() -> None:
    document = docx.Document()
    document.add_paragraph("Thứ nhất", style="List Number")
    document.add_paragraph("Thứ hai", style="List Number")
    document.add_paragraph("Gạch đầu dòng", style="List Bullet")
    assert text_of(document).split("\n\n") == ["1. Thứ nhất", "2. Thứ hai", "- Gạch đầu dòng"]


def test_running_numbers_alone_in_a_column_are_kept() -> None:
    document = docx.Document()
    add_list(document)
    table = document.add_table(2, 2)
    for row, text in zip(table.rows, ("Rà soát", "Báo cáo"), strict=True):
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="1"/><w:numId w:val="77"/></w:numPr>')
        )
        row.cells[1].text = text
    assert text_of(document) == "1. | Rà soát\n2. | Báo cáo"


def test_cells_merged_downwards_count_in_every_row() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, (("1", "Rà soát", "Sở Nội vụ"), ("2", "Báo cáo", ""), ("", "", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(1, 2))
    table.cell(2, 0).merge(table.cell(2, 2)).text = "II. NHÓM NHIỆM VỤ KHÁC"
    assert text_of(document).split("\n") == [
        "1 | Rà soát | Sở Nội vụ",
        "2 | Báo cáo | Sở Nội vụ",
        "II. NHÓM NHIỆM VỤ KHÁC",
    ]


def test_a_head_table_becomes_lines() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "UBND TỈNH AN PHÚ\nSỞ CÔNG THƯƠNG"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = "Số: 12/KH-SCT"
    table.cell(1, 1).text = "An Phú, ngày 02 tháng 3 năm 2023"
    source = read_bytes(bytes_of(document), Path("a.docx"))
    assert source.text.split("\n\n")[2:] == ["Số: 12/KH-SCT", "An Phú, ngày 02 tháng 3 năm 2023"]
    assert source.text.startswith("UBND TỈNH AN PHÚ\nSỞ CÔNG THƯƠNG\n\nCỘNG HÒA")
    assert source.tables == ()


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Văn phòng ")._p
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>tham mưu</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"))
    paragraph.append(parse_xml(f"<w:r {W}><w:instrText>PAGE</w:instrText><w:t>,</w:t><w:br/><w:t>báo cáo</w:t></w:r>"))
    assert text_of(document) == "Văn phòng tham mưu,\nbáo cáo"


def test_capitals_by_format_stay_as_typed_and_are_shown_as_capitals() -> None:
    document = docx.Document()
    document.add_paragraph("Mẫu. ").add_run("Kế hoạch").font.all_caps = True
    assert text_of(document) == "Mẫu. Kế hoạch"
    file = io.BytesIO()
    document.save(file)
    assert read_bytes(file.getvalue(), Path("a.docx")).shown == "Mẫu. KẾ HOẠCH"


def test_text_boxes_and_page_heads_are_read() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "TÀI LIỆU HỘI NGHỊ"
    document.sections[0].footer.paragraphs[0].text = "12"
    box = f"<w:r {W}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    box += "<w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    document.add_paragraph("Số: 5/CĐ-UBND")._p.append(parse_xml(box))
    assert text_of(document) == "TÀI LIỆU HỘI NGHỊ\n\nSố: 5/CĐ-UBND\n\nHỎA TỐC"


def test_footnotes_stand_at_the_end_and_leave_numbers_whole() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Quyết định số 12/QĐ-UBND")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run(" ngày 01/3/2023")
    data = io.BytesIO(bytes_of(document))
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Đã sửa đổi.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                text = text.replace(b"</Relationships>", link.encode())
            new.writestr(name, text)
        new.writestr("word/footnotes.xml", notes)
    text = read_bytes(out.getvalue(), Path("a.docx")).text
    assert text == "Quyết định số 12/QĐ-UBND ngày 01/3/2023\n\n[1] Đã sửa đổi."


def repacked(extra: dict[str, bytes], replace: dict[str, bytes] | None = None) -> bytes:
    base = io.BytesIO(bytes_of(docx.Document()))
    out = io.BytesIO()
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (replace or {}).get(name) or old.read(name))
        for name, data in extra.items():
            new.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(repacked({"word/bomb.xml": bytes(80_000_000)}), Path("a.docx"))
    assert caught.value.details["reason"] == "unpacked_too_large"


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(repacked({"word/bomb.xml": bytes(9_000_000)}))
    packed = bytes(data)
    data[:] = packed.replace((9_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(UnreadableFileError):
        read_bytes(bytes(data), Path("a.docx"), Limits(unpacked_bytes=2_000_000))


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(repacked({f"word/{n}.xml": b"<a/>" for n in range(200)}), Path("a.docx"), Limits(entries=100))
    assert caught.value.details["reason"] == "too_many_entries"


def test_an_entity_bomb_inside_expands_to_nothing() -> None:
    entities = "".join(f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" * 1}{"&e" + str(n - 1) + ";"}">' for n in range(1, 40))
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>Chữ&e39;</w:t></w:r></w:p></w:body></w:document>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "haha">{entities}]>{body}'
    try:
        text = read_bytes(repacked({}, {"word/document.xml": bomb.encode()}), Path("a.docx")).text
    except UnreadableFileError as error:
        assert error.details["reason"] in {"not_docx", "damaged"}  # noqa: PT017 - refusing is right as well
    else:
        assert text == "Chữ"


def test_tables_nested_too_deep_are_refused() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(30):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "sâu"
    assert "sâu" in text_of(document)
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(bytes_of(document), Path("a.docx"), Limits(depth=10))
    assert caught.value.details["reason"] == "too_deep"


def test_a_truncated_document_is_refused() -> None:
    data = bytes_of(docx.Document())
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data[: len(data) // 2], Path("a.docx"))
    assert caught.value.details["reason"] == "damaged"


def test_a_package_whose_main_part_is_missing_is_refused() -> None:
    base = io.BytesIO(bytes_of(docx.Document()))
    out = io.BytesIO()
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(out.getvalue(), Path("a.docx"))
    assert caught.value.details["reason"] == "not_docx"


def test_qualified_names_agree_with_the_library() -> None:
    from loaders.formats.numbering import W as OURS

    assert qn("w:p") == OURS + "p"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_every_real_word_document_is_read() -> None:
    documents = sorted((SHARED / "corpora/files/mixed").glob("*.docx"))
    assert len(documents) == 22
    for path in documents:
        assert len(read(path).text) > 5000


def test_a_relation_without_its_target_is_damage() -> None:
    relation = b' Target="word/document.xml"'
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(repacked({}, {"_rels/.rels": _rels().replace(relation, b"")}), Path("a.docx"))
    assert caught.value.details["reason"] == "not_docx"


def _rels() -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file) as package:
        return package.read("_rels/.rels")
