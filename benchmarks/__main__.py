"""Entry of ``make bench``: ``python -m benchmarks [NAME…] [--verbose] [--size N]``; all where none is named.

Names: open, accuracy, noise, reliability, formats, speed, store. Tools of their own, with arguments: ``score GOLD
PREDICTED``, ``check FOLDER``, ``calibrate [--keep NAME…] [--write]``.
"""

import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks import accuracy, calibrate, check_gold, formats, ladder, reliability, score, speed, store
from benchmarks.corpora import SHARED

Flags = list[str]
MEASURES: dict[str, tuple[str, Callable[[Flags], None]]] = {
    "store": ("store: made-up documents", store.main),
    "speed": ("speed", lambda _: speed.main()),
    "open": ("accuracy, open benchmark", lambda flags: accuracy.measure(["open"], flags)),
    "accuracy": ("accuracy, real documents", accuracy.main),
    "noise": ("accuracy against noise, and the plain baseline", lambda _: ladder.main()),
    "reliability": ("reliability: what confidence is worth", lambda _: reliability.main()),
    "formats": ("formats: files of other kinds and old encodings", formats.main),
}
_VALUED = frozenset({"--size", "--neo4j", "--folder"})
_REAL = frozenset({"accuracy", "formats"})  # cannot be measured without ../shared


def main(argv: Flags) -> int:
    """Run the named benchmarks, or one of the tools; ``--size N``: documents of ``store``; ``--neo4j N``: of Neo4j."""
    if argv[:1] == ["score"]:
        return score.main(argv[1:])
    if argv[:1] == ["check"]:
        return check_gold.main(argv[1:])
    if argv[:1] == ["calibrate"]:
        calibrate.main(argv[1:])
        return 0
    flags = [a for n, a in enumerate(argv) if a.startswith("--") or argv[max(n - 1, 0)] in _VALUED]
    named = [a for a in argv if a not in flags] or list(MEASURES)
    if unknown := [name for name in named if name not in MEASURES]:
        print(f"unknown benchmark {unknown[0]}; known: {', '.join(MEASURES)}, score, check, calibrate", file=sys.stderr)
        return 2
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}")
    for name, (title, run) in MEASURES.items():
        if name not in named:
            continue
        if name in _REAL and not SHARED.exists():
            print(f"\n{name}: not measured, the annotated real documents of {SHARED} are absent")
            continue
        print(f"\n== {title}")
        run(flags)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
