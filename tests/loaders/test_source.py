"""Reading files: what comes out unchanged, what is refused and why."""

import hashlib
import os
import unicodedata
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.source import Limits, iter_files, read, read_bytes
from ontology.errors import InvalidInputError, LimitExceededError, LuocdoError, UnreadableFileError

SHARED = Path(__file__).parents[2].parent / "shared"
PLAN = "KẾ HOẠCH\nvề công tác dân vận năm 2023\n\nI. MỤC ĐÍCH\n\n1. Nâng cao chất lượng tham mưu của Văn phòng.\n"
KNOWN_REASONS = {"file", "reason", "remedy"}


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def reason_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(path, limits or Limits())
    details = caught.value.details
    assert details.keys() >= KNOWN_REASONS
    assert str(details["remedy"]).rstrip(".") in caught.value.message
    return str(details["reason"])


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("text", [PLAN, PLAN.replace("\n", "\r\n"), "\ufeff" + PLAN, "a\rb\x0cc\u2028d\x85e\n"])
def test_text_files_are_given_as_python_reads_them(tmp_path: Path, name: str, text: str) -> None:
    path = write(tmp_path / name, text)
    assert read(path).text == path.read_text(encoding="utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), min_size=1))
def test_any_text_comes_out_as_python_reads_it(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "t.txt", text)
    expected = path.read_text(encoding="utf-8")
    if expected.strip("\ufeff \t\n\x0c") and not path.read_bytes().startswith((b"%PDF-", b"PK\x03\x04")):
        assert read(path).text == expected


@settings(max_examples=300, deadline=None)
@given(
    head=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><table><td>", b"\xff\xfe", b"\xd0\xcf\x11\xe0"]),
    data=st.binary(max_size=600),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.doc", "a.rtf", "a.xyz", "a"]),
)
def test_random_bytes_raise_nothing_but_our_own_errors(head: bytes, data: bytes, name: str) -> None:
    try:
        source = read_bytes(head + data, Path(name))
    except LuocdoError as error:
        assert error.details["reason"]  # noqa: PT017 - either outcome is right
    else:
        assert source.text.strip("\ufeff \t\n\x0c")
        source.text.encode("utf-8")


def test_the_source_tells_name_hash_and_kind(tmp_path: Path) -> None:
    source = read(write(tmp_path / "kế hoạch.md", PLAN))
    assert source.file == "kế hoạch.md"
    assert source.sha256 == hashlib.sha256(PLAN.encode()).hexdigest()
    assert (source.media_type, source.text_from, source.pages, source.tables) == ("text/markdown", "file", (), ())


def test_decomposed_letters_stay_as_they_are(tmp_path: Path) -> None:
    nfd = "Ke\u0302\u0301 hoa\u0323ch"
    assert read(write(tmp_path / "a.txt", nfd)).text == nfd


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    assert read(write(tmp_path / "a.txt", (PLAN * 5).encode(encoding))).text == PLAN * 5


def test_windows_1258_is_read_where_the_words_prove_it(tmp_path: Path) -> None:
    text = PLAN * 5
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for char in text:  # 1258 writes tone marks apart from the vowel
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in parts if c in marks)
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in marks)) + tone)
    source = read(write(tmp_path / "a.txt", "".join(out).encode("cp1258")))
    assert unicodedata.normalize("NFC", source.text) == text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.md", b"\xef\xbb\xbf\n", "empty"),
        ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(64), "wrong_extension"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "wrong_extension"),
        ("a.txt", b"PK\x03\x04" + bytes(40), "wrong_extension"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "wrong_extension"),
        ("a.txt", bytes(range(256)) * 8, "binary"),
        ("a.txt", b"S\x00\x01\x02\x03 abc" * 9, "binary"),
        ("a.txt", "Số: 12/KH-UBND".encode()[:-1] + b"\xff\xfe\n", "invalid_utf8"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(40), "wrong_extension"),
        ("a.docx", b"not a zip at all", "not_docx"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.doc", b"just words", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.rtf", b"%PDF-1.4", "wrong_extension"),
        ("a.png", b"\xff\xd8\xff" + bytes(20), "damaged"),
        ("a.jpg", b"GIF89a" + bytes(20), "wrong_extension"),
        ("a.tiff", b"II*\x00" + bytes(20), "damaged"),
        ("a.zip", b"PK\x03\x04", "archive"),
        ("a.zip", b"words", "not_zip"),
        ("a.pdf", b"plain words", "not_pdf"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n<<", "damaged"),
        ("a.xlsx", b"PK\x03\x04", "damaged"),
        ("a.xlsx", b"words", "not_xlsx"),
        ("a.odp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_extension"),
        ("a", b"words", "unknown_extension"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert reason_of(write(tmp_path / name, data)) == reason


def test_invalid_utf8_names_byte_and_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"mot\nhai\nba \xc3( bon\n")
    with pytest.raises(UnreadableFileError) as caught:
        read(path)
    assert (caught.value.details["byte"], caught.value.details["line"]) == (11, 3)
    assert "11" in caught.value.message


def test_one_bad_byte_in_a_vietnamese_text_is_damage_not_an_old_encoding(tmp_path: Path) -> None:
    data = (PLAN * 20).encode()
    assert reason_of(
        write(tmp_path / "a.txt", data[:300].rsplit(b" ", 1)[0] + b"\xff" + data[300:].split(b" ", 1)[1])
    ) == ("invalid_utf8")


def test_old_vietnamese_encodings_are_read(tmp_path: Path) -> None:
    # TCVN3 as the fonts of the nineties wrote it
    line = b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam \xae\xe9c l\xcbp t\xf9 do h\xb9nh ph\xf3c\n"
    assert read(write(tmp_path / "a.txt", line)).text == "Cộng hoà xã hội chủ nghĩa Việt Nam độc lập tự do hạnh phúc\n"


def test_bytes_beyond_any_vietnamese_are_named_as_an_old_encoding_and_refused(tmp_path: Path) -> None:
    line = b"B\x99\xa8\xb4 g\xa4\x99 \xbfh \xa5\xa6\xbb q\x8f\x9d\xa0 zz\xb2\xbfx w\x99\xbf\n"
    assert reason_of(write(tmp_path / "a.txt", line * 20)) == "legacy_encoding"


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    assert reason_of(tmp_path / "không-có.txt") == "missing"
    assert reason_of(tmp_path) == "not_a_file"
    assert reason_of(tmp_path / "p.txt") == "not_a_file"
    assert reason_of(tmp_path / ("x" * 4000 + ".txt")) == "missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", PLAN)
    path.chmod(0)
    assert reason_of(path) == "no_permission"


def test_permission_errors_of_the_system_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", PLAN)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert reason_of(path) == "no_permission"


def test_limits_are_kept_and_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "số " * 1000 + "\n.")
    for limits, reason in (
        (Limits(bytes=100), "too_many_bytes"),
        (Limits(characters=100), "too_many_characters"),
        (Limits(line=100), "line_too_long"),
        (Limits(lines=1), "too_many_lines"),
    ):
        with pytest.raises(LimitExceededError) as caught:
            read(path, limits)
        assert caught.value.details["reason"] == reason
        assert caught.value.code == "limit_exceeded"


def test_fifty_megabytes_on_one_line_are_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"so " * (50 * 1024 * 1024 // 3))
    assert reason_of(path) == "line_too_long"


def test_names_with_line_ends_or_broken_bytes_are_shown_on_one_line(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\nb\xff.txt"))
    write(odd, PLAN)
    source = read(odd)
    assert source.file == "a\\nb\\xff.txt"
    write(odd, b"")
    with pytest.raises(UnreadableFileError) as caught:
        read(odd)
    assert "\n" not in caught.value.message
    caught.value.message.encode("utf-8")


def test_folders_are_searched_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.md", "b/1.txt", "a.docx", ".hidden/x.txt", "b/.y.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, PLAN)
    found = list(iter_files([tmp_path]))
    assert found == [tmp_path / "a.docx", tmp_path / "b/1.txt", tmp_path / "b/2.md"]


def test_a_file_named_twice_is_given_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", PLAN)
    (tmp_path / "again.txt").symlink_to(path)
    assert list(iter_files([path, tmp_path, path])) == [path]


def test_what_cannot_be_walked_is_reported_not_raised(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    write(tmp_path / "data.xyz", b"1")
    good = write(tmp_path / "z.txt", PLAN)
    found = list(iter_files([tmp_path, tmp_path / "missing"]))
    reasons = [str(f.details["reason"]) if isinstance(f, UnreadableFileError) else f for f in found]
    assert reasons == ["unknown_extension", "missing", "symlink_loop", good, "missing"]


def test_an_unreadable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    good = write(tmp_path / "z.txt", PLAN)
    listdir = os.listdir

    def guarded(path: Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", guarded)
    found = list(iter_files([tmp_path]))
    assert isinstance(found[0], UnreadableFileError)
    assert found[0].details["reason"] == "no_permission"
    assert found[1:] == [good]


def test_folders_deeper_than_the_limit_are_reported(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    write(deep / "x.txt", PLAN)
    (found,) = iter_files([tmp_path], Limits(depth=2))
    assert isinstance(found, LimitExceededError)


def test_an_upload_may_cost_far_less_than_a_file_of_a_batch() -> None:
    upload, batch = Limits.for_upload(), Limits()
    assert upload.ocr_seconds <= 60 < batch.ocr_seconds
    assert upload.page_seconds <= upload.ocr_seconds
    assert (upload.ocr_pages, upload.members) == (10, 0)
    assert upload.bytes == batch.bytes


def test_every_limit_can_be_set_by_its_name() -> None:
    names = [field.name for field in fields(Limits)]
    env = {f"LUOCDO_LIMIT_{name.upper()}": "7" for name in names} | {"LUOCDO_STORE": "memory:"}
    assert [getattr(Limits.from_environment(env), name) for name in names] == [7] * len(names)
    told = Limits().changed({"bytes": "2m", "seconds": "0.5", "memory": "1G"})
    assert (told.bytes, told.seconds, told.memory) == (2 << 20, 0.5, 1 << 30)
    assert Limits.for_upload(Limits(ocr_seconds=5)).ocr_seconds == 5


@pytest.mark.parametrize("told", [{"byte": "3"}, {"bytes": "0"}, {"bytes": "-3"}, {"seconds": "lâu"}, {"pages": ""}])
def test_a_limit_that_is_none_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        Limits().changed(told)


def test_a_zip_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no document")
    assert reason_of(path) == "not_docx"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_every_real_text_document_is_read_unchanged() -> None:
    count = 0
    for path in iter_files([SHARED / "seeds", SHARED / "corpora" / "dev"]):
        if isinstance(path, Path):
            assert read(path).text == path.read_text(encoding="utf-8")
            count += 1
    assert count == 221
