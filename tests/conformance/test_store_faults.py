"""What a SQLite store does when machines and people misbehave: whole documents, or a clear error and nothing."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest
from answers import answers, differences
from factories import corpus, many

from graph.backends import sqlite_base
from graph.connect import connect
from ontology.errors import StoreError, StoreUnavailableError, StoreVersionError

HERE = Path(__file__).parents[1]
ROOT = HERE.parent


LOADING = textwrap.dedent(
    """
    import sys
    sys.path[:0] = sys.argv[2:]
    from importlib.util import module_from_spec, spec_from_file_location
    spec = spec_from_file_location("test_store_faults", sys.argv[2] + "/conformance/test_store_faults.py")
    sys.path.append(sys.argv[2] + "/conformance")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    from graph.backends import sqlite
    from graph.connect import connect
    sqlite.MANY = 5
    store = connect("sqlite:" + sys.argv[1])
    print("open", flush=True)
    store.write_many(module.many(120))
    """
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_load_that_is_killed_leaves_whole_documents_and_can_be_run_again(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "x.db"
    child = subprocess.Popen([sys.executable, "-c", LOADING, path, HERE, ROOT], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    time.sleep(random.Random(seed).uniform(0.01, 0.25))  # noqa: S311 - a moment, no secret
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    store = connect(f"sqlite:{path}")
    kept = list(store.batches())
    assert len(kept) % 5 == 0
    fresh = connect("memory:")
    fresh.write_many(iter(kept))
    assert differences(answers(fresh, most=2), answers(store, most=2)) == []
    assert store.write_many(many(120)) == 120 - len(kept)
    fresh.write_many(many(120))
    assert store.status().revision == fresh.status().revision
    assert len(store.documents()) == 120
    store.close()


READING = textwrap.dedent(
    """
    import os, sys
    sys.path[:0] = sys.argv[2:]
    sys.path.append(sys.argv[2] + "/conformance")
    import test_store_faults as module
    from graph.connect import connect
    from ontology.errors import StoreUnavailableError
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)  # the superuser may write anyway
    store = connect("sqlite:" + sys.argv[1])
    print(len(store.documents()), len(store.search("chỉ thị")) > 0)
    try:
        store.write(next(module.many(1)))
    except StoreUnavailableError as error:
        print(error.message)
    """
)


def test_a_file_that_may_only_be_read_answers_and_refuses_to_write() -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "x.db"
    first = connect(f"sqlite:{path}")
    first.write_many(iter(corpus()))
    first.close()
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READING, path, HERE, ROOT],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
    if done.returncode and "Permission denied" in done.stderr:
        pytest.skip("the project's own files may not be read by another user here")
    assert done.returncode == 0, done.stderr
    counted, refused = done.stdout.splitlines()
    assert counted == "4 True"
    assert str(path) in refused
    assert "quyền" in refused


def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import resource, signal, sys
        sys.path[:0] = sys.argv[2:]
        sys.path.append(sys.argv[2] + "/conformance")
        import test_store_faults as module
        from graph.connect import connect
        from ontology.errors import StoreError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        store = connect("sqlite:" + sys.argv[1])
        store.write_many(module.many(10))
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
        try:
            store.write_many(module.many(3000))
        except StoreError as error:
            print(error.message)
        """
    )
    path = tmp_path / "x.db"
    done = subprocess.run(
        [sys.executable, "-c", script, path, HERE, ROOT], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert str(path) in done.stdout
    assert "đĩa" in done.stdout
    store = connect(f"sqlite:{path}")
    kept = list(store.batches())
    assert len(kept) >= 10
    fresh = connect("memory:")
    fresh.write_many(iter(kept))
    assert store.status().revision == fresh.status().revision
    assert store.status().duties == fresh.status().duties
    store.close()


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    connect(f"sqlite:{path}").close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(sqlite_base, "BUSY", 0.1)
    store = connect(f"sqlite:{path}")
    with pytest.raises(StoreUnavailableError, match="tiến trình khác đang ghi"):
        store.write(next(many(1)))
    other.execute("ROLLBACK")
    store.write(next(many(1)))
    assert len(store.documents()) == 1
    other.close()
    store.close()


def test_two_stores_on_one_file_write_in_turn_and_agree(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    one, two = connect(f"sqlite:{path}"), connect(f"sqlite:{path}")
    for n, each in enumerate(many(12)):
        (one if n % 2 else two).write(each)
    one.remove("/m/0003.txt")
    fresh = connect("memory:")
    fresh.write_many(b for b in many(12) if b.path != "/m/0003.txt")
    assert differences(answers(fresh, most=3), answers(two, most=3)) == []
    assert differences(answers(fresh, most=3), answers(one, most=3)) == []
    one.close()
    two.close()


@pytest.mark.parametrize(("version", "said"), [(99, "cập nhật"), (1, "nạp lại")])
def test_a_store_of_another_version_is_refused_with_what_to_do(tmp_path: Path, version: int, said: str) -> None:
    path = tmp_path / "x.db"
    connect(f"sqlite:{path}").close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    with pytest.raises(StoreVersionError, match=said) as caught:
        connect(f"sqlite:{path}")
    assert str(path) in caught.value.message


def test_another_file_is_refused_with_what_to_do_and_stays_as_it_was(tmp_path: Path) -> None:
    text = tmp_path / "ghi-chep.txt"
    text.write_text("đây không phải cơ sở dữ liệu\n" * 100, encoding="utf-8")
    before = text.read_bytes()
    with pytest.raises(StoreUnavailableError, match="không phải kho của luocdo"):
        connect(f"sqlite:{text}")
    assert text.read_bytes() == before
    other = tmp_path / "other.db"
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE t (x)")
    db.commit()
    db.close()
    with pytest.raises(StoreUnavailableError, match="không phải kho của luocdo"):
        connect(f"sqlite:{other}")
    db = sqlite3.connect(other)
    assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("t",)]
    db.close()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        connect(f"sqlite:{tmp_path}")


def test_a_damaged_store_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = connect(f"sqlite:{path}")
    store.write_many(many(60))
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xff" * (size - 40_000))
    damaged = shutil.copy(path, tmp_path / "y.db")
    with pytest.raises(StoreError) as caught:
        connect(f"sqlite:{damaged}").write_many(many(61))
    assert "y.db" in caught.value.message
