"""Disturb ``luocdo load`` in every way and see what remains; the long form of tests/conformance/test_faults.py.

``python -m tests.soak --rounds 50`` kills fifty loads at random moments, half of them with readers in processes
of their own, then stops as many by Ctrl+C, lets two load at once, and fills a disk. Each time the database must open,
be sound, hold whole documents only and answer like a store built anew from them; the same command, run again,
must complete it.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "conformance")]

from answers import answers, differences  # noqa: E402 - found beside the conformance tests

from api.loading import load  # noqa: E402
from graph.connect import connect  # noqa: E402
from graph.store import Batch  # noqa: E402

WAIT = 120.0  # seconds after which a process that should have ended hangs

# The command itself; it tells each document, and makes few safe at a time, so that every moment is met.
LOADING = textwrap.dedent(
    """
    import sys
    from contextlib import nullcontext
    sys.path.insert(0, sys.argv.pop(1))
    import api.cli_documents, api.loading, loaders.pipeline
    from api.cli import main
    from graph.backends import sqlite
    sqlite.MANY = 4
    if sys.argv.pop(1) == "pool":
        api.loading._WORTH_A_POOL = 0
    def tick(done, total, path):
        print(done, flush=True)
    api.cli_documents.progress = lambda label: nullcontext(tick)
    if __name__ == "__main__":
        print("begun", flush=True)
        main()
    """
)


def write_documents(folder: Path, count: int) -> None:
    """Plans that carry out one directive and each other, by offices of one invented province."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        tasks = "".join(f"{t}. Văn phòng Sở rà soát việc số {t}, báo cáo trước ngày 15/12/2023.\n\n" for t in range(4))
        (folder / f"{n:03}.txt").write_text(
            f"UBND TỈNH SƠN HẢI\nSỞ CÔNG THƯƠNG\n\nSố: {n + 1}/KH-SCT\n\nSơn Hải, ngày 05 tháng 3 năm 2023\n\n"
            f"KẾ HOẠCH\nTriển khai việc thứ {n}\n\nThực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng "
            f"Chính phủ và Kế hoạch số {n}/KH-SCT ngày 05/3/2023 của Sở Công Thương.\n\n{tasks}",
            "utf-8",
        )


class NoDiskError(Exception):
    """Only root may mount a small disk, and not in every container."""


class Corpus:
    """A folder of documents, and what a load that nobody disturbed makes of it."""

    def __init__(self, folder: Path, count: int) -> None:
        write_documents(folder, count)
        self.folder, self.count = folder, count
        self.store = connect("memory:")
        load(self.store, [folder])
        self.batches: dict[str, Batch] = {b.path: b for b in self.store.batches()}
        self.answers = answers(self.store, most=3)


@contextmanager
def loading(corpus: Corpus, path: Path, *, pool: bool = False) -> Iterator["subprocess.Popen[str]"]:
    """``luocdo load`` in a process group of its own, which must be empty in the end."""
    script = corpus.folder.with_name("loading.py")  # a file: processes of the pool read it again
    script.write_text(LOADING, "utf-8")
    command = [sys.executable, script, ROOT, "pool" if pool else "one", "load", corpus.folder]
    made = subprocess.Popen(
        [*map(str, command), "--store", f"sqlite:{path}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield made
        made.communicate(timeout=WAIT)
        _wait_for_group(made.pid)
    finally:
        _kill_group(made.pid)
        made.communicate()


def _wait_for_group(group: int) -> None:
    ends = time.monotonic() + WAIT
    while _group_lives(group):
        assert time.monotonic() < ends, "processes stayed behind"
        time.sleep(0.05)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _kill_group(group: int) -> None:
    if _group_lives(group):
        os.killpg(group, signal.SIGKILL)


def reach(process: "subprocess.Popen[str]", documents: int) -> None:
    """Wait until a load has told so many documents, or is through."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == ("begun" if documents == 0 else str(documents)):
            return


def assert_sound(corpus: Corpus, path: Path) -> int:
    """Only whole documents are there, and all answers follow from them; gives how many."""
    store = connect(f"sqlite:{path}")
    kept = {b.path: b for b in store.batches()}
    assert kept == {p: b for p, b in corpus.batches.items() if p in kept}
    fresh = connect("memory:")
    fresh.write_many(iter(kept.values()))
    assert differences(answers(fresh, most=3), answers(store, most=3)) == []
    store.close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
    return len(kept)


def assert_completed(corpus: Corpus, path: Path) -> None:
    """The same load, run again, ends as if nothing had been in its way."""
    store = connect(f"sqlite:{path}")
    report = load(store, [corpus.folder])
    assert (report.read, report.failed) == (corpus.count, ())
    assert store.revision() == corpus.store.revision()
    assert differences(corpus.answers, answers(store, most=3)) == []
    store.close()


def kill_round(corpus: Corpus, path: Path, after: int, pause: float, *, pool: bool) -> int:
    """Kill a load some time after it told so many documents; gives how many were kept."""
    with loading(corpus, path, pool=pool) as process:
        reach(process, after)
        time.sleep(pause)
        process.kill()
    kept = assert_sound(corpus, path)
    assert_completed(corpus, path)
    return kept


def stop_round(corpus: Corpus, path: Path, after: int, *, pool: bool) -> int:
    """Press Ctrl+C in a load: status 130, no trace of the program's inside; gives how many documents were kept."""
    with loading(corpus, path, pool=pool) as process:
        reach(process, after)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
        out, told = process.communicate(timeout=WAIT)
        through = str(corpus.count) in out.split()
        assert process.returncode == (0 if through and process.returncode == 0 else 130), told
        assert "Traceback" not in told, told
    kept = assert_sound(corpus, path)
    assert_completed(corpus, path)
    return kept


def two_at_once(corpus: Corpus, path: Path) -> None:
    """Two loads of one folder into one database: both come through, every document is there once."""
    with loading(corpus, path) as one, loading(corpus, path) as two:
        told = [p.communicate(timeout=WAIT)[1] for p in (one, two)]
        assert [one.returncode, two.returncode] == [0, 0], told
    assert assert_sound(corpus, path) == corpus.count
    assert_completed(corpus, path)


def fill_disk(corpus: Corpus, disk: Path, grow: Any) -> int:
    """Load onto a disk that is too small, then make room and load again; gives how many documents were kept."""
    path = disk / "x.db"
    with loading(corpus, path) as full:
        told = full.communicate(timeout=WAIT)[1]
        assert full.returncode == 1, told
    [line] = told.splitlines()
    assert line.startswith("luocdo: store_")
    assert str(path) in line
    assert "đĩa" in line
    grow()
    kept = assert_sound(corpus, path)
    assert_completed(corpus, path)
    return kept


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Any]:
    """A file system of a given size, and how to make it large; raises NoDiskError where none may be made."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoDiskError("no file system may be mounted here") from error
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=256m", str(place)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def main() -> None:
    """Run all rounds; the first that fails ends the run with its trace and the place of its database."""
    asked = argparse.ArgumentParser(description="Disturb `luocdo load` and see what remains.")
    asked.add_argument("--rounds", type=int, default=50, help="loads to be killed, and loads to be stopped")
    asked.add_argument("--documents", type=int, default=60, help="documents of each load")
    asked.add_argument("--seed", type=int, default=int(time.time()), help="of the random moments; printed")
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="luocdo-soak-"))
    print(f"seed {given.seed}, {given.documents} documents, databases in {folder}", flush=True)
    chance = random.Random(given.seed)  # noqa: S311 - moments, no secrets
    corpus = Corpus(folder / "documents", given.documents)
    for n in range(given.rounds):
        after, pause = chance.randint(0, given.documents), chance.uniform(0, 0.3)
        kept = kill_round(corpus, folder / f"kill-{n}.db", after, pause, pool=n % 2 == 1)
        print(f"killed {n + 1}: {pause:.3f} s after {after}: {kept} kept", flush=True)
    for n in range(given.rounds):
        after = chance.randint(1, given.documents - 1)
        kept = stop_round(corpus, folder / f"stop-{n}.db", after, pool=n % 2 == 1)
        print(f"stopped {n + 1}: after {after}: {kept} kept", flush=True)
    for n in range(max(1, given.rounds // 10)):
        two_at_once(corpus, folder / f"two-{n}.db")
        print(f"two at once {n + 1}", flush=True)
    for n, size in enumerate(("1000k", "2000k", "3000k")):
        try:
            with small_disk(folder / f"disk-{n}", size) as grow:
                print(f"full disk of {size}: {fill_disk(corpus, folder / f'disk-{n}', grow)} kept", flush=True)
        except NoDiskError as error:
            print(f"full disk: left out, {error}", flush=True)
    shutil.rmtree(folder)
    print("all sound")


if __name__ == "__main__":
    main()
