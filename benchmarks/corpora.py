"""Where the measured documents lie, and their records written for the scorers."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from loaders.pipeline import extract
from ontology.errors import LuocdoError
from ontology.record import encode

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "seeds"
DEV = SHARED / "corpora" / "dev"
OWN_GOLD = ROOT / "benchmarks" / "gold"


def texts() -> list[Path]:
    """The text documents to measure speed on: the real ones where they are, else our own samples."""
    real = sorted([*SEEDS.glob("*.txt"), *DEV.glob("*.md")])
    return real or sorted(p for p in (ROOT / "examples" / "van-ban").iterdir() if p.suffix in {".txt", ".md"})


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
