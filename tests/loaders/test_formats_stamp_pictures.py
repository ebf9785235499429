"""Stamps that are small pictures in a text pdf, a Word file or a web page, and words that style sheets add."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from loaders.formats import ocr
from loaders.secrecy import check
from loaders.source import read_bytes
from ontology.errors import SecretDocumentError

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")
needs_ocr = pytest.mark.skipif(not (ocr.is_available() and FONT.exists()), reason="Tesseract or a font is absent")


def stamp(text: str, *, angle: float = 0.0, framed: bool = True) -> Image.Image:
    font = ImageFont.truetype(str(FONT), 40)
    picture = Image.new("RGB", (int(font.getlength(text)) + 40, 80), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((20, 12), text, font=font, fill=(200, 20, 30))
    if framed:
        draw.rectangle((3, 3, picture.width - 4, 76), outline=(200, 20, 30), width=4)
    return picture.rotate(angle, expand=True, fillcolor="white")


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def pdf(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for n in range(10):
        canvas.drawString(80, 600 - 20 * n, "Bao cao tinh hinh thuc hien ke hoach nam 2025 cua Uy ban nhan dan")
    canvas.drawImage(ImageReader(picture), 90, 740, picture.width / 4, picture.height / 4)
    canvas.save()
    return out.getvalue()


def word(picture: Image.Image) -> bytes:
    document = docx.Document()
    document.add_paragraph("UBND TỈNH AN PHÚ")
    document.add_picture(io.BytesIO(png(picture)), Cm(3))
    document.add_paragraph("BÁO CÁO")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(picture: Image.Image) -> bytes:
    data = base64.b64encode(png(picture)).decode()
    return f"<html><body><p>UBND</p><img src='data:image/png;base64,{data}'><p>BÁO CÁO</p></body></html>".encode()


@needs_ocr
@pytest.mark.parametrize(("make", "name"), [(pdf, "a.pdf"), (word, "a.docx"), (page, "a.html")])
@pytest.mark.parametrize("text", ["MẬT", "TUYỆT MẬT"])
def test_a_picture_of_a_stamp_at_the_head_is_a_stamp(
    make: Callable[[Image.Image], bytes], name: str, text: str
) -> None:
    source = read_bytes(make(stamp(text, angle=4)), Path(name))
    assert "MẬT" not in source.text
    with pytest.raises(SecretDocumentError):
        check(source)


@needs_ocr
@pytest.mark.parametrize("text", ["KHẨN", "BẢO MẬT", "CÔNG TY MẬT ONG"])
def test_a_picture_of_other_words_is_none(text: str) -> None:
    for make, name in ((pdf, "a.pdf"), (word, "a.docx")):
        source = read_bytes(make(stamp(text)), Path(name))
        check(source)
        assert source.marks


@pytest.mark.parametrize(
    "head",
    [
        "<style>.d::before { content: 'TỐI MẬT' }</style><p class=d></p>",
        "<style>p.d {text-transform:uppercase}</style><p class='a d'>mật</p>",
        "<style>#d {display:none}</style><p id=d>MẬT</p>",
        '<style>.d:after{content:"M\\1EACT"}</style><p class=d></p>',
    ],
)
def test_a_stamp_that_a_style_sheet_draws_is_a_stamp(head: str) -> None:
    source = read_bytes(f"<html><body>{head}<p>BÁO CÁO</p></body></html>".encode(), Path("a.html"))
    with pytest.raises(SecretDocumentError):
        check(source)


def test_what_a_style_sheet_shows_as_capitals_or_hides_is_so_for_its_class_alone() -> None:
    sheet = "/* .b {display:none} */ .a, h1 {text-transform: uppercase} .c p {display:none} .d{display:none}"
    body = "<h1>kế hoạch</h1><p class=a>số</p><p class=b>năm</p><p class=c>quý</p><p class=d>ẩn</p>"
    source = read_bytes(f"<html><head><style>{sheet}</style></head><body>{body}</body></html>".encode(), Path("a.html"))
    assert source.shown == "KẾ HOẠCH\n\nSỐ\n\nnăm\n\nquý"
    assert source.text == "kế hoạch\n\nsố\n\nnăm\n\nquý"
