"""Spoil files of every format and read them: ``python -m benchmarks.fuzz --minutes 30 [--seed 7] [--keep FOLDER]``.

Every spoilt file must be read or be refused with an error of the product that says what to do. What raises anything
else, or takes longer than its limit, is kept in a folder, to become a test.
"""

import argparse
import io
import os
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from loaders.document import SourceText
from loaders.formats import convert
from loaders.formats.legacy_fonts import encode, encodings
from loaders.formats.limits import Limits
from loaders.pipeline import record_of
from loaders.source import read_bytes
from ontology.errors import LuocdoError

LIMITS = Limits(seconds=20, ocr_seconds=20, page_seconds=10, memory=1 << 30)
_LINES = (
    "ỦY BAN NHÂN DÂN TỈNH AN PHÚ",
    "Số: 15/KH-UBND",
    "KẾ HOẠCH",
    "Căn cứ Nghị định số 12/2020/NĐ-CP ngày 03/02/2020 của Chính phủ;",
    "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính báo cáo trước ngày 15/12/2025.",
)
_ROW = ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
_MAGIC = (
    b"\x00",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"%",
    b"(",
    b"R",
    b"99999999999",
)
_SLOW = (".doc", ".rtf", ".xls")  # read by LibreOffice


def seeds() -> dict[str, bytes]:
    """A small good file of each format, by its name."""
    text = "\n".join(_LINES)
    page = (
        "<html><body>"
        + "".join(f"<p>{line}</p>" for line in _LINES)
        + "<table><tr><td rowspan=2>1<td>a<tr><td>b</table>"
    )
    tcvn3 = encode(text, encodings()["tcvn3"]).encode("cp1252", "replace")
    files = {"a.txt": text.encode(), "b.txt": tcvn3, "c.md": f"# {text}\n| a | b |\n".encode(), "a.html": page.encode()}
    files |= {"a.docx": _word(), "a.xlsx": _sheet(), "a.pdf": _pdf(compressed=False), "b.pdf": _pdf(compressed=True)}
    files |= {f"a{suffix}": _picture(kind) for suffix, kind in ((".png", "PNG"), (".jpg", "JPEG"), (".tif", "TIFF"))}
    if convert.is_available():
        body = "".join(
            f"\\par {line}" for line in encode(text, encodings()["vni"]).encode("ascii", "replace").decode().split("\n")
        )
        files["a.rtf"] = f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 VNI-Times;}}}}{body}}}".encode()
    return files


def _word() -> bytes:
    document = docx.Document()
    for line in _LINES:
        document.add_paragraph(line, style="List Number")
    table = document.add_table(2, 4)
    for cell, text in zip(table.rows[0].cells, _ROW, strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    return _saved(document.save)


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    for _ in range(2):
        book.active.append(_ROW)
    book.active.merge_cells("A1:A2")
    return _saved(book.save)


def _pdf(*, compressed: bool) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=int(compressed))
    for _ in range(2):
        for n, line in enumerate(_LINES):
            canvas.drawString(80, 780 - 16 * n, line.encode("ascii", "ignore").decode())
        canvas.grid([80, 200, 320], [500, 520, 540])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture(kind: str) -> bytes:
    picture = Image.new("L", (300, 80), 255)
    ImageDraw.Draw(picture).text((10, 10), "KE HOACH so 15", fill=0)
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Spoil a file: a package of parts in one of them, as often as from outside."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _repacked(data, chance)
    return _spoilt_bytes(data, chance)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        hit = chance.choice(names)
        for name in names:
            if name != hit:
                after.writestr(name, before.read(name))
            elif chance.random() < 0.9:
                after.writestr(name, _spoilt_bytes(before.read(name), chance))
    return out.getvalue()


def _spoilt_bytes(data: bytes, chance: random.Random) -> bytes:
    spoilt_ = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(spoilt_) + 1)
        to = min(at + chance.choice((1, 2, 8, 64, 512)), len(spoilt_))
        match chance.randrange(6):
            case 0:
                spoilt_[at:to] = chance.randbytes(to - at)
            case 1:
                del spoilt_[at:to]
            case 2:
                spoilt_[at:at] = spoilt_[at:to] * chance.choice((1, 3, 50))
            case 3:
                spoilt_[at : at + 1] = chance.choice(_MAGIC)
            case 4:
                other = chance.randrange(len(spoilt_) + 1)
                spoilt_[at:to] = spoilt_[other : other + to - at]
            case _:
                del spoilt_[at:]
    return bytes(spoilt_)


def fault_of(name: str, data: bytes) -> str:
    """Read a spoilt file; empty where it was read or refused as it should be, else what went wrong."""
    begun = time.monotonic()
    try:
        source = read_bytes(data, Path(name), LIMITS)
        wrong = _wrong(source)
        if not wrong:
            record_of(source)
    except LuocdoError as error:
        wrong = "" if error.details.get("remedy") else f"no remedy: {error.details.get('reason')}"
        if error.details.get("reason") in {"reader_died", "reader_failed"}:
            wrong = str(error.details.get("cause") or error.message)
    except Exception as error:  # finding these is what this is for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
    took = time.monotonic() - begun
    return wrong or (f"took {took:.0f} s" if took > 2 * LIMITS.seconds else "")


def _wrong(source: SourceText) -> str:
    length = len(source.text)
    spans = (*source.tables, *source.capitals)
    if any(not 0 <= start <= end <= length for start, end in spans) or any(
        not 0 <= at <= length for at in source.pages
    ):
        return "offsets beyond the text"
    return "text is no valid Unicode" if any("\ud800" <= c <= "\udfff" for c in source.text) else ""


def cases(chance: random.Random, *, slow: bool) -> Iterator[tuple[str, bytes]]:
    """Spoilt files without end."""
    files = {name: data for name, data in seeds().items() if slow or not name.endswith(_SLOW)}
    while True:
        name = chance.choice(list(files))
        yield name, spoilt(files[name], chance)


def main(argv: list[str]) -> int:
    """Spoil and read for some minutes; gives 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--here", action="store_true", help="read in this process: faster, but a crash ends it")
    told = parser.parse_args(argv)
    if told.here:
        os.environ["LUOCDO_READ_APART"] = "0"
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1 << 32)
    end = time.monotonic() + 60 * told.minutes
    faults: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for name, data in cases(random.Random(seed), slow=True):  # noqa: S311 - no secret
        fault = fault_of(name, data)
        count[Path(name).suffix] += 1
        if fault:
            faults[f"{Path(name).suffix} {fault}"] += 1
            told.keep.mkdir(parents=True, exist_ok=True)
            (told.keep / f"{sum(count.values())}-{name}").write_bytes(data)
        if time.monotonic() > end:
            break
    print(f"seed {seed}: {sum(count.values())} files, {sum(faults.values())} faults; {dict(count)}")
    for fault, times in faults.most_common():
        print(f"{times:6} {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
