"""Speed of extraction: whole record, and whether time is linear in the length of a document."""

import time
from dataclasses import replace
from hashlib import sha256

from benchmarks.corpora import texts
from loaders.citations import find_citations
from loaders.document import SourceText
from loaders.header import read_header
from loaders.layout import lay_out
from loaders.pipeline import record_of
from loaders.source import read


def _source(text: str) -> SourceText:
    digest = sha256(text.encode()).hexdigest()
    return SourceText(
        path="bench.txt", file="bench.txt", sha256=digest, media_type="text/plain", text_from="file", text=text
    )


def _seconds(text: str) -> float:
    start = time.perf_counter()
    record_of(_source(text))
    return time.perf_counter() - start


def _grown(base: str, size: int) -> str:
    """One document of about ``size`` bytes: the body of ``base`` repeated."""
    repeats = max(1, size // len(base.encode()))
    return "\n\n".join([base] * repeats)


HOSTILE = (
    ("one-character lines", "a\n"),
    ("borders of table cells only", "|\n"),
    ("a cell a line", "|\na\n"),
    ("tiny tables", "|\nTT\n|\na\n|\n|\n1\n|\nx\n|\n"),
    ("bullets in one line", "- "),
    ("numbered one-letter items", "1. a\n"),
    ("emphasis never closed", "* a "),
    ("numbers without type", "số 12/QĐ- "),
    ("citations in one line", "Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh thực hiện Chỉ thị số 33/CT-TTg, "),
    ("pinpoints", "điểm a khoản 1 "),
    ("laws by name", "Luật "),
    ("opened quotes", "“"),
    ("bodies in one line", "Sở Tài chính; "),
    ("orders never finished", "Giao Sở Y tế (qua "),
    ("the word day", "ngày ngày tháng "),
    ("decomposed letters", "e\u0301"),
)
_SMALL, _LARGE = 50_000, 400_000  # bytes
_GROWS = 2.0  # quadratic time would give 8


def hostile() -> None:
    """Print speed on crafted texts, and how the time of a byte grows with the length: 1 is linear."""
    print("\nhostile texts, whole record: MB/s at 400 kB, time of a byte against 50 kB (linear: about 1)")
    for name, piece in HOSTILE:
        small, large = (piece * (size // len(piece.encode())) for size in (_SMALL, _LARGE))
        _seconds(small)
        few = min(_seconds(small) for _ in range(2))
        many = _seconds(large)
        ratio = many * len(small.encode()) / (few * len(large.encode()))
        mark = "  GROWS" if ratio > _GROWS else ""
        print(f"  {name:28} {len(large.encode()) / 1e6 / many:7.2f} MB/s   {ratio:5.2f}{mark}")


def main() -> None:
    """Print MB/s of UTF-8 text on one core, and the linearity ratio of issue 3."""
    paths = texts()
    sources = [read(path) for path in paths]
    size = sum(len(s.text.encode()) for s in sources) / 1e6
    start = time.perf_counter()
    for source in sources:
        record_of(source)
    took = time.perf_counter() - start
    print(f"whole record: {size:.2f} MB in {took:.2f} s = {size / took:.2f} MB/s a core ({len(sources)} documents)")

    start = time.perf_counter()
    layouts = [lay_out(source) for source in sources]
    layout_took = time.perf_counter() - start
    headers = [read_header(layout) for layout in layouts]
    start = time.perf_counter()
    for layout, header in zip(layouts, headers, strict=True):
        find_citations(layout, header)
    citations_took = time.perf_counter() - start
    print(f"layout alone: {size / layout_took:.2f} MB/s; citations alone: {size / citations_took:.2f} MB/s")

    base = paths[0].read_text("utf-8")
    small, large = _grown(base, 100_000), _grown(base, 2_000_000)
    _seconds(small)  # warm caches and compiled patterns
    twenty = sum(_seconds(replace(_source(small), file=f"{n}.txt").text) for n in range(20))
    one = _seconds(large)
    ratio = one / len(large.encode()) / (twenty / (20 * len(small.encode())))
    print(f"linearity: 2 MB in {one:.2f} s, twenty of 100 kB in {twenty:.2f} s, ratio a byte {ratio:.2f} (aim <= 1.3)")
    hostile()
