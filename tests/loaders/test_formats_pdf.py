"""Text pdf: lines, columns, tables, page marks, and files that are not what they seem."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from loaders.formats import ocr
from loaders.formats import pdf as reader
from loaders.formats.limits import OutOfTimeError, time_limit
from loaders.source import Limits, read, read_bytes
from ontology.errors import LuocdoError, UnreadableFileError

SHARED = Path(__file__).parents[2].parent / "shared"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
NO_LETTERS = {"nothing_recognised", "no_ocr"}  # with and without Tesseract on this machine
FULL = "Van phong tham muu cho lanh dao thuc hien nhiem vu duoc giao"


def pdf(*pages: list[tuple[float, float, str]], size: float = 12, **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **options)
    for page in pages:
        for x, y, text in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text_of(data: bytes) -> str:
    return read_bytes(data, Path("a.pdf")).text


def reason_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data, Path("a.pdf"), limits or Limits())
    return str(caught.value.details["reason"])


def test_lines_become_paragraphs_by_indents_and_short_ends() -> None:
    page = [(112, 800, FULL), (85, 784, FULL + " va khac"), (85, 768, "ngan."), (112, 752, FULL), (85, 736, "het.")]
    assert text_of(pdf(page)) == f"{FULL}\n{FULL} va khac\nngan.\n\n{FULL}\nhet."


def test_pages_are_parted_by_an_empty_line_and_their_starts_known() -> None:
    source = read_bytes(pdf([(85, 700, FULL)], [(85, 700, "tiep theo"), (85, 600, "Doan khac")]), Path("a.pdf"))
    assert source.text == f"{FULL}\n\ntiep theo\n\nDoan khac"
    assert [source.text[p : p + 4] for p in source.pages] == [FULL[:4], "tiep"]
    assert source.text_from == "text-layer"


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        [(85, 820, "CONG BAO"), (85, 700, f"Doan thu {'abcde'[n]} cua van ban"), (300, 40, f"Trang {n}/5")]
        for n in range(5)
    ]
    text = text_of(pdf(*pages))
    assert text.count("CONG BAO") == 1
    assert "Trang" not in text
    assert text.count("Doan thu") == 5


def test_head_and_foot_are_read_column_by_column() -> None:
    page = [
        *[(85, 800, "UBND TINH AN PHU"), (300, 800, "CONG HOA XA HOI CHU NGHIA VIET NAM")],
        *[(95, 784, "SO CONG THUONG"), (320, 784, "Doc lap - Tu do - Hanh phuc")],
        *[(95, 760, "So: 12/KH-SCT"), (310, 760, "An Phu, ngay 02 thang 3 nam 2023")],
        *[(270, 730, "KE HOACH"), (112, 700, FULL), (85, 684, "het.")],
        *[(85, 640, "Noi nhan:"), (360, 640, "GIAM DOC")],
        *[(85, 624, "- Nhu tren;"), (85, 608, "- Luu: VT."), (360, 590, "Tran Van An")],
    ]
    text = text_of(pdf(page))
    assert text.startswith("UBND TINH AN PHU\nSO CONG THUONG\nSo: 12/KH-SCT\n\nCONG HOA XA HOI CHU NGHIA VIET NAM\n")
    assert text.endswith("Noi nhan:\n- Nhu tren;\n- Luu: VT.\n\nGIAM DOC\nTran Van An")


def test_ruled_tables_become_rows_across_pages() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for rows in ([("TT", "Nhiem vu"), ("1", "Ra soat")], [("2", "Bao cao"), ("3", "Kiem tra")]):
        canvas.drawString(85, 700, "")
        canvas.grid([85, 120, 400], [800, 780, 760])
        for n, (left, right) in enumerate(rows):
            canvas.drawString(90, 786 - 20 * n, left)
            canvas.drawString(125, 786 - 20 * n, right)
        canvas.showPage()
    canvas.save()
    source = read_bytes(out.getvalue(), Path("a.pdf"))
    assert source.text == "TT | Nhiem vu\n1 | Ra soat\n2 | Bao cao\n3 | Kiem tra"
    assert source.tables == ((0, len(source.text)),)
    assert source.text[source.pages[1] :].startswith("2 |")


@pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")
def test_vietnamese_letters_come_out_whole() -> None:
    pdfmetrics.registerFont(TTFont("vn", FONT))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("vn", 13)
    canvas.drawString(85, 700, "Nghị quyết của Đảng ủy về cải cách thủ tục hành chính, giai đoạn 2021-2025")
    canvas.save()
    assert text_of(out.getvalue()) == "Nghị quyết của Đảng ủy về cải cách thủ tục hành chính, giai đoạn 2021-2025"


@pytest.mark.usefixtures("in_this_process")
def test_a_font_that_does_not_tell_its_letters_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([(85, 700, "Nghi quyet so 12 cua Dang uy ve cai cach")])
    table = b"/CIDInit begincmap 1 begincodespacerange <00><ff> endcodespacerange "
    table += b"2 beginbfchar <69><0000> <75><0001> endbfchar endcmap"
    stream = b"98 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(table), table)
    data = data.replace(b"/Type /Font", b"/Type /Font /ToUnicode 98 0 R", 1)
    data = data.replace(b"xref\n", stream + b"xref\n", 1)
    if ocr.is_available():
        assert "Dang" in text_of(data)
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    assert reason_of(data) == "no_ocr"


def test_an_encrypted_file_is_refused() -> None:
    assert reason_of(pdf([(85, 700, FULL)], encrypt=StandardEncryption("mat-khau", ownerPassword="chu"))) == "encrypted"


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8])
def test_a_truncated_file_is_refused_or_read_never_crashes(share: float) -> None:
    data = pdf(*[[(85, 700 - 16 * n, FULL) for n in range(20)]] * 4)
    try:
        text = text_of(data[: int(len(data) * share)])
    except UnreadableFileError as error:
        assert error.details["reason"] in {"damaged", *NO_LETTERS}  # noqa: PT017 - refusing is right as well
    else:
        assert FULL in text


def test_a_file_that_lost_a_part_of_its_text_is_refused() -> None:
    data = pdf([(85, 700 - 16 * n, f"{FULL} {n * 7919}") for n in range(30)], pageCompression=1, invariant=1)
    start = data.index(b"stream") + 7
    end = data.index(b"endstream", start)
    middle = start + (end - start) // 2
    if data[start : start + 2] == b"Ga":  # ASCII85 around the packed stream: one letter changed spoils the rest
        data = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    assert reason_of(data) in {"damaged", *NO_LETTERS}


def test_damage_anywhere_raises_nothing_but_our_own_errors() -> None:
    data = pdf([(85, 700 - 16 * n, FULL) for n in range(10)])
    for at in range(0, len(data), 23):
        broken = data[:at] + b"\xff<<[(" + data[at + 5 :]
        try:
            text_of(broken)
        except LuocdoError as error:
            assert error.details["reason"]  # noqa: PT017 - either outcome is right


def test_a_scan_of_nothing_is_told_from_an_empty_file() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    with pytest.raises(UnreadableFileError) as caught:
        text_of(out.getvalue())
    assert caught.value.details["reason"] in NO_LETTERS


def test_too_many_pages_are_refused() -> None:
    assert reason_of(pdf(*[[(85, 700, "a")]] * 6), Limits(pages=5)) == "too_many_pages"


def test_a_stream_that_unpacks_to_gigabytes_is_refused_before_reading() -> None:
    bomb = zlib.compress(bytes(40_000_000))
    data = pdf([(85, 700, FULL)])
    data += b"\n99 0 obj\n<</Filter/FlateDecode>>\nstream\n" + bomb + b"\nendstream\nendobj\n"
    assert reason_of(data, Limits(unpacked_bytes=10_000_000)) == "unpacked_too_large"


def test_a_form_that_draws_itself_is_read_once() -> None:
    loop = b"q /F Do Q " * 40
    body = b"BT /T 12 Tf 80 700 Td (Chu) Tj ET /F Do"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>/Font<</T 6 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(body), body),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
        b"/Length %d>>\nstream\n%s\nendstream" % (len(loop), loop),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(data)
    data += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    data += b"trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    assert text_of(data) == "Chu"


class Clock:
    """A timer that runs out when it is told to, not after seconds."""

    daemon = False

    def __init__(self, seconds: float, fire: Callable[[], None]) -> None:
        self.seconds, self.fire, self.started, self.cancelled = seconds, fire, False, False
        CLOCKS.append(self)

    def start(self) -> None:
        self.started = True

    def cancel(self) -> None:
        self.cancelled = True


CLOCKS: list[Clock] = []


def run_out() -> str:
    """Work under a limit that passes in the middle of it; say what came of it."""
    try:
        with time_limit(60):
            CLOCKS[-1].fire()
            for _ in range(1_000_000):
                pass
    except OutOfTimeError:
        return "stopped"
    return "went on"


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> list[Clock]:
    CLOCKS.clear()
    monkeypatch.setattr("loaders.formats.limits.threading.Timer", Clock)
    return CLOCKS


def test_time_runs_out_in_the_thread_that_reads(clocks: list[Clock]) -> None:
    assert run_out() == "stopped"
    said: list[str] = []
    worker = Thread(target=lambda: said.append(run_out()))
    worker.start()
    worker.join()
    assert said == ["stopped"]
    assert [(clock.seconds, clock.started, clock.cancelled) for clock in clocks] == [(60, True, True)] * 2


def test_a_limit_that_passes_behind_the_work_stops_nothing(clocks: list[Clock]) -> None:
    with time_limit(60):
        pass
    clocks[-1].fire()
    assert sum(1 for _ in range(100_000)) == 100_000


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_real_files_give_whole_sentences_without_page_numbers() -> None:
    paths = sorted((SHARED / "corpora/files/mixed").glob("*.pdf"))
    assert len(paths) == 11
    for path in paths[:3]:
        source = read(path)
        assert len(source.pages) > 4
        assert all(not line.strip().isdecimal() for line in source.text.split("\n"))


@pytest.mark.usefixtures("in_this_process")
def test_damage_is_what_the_library_meets_not_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([(85, 700, FULL)])

    def fail(*_: object) -> None:
        raise KeyError("ours")

    with monkeypatch.context() as patched:
        patched.setattr(reader, "lines_of", fail)
        with pytest.raises(KeyError, match="ours"):
            text_of(data)
    monkeypatch.setattr(reader.pdfplumber.page.Page, "extract_words", fail)
    assert reason_of(data) == "damaged"


LEFT = [f"cot trai dong {n} day du chu den het cot nay" for n in range(12)]
RIGHT = [f"cot phai dong {n} day du chu den het cot kia" for n in range(12)]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = [(60, 780, "Tieu de chay ngang qua ca hai cot cua trang bao nay cho den het chieu rong cua trang")]
    page += [(60, 750 - 16 * n, line) for n, line in enumerate(LEFT)]
    page += [(320, 750 - 16 * n, line) for n, line in enumerate(RIGHT)]
    page += [(60, 520, "Dong cuoi chay ngang qua ca hai cot cua trang bao nay cho den het chieu rong cua trang")]
    text = text_of(pdf(page, size=11))
    assert text.index("Tieu de") < text.index(LEFT[0]) < text.index(LEFT[-1]) < text.index(RIGHT[0])
    assert text.index(RIGHT[-1]) < text.index("Dong cuoi")
    assert "\n".join(LEFT) in text


def test_columns_whose_lines_stand_at_other_heights_are_read_one_after_the_other() -> None:
    page = [(60, 750 - 16 * n, line) for n, line in enumerate(LEFT)]
    page += [(320, 743 - 16 * n, line) for n, line in enumerate(RIGHT)]
    assert text_of(pdf(page, size=10)).index(LEFT[-1]) < text_of(pdf(page, size=10)).index(RIGHT[0])


def test_short_cells_side_by_side_are_no_columns() -> None:
    page = [(60, 750 - 16 * n, f"{n} {'viec ' * (n % 5)}") for n in range(12)]
    page += [(320, 750 - 16 * n, f"han {n} {'thang ' * (n % 4)}") for n in range(12)]
    lines = text_of(pdf(page)).split("\n")
    assert any(line.startswith("3 viec") and "han 3" in line for line in lines)


def test_running_heads_that_count_pages_are_dropped() -> None:
    pages = []
    for n in range(6):
        head = (
            f"CONG BAO/So 12 + 13/Ngay 05-01-2025 {n + 2}" if n % 2 else f"{n + 2} CONG BAO/So 12 + 13/Ngay 05-01-2025"
        )
        body = [(85, 780 - 16 * k, f"{FULL} {n * 7} {k}") for k in range(4)]
        pages.append([(85, 810, head), *body, (85, 60, f"Trang {n + 1}/6")])
    text = text_of(pdf(*pages))
    assert text.count("CONG BAO") == 2  # the first of each kind stays
    assert "Trang" not in text
    assert text.count(FULL) == 24


def test_headings_with_numbers_at_the_top_of_pages_stay() -> None:
    pages = [[(85, 800, f"Dieu {n + 1}."), *[(85, 780 - 16 * k, f"{FULL} {n}") for k in range(3)]] for n in range(5)]
    text = text_of(pdf(*pages))
    assert all(f"Dieu {n + 1}." in text for n in range(5))


@pytest.mark.parametrize(("angle", "x", "y"), [(90, 595, 0), (180, 595, 842), (270, 0, 842)])
@pytest.mark.parametrize("says_so", [True, False])
def test_a_page_whose_text_runs_another_way_is_read_upright(angle: int, x: int, y: int, says_so: bool) -> None:
    out = io.BytesIO()
    page = Canvas(out, pagesize=(595, 842))
    if says_so:
        page.setPageRotation(angle)
    page.translate(x, y)
    page.rotate(angle)
    page.drawString(80, 480, "Giao So Noi vu chu tri bao cao")
    page.drawString(80, 440, "Han cuoi la ngay 15")
    page.save()
    assert read_bytes(out.getvalue(), Path("a.pdf")).text == "Giao So Noi vu chu tri bao cao\nHan cuoi la ngay 15"
