"""Make the docx, html and pdf documents of the sample corpus from ``nguon/*.md``.

The results are committed; run this only after changing a source: ``.venv/bin/python examples/build.py``
(needs Debian's ``fonts-dejavu-core`` for the pdf). Output is reproducible: no clocks, no random ids.
"""

import io
import zipfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

HERE = Path(__file__).parent
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
FORMATS = {"02": "docx", "05": "html", "07": "docx", "12": "pdf", "15": "html", "17": "pdf"}
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass
class Sample:
    """One source: header fields by ``@name`` and body paragraphs; ``table`` holds the rows of the annex."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    table: list[list[str]] = field(default_factory=list)

    def lines(self, name: str) -> list[str]:
        """Values of a header field, none where it is absent."""
        return self.fields.get(name, [])


def read(path: Path) -> Sample:
    """Read one source file."""
    sample, in_table = Sample(), False
    for line in filter(None, path.read_text("utf-8").splitlines()):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            sample.fields[name] = [part.strip() for part in value.split("|")]
            in_table = name == "table"
        elif in_table:
            sample.table.append([cell.strip() for cell in line.split("|")])
        else:
            sample.body.append(line)
    return sample


def header(sample: Sample) -> tuple[list[str], list[str]]:
    """Left and right column of the header table."""
    left = [*sample.lines("issuer"), "-------", *sample.lines("number"), *sample.lines("subject")]
    return left, [*MOTTO, "---------------", *sample.lines("place")]


def footer(sample: Sample) -> tuple[list[str], list[str]]:
    """Recipients and signature block."""
    names = sample.lines("recipients")
    ends = [";"] * (len(names) - 1) + ["."]
    recipients = ["Nơi nhận:", *(f"- {name}{end}" for name, end in zip(names, ends, strict=True))]
    return recipients, [part for part in sample.lines("sign")]


def to_docx(sample: Sample, path: Path) -> None:
    """Write a Word document with header and signature tables, as offices do."""
    document = Document()
    _columns(document, *header(sample))
    for name in ("type", "title", "actor", "to"):
        for value in sample.lines(name):
            document.add_paragraph(value).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in sample.body:
        document.add_paragraph(line)
    _columns(document, *footer(sample))
    if sample.table:
        document.add_page_break()
        document.add_paragraph(sample.lines("table")[0])
        table = document.add_table(rows=0, cols=len(sample.table[0]))
        for row in sample.table:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
    buffer = io.BytesIO()
    document.save(buffer)
    _repack(buffer, path)


def _columns(document, left: list[str], right: list[str]) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.text = "\n".join(filter(None, lines))


def _repack(buffer: io.BytesIO, path: Path) -> None:
    """Write the zip again with fixed times, so that a rebuild gives the same bytes."""
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(info.filename))


def to_html(sample: Sample, path: Path) -> None:
    """Write a page as portals publish documents."""

    def block(lines: list[str]) -> str:
        return "<br>".join(escape(line) for line in filter(None, lines))

    left, right = header(sample)
    recipients, sign = footer(sample)
    middle = [value for name in ("type", "title", "actor", "to") for value in sample.lines(name)]
    parts = [
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Văn bản</title></head><body>',
        f"<table><tr><td>{block(left)}</td><td>{block(right)}</td></tr></table>",
        *(f'<p align="center"><b>{escape(value)}</b></p>' for value in middle),
        *(f"<p>{escape(line)}</p>" for line in sample.body),
        f"<table><tr><td>{block(recipients)}</td><td>{block(sign)}</td></tr></table>",
        "</body></html>",
    ]
    path.write_text("\n".join(parts) + "\n", "utf-8")


def to_pdf(sample: Sample, path: Path) -> None:
    """Write a pdf with a text layer."""
    pdfmetrics.registerFont(TTFont("Serif", FONT))
    plain = ParagraphStyle("plain", fontName="Serif", fontSize=11, leading=15, alignment=TA_JUSTIFY, spaceAfter=6)
    middle = ParagraphStyle("middle", parent=plain, alignment=TA_CENTER)
    small = ParagraphStyle("small", parent=middle, fontSize=9, leading=13, spaceAfter=2)

    def column(lines: list[str], style: ParagraphStyle = middle) -> list[Paragraph]:
        return [Paragraph(escape(line), style) for line in filter(None, lines)]

    story = [Table([[column(part, small) for part in header(sample)]], colWidths=[190, 270]), Spacer(1, 10)]
    for name in ("type", "title", "actor", "to"):
        story += column(sample.lines(name))
    story += [Paragraph(escape(line), plain) for line in sample.body]
    recipients, sign = footer(sample)
    left = [Paragraph(escape(line), plain) for line in recipients]
    story += [Spacer(1, 10), Table([[left, column(sign)]], colWidths=[230, 230])]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1, title="Văn bản", author="Lược Đồ").build(story)


WRITERS = {"docx": to_docx, "html": to_html, "pdf": to_pdf}


def main() -> None:
    """Build every sample that is not plain text."""
    for path in sorted((HERE / "nguon").glob("*.md")):
        ending = FORMATS[path.name[:2]]
        target = HERE / "van-ban" / f"{path.stem}.{ending}"
        WRITERS[ending](read(path), target)
        print(target.relative_to(HERE))


if __name__ == "__main__":
    main()
