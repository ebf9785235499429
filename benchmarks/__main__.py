"""Entry of ``make bench``: ``python -m benchmarks [accuracy] [formats] [speed] [store] [--verbose] [--size N]``."""

import platform
import sys
from datetime import UTC, datetime

from benchmarks import store
from benchmarks.corpora import SHARED


def main(argv: list[str]) -> int:
    """Run the named benchmarks, all where none is named; ``--size N`` sets the documents of ``store``."""
    flags = [a for n, a in enumerate(argv) if a.startswith("--") or argv[max(n - 1, 0)] == "--size"]
    named = [a for a in argv if a not in flags] or ["accuracy", "formats", "speed", "store"]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}")
    if "store" in named:
        print("\n== store: made-up documents")
        store.main(flags)
    if named == ["store"]:
        return 0
    if not SHARED.exists():
        print(f"benchmarks: {SHARED} is absent; the measured documents lie there", file=sys.stderr)
        return 1
    from benchmarks import accuracy, formats, speed  # noqa: PLC0415 - after the check

    if "accuracy" in named:
        accuracy.main(flags)
    if "formats" in named:
        print("\n== formats: files of other kinds and old encodings")
        formats.main(flags)
    if "speed" in named:
        print("\n== speed")
        speed.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
