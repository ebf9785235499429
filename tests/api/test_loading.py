"""Loading files and folders: each once, in any executor, the rest despite the bad ones."""

import zipfile
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from api import loading
from api.loading import list_files, load
from graph.connect import connect

CORPUS = Path(__file__).parent / "ask_corpus"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in CORPUS.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_each_file_is_listed_once_and_hidden_ones_are_passed_over(folder: Path) -> None:
    (folder / ".ẩn.txt").write_text("x")
    (folder / "~$khóa.docx").write_text("x")
    (folder / "loop").symlink_to(folder)
    files, folders, failed = list_files([folder, folder / "ke-hoach-so.txt", folder])
    assert [Path(f).name for f in files] == ["cong-van-soc-trang.txt", "ke-hoach-so.txt", "ke-hoach-tinh.txt"]
    assert (folders, failed) == ([str(folder)], [])


def test_what_an_archive_holds_beside_documents_is_reported_and_the_rest_loads(folder: Path) -> None:
    with zipfile.ZipFile(folder / "quý 1.zip", "w") as target:
        target.write(folder / "ke-hoach-so.txt", "b.txt")
        target.writestr("trong.zip", b"PK")
        target.writestr("../x.txt", b"x")
    files, folders, failed = list_files([folder, folder / "quý 1.zip"])
    assert [f for f in files if ".zip" in f] == [str(folder / "quý 1.zip" / "b.txt")]
    assert folders == [str(folder / "quý 1.zip"), str(folder)]
    assert [f.file for f in failed] == ["trong.zip", "x.txt"]
    report = load(connect("memory:"), [folder])
    assert report.read == 4
    assert sorted(f.file for f in report.failed) == ["trong.zip", "x.txt"]


def test_any_executor_gives_the_same_store(folder: Path) -> None:
    plain, threaded = connect("memory:"), connect("memory:")
    load(plain, [folder])
    with ThreadPoolExecutor(2) as executor:
        report = load(threaded, [folder], executor=executor)
    assert report.read == 3
    assert threaded.status() == plain.status()
    assert list(threaded.batches()) == list(plain.batches())


def test_a_pool_of_processes_gives_the_same_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_WORTH_A_POOL", 0)
    store = connect("memory:")
    assert load(store, [folder]).read == 3
    assert store.status().duties > 0


def test_progress_tells_every_file_and_the_total(folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    load(connect("memory:"), [folder], lambda *step: seen.append(step))
    assert [(done, total) for done, total, _ in seen] == [(1, 3), (2, 3), (3, 3)]
    assert {Path(p).name for _, _, p in seen} == {p.name for p in CORPUS.glob("*.txt")}


class Dying(Executor):
    """A pool whose workers are killed, as by the kernel when memory runs out."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("killed"))
        return future


def test_files_of_a_pool_that_died_are_read_one_by_one(folder: Path) -> None:
    report = load(connect("memory:"), [folder], executor=Dying())
    assert (report.read, report.failed) == (3, ())


def test_a_folder_that_vanished_is_a_failure_and_removes_nothing(folder: Path) -> None:
    store = connect("memory:")
    load(store, [folder])
    report = load(store, [folder / "không có"])
    assert [f.code for f in report.failed] == ["unreadable_file"]
    assert (report.removed, report.documents) == ((), 3)
