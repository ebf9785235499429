"""Speed of extraction: whole record, and whether time is linear in the length of a document."""

import time
from dataclasses import replace
from hashlib import sha256

from benchmarks.corpora import DEV, SEEDS
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


def main() -> None:
    """Print MB/s of UTF-8 text on one core, and the linearity ratio of issue 3."""
    sources = [read(path) for path in sorted([*SEEDS.glob("*.txt"), *DEV.glob("*.md")])]
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

    base = (SEEDS / "000_3e1973d290e163dc.txt").read_text("utf-8")
    small, large = _grown(base, 100_000), _grown(base, 2_000_000)
    _seconds(small)  # warm caches and compiled patterns
    twenty = sum(_seconds(replace(_source(small), file=f"{n}.txt").text) for n in range(20))
    one = _seconds(large)
    ratio = one / len(large.encode()) / (twenty / (20 * len(small.encode())))
    print(f"linearity: 2 MB in {one:.2f} s, twenty of 100 kB in {twenty:.2f} s, ratio a byte {ratio:.2f} (aim <= 1.3)")
