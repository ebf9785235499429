"""Stamps of secrecy that are no line of the text: drawn, laid over a page, hidden. Nothing of them becomes text."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from loaders.document import SourceText
from loaders.formats import ocr
from loaders.formats.stamps import of_comments
from loaders.secrecy import check
from loaders.source import read_bytes
from ontology.errors import SecretDocumentError

V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
HEAD = ("UBND TỈNH AN PHÚ", "Số: 31/BC-UBND", "BÁO CÁO")
FULL = "Van phong tham muu cho lanh dao thuc hien nhiem vu duoc giao trong nam"
Draw = Callable[["docx.document.Document"], object]


def word(draw: Draw) -> SourceText:
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    draw(document)
    out = io.BytesIO()
    document.save(out)
    return read_bytes(out.getvalue(), Path("a.docx"))


def run(content: str) -> Any:
    return parse_xml(f"<w:r {nsdecls('w', 'wp', 'a', 'pic')} {V}>{content}</w:r>")


def word_art(text: str) -> Any:
    return run(f'<w:pict><v:shape type="#_x0000_t136"><v:textpath string="{text}"/></v:shape></w:pict>')


def picture(text: str, name: str = "descr") -> Any:
    return run(f'<w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" {name}="{text}"/></wp:inline></w:drawing>')


def letters(text: str) -> Any:
    inner = "".join(f"<a:r><a:t>{c}</a:t></a:r>" for c in text)
    return run(f"<w:drawing><wp:inline><a:graphic><a:p>{inner}</a:p></a:graphic></wp:inline></w:drawing>")


def hidden(document: "docx.document.Document", *texts: str) -> None:
    paragraph = document.add_paragraph()
    for text in texts:
        paragraph.add_run(text).font.hidden = True


def refused(source: SourceText) -> str:
    with pytest.raises(SecretDocumentError) as caught:
        check(source)
    assert "MẬT" not in source.text.upper()
    assert "line" not in caught.value.details
    return str(caught.value.details["level"])


@pytest.mark.parametrize(
    ("draw", "level"),
    [
        (lambda d: d.sections[0].header.paragraphs[0]._p.append(word_art("TỐI MẬT")), "toi_mat"),
        (lambda d: d.sections[0].footer.paragraphs[0]._p.append(word_art("MẬT")), "mat"),
        (lambda d: d.add_paragraph()._p.append(word_art("TUYỆT MẬT")), "tuyet_mat"),
        (lambda d: d.add_paragraph()._p.append(picture("Tối mật")), "toi_mat"),
        (lambda d: d.add_paragraph()._p.append(picture("MẬT", "title")), "mat"),
        (lambda d: d.add_paragraph()._p.append(letters("MẬT")), "mat"),
        (lambda d: hidden(d, "MẬT"), "mat"),
        (lambda d: hidden(d, "TỐI ", "M", "ẬT"), "toi_mat"),
    ],
)
def test_a_stamp_drawn_or_hidden_in_a_word_document_is_refused(draw: Draw, level: str) -> None:
    assert refused(word(draw)) == level


@pytest.mark.parametrize(
    "draw",
    [
        lambda d: d.sections[0].header.paragraphs[0]._p.append(word_art("BẢN SAO")),
        lambda d: d.add_paragraph()._p.append(picture("Ảnh chụp lễ ký kết về bảo vệ bí mật nhà nước")),
        lambda d: hidden(d, "bảo mật thông tin"),
    ],
)
def test_other_drawings_and_hidden_words_of_word_documents_pass_and_are_no_text(draw: Draw) -> None:
    source = word(draw)
    check(source)
    assert source.text == "\n\n".join(HEAD)


def html(body: str, rest: str = "<p>UBND TỈNH</p><p>Số: 31/BC-UBND</p>") -> SourceText:
    return read_bytes(f"<html><body>{body}{rest}</body></html>".encode(), Path("a.html"))


@pytest.mark.parametrize(
    "body",
    [
        "<div style='display:none'><p>M<b>ẬT</b></p></div>",
        "<p><span style='mso-hide:all'>MẬT</span></p>",
        "<table><tr><td>UBND<span style='visibility: hidden'>MẬT</span></td><td>Số: 31</td></tr></table>",
        "<svg><text>MẬT</text></svg>",
        "<button>MẬT</button>",
        "<img src='dau.png' alt='Tối mật'>",
        "<input type=text value='MẬT'>",
        "<div hidden style='display:none'><img alt='MẬT'></div>",
        "<!--[if gte vml 1]><v:shape><v:textpath style='font-family:Arial' string='MẬT'/></v:shape><![endif]-->",
        '<!--[if gte vml 1]><v:textpath string="T&#7888;I M&#7852;T"/><![endif]-->',
        "<!--[if gte vml 1]><v:textbox><p align=center><b>M</b>ẬT</p><p>x</p></v:textbox><![endif]-->",
        "<img alt='" + "dài " * 200 + "'><img alt='MẬT'>",
    ],
)
def test_a_stamp_hidden_in_a_web_page_is_refused(body: str) -> None:
    refused(html(body))


@pytest.mark.parametrize(
    "body",
    [
        "<select><option>Thường</option><option>Mật</option></select>",
        "<img alt='Bí mật nhà nước'><!-- MẬT -->",
        "<script>var x = 'MẬT'</script><style>.x:before{content:'MẬT'}</style>",
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->",
    ],
)
def test_other_hidden_parts_of_web_pages_pass(body: str) -> None:
    check(html(body))


@pytest.mark.parametrize(
    "part", ["<!--[if x]>", "textpath ", "<!--[if x]><p ", "<v:textpath", " string= ", "<div hidden "]
)
def test_a_page_made_to_be_slow_to_search_for_stamps_takes_no_longer_than_its_length(part: str) -> None:
    page = part * 20_000 + "<![endif]-->"
    assert sum(map(len, of_comments(page))) <= len(page)
    assert all(len(told) <= len(page) for told in of_comments(page))


def test_what_a_web_page_hides_below_its_head_is_no_stamp() -> None:
    check(html("<p>Nội dung</p>" * 60, "<div style='display:none'>Mật</div>"))


def test_text_that_a_web_page_shows_as_capitals_is_capitals() -> None:
    source = html("<p style='text-transform: uppercase'>ubnd <i>tỉnh</i> <b style='text-transform:none'>An Phú</b></p>")
    assert source.text.startswith("ubnd tỉnh An Phú\n")
    assert source.shown.startswith("UBND TỈNH An Phú\n")
    with pytest.raises(SecretDocumentError):
        check(html("<p style='text-transform:uppercase'>mật</p>"))


def pdf(kind: str, key: str, told: str, *, scanned: bool = False) -> bytes:
    """A pdf with one note over its page, written by hand into the objects of reportlab."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), pageCompression=0)
    if scanned:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("L", (600, 300), 255)), 50, 400, 400, 200)
    else:
        canvas.drawString(85, 760, "UBND TINH AN PHU")
        canvas.drawString(85, 740, FULL)
    canvas.textAnnotation("@@@@", Rect=(50, 700, 200, 730))
    canvas.showPage()
    canvas.save()
    data = out.getvalue()
    assert data.count(b"(@@@@)") == 1
    words = ("\ufeff" + told).encode("utf-16-be").hex().encode()
    return data.replace(b"/Contents (@@@@)", b"/" + key.encode() + b" <" + words + b">").replace(
        b"/Subtype /Text", b"/Subtype /" + kind.encode()
    )


@pytest.mark.parametrize(
    ("kind", "key", "told"),
    [
        ("FreeText", "Contents", "TỐI MẬT"),
        ("Stamp", "Contents", "MẬT"),
        ("Stamp", "Subj", "Tuyệt mật"),
        ("FreeText", "RC", "<body><p><span>MẬT</span></p></body>"),
        ("Widget", "V", "Mật"),
        ("FreeText", "Contents", "Sao y\rMẬT"),
    ],
)
def test_a_stamp_laid_over_a_page_is_refused(kind: str, key: str, told: str) -> None:
    source = read_bytes(pdf(kind, key, told), Path("a.pdf"))
    assert FULL in source.text
    refused(source)


def drawn_stamp(word: bytes) -> bytes:
    """A pdf whose stamp keeps its words in a drawing of its own and in no field."""
    content = b"BT /F1 20 Tf 10 10 Td (" + word + b") Tj ET"
    page = b"BT /F1 12 Tf 85 760 Td (UBND TINH AN PHU) Tj 0 -20 Td (" + FULL.encode() + b") Tj ET"
    font = b"<< /Font << /F1 6 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R] /Resources "
        + font
        + b">>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [300 700 450 740] /AP << /N 7 0 R >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 150 40] /Resources %s /Length %d >>\nstream\n%s\nendstream"
        % (font, len(content), content),
    ]
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 8\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def test_the_words_that_a_stamp_draws_are_looked_at() -> None:
    refused(read_bytes(drawn_stamp(b"TOI MAT"), Path("a.pdf")))
    other = read_bytes(drawn_stamp(b"SAO Y"), Path("a.pdf"))
    check(other)
    assert other.marks == ("SAO Y",)
    assert FULL in other.text
    assert "SAO" not in other.text


def test_other_notes_over_a_page_pass_and_are_no_text() -> None:
    source = read_bytes(pdf("FreeText", "Contents", "Xem lại mục bảo mật"), Path("a.pdf"))
    check(source)
    assert source.marks == ("Xem lại mục bảo mật",)
    assert "Xem" not in source.text


@pytest.mark.usefixtures("in_this_process")
def test_a_note_over_a_scanned_page_is_a_stamp_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from loaders.formats.reading import Reading

    monkeypatch.setattr(ocr, "read_pdf", lambda *_: Reading("UBND TỈNH", text_from="ocr"))
    refused(read_bytes(pdf("Stamp", "Contents", "MẬT", scanned=True), Path("a.pdf")))


def test_the_head_of_printed_sheets_and_their_notes_are_looked_at() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "UBND TỈNH"
    book.active.oddHeader.center.text = "TỐI MẬT"
    out = io.BytesIO()
    book.save(out)
    assert refused(read_bytes(out.getvalue(), Path("a.xlsx"))) == "toi_mat"
