"""Readers in a process of their own: what hangs is killed, what takes too much memory is refused, and work goes on."""

import io
import os
import subprocess
import threading
import zipfile
from pathlib import Path

import docx
import pytest

from loaders.formats import apart
from loaders.formats.sniff import Format
from loaders.source import Limits, read_bytes
from ontology.errors import LimitExceededError, UnreadableFileError


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(package: bytes, old: bytes, new: bytes) -> bytes:
    """Change the main part of a Word file."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old, new, 1) if name == "word/document.xml" else data)
    return file.getvalue()


def standing_in(command: list[str]) -> "apart._Helper":
    return apart._Helper(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> list["apart._Helper"]:
    """Take the idle helpers of other tests away; gives the list of idle ones."""
    fresh: list[apart._Helper] = []
    monkeypatch.setattr(apart, "_idle", fresh)
    return fresh


def test_a_file_is_read_in_another_process_that_is_kept_for_the_next(helpers: list["apart._Helper"]) -> None:
    assert read_bytes(word("một"), Path("a.docx")).text == "một"
    (helper,) = helpers
    assert helper.process.pid != os.getpid()
    assert read_bytes(word("hai"), Path("b.docx")).text == "hai"
    assert helpers == [helper]
    helper.end()


def test_a_reader_that_hangs_where_no_exception_reaches_is_killed(
    helpers: list["apart._Helper"], monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = standing_in(["sleep", "60"])
    monkeypatch.setattr(apart, "_started", lambda: stuck)
    monkeypatch.setattr(apart, "_GRACE", 0.0)
    with pytest.raises(LimitExceededError) as caught:
        apart.read(Format.WORD, word("một"), Path("a.docx"), Limits(seconds=0.2))
    assert caught.value.details["reason"] == "too_slow"
    assert stuck.process.poll() is not None
    assert not helpers


def test_a_reader_that_dies_is_told_and_the_next_file_is_read(
    helpers: list["apart._Helper"], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(apart, "_started", lambda: standing_in(["false"]))
        with pytest.raises(UnreadableFileError) as caught:
            apart.read(Format.WORD, word("một"), Path("a.docx"), Limits())
    assert caught.value.details["reason"] == "reader_died"
    assert read_bytes(word("hai"), Path("b.docx")).text == "hai"
    helpers.pop().end()


def test_a_helper_that_died_while_idle_is_replaced(helpers: list["apart._Helper"]) -> None:
    read_bytes(word("một"), Path("a.docx"))
    helpers[0].process.kill()
    helpers[0].process.wait()
    assert read_bytes(word("hai"), Path("b.docx")).text == "hai"
    helpers.pop().end()


def test_memory_beyond_the_limit_is_refused_with_a_reason() -> None:
    limits = Limits(memory=350 * 1024 * 1024, ratio=1e6)
    large = changed(word("một"), b"<w:p>", b"<w:p/>" * 3_000_000 + b"<w:p>")
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(large, Path("a.docx"), limits)
    assert caught.value.details["reason"] in {"too_much_memory", "reader_died"}
    assert read_bytes(word("hai"), Path("b.docx")).text == "hai"


def test_an_error_of_ours_in_the_helper_is_one_of_the_product_and_tells_no_content(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        apart._told(apart.Result(fault="KeyError", trace="  word.py:12 read"), Path("a.docx"))
    assert caught.value.details["reason"] == "reader_failed"
    assert "word.py:12" in caplog.text


def test_threads_read_at_once_each_in_its_own_helper(helpers: list["apart._Helper"]) -> None:
    found: dict[int, str] = {}

    def work(n: int) -> None:
        found[n] = read_bytes(word(f"tệp {n}"), Path(f"{n}.docx")).text

    threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: f"tệp {n}" for n in range(3)}
    while helpers:
        helpers.pop().end()


def test_a_kept_helper_that_ends_with_its_thread_costs_no_file(
    helpers: list["apart._Helper"], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes(word("Văn bản một"), Path("a.docx"))
    (kept,) = helpers
    kept.process.kill()  # as the kernel does when the thread that started it ends, here after it was chosen
    kept.process.wait()
    helpers.clear()
    monkeypatch.setattr(apart, "_taken", lambda: kept)
    assert "Văn bản hai" in read_bytes(word("Văn bản hai"), Path("b.docx")).text
    helpers.pop().end()
