"""Accuracy against annotated documents and publishers' property boxes, by the scorers of ``shared/gold``."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.corpora import DEV, OWN_GOLD, SEEDS, SHARED, write_records

SCORE = SHARED / "gold" / "score.py"
HEADERS = SHARED / "gold" / "headers.py"


def _script(script: Path, *args: str | Path) -> str:
    run = subprocess.run([sys.executable, script, *args], capture_output=True, text=True, check=True, cwd=script.parent)
    return run.stdout.rstrip()


def gold_of(corpus: str, into: Path) -> Path:
    """Copy our own annotations of one corpus (``seeds`` or ``dev``) into a folder that the scorer takes."""
    folder = into / f"gold-{corpus}"
    folder.mkdir()
    for path in sorted(OWN_GOLD.glob("*.json")):
        if json.loads(path.read_text("utf-8")).get("corpus") == corpus:
            (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    return folder


def main(flags: list[str]) -> None:
    """Print every table; ``--verbose`` prints every difference too."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        failed = write_records(sorted(SEEDS.glob("*.txt")), work / "seeds")
        failed += write_records(sorted(DEV.glob("*.md")), work / "dev")
        print("\n".join(failed) or f"all documents of {SEEDS.name}/ and {DEV.name}/ read")
        tables = [
            ("given gold (two seeds)", SHARED / "gold", SEEDS, work / "seeds"),
            ("our annotation of the other seeds", gold_of("seeds", work), SEEDS, work / "seeds"),
            ("our annotation of corpora/dev", gold_of("dev", work), DEV, work / "dev"),
        ]
        for title, gold, texts, records in tables:
            print(f"\n== {title}")
            print(_script(SCORE, gold, texts, records, *flags))
        print("\n== headers of corpora/dev against the publisher's boxes")
        print(_script(HEADERS, DEV / "metadata.jsonl", work / "dev", *flags))
