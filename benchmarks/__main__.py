"""Entry of ``make bench``: ``python -m benchmarks [accuracy] [formats] [speed] [--verbose]``."""

import platform
import sys
from datetime import UTC, datetime

from benchmarks.corpora import SHARED


def main(argv: list[str]) -> int:
    """Run the named benchmarks, all where none is named."""
    if not SHARED.exists():
        print(f"benchmarks: {SHARED} is absent; the measured documents lie there", file=sys.stderr)
        return 1
    from benchmarks import accuracy, formats, speed  # noqa: PLC0415 - after the check

    flags = [a for a in argv if a.startswith("--")]
    named = [a for a in argv if not a.startswith("--")] or ["accuracy", "formats", "speed"]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}")
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
