"""How well files are read: character error rate against transcripts of legacy-font files, crashes, speed per kind."""

import io
import json
import re
import time
import unicodedata
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pypdfium2
from rapidfuzz.distance import Levenshtein

from benchmarks.corpora import SHARED
from loaders.formats import ocr
from loaders.source import read, read_bytes
from ontology.errors import UnreadableFileError

_FILES = SHARED / "corpora" / "files"
_GAPS = re.compile(r"[\s|¦]+")


def plain(text: str) -> str:
    """Give what is compared: NFC, without the marks of tables and all white space one space."""
    return _GAPS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def rate(got: str, wanted: str) -> float:
    """Share of the characters of the transcript that are wrong, missing or too many."""
    return Levenshtein.distance(got, wanted) / max(len(wanted), 1)


def words_lost(got: str, wanted: str) -> float:
    """Share of the words of the transcript that were not read, in whatever order they stand."""
    have: dict[str, int] = defaultdict(int)
    for word in got.lower().split():
        have[word] += 1
    lost = 0
    words = wanted.lower().split()
    for word in words:
        have[word] -= 1
        lost += have[word] < 0
    return lost / max(len(words), 1)


def _measure(job: tuple[str, str, str]) -> tuple[str, str, str, float, float, float, float, str]:
    name, encoding, wanted = job
    path = Path(name)
    begun = time.perf_counter()
    try:
        text = plain(read(path).text)
    except UnreadableFileError as error:
        reason = str(error.details.get("reason"))
        return path.name, encoding, path.suffix, 1.0, 1.0, 1.0, time.perf_counter() - begun, reason
    seconds = time.perf_counter() - begun
    if not wanted:
        return path.name, encoding, path.suffix, 0.0, 0.0, 0.0, seconds, ""
    goal = plain(Path(wanted).read_text("utf-8"))
    return (
        *(path.name, encoding, path.suffix, rate(text, goal), rate(text.lower(), goal.lower())),
        *(words_lost(text, goal), seconds, ""),
    )


def _scanned(path: Path) -> tuple[str, float, float]:
    """Draw a page of a pdf with text at 200 dpi, read the picture, and compare with the text layer."""
    document = pypdfium2.PdfDocument(path)
    page = pypdfium2.PdfDocument.new()
    page.import_pages(document, [1])
    layer, picture = io.BytesIO(), io.BytesIO()
    page.save(layer)
    document[1].render(scale=200 / 72, grayscale=True).to_pil().save(picture, "JPEG", quality=85, dpi=(200, 200))
    goal = plain(read_bytes(layer.getvalue(), path).text)
    begun = time.perf_counter()
    got = plain(read_bytes(picture.getvalue(), path.with_suffix(".jpg")).text)
    return path.name, rate(got, goal), time.perf_counter() - begun


def _scans() -> None:
    if not ocr.is_available():
        print("\nscans: Tesseract is absent (bash scripts/tools.sh)")
        return
    rows = [_scanned(path) for path in sorted((_FILES / "mixed").glob("*.pdf"))[:6]]
    print(f"\nscans (a page of {len(rows)} pdf drawn at 200 dpi, against their text layer):", end=" ")
    print(f"CER median {median(r[1] for r in rows):.2%}, {median(r[2] for r in rows):.1f} s a page")


def main(flags: list[str]) -> None:
    """Print the tables."""
    rows = [json.loads(line) for line in (_FILES / "legacy" / "metadata.jsonl").read_text("utf-8").splitlines() if line]
    base = _FILES / "legacy"
    jobs = [(str(base / row["file"]), row["encoding"], str(base / row["text"])) for row in rows]
    jobs += [(str(path), "mixed", "") for path in sorted((_FILES / "mixed").iterdir())]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        results = list(pool.map(_measure, jobs))
    print("any case: letters compared without case")
    print(f"{'encoding':12} {'files':>5} {'read':>5} {'CER median':>11} {'mean':>8} {'any case':>9} {'words lost':>11}")
    legacy = [r for r in results if r[1] != "mixed"]
    for encoding in [*sorted({r[1] for r in legacy}), "all"]:
        group = [r for r in legacy if encoding in (r[1], "all")]
        ok = [r for r in group if not r[7]]
        figures = [median(r[3] for r in ok), sum(r[3] for r in ok) / len(ok), median(r[4] for r in ok)]
        figures.append(median(r[5] for r in ok))
        print(
            f"{encoding:12} {len(group):5} {len(ok):5} {figures[0]:11.2%} {figures[1]:8.2%} {figures[2]:9.2%}"
            f" {figures[3]:11.2%}"
        )
    print(f"\n{'kind':12} {'files':>5} {'read':>5} {'seconds median':>15}")
    for suffix in sorted({r[2] for r in results}):
        group = [r for r in results if r[2] == suffix]
        print(f"{suffix:12} {len(group):5} {sum(not r[7] for r in group):5} {median(r[6] for r in group):15.2f}")
    _scans()
    for row in results:
        if row[7]:
            print(f"not read: {row[0]}: {row[7]}")
    if "--verbose" in flags:
        for row in sorted(legacy, key=lambda r: -r[4]):
            print(f"{row[4]:8.2%} {row[3]:8.2%} {row[5]:8.2%} {row[6]:6.1f}s {row[1]:6} {row[0]}")
