"""Scans: pictures and pdf pages without letters are recognised, within limits, and say so."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from loaders.formats import ocr
from loaders.pipeline import record_of
from loaders.source import Limits, read_bytes
from ontology.errors import UnreadableFileError

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
needs_ocr = pytest.mark.skipif(
    not ocr.is_available() or not FONT.exists(), reason="Tesseract (vie) or DejaVu is absent: bash scripts/tools.sh"
)
LINES = (
    "Căn cứ Kế hoạch số 15/KH-UBND ngày 12 tháng 3 năm 2025 của Ủy ban",
    "nhân dân tỉnh về cải cách hành chính, Văn phòng báo cáo như sau:",
    "Các phòng, đơn vị hoàn thành nhiệm vụ trước ngày 30 tháng 6.",
)


def page(lines: tuple[str, ...] = LINES, angle: float = 0.0) -> Image.Image:
    picture = Image.new("L", (1654, 900), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), 38)
    for n, line in enumerate(lines):
        draw.text((150, 120 + 70 * n), line, font=font, fill=0)
    return picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def wrong(text: str, lines: tuple[str, ...] = LINES) -> float:
    wanted = " ".join(lines)
    return Levenshtein.distance(" ".join(text.split()), wanted) / len(wanted)


def reason_of(data: bytes, name: str, limits: Limits) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data, Path(name), limits)
    return str(caught.value.details["reason"])


@needs_ocr
@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tiff", "TIFF")])
def test_a_picture_of_a_page_is_recognised(name: str, kind: str) -> None:
    source = read_bytes(saved(page(), kind, dpi=(200, 200)), Path(name))
    assert wrong(source.text) < 0.03
    assert source.text_from == "ocr"
    assert source.media_type.startswith("image/")
    assert source.pages == (0,)


@needs_ocr
def test_a_page_that_lies_aslant_keeps_its_lines() -> None:
    source = read_bytes(saved(page(angle=0.7), "PNG", dpi=(200, 200)), Path("a.png"))
    assert wrong(source.text) < 0.05
    assert len(source.text.split("\n")) == len(LINES)


@needs_ocr
def test_every_page_of_a_scanned_pdf_is_recognised() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 324))
    for _ in range(2):
        canvas.drawImage(ImageReader(page()), 0, 0, 595, 324)
        canvas.showPage()
    canvas.save()
    source = read_bytes(out.getvalue(), Path("a.pdf"))
    assert source.text_from == "ocr"
    assert len(source.pages) == 2
    assert wrong(source.text, LINES * 2) < 0.03


@needs_ocr
def test_a_text_layer_of_garbage_is_read_from_the_picture() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 324))
    canvas.drawImage(ImageReader(page()), 0, 0, 595, 324)
    layer = canvas.beginText(50, 280)
    layer.setTextRenderMode(3)
    layer.setFont("Helvetica", 10)
    for _ in range(10):  # what a program that reads English makes of a Vietnamese page
        layer.textLine("C6n cu K6 ho4ch s6 15/KH-UBND ngdy 12 thfng 3 ndm 2025 cria Uy ban nhdn ddn tinh v6 c6i c5ch")
        layer.textLine("hdnh chinh, V5n phdng b6o c6o nhu sau: c5c phdng, dcrn vi hodn th}nh nhi$m vu tru6c ngdy l0")
    canvas.drawText(layer)
    canvas.save()
    source = read_bytes(out.getvalue(), Path("a.pdf"))
    assert source.text_from == "ocr"
    assert wrong(source.text) < 0.03


@needs_ocr
def test_a_picture_of_nothing_says_so() -> None:
    assert reason_of(saved(Image.new("L", (900, 900), 255), "PNG"), "a.png", Limits()) == "nothing_recognised"


@needs_ocr
def test_a_page_that_takes_too_long_is_given_up() -> None:
    assert reason_of(saved(page(LINES * 3), "PNG"), "a.png", Limits(page_seconds=0.0)) in {"ocr_failed", "too_slow"}


@needs_ocr
def test_more_scanned_pages_than_allowed_are_refused() -> None:
    small = Image.new("L", (30, 30), 255)
    data = saved(small, "TIFF", save_all=True, append_images=[small] * 4)
    assert reason_of(data, "a.tif", Limits(ocr_pages=3)) == "too_many_scans"


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tif", "TIFF")])
def test_damage_anywhere_in_a_picture_raises_nothing_but_our_own_errors(
    name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    data = saved(Image.new("L", (20, 20), 200), kind)
    for at in range(8, len(data), 3):
        for spoilt in (data[:at] + b"\xff\x7f" + data[at + 2 :], data[:at]):
            try:
                read_bytes(spoilt, Path(name))
            except UnreadableFileError as error:
                assert error.details["reason"]  # noqa: PT017 - either outcome is right


@pytest.mark.usefixtures("in_this_process")
def test_a_picture_of_too_many_points_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    data = saved(Image.new("1", (20_000, 4_000)), "PNG")
    assert reason_of(data, "a.png", Limits()) == "too_many_pixels"


@pytest.mark.usefixtures("in_this_process")
def test_without_tesseract_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(saved(Image.new("L", (90, 90), 255), "PNG"), Path("a.png"))
    assert caught.value.details["reason"] == "no_ocr"
    assert "tesseract-ocr-vie" in str(caught.value.details["remedy"])


def mixed(*, signature: str = "") -> bytes:
    """A page of text, then a page that is a picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 324))
    for n in range(12):
        canvas.drawString(60, 300 - 20 * n, "Van ban co chu tren trang dau, ke hoach nam 2025.")
    canvas.showPage()
    canvas.drawImage(ImageReader(page()), 0, 0, 595, 324)
    canvas.drawString(60, 20, signature)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@needs_ocr
@pytest.mark.parametrize("signature", ["", "Nguoi ky: UY BAN NHAN DAN; ngay ky 12-11-2025 08:30:00 +07:00"])
def test_a_page_that_is_a_picture_among_pages_of_text_is_recognised(signature: str) -> None:
    source = read_bytes(mixed(signature=signature), Path("a.pdf"))
    assert source.text_from == "text-layer"
    assert source.text.startswith("Van ban co chu tren trang dau")
    assert source.recognised == (1,)
    assert wrong(source.text[source.pages[1] :], LINES) < (0.5 if signature else 0.03)
    (note,) = [w for w in record_of(source).warnings if w.code == "ocr"]
    assert (note.start, note.end) == (source.pages[1], len(source.text))


@pytest.mark.usefixtures("in_this_process")
def test_a_page_that_could_not_be_recognised_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    source = read_bytes(mixed(), Path("a.pdf"))
    assert (source.recognised, source.unread) == ((), (1,))
    (note,) = [w for w in record_of(source).warnings if w.code == "unread_page"]
    assert "Trang 2" in note.message
