"""Accuracy against annotated documents, by our scorer, and against publishers' property boxes, by that of ../shared."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.annotations import Document
from benchmarks.corpora import BASELINE, DEV, OURS, SHARED, annotated_documents, records, write_records
from benchmarks.score import Say, Scores, score, table

HEADERS = SHARED / "gold" / "headers.py"
TITLES = {
    "open": "the open benchmark, our own writing (benchmarks/open)",
    "given": "given gold (two seeds)",
    "seeds": "our annotation of the other seeds",
    "dev": "our annotation of corpora/dev, rules mended by it",
    "blind": "a third annotator's documents of corpora/dev, blind",
    "files": "a third annotator's files (doc, docx, pdf, rtf, xls), blind",
}


def scored(documents: list[Document], system: str, *, verbose: bool = False) -> Scores:
    """Read documents with a system and score what it says."""
    scores = Scores()
    for document, record in zip(documents, records(documents, system), strict=True):
        score(document, record, scores, _sayer(document.name) if verbose else lambda _: None)
    return scores


def _sayer(name: str) -> Say:
    return lambda line: print(f"{name}: {line}")


def _beside(ours: Scores, plain: Scores) -> str:
    """Give our table with the F1 of the plain baseline behind each row."""
    lines = table(ours).splitlines()
    return "\n".join(f"{line:88} plain {plain[name].f1:.3f}" for name, line in zip(ours, lines, strict=True))


def measure(names: list[str], flags: list[str]) -> None:
    """Print the table of each set, the plain baseline beside ours; ``--verbose`` prints every difference too."""
    sets = annotated_documents()
    for name in names:
        if documents := sets.get(name):
            print(f"\n== {TITLES[name]}: {len(documents)} documents")
            ours = scored(documents, OURS, verbose="--verbose" in flags)
            print(_beside(ours, scored(documents, BASELINE)))


def main(flags: list[str]) -> None:
    """Print every table, and the headers of all of corpora/dev."""
    measure([name for name in TITLES if name != "open"], flags)
    with tempfile.TemporaryDirectory() as temporary:
        failed = write_records(sorted(DEV.glob("*.md")), Path(temporary))
        print("\n== headers of corpora/dev against the publisher's boxes")
        print("\n".join(failed) or f"all documents of {DEV.name}/ read")
        shown = [flag for flag in flags if flag == "--verbose"]
        run = subprocess.run(
            [sys.executable, HEADERS, DEV / "metadata.jsonl", temporary, *shown],
            capture_output=True,
            text=True,
            check=True,
            cwd=HEADERS.parent,
        )
        print(run.stdout.rstrip())
