"""Archives: their documents one by one, nothing outside, no bombs."""

import copy
import os
import struct
import zipfile
from pathlib import Path

import pytest

from loaders.formats.limits import DEFAULT_LIMITS
from loaders.source import Limits, contents, iter_files, members, read
from ontology.errors import LimitExceededError, UnreadableFileError
from tests.loaders.office_files import word


def archive(folder: Path, entries: dict[str, bytes]) -> Path:
    path = folder / "tệp.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return path


def test_documents_of_an_archive_are_read_one_by_one(tmp_path: Path) -> None:
    text = "KẾ HOẠCH\nSố 1\n"
    path = archive(tmp_path, {"quý 1/b.txt": text.encode(), "a.docx": word(("Arial", "Chỉ thị")), "ảnh.bmp": b"BM"})
    found = [p for p in iter_files([tmp_path]) if isinstance(p, Path)]
    assert found == [path / "a.docx", path / "quý 1/b.txt"]
    assert [read(p).text for p in found] == ["Chỉ thị", text]
    assert read(path / "quý 1/b.txt").path.endswith("tệp.zip/quý 1/b.txt")


def test_names_that_lead_out_of_an_archive_stay_inside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("bên ngoài")
    path = archive(
        tmp_path, {"../secret.txt": b"trong", "/etc/x.txt": b"trong", ".ẩn.txt": b"x", "__MACOSX/a.txt": b"x"}
    )
    assert members(path, DEFAULT_LIMITS) == []
    with pytest.raises(UnreadableFileError):
        read(path / ".." / "secret.txt")


def test_what_an_archive_holds_beside_documents_is_reported(tmp_path: Path) -> None:
    entries = {
        **{
            "a.txt": b"mot",
            "anh.bmp": b"BM",
            "trong.zip": b"PK",
            "../x.txt": b"x",
            "/y.txt": b"y",
            "quý\\b.txt": b"hai",
        },
        **{".DS_Store": b"", "__MACOSX/._a.txt": b"", "~$a.docx": b"", "quý 2/": b""},
    }
    path = archive(tmp_path, entries)
    with zipfile.ZipFile(path, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("a.txt", b"khac")
    documents, refused = contents(path, DEFAULT_LIMITS)
    assert documents == [path / "a.txt", path / "quý/b.txt"]
    assert [e.details["reason"] for e in refused] == [
        *("unknown_extension", "nested_archive", "unsafe_name", "unsafe_name", "duplicate_name")
    ]
    assert all(str(e.details["file"]).startswith(str(path)) for e in refused)
    assert [e.details["reason"] for e in iter_files([path]) if isinstance(e, UnreadableFileError)] == [
        e.details["reason"] for e in refused
    ]


def test_what_an_archive_does_not_hold_is_missing(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": b"mot"})
    with pytest.raises(UnreadableFileError) as caught:
        read(path / "b.txt")
    assert caught.value.details["reason"] == "missing"


def test_entries_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "chung.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("0.txt", os.urandom(1000).hex())
        for n in range(1, 50):
            double = copy.copy(target.filelist[0])
            double.filename = f"{n}.txt"
            target.filelist.append(double)
            target.NameToInfo[double.filename] = double
    with pytest.raises(LimitExceededError) as caught:
        members(path, DEFAULT_LIMITS)
    assert caught.value.details["reason"] == "unpacked_too_large"


@pytest.mark.parametrize("wide", [False, True])
def test_a_directory_too_large_for_memory_is_refused_before_it_is_read(
    wide: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path, {"a.txt": b"mot"})
    data = path.read_bytes()
    at = data.rindex(b"PK\x05\x06")
    huge = 1 << 31
    if wide:
        end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, huge, 0)
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
        data = data[:at] + end + locator + data[at : at + 12] + struct.pack("<L", 0xFFFFFFFF) + data[at + 16 :]
    else:
        data = data[: at + 12] + struct.pack("<L", huge) + data[at + 16 :]
    path.write_bytes(data)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(LimitExceededError) as caught:
        members(path, DEFAULT_LIMITS)
    assert caught.value.details["reason"] == "too_many_entries"


def test_bombs_in_archives_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": bytes(30_000_000)})
    with pytest.raises(LimitExceededError):
        read(path / "a.txt")
    many = archive(tmp_path, {f"{n}.txt": b"a" for n in range(30)})
    with pytest.raises(LimitExceededError):
        members(many, Limits(members=20))
    (tmp_path / "broken.zip").write_bytes(many.read_bytes()[:200])
    assert [
        e.details["reason"] for e in iter_files([tmp_path / "broken.zip"]) if isinstance(e, UnreadableFileError)
    ] == ["not_zip"]
