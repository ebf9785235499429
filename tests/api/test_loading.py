"""Loading files and folders: each once, in any executor, the rest despite the bad ones."""

import logging
import os
import subprocess
import zipfile
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from api import loading
from api.loading import list_files, load, read_one
from api.service import Service
from graph.connect import connect
from graph.store import Batch
from loaders.source import Limits
from ontology.errors import InvalidInputError

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
    files, folders, failed, _ = list_files([folder, folder / "ke-hoach-so.txt", folder])
    assert [Path(f).name for f in files] == ["cong-van-soc-trang.txt", "ke-hoach-so.txt", "ke-hoach-tinh.txt"]
    assert (folders, failed) == ([str(folder)], [])


def test_what_an_archive_holds_beside_documents_is_reported_and_the_rest_loads(folder: Path) -> None:
    with zipfile.ZipFile(folder / "quý 1.zip", "w") as target:
        target.write(folder / "ke-hoach-so.txt", "b.txt")
        target.writestr("trong.zip", b"PK")
        target.writestr("../x.txt", b"x")
    files, folders, failed, _ = list_files([folder, folder / "quý 1.zip"])
    assert [f for f in files if ".zip" in f] == [str(folder / "quý 1.zip" / "b.txt")]
    assert folders == [str(folder / "quý 1.zip"), str(folder)]
    assert [f.file for f in failed] == ["trong.zip", "x.txt"]
    report = load(connect("memory:"), [folder])
    assert report.read == 4
    assert sorted(f.file for f in report.failed) == ["trong.zip", "x.txt"]


def test_a_file_to_extract_may_cost_what_an_upload_may(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Limits] = []

    def read(path: Path, limits: Limits) -> Batch:
        seen.append(limits)
        return read_one(path, limits)

    monkeypatch.setattr(loading, "read_one", read)
    assert Service(connect("memory:")).extract(CORPUS / "ke-hoach-so.txt").source.file == "ke-hoach-so.txt"
    assert seen == [Limits.for_upload()]


def test_names_that_are_no_text_are_loaded_and_kept_as_what_can_be_shown(tmp_path: Path) -> None:
    odd = [b"\xff\xfe.txt", b"a\nb.txt", "\u202etxt.exe.txt".encode()]
    for n, name in enumerate(odd):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(f"KẾ HOẠCH\nSố: {n}/KH-UBND\n")
    store = connect(f"sqlite:{tmp_path / 'a.db'}")
    assert load(store, [tmp_path]).read == 3
    assert f"{tmp_path}/\\xff\\xfe.txt" in {d.path for d in store.documents()}
    again = load(store, [tmp_path])
    assert (again.unchanged, again.removed) == (3, ())
    os.unlink(os.fsencode(tmp_path) + b"/" + odd[0])
    assert load(store, [tmp_path]).removed == (f"{tmp_path}/\\xff\\xfe.txt",)


def test_what_is_no_file_is_told_and_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    os.symlink(tmp_path / "b.txt", tmp_path / "b.txt")
    os.symlink("/dev/zero", tmp_path / "c.txt")
    os.symlink(tmp_path, tmp_path / "d")
    (tmp_path / "e.txt").write_text("KẾ HOẠCH\nSố: 1/KH-UBND\n")
    report = load(connect("memory:"), [tmp_path])
    assert report.read == 1
    assert [f.file for f in report.failed] == ["a.txt", "b.txt", "c.txt"]
    assert all(f.remedy for f in report.failed)


@pytest.mark.parametrize("pooled", [False, True])
def test_a_limit_that_is_set_holds_for_every_file(folder: Path, pooled: bool) -> None:
    limits = Limits.from_environment({"LUOCDO_LIMIT_BYTES": "10"})
    with ThreadPoolExecutor(2) as executor:
        report = load(connect("memory:"), [folder], executor=executor if pooled else None, limits=limits)
    assert report.read == 0
    assert {f.code for f in report.failed} == {"limit_exceeded"}


def test_the_environment_sets_the_limits_of_a_load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOCDO_LIMIT_CHARACTERS", "20")
    assert {f.code for f in load(connect("memory:"), [folder]).failed} == {"limit_exceeded"}
    monkeypatch.setenv("LUOCDO_LIMIT_CHARACTERS", "nhiều")
    with pytest.raises(InvalidInputError):
        load(connect("memory:"), [folder])


def test_folders_deeper_than_allowed_are_told_and_the_rest_is_listed(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(1300):  # deeper than functions may call
        place = place / "a"
        os.mkdir(place)
    (tmp_path / "b.txt").write_text("chữ")
    try:
        files, folders, failed, _ = list_files([tmp_path])
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "a"], check=True)  # pytest could not clean it up
    assert files == [str(tmp_path / "b.txt")]
    assert [f.code for f in failed] == ["limit_exceeded"]
    assert folders == []


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


def test_a_fault_of_the_program_loses_one_file_and_logs_no_word_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from loaders import pipeline

    whole = pipeline.extract

    def crash(path: Path, *rest: Any) -> Any:
        if path.name == "ke-hoach-so.txt":
            raise ValueError("year 0 is out of range in «câu của văn bản»")
        return whole(path, *rest)

    monkeypatch.setattr(pipeline, "extract", crash)
    store = connect("memory:")
    with caplog.at_level(logging.ERROR):
        report = load(store, [folder])
    (lost,) = report.failed
    assert (lost.code, lost.file, report.documents) == ("internal", "ke-hoach-so.txt", 2)
    assert (lost.reason, lost.remedy) == (
        "lỗi của chương trình khi đọc tệp này",
        "hãy gửi tệp cho người phát triển",
    )
    (logged,) = [r.getMessage() for r in caplog.records]
    assert "ValueError" in logged
    assert "test_loading.py" in logged
    assert "câu của văn bản" not in logged


def test_what_merely_lies_beside_documents_is_skipped_and_named_alone_it_fails(folder: Path) -> None:
    other = folder / "Thumbs.db"
    other.write_bytes(b"x")
    (folder / "cũ.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "a.zip", "w") as target:
        target.writestr("metadata.jsonl", "{}")
    report = load(connect("memory:"), [folder])
    assert [s.file for s in report.skipped] == ["Thumbs.db", "metadata.jsonl"]
    assert [f.file for f in report.failed] == ["cũ.txt"]
    named = load(connect("memory:"), [folder, other])
    assert named.skipped == report.skipped[1:]
    assert [f.file for f in named.failed] == ["Thumbs.db", "cũ.txt"]


def test_an_unchanged_file_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as target:
        target.writestr("b.txt", (folder / "ke-hoach-so.txt").read_bytes() + b"\n")
    store = connect("memory:")
    before = load(store, [folder])
    assert (before.read, before.changed, before.unchanged) == (4, 4, 0)
    seen: list[str] = []
    true = loading.read_document

    def spied(path: str, limits: Limits) -> Any:
        seen.append(Path(path).name)
        return true(path, limits)

    monkeypatch.setattr(loading, "read_document", spied)
    steps: list[tuple[int, int]] = []
    second = load(store, [folder], lambda done, total, _: steps.append((done, total)))
    assert (seen, second.read, second.changed, second.unchanged) == ([], 4, 0, 4)
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    changed = folder / "ke-hoach-so.txt"
    changed.write_bytes(changed.read_bytes() + b"\n\n")
    third = load(store, [folder])
    assert (seen, third.changed, third.unchanged) == (["ke-hoach-so.txt"], 1, 3)
    assert load(store, [folder], again=True).unchanged == 0
    assert len(seen) == 5


def test_an_empty_path_is_refused_and_does_not_mean_the_current_folder() -> None:
    with pytest.raises(InvalidInputError, match="trống"):
        list_files([""])
