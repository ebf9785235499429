"""Entry of ``make bench``: ``python -m benchmarks [accuracy] [formats] [speed] [store] [--verbose] [--size N]``."""

import platform
import sys
from datetime import UTC, datetime

from benchmarks import accuracy, formats, speed, store
from benchmarks.corpora import SHARED


def main(argv: list[str]) -> int:
    """Run the named benchmarks, all where none is named; ``--size N`` sets the documents of ``store``."""
    flags = [a for n, a in enumerate(argv) if a.startswith("--") or argv[max(n - 1, 0)] == "--size"]
    named = [a for a in argv if a not in flags] or ["accuracy", "formats", "speed", "store"]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}")
    if "store" in named:
        print("\n== store: made-up documents")
        store.main(flags)
    if "speed" in named:
        print("\n== speed")
        speed.main()
    on_real = [name for name in named if name in ("accuracy", "formats")]
    if on_real and not SHARED.exists():
        print(f"\n{' and '.join(on_real)}: not measured, the annotated real documents of {SHARED} are absent")
        return 0
    if "accuracy" in named:
        accuracy.main(flags)
    if "formats" in named:
        print("\n== formats: files of other kinds and old encodings")
        formats.main(flags)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
