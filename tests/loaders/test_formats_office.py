"""Old office files through LibreOffice, workbooks, and archives of documents."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.styles import Font

from loaders.document import as_capitals
from loaders.formats import convert
from loaders.formats.capitals import marked, moved, parted, places, shown
from loaders.formats.legacy_fonts import encode, encodings
from loaders.formats.programs import run
from loaders.secrecy import check
from loaders.source import Limits, read, read_bytes
from ontology.errors import SecretDocumentError, UnreadableFileError
from tests.loaders.office_files import reason_of, word

SHARED = Path(__file__).parents[2].parent / "shared"


LINE = "Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân ngày 26 tháng 11 năm 2003"


needs_office = pytest.mark.skipif(not convert.is_available(), reason="LibreOffice is absent: bash scripts/tools.sh")


def rtf(*runs: tuple[str, str]) -> bytes:
    """Write runs of (font, text) as one paragraph each."""
    table = "".join(f"{{\\f{n}\\fnil {font};}}" for n, (font, _) in enumerate(runs))
    body = ""
    for n, (_, text) in enumerate(runs):
        told = "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252')[0]:02x}" for c in text)
        body += f"\\pard\\plain\\f{n} {told}\\par\n"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{table}}}\n{body}}}".encode("ascii")


def test_runs_of_a_word_document_are_read_by_their_fonts() -> None:
    tcvn3, vni = encode(LINE, encodings()["tcvn3"]), encode(LINE, encodings()["vni"])
    data = word((".VnTime", tcvn3), ("Times New Roman", " – Điều 1 – "), ("VNI-Times", vni))
    assert read_bytes(data, Path("a.docx")).text == f"{LINE} – Điều 1 – {LINE}"


def test_a_letter_parted_over_runs_is_read_whole() -> None:
    assert read_bytes(
        word(("VNI-Times", "U"), ("VNI-Times", "Ûy ban nha"), ("VNI-Times", "ân daân")), Path("a.docx")
    ).text == ("Ủy ban nhân dân")


def test_short_runs_that_prove_nothing_by_their_words_are_read_by_their_fonts() -> None:
    source = read_bytes(word((".VnTimeH", "sè"), (".VnTime", ": cã")), Path("a.docx"))
    assert source.text == "số: có"
    assert source.shown == "SỐ: có"


def test_letters_that_a_font_shows_as_capitals_stay_as_they_were_typed_and_are_understood_as_shown() -> None:
    head = [(".VnTimeH", "quyÕt ®Þnh cña Bé tr\u00adëng sè 12/2003/Q§-BTC\n  "), (".VnTime", " ngµy 3-2-2003")]
    source = read_bytes(word(*head), Path("a.docx"))
    assert source.text == "quyết định của Bộ trưởng số 12/2003/QĐ-BTC\nngày 3-2-2003"
    assert source.shown == "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG SỐ 12/2003/QĐ-BTC\nngày 3-2-2003"


def test_a_stamp_typed_small_in_a_font_of_capitals_is_a_stamp() -> None:
    source = read_bytes(word((".VnTimeH", "mËt")), Path("a.docx"))
    with pytest.raises(SecretDocumentError):
        check(source)


@pytest.mark.parametrize("text", ["", "mẫu", "MẪU", " mẫu \n\nsố ", "Straße", "\ufdd0\ufdd1"])
def test_marks_of_capitals_come_out_of_a_text_again(text: str) -> None:
    line = f"a {marked(text)} b"
    typed, spans = parted(line)
    assert typed == "a " + text.replace("\ufdd0", "").replace("\ufdd1", "") + " b"
    assert shown(line) == typed[:2] + as_capitals(typed[2:-2]) + " b"
    assert all(typed[start:end].strip() == typed[start:end] != "" for start, end in spans)
    assert [moved(at, places(line)) for at, c in enumerate(line) if c not in "\ufdd0\ufdd1"] == [*range(len(typed))]


def test_the_soft_hyphen_of_an_old_font_is_a_letter() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("th")
    run.font.name = ".VnTime"
    run._element.append(run._element.makeelement(qn("w:softHyphen"), {}))
    run.add_text("êng trùc")
    out = io.BytesIO()
    document.save(out)
    assert read_bytes(out.getvalue(), Path("a.docx")).text == "thường trực"


def test_a_paragraph_of_unicode_in_an_old_font_stays() -> None:
    assert read_bytes(word((".VnTime", "Ủy ban có số đo")), Path("a.docx")).text == "Ủy ban có số đo"


@needs_office
def test_rich_text_is_read_with_its_fonts() -> None:
    tcvn3, vni = encode(LINE, encodings()["tcvn3"]), encode(LINE, encodings()["vni"])
    data = rtf((".VnTimeH", "quyÕt ®Þnh"), (".VnTime", tcvn3), ("VNI-Times", vni))
    source = read_bytes(data, Path("a.rtf"))
    assert source.text == f"quyết định\n\n{LINE}\n\n{LINE}"
    assert source.shown == f"QUYẾT ĐỊNH\n\n{LINE}\n\n{LINE}"
    assert (source.media_type, source.text_from) == ("application/rtf", "file")


@needs_office
def test_rich_text_named_as_a_word_document_is_read() -> None:
    assert read_bytes(rtf((".VnTime", "NghÞ ®Þnh")), Path("a.doc")).text == "Nghị định"


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    source = folder / f"a{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    program = convert._soffice()
    assert program is not None
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target, str(source)]
    run([*command, "--outdir", str(folder)], folder=folder, seconds=60, max_bytes=10_000_000)
    return (folder / f"a.{target.split(':', maxsplit=1)[0]}").read_bytes()


@needs_office
def test_an_old_word_document_is_read_with_its_fonts_and_tables(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(word((".VnTime", encode(LINE, encodings()["tcvn3"])))))
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["TT", "Nhiệm vụ", "1", "Xây dựng kế hoạch"], strict=True):
        cell.text = text
    document.add_paragraph("Nơi nhận:")  # every Word document ends with a paragraph
    out = io.BytesIO()
    document.save(out)
    data = converted(out.getvalue(), ".docx", "doc:MS Word 97", tmp_path)
    assert data.startswith(b"\xd0\xcf\x11\xe0")
    source = read_bytes(data, Path("a.doc"))
    assert source.text == f"{LINE}\n\nTT | Nhiệm vụ\n1 | Xây dựng kế hoạch\n\nNơi nhận:"
    assert len(source.tables) == 1


@needs_office
def test_an_old_workbook_is_read_with_its_fonts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["TT", encode("Nhiệm vụ", encodings()["vni"]), "Hạn"])
    book.active["B1"].font = Font(name="VNI-Times")
    book.active.append([1, "Rà soát", date(2025, 12, 15)])
    data = converted(saved(book), ".xlsx", "xls:MS Excel 97", tmp_path)
    assert read_bytes(data, Path("a.xls")).text == "TT | Nhiệm vụ | Hạn\n1 | Rà soát | 15/12/2025"


@pytest.mark.parametrize("name", ["a.doc", "a.xls"])
def test_a_container_of_something_else_is_refused(name: str) -> None:
    assert reason_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name) == "damaged"


@pytest.mark.usefixtures("in_this_process")
def test_without_the_converter_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "_soffice", lambda: None)
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(rtf((".VnTime", "NghÞ ®Þnh")), Path("a.rtf"))
    assert caught.value.details["reason"] == "no_converter"
    assert "libreoffice-writer-nogui" in str(caught.value.details["remedy"])
    assert (
        reason_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook\0".encode("utf-16-le"), "a.xls")
        == "no_sheet_converter"
    )


@pytest.mark.usefixtures("in_this_process")
def test_a_converter_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(convert, "_soffice", lambda: str(slow))
    assert reason_of(rtf((".VnTime", "a")), "a.rtf", Limits(seconds=1.5)) == "too_slow"


@pytest.mark.usefixtures("in_this_process")
def test_a_converter_that_writes_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "soffice"
    endless.write_text("#!/bin/sh\nmkdir -p out\nexec cat /dev/zero > out/in.docx\n")
    endless.chmod(0o755)
    monkeypatch.setattr(convert, "_soffice", lambda: str(endless))
    limits = Limits(unpacked_bytes=1_000_000, seconds=20)
    assert reason_of(rtf((".VnTime", "a")), "a.rtf", limits) == "not_converted"


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@needs_office
@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_a_real_file_of_an_old_font_is_read_letter_for_letter() -> None:
    folder = SHARED / "corpora" / "files" / "legacy"
    text = read(folder / "original" / "2004-NghiDinh116_2003.doc").text
    wanted = (folder / "text" / "2004-NghiDinh116_2003.txt").read_text("utf-8")
    assert " ".join(text.split()[:400]).lower() == " ".join(wanted.split()[:400]).lower()
