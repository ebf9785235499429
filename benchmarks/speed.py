"""Speed and memory of extraction: real documents, crafted ones, and whether time is linear in the length of a text.

Seconds are those of the processor, so that other work on the machine counts little; memory is the peak of the resident
set beyond what the process and the text take before, each text read in a process of its own.
"""

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from benchmarks.corpora import texts
from loaders.citations import find_citations, recognise
from loaders.document import SourceText
from loaders.header import read_header
from loaders.layout import lay_out
from loaders.pipeline import record_of
from loaders.source import read
from ontology.errors import LimitExceededError


def _source(text: str) -> SourceText:
    digest = sha256(text.encode()).hexdigest()
    return SourceText(
        path="bench.txt", file="bench.txt", sha256=digest, media_type="text/plain", text_from="file", text=text
    )


def _seconds(text: str) -> float:
    start = time.process_time()
    record_of(_source(text))
    return time.process_time() - start


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


LARGE = (  # what is repeated, up to how many bytes
    ("one line of a word", "số ", 10_000_000),
    ("one line of orders", "Giao Sở Y tế rà soát; ", 16_000_000),
    ("one line of citations", "Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh, ", 3_000_000),
    ("nested quotes", "“a ", 10_000_000),
    ("100,000 list markers", "a) b\n", 600_000),
    ("a cell a line", "|\na\n", 300_000),
    ("a duty a line", "Giao Sở Y tế chủ trì, xong trước 01/02/2026.\n", 6_000_000),
)
_AIM = 200  # MB beyond the text


def memory() -> None:
    """Print the peak of memory on texts as large as the limits allow, and on the largest real one."""
    print(f"\nmemory beyond the text (aim: <= {_AIM} MB)")
    largest = max(texts(), key=lambda path: path.stat().st_size)
    rows = [(name, piece * (size // len(piece.encode()))) for name, piece, size in LARGE]
    for name, text in (*rows, (f"largest document ({largest.name})", read(largest).text)):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            peak, seconds = pool.submit(_peak, text).result()
        mark = "  TOO MUCH" if peak > _AIM else ""
        print(f"  {name:44} {len(text.encode()) / 1e6:6.2f} MB text  {peak:6.1f} MB beyond  {seconds:6.2f} s{mark}")


def _peak(text: str) -> tuple[float, float]:
    """Megabytes that reading a text takes at its height, and seconds; Linux alone tells the height of one task."""
    record_of(_source("Kế hoạch số 1/KH-UBND của UBND tỉnh\n"))  # the tables are no part of a document
    source = _source(text)
    Path("/proc/self/clear_refs").write_text("5")  # the height so far is forgotten
    before = _status("VmRSS")
    start = time.process_time()
    try:
        record_of(source)
    except LimitExceededError as error:
        print(f"  refused: {error.message}")
    return _status("VmHWM") - before, time.process_time() - start


def _status(name: str) -> float:
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith(name))
    return int(line.split()[1]) / 1000


def main() -> None:
    """Print MB/s of UTF-8 text on one core, and the linearity ratio of issue 3."""
    paths = texts()
    sources = [read(path) for path in paths]
    size = sum(len(s.text.encode()) for s in sources) / 1e6
    start = time.process_time()
    record_of(sources[0])
    print(f"tables read and patterns compiled, once a process: {time.process_time() - start:.2f} s")
    start = time.process_time()
    for source in sources:
        record_of(source)
    took = time.process_time() - start
    print(f"whole record: {size:.2f} MB in {took:.2f} s = {size / took:.2f} MB/s a core ({len(sources)} documents)")

    start = time.process_time()
    layouts = [lay_out(source) for source in sources]
    layout_took = time.process_time() - start
    headers = [read_header(layout) for layout in layouts]
    start = time.process_time()
    for layout, header in zip(layouts, headers, strict=True):
        recognise(layout, header)
    recognised_took = time.process_time() - start
    start = time.process_time()
    for layout, header in zip(layouts, headers, strict=True):
        find_citations(layout, header)
    citations_took = time.process_time() - start
    print(f"layout alone: {size / layout_took:.2f} MB/s")
    print(f"citations recognised (place, kind, number, symbol, date, issuer): {size / recognised_took:.2f} MB/s")
    print(f"citations whole (and pinpoint, relation, subject, reference, confidence): {size / citations_took:.2f} MB/s")

    base = paths[0].read_text("utf-8")
    small, large = _grown(base, 100_000), _grown(base, 2_000_000)
    _seconds(small)  # warm caches and compiled patterns
    twenty = sum(_seconds(replace(_source(small), file=f"{n}.txt").text) for n in range(20))
    one = _seconds(large)
    ratio = one / len(large.encode()) / (twenty / (20 * len(small.encode())))
    print(f"linearity: 2 MB in {one:.2f} s, twenty of 100 kB in {twenty:.2f} s, ratio a byte {ratio:.2f} (aim <= 1.3)")
    hostile()
    memory()
