"""Where the measured documents lie, and their records written for the scorers."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import baseline
from benchmarks.annotations import Document, annotated, read_annotation, read_folder
from loaders.pipeline import extract, record_of
from loaders.source import read, read_bytes
from ontology.errors import LuocdoError
from ontology.record import encode, to_builtins

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "seeds"
DEV = SHARED / "corpora" / "dev"
OWN_GOLD = ROOT / "benchmarks" / "gold"
OPEN = ROOT / "benchmarks" / "open"
FILES = SHARED / "corpora" / "files"
OURS, BASELINE = "luocdo", "baseline"
BLIND = 3  # the annotator whose documents no rule was mended for before they were first measured
_PLAIN = {".txt", ".md"}


def texts() -> list[Path]:
    """The text documents to measure speed on: the real ones where they are, else our own samples."""
    real = sorted([*SEEDS.glob("*.txt"), *DEV.glob("*.md")])
    return real or sorted(p for p in (ROOT / "examples" / "van-ban").iterdir() if p.suffix in {".txt", ".md"})


def annotated_documents() -> dict[str, list[Document]]:
    """Every annotated document by the name of its set; the real ones only where ``../shared`` is."""
    sets = {"open": read_folder(OPEN, OPEN)}
    if SHARED.exists():
        sets |= {"given": read_folder(SHARED / "gold", SEEDS), "seeds": [], "dev": [], "blind": []}
        for path in sorted(OWN_GOLD.glob("*.json")):
            row = read_annotation(path)
            name = "seeds" if row.corpus == "seeds" else "blind" if row.annotator == BLIND else "dev"
            text = ((SEEDS if name == "seeds" else DEV) / row.file).read_text("utf-8")
            sets[name].append(annotated(text, row, path.stem))
        sets["files"] = [_of_file(path) for path in sorted((OWN_GOLD / "files").glob("*.json"))]
    return sets


def _of_file(gold: Path) -> Document:
    """A file that is no plain text: its places are counted in the text that is read out of it."""
    row = read_annotation(gold)
    path = FILES / row.file
    return annotated(read(path).text, row, gold.stem, path)


def records(documents: Iterable[Document], system: str = OURS) -> list[dict[str, Any]]:
    """Read documents with one of the systems, on all cores; a document that was refused gives an empty record."""
    jobs = [(document.path or Path(document.gold.file), document.text) for document in documents]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(pool.map(_ours if system == OURS else _plain, jobs, chunksize=8))


def _ours(job: tuple[Path, str]) -> dict[str, Any]:
    path, text = job
    plain = path.suffix in _PLAIN
    try:
        source = read_bytes(text.encode(), path) if plain else read(path)
        return dict(to_builtins(record_of(source)))
    except LuocdoError:
        return {}


def _plain(job: tuple[Path, str]) -> dict[str, Any]:
    return baseline.read(job[1])


def write_records(paths: list[Path], out: Path) -> list[str]:
    """Extract each file and write ``<stem>.json``; gives one line for each file that failed."""
    out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        return [line for line in pool.map(_write_one, paths, [out] * len(paths), chunksize=4) if line]


def _write_one(path: Path, out: Path) -> str:
    try:
        _, record = extract(path)
    except LuocdoError as error:
        return f"{path.name}: {error.code}: {error.message}"
    (out / f"{path.stem}.json").write_bytes(encode(record))
    return ""
